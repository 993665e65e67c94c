"""Tết windows: how many of the days before, during and after the lunar new year each month holds (Rule SA3).

The Vietnamese lunar new year moves between 21 January and 20 February, so the work lost around it moves between
January and February (and, for long windows, December and March); a fixed seasonal factor cannot follow it.
Method: Bell and Hillmer (1983), Modeling time series with calendar variation, JASA 78; the windows and the centring
by calendar-month means as in the Census Bureau's genhol program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.x13.spec import Regressors

FIRST_YEAR, LAST_YEAR = 1901, 2100  # what the lunar calendar of the `holidays` package covers
CENTRED_OVER = (1980, 2035)  # fixed, so that a longer series does not move the regressors of its past


@dataclass(frozen=True, slots=True)
class Window:
    """Days `first` to `last` counted from the day of Tết (day 0), both included."""

    name: str
    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days the window has."""
        return self.last - self.first + 1


BEFORE_14 = Window("tet_pre14", -14, -1)
BEFORE_7 = Window("tet_pre7", -7, -1)
DURING_7 = Window("tet_post7", 0, 6)
DURING_14 = Window("tet_post14", 0, 13)
AFTER_7 = Window("tet_after7", 7, 13)

# Sets of windows tried; the empty one is "no Tết effect".
CANDIDATES: tuple[tuple[Window, ...], ...] = (
    (),
    (BEFORE_7,),
    (DURING_7,),
    (BEFORE_7, DURING_7),
    (BEFORE_7, DURING_14),
    (BEFORE_14, DURING_7),
    (BEFORE_14, DURING_14),
    (BEFORE_7, DURING_7, AFTER_7),
    (BEFORE_14, DURING_7, AFTER_7),
)


@cache
def tet_dates() -> Mapping[int, date]:
    """The first day of the Vietnamese lunar year by year, 1901-2100, from the `holidays` package."""
    import holidays

    days = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="en_US")
    return {day.year: day for day in days.get_named("Lunar New Year", lookup="exact")}


def window_shares(window: Window, start: Month, months: int) -> NDArray[np.float64]:
    """The share of the window's days in each of `months` months from `start` (a year's shares add up to 1)."""
    shares = np.zeros(months)
    dates = tet_dates()
    for year in range(start.year - 1, (start + months).year + 2):
        if year not in dates:
            raise Refused("tet.years", year=year, first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
        for offset in range(window.first, window.last + 1):
            place = Month.of(dates[year] + timedelta(days=offset)).ordinal - start.ordinal
            if 0 <= place < months:
                shares[place] += 1 / window.days
    return shares


def centred(shares: NDArray[np.float64], means: NDArray[np.float64], start: Month) -> NDArray[np.float64]:
    """`shares` from `start` less the mean (12 values) of their calendar month, which belongs to the seasonal."""
    return shares - means[(start.month - 1 + np.arange(len(shares))) % 12]


@cache
def _calendar_means(window: Window) -> NDArray[np.float64]:
    """The mean share of the window's days in each calendar month, January first, over the fixed span."""
    span = Month(CENTRED_OVER[0], 1)
    length = 12 * (CENTRED_OVER[1] - CENTRED_OVER[0] + 1)
    means = window_shares(window, span, length).reshape(-1, 12).mean(axis=0)
    means.setflags(write=False)
    return means


def tet_regressors(windows: tuple[Window, ...], start: Month, months: int) -> Regressors:
    """Centred regressors of `windows` over `months` months from `start`; the span must include the forecast.

    Raises Refused ``tet.years`` outside the years the lunar calendar covers.
    """
    columns = [centred(window_shares(window, start, months), _calendar_means(window), start) for window in windows]
    return Regressors(tuple(window.name for window in windows), start, np.column_stack(columns))
