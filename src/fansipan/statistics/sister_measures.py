"""Shipment, inventory and labour indexes of a province from its returns (Rule S21).

The tree is that of the index of industrial production (for labour: establishments under their industries),
cut down to what has
figures in the base year; the value weights are at constant 2010 prices.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import polars as pl

from fansipan.classification import LEVELS, lineage
from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.index.sister_indexes import inventory_index, labour_index, shipment_index
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.output_value import Tables, compile_output
from fansipan.statistics.production_index import base_year_weights, product_volumes
from fansipan.statistics.records import latest

Sister = Literal["shipment", "inventory", "labour"]
SISTERS: tuple[Sister, ...] = ("shipment", "inventory", "labour")
TOP = "total"


def sister_index(
    province: Tables,
    sister: Sister,
    *,
    until: Month,
    known_on: date | None = None,
    base_year: int | None = None,
    growth: Growth | None = None,
) -> pl.DataFrame:
    """One of the sister indexes, base-year monthly mean = 100: `code`, `period`, `index`, `imputed` and, asked for,
    growth.

    The base year is the first with returns of all its months, unless given. A product or establishment without a
    figure in a month keeps its last one (marked imputed); one without a figure in the base year is left out. Raises
    Refused ``sister.no-figures`` where there is nothing to compare.
    """
    quantities = _quantities(province, sister, until, known_on)
    year = base_year or _first_whole_year(quantities)
    usable = _usable(quantities, year)
    if year is None or usable.is_empty():
        raise Refused("sister.no-figures", year=year or "–")
    compiled = _compile(province, sister, usable, year, growth=growth, missing="carry")
    return compiled.filter(pl.col("period") >= f"{year}-01")


def _compile(province: Tables, sister: Sister, usable: pl.DataFrame, year: int, **options: Any) -> pl.DataFrame:
    kept = usable.select("code", "period", "quantity")
    if sister == "labour":
        return labour_index(kept, _tree(_establishments(province), usable), base_year=year, **options)
    base = usable.filter(pl.col("period").str.starts_with(f"{year}-")).sort("period")
    tree = _tree(base_year_weights(province).select("code", "parent"), usable)
    if sister == "shipment":
        values = base.group_by("code").agg((pl.col("quantity") * pl.col("price")).sum().alias("value"))
        return shipment_index(kept, tree, values, base_year=year, **options)
    worth = pl.col("quantity") * pl.col("price")
    balances = base.group_by("code").agg(worth.first().alias("opening"), worth.last().alias("closing"))
    return inventory_index(kept, tree, balances, base_year=year, **options)


def _quantities(province: Tables, sister: Sister, until: Month, known_on: date | None) -> pl.DataFrame:
    """The monthly figures compared: code, period, quantity, price."""
    if sister == "labour":
        returns = province["establishment_returns"].with_columns(pl.lit("").alias("product"))
        known = latest(returns.filter(pl.col("month") <= str(until)), known_on)
        figures = known.select(
            pl.col("establishment").alias("code"), "month", pl.col("labour").cast(pl.Float64).alias("quantity")
        )
        return (
            figures.rename({"month": "period"})
            .drop_nulls()
            .with_columns(pl.lit(1.0).alias("price"))
            .sort("code", "period")
        )
    field = {"shipment": "sales", "inventory": "stock"}[sister]
    output = compile_output(_as_quantity(province, field), until=until, known_on=known_on)
    prices = province["product_prices"].filter(pl.col("price_basis") == "constant-2010")
    priced = prices.select(pl.col("product").alias("code"), "price")
    volumes = product_volumes(output).drop_nulls("volume")
    named = volumes.select(
        pl.col("product").alias("code"), pl.col("month").alias("period"), pl.col("volume").alias("quantity")
    )
    return named.join(priced, on="code").sort("code", "period")


def _as_quantity(province: Tables, field: str) -> dict[str, pl.DataFrame]:
    """The tables with `field` of the returns in the place of the quantity, so that gaps are filled by the same
    rules (G1-G4).
    """
    returns = province["returns"].with_columns(pl.col(field).alias("quantity"))
    edits = province["edits"].filter(pl.col("field") == field).with_columns(pl.lit("quantity").alias("field"))
    asked = returns.filter(pl.col("quantity").is_not_null().any().over("establishment", "product"))
    names = ("products", "industries", "portfolio", "product_prices", "establishments")
    return {"returns": asked, "edits": edits, **{name: province[name] for name in names}}


def _first_whole_year(quantities: pl.DataFrame) -> int | None:
    months = quantities.select(pl.col("period").str.slice(0, 4).alias("year"), "period").unique()
    whole = months.group_by("year").len().filter(pl.col("len") == 12).sort("year")
    return int(whole["year"][0]) if whole.height else None


def _usable(quantities: pl.DataFrame, year: int | None) -> pl.DataFrame:
    """What has figures in the first month of the base year and a sum above zero in it, from that month on."""
    if year is None:
        return quantities.clear()
    later = quantities.filter(pl.col("period") >= f"{year}-01")
    base = later.filter(pl.col("period").str.starts_with(f"{year}-"))
    sound = base.group_by("code").agg(pl.col("quantity").sum().alias("sum"), pl.col("period").min().alias("first"))
    kept = sound.filter((pl.col("sum") > 0) & (pl.col("first") == f"{year}-01"))
    return later.join(kept, on="code", how="semi")


def _establishments(province: Tables) -> pl.DataFrame:
    """Establishments under their industries under the whole: code, parent."""
    lines = lineage(province["industries"])
    belongs = province["establishments"].join(lines, on=["version", "industry"], how="left")
    nodes = [belongs.select(pl.col("establishment").alias("code"), pl.col("industry").alias("parent"))]
    levels = [level for level in LEVELS if belongs[level].is_not_null().any()]
    for k, level in enumerate(levels):
        above = pl.coalesce(*(pl.col(upper) for upper in reversed(levels[:k])), pl.lit(TOP))
        here = belongs.filter(pl.col(level).is_not_null())
        nodes.append(here.select(pl.col(level).alias("code"), above.alias("parent")))
    whole = pl.DataFrame({"code": [TOP], "parent": [None]}, schema={"code": pl.String, "parent": pl.String})
    return pl.concat([*nodes, whole]).unique(maintain_order=True)


def _tree(tree: pl.DataFrame, usable: pl.DataFrame) -> pl.DataFrame:
    """The tree cut down to the leaves that have figures and the nodes above them."""
    parents = dict(tree.iter_rows())
    wanted: set[str] = set()
    for leaf in usable["code"].unique():
        at: str | None = leaf
        while at is not None and at in parents and at not in wanted:
            wanted.add(at)
            at = parents[at]
    return tree.filter(pl.col("code").is_in(list(wanted)))
