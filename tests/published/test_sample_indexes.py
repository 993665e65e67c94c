"""The matched-sample and fixed-sample indexes that Statistics Canada's `piar` publishes with its data (MIT).

Every level and period, and the price-updated weights, to 1e-9 relative.
"""

import polars as pl
import pytest

from fansipan.statistics.index.bilateral.matched_sample import sample_index

TEXT = ("period", "business", "classification", "product", "level", "code")


def read(folder, name):
    frame = pl.read_csv(folder / "index_numbers" / name, null_values="NA", infer_schema_length=None)
    figures = {c: pl.String if c in TEXT else pl.Float64 for c in frame.columns}
    return frame.cast(figures)


def tree(*parts):
    """Rows of code, parent and weight, one table below another."""
    columns = {"code": pl.String, "parent": pl.String, "weight": pl.Float64}
    return pl.concat([p if isinstance(p, pl.DataFrame) else pl.DataFrame(p, columns, orient="row") for p in parts])


def assert_as_published(found, known):
    both = known.join(found, on=["code", "period"], how="left", suffix="_found", maintain_order="left")
    assert both.height == known.height
    for column in ("index", "weight"):
        assert both[f"{column}_found"].to_list() == pytest.approx(both[column].to_list(), rel=1e-9)


def test_matched_sample(reference_data):
    businesses = read(reference_data, "ms_weights.csv").select("business", "classification", "weight")
    top = [("4", None, None), ("44", "4", None), ("45", "4", None)]
    leaves = businesses.select(
        code="business", parent=pl.col("classification").replace_strict({"11": "44", "12": "45"}), weight="weight"
    )
    prices = read(reference_data, "ms_prices.csv").rename({"business": "code"})
    found = sample_index(prices, tree(top, leaves)).index
    known = read(reference_data, "ms_known_index.csv")
    node = pl.when(pl.col("business") == "99").then("level").otherwise("business")
    assert_as_published(found, known.with_columns(node.alias("code")))


def test_fixed_sample(reference_data):
    prices = read(reference_data, "fs_prices.csv")
    top = [("1", None, None), ("11", "1", None), ("12", "1", None), ("13", "1", None)]
    classes = read(reference_data, "fs_weights.csv").select(
        code="classification", parent=pl.col("classification").str.head(2), weight="weight"
    )
    leaves = prices.select(code="business", parent="classification", weight="weight").unique(maintain_order=True)
    # A class's own weight counts in its parent; the businesses' weights only share it out.
    sample = prices.select("period", "price", product="business", code="business")
    found = sample_index(sample, tree(top, classes, leaves), returning="new").index
    assert_as_published(found, read(reference_data, "fs_known_index.csv").rename({"level": "code"}))
