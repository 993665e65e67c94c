"""What is known of a month's returns before anybody judges them: one row a pair, with its past beside it (Rule ED1)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.classification import LEVELS
from fansipan.periods import Month
from fansipan.statistics.editing.doubt import doubted_figures, records_until, without_doubts
from fansipan.statistics.editing.limits import USUAL, EditLimits
from fansipan.statistics.output_value import PAIR, Tables, pair_attributes
from fansipan.statistics.records import KEY, end_of

DAYS_A_YEAR = 365.0
PAST_MONTHS = 24
# After a year without a return a product is taken as given up (Rule G4).
LONGEST_SILENCE = 12
FIGURES = ("quantity", "sales", "stock", "value")


def gather_evidence(
    province: Tables, month: Month, known_on: date | None = None, limits: EditLimits = USUAL
) -> pl.DataFrame:
    """One row for each pair of establishment and product with a return in `month`, or expected to have one.

    Columns: establishment, product, the levels of the classification, `price` (constant, million đồng a unit, times the
    sampling weight), the return's quantity, sales, stock, value and `recorded_at` (null where none came); the same
    figures of `last_` month, `year_quantity` of the same month last year; `stated` (what it expected for this month a
    month ago), `earlier` (its previous return of the same month), `since_january` (sum of the earlier months of the
    year; null where one is missing or doubted), `lowest` and `highest` quantity above zero of the last 24 months, and
    `capacity` for the month; and of a return in another unit `factor`, `since` and `columns` (Rule ED17). Figures of
    the past are without those that are doubted (Rule ED16). Figures as edited, known by the end of `known_on`. Raises
    what `pair_attributes` raises.
    """
    came = province["returns"].filter(pl.col("month") <= str(month))
    if known_on is not None:
        came = came.filter(pl.col("recorded_at") < end_of(known_on))
    records = records_until(came, province["edits"], month, known_on)
    doubted = doubted_figures(records, limits)
    past = without_doubts(records, doubted, month)
    attributes = pair_attributes(province, records, month)
    rows = attributes.filter((pl.col("first") <= month.ordinal) & (pl.col("last") >= month.ordinal))
    rows = rows.select(*PAIR, *LEVELS, pl.col("price") * pl.col("weight"), "area")
    now = _of(records, month).select(*PAIR, *FIGURES, "status", "recorded_at", "edited", "confirmed")
    last = _of(past, month - 1).select(*PAIR, *(pl.col(c).alias(f"last_{c}") for c in FIGURES))
    year = _of(past, month - 12).select(*PAIR, pl.col("quantity").alias("year_quantity"))
    undoubted = came.join(doubted.select(KEY), on=list(KEY), how="anti")
    said = (_stated(undoubted, month - 1), _earlier(came, month), _since_january(past, month))
    switched = _of(doubted, month).select(*PAIR, "factor", "since", "columns")
    for part in (
        now,
        last,
        year,
        *said,
        _past(past, month),
        _heard(records, month),
        _capacity(province, month),
        switched,
    ):
        rows = rows.join(part, on=list(PAIR), how="left")
    silent = pl.col("recorded_at").is_null() & ~pl.col("heard").fill_null(value=False)
    return rows.filter(~silent).drop("heard").sort(PAIR)


def _of(records: pl.DataFrame, month: Month) -> pl.DataFrame:
    return records.filter(pl.col("month") == str(month))


def _stated(came: pl.DataFrame, before: Month) -> pl.DataFrame:
    """What the last return of the month before that said it, expected for this month."""
    said = came.filter((pl.col("month") == str(before)) & pl.col("expected_next").is_not_null()).sort("recorded_at")
    return said.group_by(PAIR).agg(pl.col("expected_next").last().alias("stated"))


def _earlier(came: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The return of the month before the one that holds."""
    of_month = came.filter(pl.col("month") == str(month)).sort("recorded_at")
    before = of_month.filter(pl.col("recorded_at") < pl.col("recorded_at").max().over(PAIR))
    return before.drop_nulls("quantity").group_by(PAIR).agg(pl.col("quantity").last().alias("earlier"))


def _since_january(records: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The sum of the earlier months of the year; in January, of the whole year before."""
    months = month.since_january()[:-1] or [month - back for back in range(1, 13)]
    of_year = records.filter(pl.col("month").is_in([str(m) for m in months])).drop_nulls("quantity")
    complete = pl.len() == len(months)
    return of_year.group_by(PAIR).agg(pl.when(complete).then(pl.col("quantity").sum()).alias("since_january"))


def _past(records: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The range of the last two years."""
    months = [str(month - back) for back in range(1, PAST_MONTHS + 1)]
    before = records.filter(pl.col("month").is_in(months)).drop_nulls("quantity")
    made = pl.col("quantity").filter(pl.col("quantity") > 0)
    return before.group_by(PAIR).agg(made.min().alias("lowest"), made.max().alias("highest"))


def _heard(records: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Whether any quantity was reported in the last year, a doubted one too."""
    months = [str(month - back) for back in range(1, LONGEST_SILENCE + 1)]
    last = records.filter(pl.col("month").is_in(months)).drop_nulls("quantity")
    return last.group_by(PAIR).agg(pl.lit(value=True).alias("heard"))


def _capacity(province: Tables, month: Month) -> pl.DataFrame:
    """The design capacity in force, for the days of the month."""
    valid = province["capacities"].filter(pl.col("valid_from") <= month.last_day).sort("valid_from")
    share = month.last_day.day / DAYS_A_YEAR
    return valid.group_by(PAIR).agg((pl.col("capacity").last() * share).alias("capacity"))
