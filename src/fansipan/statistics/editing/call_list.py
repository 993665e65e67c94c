"""Selective editing: whom to call first, by what a mistake would do to the headline (Rules ED8 and ED9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.comparison import compared_months
from fansipan.statistics.editing.doubt import records_until
from fansipan.statistics.editing.edits import failed_edits
from fansipan.statistics.editing.evidence import gather_evidence
from fansipan.statistics.editing.expectation import SOURCES, expect
from fansipan.statistics.editing.limits import USUAL, EditLimits
from fansipan.statistics.editing.slips import SURE, SWITCH, find_slip
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import MILLION_A_BILLION, PAIR, Output, Tables, compile_output

OTHER_COLUMNS = ("sales", "stock", "value")


@dataclass(frozen=True, slots=True)
class CallList:
    """The returns of a month to ask about, the one that matters most first.

    `rows`: `rank`, establishment, product, `recorded_at`, `reported` and `expected` (product's unit; `reported` null
    where no return came), `suspicion` (0 to 1), `potential` and `effect` (percentage points of the headline: what the
    whole difference would do, and that times the suspicion; units that were switched for good come first), `slip`,
    `slip_detail` and `meant` (a plain mistake that explains the figure, null where none does), `edits` (names of those
    that fail, the most telling first), what each source expected (`SOURCES`), the return's other figures, now and last
    month, and of a switched unit `factor`, `since` and `columns` (Rule ED17). What the establishment has confirmed is
    not called for. `failed` has a row for each edit that fails. `base` is the output that the headline growth is
    measured on, billion đồng at constant prices; `judged` how many returns were looked at, `history` the records of
    what was switched, up to the month.
    """

    month: Month
    known_on: date | None
    rows: pl.DataFrame
    failed: pl.DataFrame
    base: float
    judged: int
    history: pl.DataFrame


def compile_calls(
    province: Tables,
    month: Month,
    *,
    known_on: date | None = None,
    limits: EditLimits = USUAL,
    output: Output | None = None,
) -> CallList:
    """The call list of `month` from what was known by the end of `known_on`; `output` as compiled, where at hand.

    The headline is the growth of gross output on the same month last year, at constant prices. Score = suspicion x
    |reported - expected| x price / output of the same month last year, in percentage points; for a return that has not
    come the difference is what its expectation usually misses by. (J.-M. Berthelot and M. Latouche, "Improving the
    efficiency of data collection: a generic respondent follow-up strategy for economic surveys", Journal of Business &
    Economic Statistics 11 (1993), 417-424.) Raises Refused ``calls.no-returns`` if the month has no return at all, and
    what `compile_output` raises.
    """
    if output is None:
        output = compile_output(province, until=month, known_on=known_on)
    rows = expect(gather_evidence(province, month, known_on, limits), _month_prices(province, month))
    if rows["recorded_at"].null_count() == rows.height:
        raise Refused("calls.no-returns", month=month)
    failed = failed_edits(rows, limits)
    slips = pl.DataFrame(
        [_slip(row, limits) for row in rows.iter_rows(named=True)],
        schema=dict.fromkeys(("slip", "slip_detail"), pl.String) | {"meant": pl.Float64},
        orient="row",
    )
    base = headline_base(gross_output(output), month)
    judged = _scored(pl.concat([rows, slips], how="horizontal"), failed, base)
    switched = (pl.col("slip") == SWITCH).fill_null(value=False)
    always = pl.col("edits").list.contains("stock") | pl.col("edits").list.contains("missing") | switched
    told = (pl.col("effect") >= limits.least_effect) | always
    doubtful = (pl.col("suspicion") > 0) & ~pl.col("confirmed").fill_null(value=False)
    order = [switched, pl.col("effect"), *PAIR]
    called = judged.filter(doubtful & told).sort(order, descending=[True, True, False, False])
    called = called.with_row_index("rank", offset=1).with_columns(pl.col("rank").cast(pl.Int64))
    history = pl.DataFrame()
    if called["since"].null_count() < called.height:
        history = records_until(province["returns"], province["edits"], month, known_on)
        history = history.join(called.drop_nulls("since"), on=list(PAIR), how="semi")
    return CallList(month, known_on, called.select(COLUMNS), failed, base, rows.height, history)


COLUMNS = (
    "rank",
    *PAIR,
    "recorded_at",
    "reported",
    "expected",
    "suspicion",
    "potential",
    "effect",
    "slip",
    "slip_detail",
    "meant",
    "edits",
    *SOURCES,
    "sales",
    "stock",
    "value",
    "last_sales",
    "last_stock",
    "last_value",
    "factor",
    "since",
    "columns",
)


def headline_base(levels: pl.DataFrame, month: Month) -> float:
    """The output that the month's headline growth is measured on; its own where there is none of a year ago."""
    value = dict(levels.select("month", "value").iter_rows())
    (before,) = compared_months(month, "yoy")[1]
    return float(value.get(str(before)) or value.get(str(month)) or 0.0)


def _month_prices(province: Tables, month: Month) -> pl.DataFrame:
    """The current price of each product in the month, else in the year."""
    current = province["product_prices"].filter(
        (pl.col("price_basis") == "current") & pl.col("period").is_in([str(month), str(month.year)])
    )
    # A month's own price sorts after its year's.
    return current.sort("period").group_by("product").agg(pl.col("price").last().alias("month_price"))


def _slip(row: dict, limits: EditLimits) -> tuple[str | None, str | None, float | None]:
    if row["factor"] is not None:
        return SWITCH, f"{row['factor']:g}", row["quantity"] / row["factor"]
    if row["quantity"] is None or row["expected"] is None:
        return None, None, None
    others = {name: (row[name], row[f"last_{name}"]) for name in OTHER_COLUMNS if row[name] and row[f"last_{name}"]}
    found = find_slip(
        row["quantity"],
        row["expected"],
        others=others,
        since_january=row["since_january"],
        tolerance=limits.expected_ratio,
    )
    return (found.kind, found.detail or None, found.meant) if found else (None, None, None)


def _scored(rows: pl.DataFrame, failed: pl.DataFrame, base: float) -> pl.DataFrame:
    """Suspicion, potential and expected effect of every return judged."""
    worst = failed.sort("suspicion", descending=True, maintain_order=True)
    told = worst.group_by(PAIR).agg(pl.col("edit").alias("edits"), pl.col("suspicion").max().alias("edit_suspicion"))
    rows = rows.join(told, on=list(PAIR), how="left")
    missing = pl.col("quantity").is_null()
    deviation = pl.when((pl.col("quantity") > 0) & (pl.col("expected") > 0)).then(
        (pl.col("quantity") / pl.col("expected")).log().abs()
    )
    usual_miss = pl.coalesce(deviation.median().over("section"), deviation.median(), pl.lit(0.0))
    off = (pl.col("quantity") - pl.col("expected")).abs()
    difference = pl.when(missing).then(pl.col("expected") * usual_miss).otherwise(off).fill_null(0.0)
    points = difference * pl.col("price") / MILLION_A_BILLION / base * 100 if base > 0 else pl.lit(0.0)
    suspicion = pl.when(missing | pl.col("slip").is_in(SURE)).then(1.0).otherwise(pl.col("edit_suspicion"))
    edits = pl.when(missing).then(pl.lit(["missing"])).otherwise(pl.col("edits")).fill_null([])
    return rows.with_columns(
        pl.col("quantity").alias("reported"),
        suspicion.fill_null(0.0).alias("suspicion"),
        points.alias("potential"),
        edits.alias("edits"),
    ).with_columns((pl.col("suspicion") * pl.col("potential")).alias("effect"))
