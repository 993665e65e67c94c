"""The index of industrial production from returns: product volume over base volume, then up the tree (Rules G13 and
G14).

A fixed-base Laspeyres volume index with value-added weights of the base year: product -> class -> division -> section
-> total. It is the department's own estimate ("ước tính của Sở"); the statistics office's index stands beside it.
"""

from __future__ import annotations

import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.index.trees.aggregation import aggregate_index
from fansipan.statistics.index.trees.checks import Missing
from fansipan.statistics.index.trees.classifications import aggregate_classifications
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.output_value import Output, Tables


def product_volumes(output: Output) -> pl.DataFrame:
    """Volume of each product by month, in the product's unit: `product`, month, `volume`, `imputed` (whether any of
    it was).

    A month in which nothing of a product is known is missing, not zero.
    """
    known = pl.col("quantity").is_not_null().any()
    return (
        output.rows.group_by("product", "month")
        .agg(
            pl.when(known).then((pl.col("quantity") * pl.col("weight")).sum()).alias("volume"),
            pl.col("method").is_not_null().any().alias("imputed"),
        )
        .sort("product", "month")
    )


def base_year_weights(province: Tables, base_year: int | None = None) -> pl.DataFrame:
    """The rows of `index_weights` of a base year, the latest one where none is asked for.

    Raises Refused ``index.no-weights`` where there are none.
    """
    weights = province["index_weights"]
    year = weights["base_year"].max() if base_year is None else base_year
    chosen = weights.filter(pl.col("base_year").eq_missing(pl.lit(year)))
    if chosen.is_empty():
        raise Refused("index.no-weights", year=year or "–")
    return chosen


def relatives(output: Output, weights: pl.DataFrame) -> pl.DataFrame:
    """Index of each weighted product, base-year monthly mean = 100: `code`, `period`, `index` (Rule G13)."""
    base = weights.filter(pl.col("base_volume") > 0).select(pl.col("code").alias("product"), "base_volume")
    return (
        product_volumes(output)
        .join(base, on="product")
        .select(
            pl.col("product").alias("code"),
            pl.col("month").alias("period"),
            (pl.col("volume") / pl.col("base_volume") * 100).alias("index"),
        )
    )


def compile_index(
    province: Tables,
    output: Output,
    *,
    base_year: int | None = None,
    growth: Growth | None = None,
    missing: Missing = "parent",
    since: Month | None = None,
) -> pl.DataFrame:
    """The index of every node of the weighting tree: `code`, `period`, `index`, `imputed` and, with `growth`, that.

    A product of which nothing is known in a month moves as its class does (see `aggregate_index` for the other
    choices of `missing`). Raises Refused ``index.no-weights``, and what `aggregate_index` raises.
    """
    weights = base_year_weights(province, base_year)
    values = relatives(output, weights)
    if since is not None:
        values = values.filter(pl.col("period") >= str(since))
    return aggregate_index(values, weights.select("code", "parent", "weight"), missing=missing, growth=growth)


def compile_index_by(
    province: Tables, output: Output, by: str, *, base_year: int | None = None, growth: Growth | None = None
) -> pl.DataFrame:
    """The index over the same products by another classification: `by` is ``portfolio``, ``use`` or ``line`` (Rule
    G15).

    Returns the columns of `aggregate_index` for the total, every group (``unclassified`` for products without one)
    and every product, after ``level``. A product weighs what it weighs in the industries' tree, so that the total is
    the same.
    """
    weights = base_year_weights(province, base_year)
    groups = output.rows.select(pl.col("product").alias("code"), pl.col(by).fill_null("unclassified")).unique()
    elements = shares_in_root(weights).join(groups, on="code")
    values = relatives(output, weights)
    found = aggregate_classifications(values, elements, {by: [by]}, missing="parent", growth=growth)
    return found.drop("classification").select("code", "period", "level", pl.exclude("code", "period", "level"))


def shares_in_root(weights: pl.DataFrame) -> pl.DataFrame:
    """What every leaf of a weighting tree weighs in its root: `code`, `weight` (they add up to 1)."""
    parents = dict(weights.select("code", "parent").iter_rows())
    own = {code: weight for code, weight in weights.select("code", "weight").iter_rows() if weight is not None}
    children: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent, []).append(code)

    def weight_of(code: str) -> float:
        return own[code] if code in own else sum(weight_of(child) for child in children.get(code, []))

    shares: dict[str, float] = {}
    open_nodes = [(code, 1.0) for code in children.get(None, [])]
    while open_nodes:
        code, share = open_nodes.pop()
        below = children.get(code, [])
        if not below:
            shares[code] = share
        whole = sum(weight_of(child) for child in below)
        open_nodes += [(child, share * weight_of(child) / whole) for child in below]
    return pl.DataFrame({"code": list(shares), "weight": list(shares.values())}).sort("code")
