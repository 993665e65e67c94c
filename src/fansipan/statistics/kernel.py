"""The big step for a nation's returns: latest record, imputation, value and sums in one lazy program (Rules G1, G3-G5).

    sums = collected(output_sums(returns, establishments, products, until=Month(2024, 12)))

Written against Narwhals: the same program takes Polars frames, DuckDB relations or Spark frames and gives the same kind
back, not yet computed. `compile_output` keeps a row for each establishment, product and month, so that every figure can
be walked back; here only the sums are kept, and no string is touched after the first line: establishment, product and
month are packed into one integer, rows are grouped and joined by it, and imputed quantities are never written out,
because the movement of a class is the same for all of its products in a month and can be applied to their sum.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrame, IntoFrameT

from fansipan.periods import Month
from fansipan.statistics.imputation.methods import MOVEMENT_LEVELS
from fansipan.statistics.output_value import MILLION_A_BILLION
from fansipan.statistics.records import end_of

SUM_LEVELS = ("product", "class", "division", "section", "area")
# The key: 22 bits of establishment, 18 of product, 12 of month. Together 52, so that it survives engines that divide
# integers as doubles.
MONTHS, PRODUCTS = 2**12, 2**18
CELLS = PRODUCTS * MONTHS
YEAR, FIRST_YEAR = 12, 1900
# Months are counted from here.
EPOCH = Month(FIRST_YEAR, 1).ordinal
QUANTITIES = ("quantity", "now", "then", "missing")


def output_sums(
    returns: IntoFrameT, establishments: IntoFrameT, products: IntoFrameT, *, until: Month, known_on: date | None = None
) -> IntoFrameT:
    """Gross output at constant prices by product, class, division, section and area in every month up to `until`.

    `returns` has establishment, product, month (2024-05), recorded_at and quantity; `establishments` establishment,
    area, opened_on and closed_on; `products` product, class, division, section and price (constant, million đồng a
    unit): all three of one kind (Polars, DuckDB, Spark). Returns of an unknown establishment or product are left out:
    `fansipan check` finds them. Room for 4 million establishments, 262 thousand products, the months of 1900 to 2240.

    Returns, not yet computed, level (one of `SUM_LEVELS`), code, month, `value` (billion đồng), `imputed` (the part of
    it that is imputed), `returns` and `imputations` (how many of each). Rules G1, G3, G5, and of G4 the same month of
    last year moved by the class: a return without such a month stays missing here and adds nothing.
    """
    who, what = _coded(establishments, "establishment"), _coded(products, "product")
    latest = _latest(_keyed(returns, who, what, until, known_on))
    areas = _areas(who)
    cells = _cells(_beside_last_year(latest, until), _open(who, areas))
    return cast(IntoFrameT, _summed(_imputed(_valued(cells, what, areas))).to_native())


def collected(frame: IntoFrame) -> pl.DataFrame:
    """What `output_sums` promised, computed: by Polars in streams, by any other engine in its own way."""
    lazy = _lazy(frame)
    streams = {"engine": "streaming"} if lazy.implementation.is_polars() else {}
    return cast(pl.DataFrame, lazy.collect("polars", **streams).to_native())


def _lazy(frame: IntoFrame) -> Any:
    return nw.from_native(cast(Any, frame)).lazy()


def _coded(table: IntoFrame, name: str) -> Any:
    """The table with `code`, a small integer for each row."""
    return _lazy(table).with_row_index("code", order_by=name).with_columns(nw.col("code").cast(nw.Int64))


def _keyed(returns: IntoFrame, who: Any, what: Any, until: Month, known_on: date | None) -> Any:
    """The records as key, recorded_at and quantity."""
    frame = _lazy(returns).filter(nw.col("month") <= str(until))
    if known_on is not None:
        frame = frame.filter(nw.col("recorded_at") < end_of(known_on))
    year, month = nw.col("month").str.slice(0, 4).cast(nw.Int64), nw.col("month").str.slice(5, 2).cast(nw.Int64)
    t = (year - FIRST_YEAR) * YEAR + month - 1
    coded = frame.join(who.select("establishment", nw.col("code").alias("e")), on="establishment", how="inner")
    coded = coded.join(what.select("product", nw.col("code").alias("p")), on="product", how="inner")
    key = ((nw.col("e") * PRODUCTS + nw.col("p")) * MONTHS + t).alias("key")
    return coded.select(key, "recorded_at", "quantity")


def _latest(records: Any) -> Any:
    """The quantity of each key as recorded last, where there is one: a later blank does not take it back (Rule G1)."""
    records = records.filter(~nw.col("quantity").is_null())
    if records.implementation.is_spark_like():  # Spark aggregates in no order; it numbers the rows of a key instead
        return records.unique("key", keep="last", order_by=["recorded_at"]).select("key", "quantity")
    return records.group_by("key").agg(nw.col("quantity").last(order_by="recorded_at"))


def _beside_last_year(latest: Any, until: Month) -> Any:
    """Every key with a return in its month or twelve months before: `quantity` and `base`, null where there is none."""
    year_ago = latest.select((nw.col("key") + YEAR).alias("ahead"), nw.col("quantity").alias("base"))
    year_ago = year_ago.filter(nw.col("ahead") % MONTHS <= until.ordinal - EPOCH)
    both = latest.join(year_ago, left_on="key", right_on="ahead", how="full")
    return both.select(nw.coalesce("key", "ahead").alias("key"), "quantity", "base")


def _areas(who: Any) -> Any:
    """The areas with `a`, a small integer from 1 for each: 0 is for establishments without an area."""
    named = who.select("area").filter(~nw.col("area").is_null()).unique().with_row_index("a", order_by="area")
    return named.with_columns(nw.col("a").cast(nw.Int64) + 1)


def _open(who: Any, areas: Any) -> Any:
    """Code and area of each establishment, and the months between which its returns are expected."""
    opened, closed = (
        (nw.col(day).dt.year().cast(nw.Int64) - FIRST_YEAR) * YEAR + nw.col(day).dt.month() - 1
        for day in ("opened_on", "closed_on")
    )
    opens, closes = nw.coalesce(opened, nw.lit(0)), nw.coalesce(closed, nw.lit(MONTHS))
    here = who.join(areas, on="area", how="left")
    cells = nw.coalesce(nw.col("a"), nw.lit(0)) * CELLS
    return here.select(nw.col("code").alias("e"), cells.alias("cells"), opens.alias("opens"), closes.alias("closes"))


def _cells(matched: Any, who: Any) -> Any:
    """By area, product and month: what was reported, both sides of the movement, the base of what is missing.

    The three are one integer again: grouping by text or by several columns takes twice as long.
    """
    cell = (nw.col("key") % CELLS).alias("cell")
    here = matched.select("quantity", "base", cell, (nw.col("key") // CELLS).alias("e")).join(who, on="e", how="inner")
    reported, known, t = ~nw.col("quantity").is_null(), ~nw.col("base").is_null(), nw.col("cell") % MONTHS
    expected = (t >= nw.col("opens")) & (t <= nw.col("closes"))
    split = here.select(
        (nw.col("cells") + nw.col("cell")).alias("cell"),
        "quantity",
        nw.when(known).then(nw.col("quantity")).alias("now"),
        nw.when(reported).then(nw.col("base")).alias("then"),
        nw.when(~reported & expected).then(nw.col("base")).alias("missing"),
    )
    return split.group_by("cell").agg(
        nw.col(*QUANTITIES).sum(),
        nw.col("quantity").count().alias("returns"),
        nw.col("missing").count().alias("imputations"),
    )


def _valued(cells: Any, what: Any, areas: Any) -> Any:
    """The sums in billion đồng, with month, area, and what each product belongs to."""
    t, p = nw.col("cell") % MONTHS, nw.col("cell") % CELLS // MONTHS
    parts = cells.with_columns(t.alias("t"), p.alias("p"), (nw.col("cell") // CELLS).alias("a"))
    placed = parts.join(areas, on="a", how="left").join(what.rename({"code": "p"}), on="p", how="inner")
    return placed.with_columns(nw.col(*QUANTITIES) * nw.col("price") / MILLION_A_BILLION)


def _imputed(cells: Any) -> Any:
    """`imputed`: the value of what is missing twelve months before, moved by the nearest level that has a movement."""
    movement = nw.coalesce(*(_movement(level) for level in MOVEMENT_LEVELS))
    moved = cells.with_columns(nw.lit("all").alias("all")).with_columns(movement.alias("movement"))
    none = nw.col("movement").is_null()
    return moved.with_columns(
        nw.when(none).then(nw.lit(0.0)).otherwise(nw.col("missing") * nw.col("movement")).alias("imputed"),
        nw.when(none).then(nw.lit(0)).otherwise(nw.col("imputations")).alias("imputations"),
    )


def _movement(level: str) -> Any:
    now, then = nw.col("now").sum().over(level, "t"), nw.col("then").sum().over(level, "t")
    return nw.when(then > 0).then(now / then)


def _summed(cells: Any) -> Any:
    """The sums by every level, one below the other."""
    index = ["t", "quantity", "imputed", "returns", "imputations"]
    # Some engines leave out what is null when they turn columns into rows.
    named = cells.with_columns(nw.coalesce(nw.col(level), nw.lit("")).alias(level) for level in SUM_LEVELS)
    long = named.unpivot(list(SUM_LEVELS), index=index, variable_name="level", value_name="code")
    sums = long.group_by("level", "code", "t").agg(nw.col("quantity", "imputed", "returns", "imputations").sum())
    kept = sums.filter(nw.col("returns") + nw.col("imputations") > 0)
    year, month = nw.col("t") // YEAR + FIRST_YEAR, nw.col("t") % YEAR + 1
    name = nw.concat_str(year.cast(nw.String), month.cast(nw.String).str.zfill(2), separator="-")
    value = (nw.col("quantity") + nw.col("imputed")).alias("value")
    counts = nw.col("returns", "imputations").cast(nw.Int64)
    code = nw.when(nw.col("code") != "").then(nw.col("code")).alias("code")
    return kept.select("level", code, name.alias("month"), value, "imputed", counts)
