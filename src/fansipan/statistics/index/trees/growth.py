"""Which figure stands against which: month on month, year on year, year to date against last year's same months.

A comparison is a ratio of levels (for a cumulative period of sums of levels), never a mean of growth rates.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import polars as pl

from fansipan.statistics.index.trees.tree import Floats, Ints

Growth = Literal["yoy", "mom", "ytd"]
GROWTHS: tuple[Growth, ...] = get_args(Growth)
PERCENT = 100.0


def ordinals(periods: pl.Series) -> Ints:
    """Months (``2024-05``) as whole numbers that count months since year 0."""
    month = periods.str.slice(5, 2).cast(pl.Int64) - 1
    return (periods.str.slice(0, 4).cast(pl.Int64) * 12 + month).to_numpy()


def compare(levels: Floats, months: Ints, growth: Growth, year_start: int = 1) -> tuple[Floats, Floats]:
    """The levels compared and the levels they are compared with (Rule S5), each series x months.

    `levels` is series x months, `months` ascending ordinals, not necessarily without gaps. For ``ytd`` both are sums
    since month `year_start` of the year. NaN where a month that is needed is absent.
    """
    now = year_to_date(levels, months, year_start) if growth == "ytd" else levels
    return now, _at(now, months, months - (1 if growth == "mom" else 12))


def growth_rate(now: Floats, base: Floats) -> Floats:
    """Growth in percent; NaN where either is missing or the base is zero."""
    return PERCENT * (now - base) / np.where(base == 0, np.nan, base)


def year_to_date(levels: Floats, months: Ints, year_start: int = 1) -> Floats:
    """Sums from month `year_start` of the year to each month; NaN where one of the months is absent or missing."""
    total = levels.copy()
    elapsed = (months - (year_start - 1)) % 12
    for back in range(1, 12):
        later = elapsed >= back
        total[:, later] += _at(levels, months, months[later] - back)
    return total


def _at(levels: Floats, months: Ints, wanted: Ints) -> Floats:
    """The columns of `levels` for the months `wanted`; NaN for those that are absent."""
    place = np.minimum(np.searchsorted(months, wanted), len(months) - 1)
    return np.where(months[place] == wanted, levels[:, place], np.nan)
