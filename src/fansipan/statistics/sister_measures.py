"""Shipment, inventory and labour indexes of a province from its returns (Rule S21).

The tree is that of the index of industrial production (for labour: establishments under their industries), cut down to
what has figures in the base year; the value weights are at constant 2010 prices.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import polars as pl

from fansipan.classification import LEVELS, lineage
from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.imputation.activity import (
    PAIR,
    first_open_month,
    known_volumes,
    last_open_month,
    month_ordinal,
    with_given_up,
)
from fansipan.statistics.imputation.methods import LONGEST_GAP
from fansipan.statistics.index.sister_indexes import inventory_index, labour_index, shipment_index
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.output_value import Tables, compile_output, expected_rows
from fansipan.statistics.production_index import base_year_weights
from fansipan.statistics.records import latest
from fansipan.statistics.references import constant_prices

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

    The base year is the first with returns of all its months, unless given. Who is known to make nothing sells, stocks
    and employs nothing (Rule G3b); a figure that is only missing is filled as Rule S21 says and marked imputed. A
    product without a figure in the first month of the base year is left out; establishments that come later count in
    the labour index. Raises Refused ``sister.no-figures`` where there is nothing to compare.
    """
    quantities = (
        _persons(province, until, known_on) if sister == "labour" else _volumes(province, sister, until, known_on)
    )
    year = base_year or _first_whole_year(quantities)
    if year is None or not quantities["period"].str.starts_with(f"{year}-").any():
        raise Refused("sister.no-figures", year=year or "–")
    if sister == "labour":
        compiled = labour_index(quantities, _tree(_establishments(province), quantities), base_year=year, growth=growth)
        return compiled.filter(pl.col("period") >= f"{year}-01")
    usable = _usable(quantities, year)
    if usable.is_empty():
        raise Refused("sister.no-figures", year=year)
    tree = _tree(base_year_weights(province).select("code", "parent"), usable)
    kept = usable.select("code", "period", "quantity")
    worth = pl.col("quantity") * pl.col("price")
    if sister == "shipment":
        base = usable.filter(pl.col("period").str.starts_with(f"{year}-"))
        values = base.group_by("code").agg(worth.sum().alias("value"))
        return shipment_index(kept, tree, values, base_year=year, growth=growth, missing="carry")
    balances = _balances(quantities.with_columns(worth.alias("worth")), year)
    balances = balances.filter(pl.col("code").is_in(usable["code"].unique().to_list()))
    return inventory_index(kept, tree, balances, base_year=year, growth=growth, missing="carry")


def _volumes(province: Tables, sister: Sister, until: Month, known_on: date | None) -> pl.DataFrame:
    """Sales or closing stocks by product and month: code, period, quantity, price."""
    output = compile_output(_as_quantity(province, sister), until=until, known_on=known_on)
    production = with_given_up(expected_rows(province, until, known_on))
    # What a field of the form has left blank for long is not nothing: that is said by the quantity made.
    standing = production.filter("given_up").select(*PAIR, "month", "given_up")
    rows = output.rows.join(standing, on=[*PAIR, "month"], how="left", validate="1:1")
    volumes = known_volumes(rows.with_columns(pl.col("given_up").fill_null(value=False)), until).drop_nulls("volume")
    named = {"product": "code", "month": "period", "volume": "quantity"}
    priced = constant_prices(province["product_prices"]).rename({"product": "code"})
    joined = volumes.rename(named).join(priced, on="code", validate="m:1")
    return joined.select("code", "period", "quantity", "price").sort("code", "period")


def _as_quantity(province: Tables, sister: Sister) -> dict[str, pl.DataFrame]:
    """The tables with the sister's field of the returns in the place of the quantity, so that gaps are filled by the
    same rules (G1-G4).
    """
    field = {"shipment": "sales", "inventory": "stock"}[sister]
    returns = province["returns"].with_columns(pl.col(field).alias("quantity"))
    edits = province["edits"].filter(pl.col("field") == field).with_columns(pl.lit("quantity").alias("field"))
    reported = returns.filter(pl.col("quantity").is_not_null().any().over("establishment", "product"))
    names = ("products", "industries", "portfolio", "product_prices", "establishments")
    return {"returns": reported, "edits": edits, **{name: province[name] for name in names}}


def _persons(province: Tables, until: Month, known_on: date | None) -> pl.DataFrame:
    """Persons employed by every establishment in every month since the first: code, period, quantity, imputed.

    Nobody before its first figure, after it has closed, and after a year of silence; a figure missing between keeps the
    last one and is marked.
    """
    returns = province["establishment_returns"].with_columns(pl.lit("").alias("product"))
    known = latest(returns.filter(pl.col("month") <= str(until)), known_on).drop_nulls("labour")
    if known.is_empty():
        return pl.DataFrame(
            schema={"code": pl.String, "period": pl.String, "quantity": pl.Float64, "imputed": pl.Boolean}
        )
    who = province["establishments"].select(
        "establishment", last_open_month().alias("last"), first_open_month().alias("first")
    )
    months = known.select("month").unique()
    grid = (
        known.select("establishment").unique().join(months, how="cross").join(who, on="establishment", validate="m:1")
    )
    own = known.select("establishment", "month", pl.col("labour").cast(pl.Float64))
    rows = grid.join(own, on=["establishment", "month"], how="left", validate="1:1").sort("establishment", "month")
    t = month_ordinal()
    heard = pl.when(pl.col("labour").is_not_null()).then(t).forward_fill().over("establishment")
    silent = pl.col("labour").is_null()
    shut = silent & (heard.is_null() | (t - heard > LONGEST_GAP) | (t > pl.col("last")).fill_null(value=False))
    carried = pl.col("labour").forward_fill().over("establishment")
    return rows.select(
        pl.col("establishment").alias("code"),
        pl.col("month").alias("period"),
        pl.when(shut).then(0.0).otherwise(carried).alias("quantity"),
        (silent & ~shut).alias("imputed"),
    )


def _balances(stocks: pl.DataFrame, year: int) -> pl.DataFrame:
    """The value of each product's stock as the base year begins and ends: code, opening, closing.

    It begins with the stock at the end of the December before. Where that is not known, or both ends are empty (a
    product that is made and sold within the year), the mean of the year's month ends stands for both (Rule S21).
    """
    at = [f"{year - 1}-12", f"{year}-12"]
    ends = [stocks.filter(pl.col("period") == end).select("code", "worth") for end in at]
    mean = stocks.filter(pl.col("period").str.starts_with(f"{year}-")).group_by("code").agg(pl.col("worth").mean())
    joined = mean.rename({"worth": "mean"})
    for name, end in zip(("opening", "closing"), ends, strict=True):
        joined = joined.join(end.rename({"worth": name}), on="code", how="left", validate="1:1")
    usual = (
        pl.col("opening").is_not_null() & pl.col("closing").is_not_null() & (pl.col("opening") + pl.col("closing") > 0)
    )
    either = [
        pl.when(usual).then(pl.col(name)).otherwise(pl.col("mean")).alias(name) for name in ("opening", "closing")
    ]
    return joined.select("code", *either).sort("code")


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
