"""Rules C4-C6: the same thing under two codes, one quantity in several units, several price bases in one sum."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from fansipan.checks.subject import Subject, at_most
from fansipan.errors import Fault
from fansipan.tables import REGISTRY
from fansipan.tables.reading.parsing import fold
from fansipan.texts import Words

# Where a name stands for one thing only; what else must be equal for two rows to be the same thing.
NAMED = {
    "establishments": ("establishment", ["area", "kind"]),
    "products": ("product", ["unit"]),
    "zones": ("zone", ["kind"]),
    "projects": ("project", ["kind"]),
    "areas": ("area", ["level", "parent", "valid_from"]),
    "investors": ("investor", []),
}
AMOUNTS = ["level", "ytd"]


def same_name(subject: Subject) -> Iterator[Fault]:
    """Rule C4: rows of one name, written alike but for case and accents, under several codes."""
    for name, (key, also) in NAMED.items():
        rows = subject.rows(name).with_row_index("@row")
        if rows.is_empty():
            continue
        folded = rows.with_columns(pl.col("name").map_elements(fold, pl.String).alias("@name"))
        codes = folded.with_columns(pl.col(key).first().over("@name", *also).alias("@first"))
        twice = codes.filter(pl.col("@first") != pl.col(key))
        found = (
            subject.fault(
                "likeness.same-name", name, row["@row"], "name", {"first": row["@first"]}, severity=subject.doubt
            )
            for row in twice.iter_rows(named=True)
        )
        yield from at_most(found)


def mixed_units(subject: Subject) -> Iterator[Fault]:
    """Rule C5: plans and published amounts in another unit than most of their indicator, or than their product's."""
    for name in ("plans", "official_figures"):
        rows = _amounts(subject, name).filter(pl.col("unit").is_not_null())
        if rows.is_empty():
            continue
        folded = rows.with_columns(pl.col("unit").map_elements(fold, pl.String).alias("@unit"))
        products = subject.everything("products").select(
            pl.col("product").alias("scope"), pl.col("unit").alias("@product")
        )
        own = folded.join(products.unique("scope"), on="scope", how="left", maintain_order="left")
        whose = ["indicator", "scope_kind", pl.when(pl.col("scope_kind") == "product").then("scope")]
        usual = pl.col("unit").mode(maintain_order=True).first().over(whose)
        expected = pl.when(pl.col("scope_kind") == "product").then(pl.coalesce("@product", usual)).otherwise(usual)
        odd = own.with_columns(expected.alias("@usual"))
        for row in odd.iter_rows(named=True):
            if fold(row["@usual"]) != row["@unit"]:
                params = {"usual": row["@usual"]}
                yield subject.fault("likeness.mixed-units", name, row["@row"], "unit", params, severity=subject.doubt)


def mixed_price_bases(subject: Subject) -> Iterator[Fault]:
    """Rule C6: figures of one indicator and period, which are parts of one sum, at several price bases."""
    sums = {"plans": ["indicator", "period"], "official_figures": ["indicator", "period", "measure", "publisher"]}
    choices = REGISTRY["plans"].meaning("price_basis").choices
    bases = {choice.value: Words(choice.vi, choice.en) for choice in choices}
    for name, group in sums.items():
        rows = _amounts(subject, name)
        usual = pl.col("price_basis").drop_nulls().mode(maintain_order=True).first().over(group)
        odd = rows.with_columns(usual.alias("@usual")).filter(
            (pl.col("price_basis") != pl.col("@usual")) | (pl.col("price_basis").is_null() & pl.lit(subject.strict))
        )
        for row in odd.filter(pl.col("@usual").is_not_null()).iter_rows(named=True):
            params = {"usual": bases[row["@usual"]], "indicator": row["indicator"], "period": row["period"]}
            yield subject.fault("likeness.mixed-prices", name, row["@row"], "price_basis", params)


def unpriced_products(subject: Subject) -> Iterator[Fault]:
    """Rule C6: products with returns but no fixed price of 2010, so that their output cannot be valued."""
    if not (subject.has("product_prices") and subject.has("returns")):
        return
    prices = subject.everything("product_prices").filter(pl.col("price_basis") == "constant-2010")
    made = subject.everything("returns").select("product").unique()
    rows = subject.rows("products").with_row_index("@row").join(made, on="product", how="semi", maintain_order="left")
    for row in rows.join(prices, on="product", how="anti", maintain_order="left")["@row"]:
        yield subject.fault("likeness.unpriced", "products", row, "product", severity=subject.doubt)


def several_constant_prices(subject: Subject) -> Iterator[Fault]:
    """Rule C6: a product has one constant price, that of 2010; a second one would count its output twice."""
    rows = subject.rows("product_prices").with_row_index("@row").filter(pl.col("price_basis") == "constant-2010")
    known = subject.beside["product_prices"].filter(pl.col("price_basis") == "constant-2010")
    beside = known.select("product", "period", pl.lit(value=True).alias("@known"))
    every = pl.concat([beside.drop("@known"), rows.select("product", "period")]).unique()
    twice = (
        every.group_by("product")
        .agg(pl.col("period").sort().alias("@periods"))
        .filter(pl.col("@periods").list.len() > 1)
    )
    for row in rows.join(twice, on="product", maintain_order="left").sort("@row").iter_rows(named=True):
        params = {"product": row["product"], "periods": ", ".join(row["@periods"])}
        yield subject.fault("likeness.two-constant-prices", "product_prices", row["@row"], "period", params)


def _amounts(subject: Subject, name: str) -> pl.DataFrame:
    rows = subject.rows(name).with_row_index("@row")
    return rows.filter(pl.col("measure").is_in(AMOUNTS)) if "measure" in rows.columns else rows
