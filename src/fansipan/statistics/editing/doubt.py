"""Figures that are doubted judge no others; units that were switched for good (Rules ED16 and ED17).

A figure far outside what its product made before is doubted until it is corrected or confirmed. While it is, it is left
out of the past that later figures are held against; otherwise a mistake made twice would prove itself. Doubted figures
in a row that are all the same power of ten too large or too small were written in another unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import log, sqrt
from operator import itemgetter

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.editing.limits import USUAL, EditLimits
from fansipan.statistics.imputation.activity import month_ordinal
from fansipan.statistics.records import EDITED_FIELDS, KEY, apply_edits, end_of, latest, moment_of

PAIR = ("establishment", "product")
CONFIRMED, UNDONE = "confirmed", "undone"  # rules of edits
SWITCHES = (10.0, 100.0, 1000.0, 1e6)
PAST_MONTHS = 24
LEAST_PAST = 3  # figures above zero that a past needs before another unit can be seen
WHOLE_PAST = 12  # and before a figure that fits no other unit is doubted: by then its seasons are known
PLAIN = 1000.0  # a factor that no season explains, even where the other figures of the return say nothing
NEAR = 1.5  # how far outside its past a figure may lie once its unit is put right
DOUBTED = {
    "establishment": pl.String(),
    "product": pl.String(),
    "month": pl.String(),
    "quantity": pl.Float64(),
    "usual": pl.Float64(),
    "factor": pl.Float64(),
    "since": pl.String(),
    "columns": pl.List(pl.String()),
}


@dataclass(frozen=True, slots=True)
class _Past:
    """Sound figures above zero so far, by month (an ordinal)."""

    figures: list[tuple[int, float]]

    def within(self, t: int) -> list[float]:
        # A month has one figure and they are in order: none before the last few is that near.
        return [figure for month, figure in self.figures[-PAST_MONTHS - 1 :] if t - month <= PAST_MONTHS]


def confirmed_records(records: pl.DataFrame, edits: pl.DataFrame, known_on: date | None = None) -> pl.DataFrame:
    """The records with `confirmed`: whether the establishment stands by the quantity (Rule ED11).

    It does where the last edit of the quantity, of those made by the end of `known_on`, is of the rule ``confirmed``
    and was made after the figure was recorded.
    """
    known = edits if known_on is None else edits.filter(pl.col("recorded_at") < end_of(known_on))
    quantity = known.filter(pl.col("field") == "quantity").sort("recorded_at")
    last = quantity.group_by(KEY).agg(pl.col("recorded_at").last().alias("edited_at"), pl.col("rule").last())
    joined = records.join(last, on=list(KEY), how="left", validate="1:1")
    given_at = pl.coalesce(moment_of("quantity"), "recorded_at")
    holds = (pl.col("rule") == CONFIRMED) & (pl.col("edited_at") >= given_at)
    return joined.with_columns(holds.fill_null(value=False).alias("confirmed")).drop("edited_at", "rule")


def records_until(
    returns: pl.DataFrame, edits: pl.DataFrame, month: Month, known_on: date | None = None
) -> pl.DataFrame:
    """The latest records up to a month, as edited and known by the end of `known_on`, with `confirmed`."""
    records = apply_edits(latest(returns.filter(pl.col("month") <= str(month)), known_on), edits, known_on)
    return confirmed_records(records, edits, known_on)


def doubted_figures(records: pl.DataFrame, limits: EditLimits = USUAL) -> pl.DataFrame:
    """The figures that stand far outside their past and that nobody has corrected or confirmed.

    `records` has `KEY`, quantity, sales, stock, value and `confirmed`, one row a key. A quantity above zero is doubted
    where it is more than `range_factor` times the largest, or less than that part of the smallest, of the product's
    undoubted figures above zero of the last two years, of which there are twelve, or three where another unit explains
    the figure. Returns `KEY`, `quantity`, `usual` (the figure in its old unit where that was switched, else the median
    of that past), and of switched units `factor` (1000 is a thousand times too large), `since` (the first month of the
    switch) and `columns` (which of the return's figures are in the other unit). Rules ED16 and ED17.
    """
    made = pl.col("quantity").filter(pl.col("quantity") > 0)
    wide = made.max().over(PAIR) > limits.range_factor * made.min().over(PAIR)
    suspects = records.filter(wide).filter(pl.col("quantity") > 0).with_columns(month_ordinal().alias("t"))
    ordered = suspects.select(*KEY, "t", *EDITED_FIELDS, "confirmed").sort(*PAIR, "t").iter_rows(named=True)
    rows = [row for _, pair in groupby(ordered, itemgetter(*PAIR)) for row in _doubted(list(pair), limits.range_factor)]
    return pl.DataFrame(rows, schema=DOUBTED, orient="row").sort(KEY)


def _doubted(rows: list[dict], range_factor: float) -> Iterator[dict]:
    """The doubted months of a pair's figures above zero; consecutive ones in one direction are looked at together."""
    past = _Past([])
    run: list[dict] = []
    before: list[dict] = []
    for row in rows:
        figure = row["quantity"]
        sound = past.within(row["t"])
        far = len(sound) >= LEAST_PAST and not (min(sound) / range_factor <= figure <= max(sound) * range_factor)
        if row["confirmed"] or not far or not (len(sound) >= WHOLE_PAST or _plain_switch(row, before, sound)):
            yield from _rows_of(run, before, past)
            run = []
            past.figures.append((row["t"], figure))
            before.append(row)
            continue
        if run and (run[0]["quantity"] > max(sound)) != (figure > max(sound)):
            yield from _rows_of(run, before, past)
            run = []
        run.append(row)
    yield from _rows_of(run, before, past)


def _plain_switch(row: dict, before: list[dict], sound: list[float]) -> bool:
    """Whether another unit explains a figure of a product whose seasons are not known yet."""
    factor = _switch([row["quantity"]], sound)
    if factor is None:
        return False
    return factor >= PLAIN or factor <= 1 / PLAIN or len(_columns([row], before, factor)) > 1


def _rows_of(run: list[dict], before: list[dict], past: _Past) -> Iterator[dict]:
    """The rows of `DOUBTED` for a run of doubted months after the sound months `before`."""
    if not run:
        return
    sound = past.within(run[0]["t"]) or [figure for _, figure in past.figures]
    factor = _switch([row["quantity"] for row in run], sound)
    columns = _columns(run, before, factor) if factor else []
    if len(run) == 1 and len(columns) < 2:
        factor, columns = None, []
    for row in run:
        usual = row["quantity"] / factor if factor else _median(sound)
        key = {name: row[name] for name in KEY}
        since = run[0]["month"] if factor else None
        yield {**key, "quantity": row["quantity"], "usual": usual, "factor": factor, "since": since, "columns": columns}


def _switch(figures: list[float], sound: list[float]) -> float | None:
    """The power of ten that brings every figure of a run back within its past; None where none does."""
    low, high = min(sound) / NEAR, max(sound) * NEAR
    fitting = [
        factor
        for size in SWITCHES
        for factor in (size, 1 / size)
        if all(low <= figure / factor <= high for figure in figures)
    ]
    middle = log(_median(figures) / _median(sound))
    return min(fitting, key=lambda factor: abs(middle - log(factor)), default=None)


def _columns(run: list[dict], before: list[dict], factor: float) -> list[str]:
    """The figures of the return that moved by about the same factor as the quantity; the quantity first."""
    moved = ["quantity"]
    for name in EDITED_FIELDS[1:]:
        now = [row[name] for row in run if row[name]]
        then = [row[name] for row in before[-PAST_MONTHS:] if row[name]]
        if now and then and abs(log(_median(now) / _median(then) / factor)) <= abs(log(sqrt(abs(factor)))):
            moved.append(name)
    return moved


def _median(figures: list[float]) -> float:
    ordered = sorted(figures)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def without_doubts(records: pl.DataFrame, doubted: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The records whose doubted figures before `month` are put in their old unit, or left out where no unit explains
    them: the past that the figures of `month` may be held against.
    """
    past = doubted.filter(pl.col("month") < str(month)).select(
        *KEY, "factor", "columns", pl.lit(value=True).alias("doubt")
    )
    joined = records.join(past, on=list(KEY), how="left", validate="1:1")
    doubt = pl.col("doubt").fill_null(value=False)
    fields = []
    for name in EDITED_FIELDS:
        switched = pl.col("columns").list.contains(name).fill_null(value=False)
        right = pl.when(switched).then(pl.col(name) / pl.col("factor")).otherwise(pl.col(name))
        alone = doubt & pl.col("factor").is_null() & (pl.lit(name) == "quantity")
        fields.append(pl.when(alone).then(None).when(doubt).then(right).otherwise(pl.col(name)).alias(name))
    return joined.with_columns(fields).drop("factor", "columns", "doubt")
