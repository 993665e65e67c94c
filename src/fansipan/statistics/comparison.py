"""Comparisons between periods of a monthly series of levels (Rules G7 and G8).

A growth rate is the ratio of two levels less one, in percent; a cumulative one is the ratio of two sums, never a mean
of growth rates. A comparison whose base is missing or zero is missing.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from fansipan.periods import Month, Year, months_of

Comparison = Literal["mom", "yoy", "ytd", "year"]
COMPARISONS: tuple[Comparison, ...] = ("mom", "yoy", "ytd", "year")


def compared_months(month: Month, comparison: Comparison) -> tuple[list[Month], list[Month]]:
    """The months compared and their base: the previous month, the same month, January to now, the year."""
    if comparison == "mom":
        return [month], [month - 1]
    if comparison == "yoy":
        return [month], [month - 12]
    now = month.since_january() if comparison == "ytd" else months_of(Year(month.year))
    return now, [m - 12 for m in now]


def growth(now: float | None, base: float | None) -> float | None:
    """Growth in percent from `base` to `now`; missing where either is missing or the base is not positive."""
    if now is None or base is None or base <= 0:
        return None
    return (now / base - 1) * 100


def sum_over(levels: pl.DataFrame, months: list[Month], by: str, value: str) -> pl.DataFrame:
    """`value` summed over `months` a scope, null where a month is missing in it.

    `levels` has `by`, month and `value`, one row each. A scope absent from all the months is absent from the result.
    """
    wanted = levels.filter(pl.col("month").is_in([str(m) for m in months]))
    complete = (pl.col(value).count() == len(months)) & (pl.len() == len(months))
    return wanted.group_by(by).agg(pl.when(complete).then(pl.col(value).sum()).alias(value))


def compare(levels: pl.DataFrame, month: Month, comparison: Comparison, *, by: str, value: str) -> pl.DataFrame:
    """Level, base level, change and growth of every scope (Rule G7).

    Returns `by`, `level`, `base`, `change` (units of `value`) and `growth` (percent), sorted by `by`.
    """
    now, base = compared_months(month, comparison)
    here = sum_over(levels, now, by, value).rename({value: "level"})
    there = sum_over(levels, base, by, value).rename({value: "base"})
    joined = here.join(there, on=by, how="full", coalesce=True, nulls_equal=True)
    return joined.with_columns(
        (pl.col("level") - pl.col("base")).alias("change"),
        pl.when(pl.col("base") > 0).then((pl.col("level") / pl.col("base") - 1) * 100).alias("growth"),
    ).sort(by, nulls_last=True)
