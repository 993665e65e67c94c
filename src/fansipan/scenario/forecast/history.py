"""One monthly series as the models see it: its months, its figures and what it may not exceed (Rule F1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fansipan.periods import Month

SEASON = 12


@dataclass(frozen=True, eq=False, slots=True)
class History:
    """The figures of `name` month by month from `start` (NaN where missing); the last figure is never missing.

    `capacity` is the ceiling of each month to be forecast, infinite where none is given.
    """

    name: str
    start: Month
    values: NDArray[np.float64]
    capacity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def next_month(self) -> Month:
        """The first month to be forecast."""
        return self.start + len(self.values)

    @property
    def gaps(self) -> int:
        """Months missing inside the series."""
        return int(np.isnan(self.values).sum())

    @property
    def never_negative(self) -> bool:
        """Whether no figure is below zero."""
        return bool((self.values[~np.isnan(self.values)] >= 0).all())

    @property
    def positive(self) -> bool:
        """Whether every figure is above zero."""
        return bool((self.values[~np.isnan(self.values)] > 0).all())

    def since(self, place: int) -> Self:
        """The history from its `place`-th month on."""
        return replace(self, start=self.start + place, values=self.values[place:])

    def until(self, months: int) -> Self:
        """What was known after the first `months` months: the same history cut there, trailing gaps left out.

        The ceiling of later months is not known then, so it is not carried.
        """
        known = np.flatnonzero(~np.isnan(self.values[:months]))
        return replace(
            self, values=self.values[: known[-1] + 1] if len(known) else self.values[:0], capacity=np.array([np.inf])
        )


def unit_of(values: NDArray[np.float64]) -> float:
    """The power of two next to the mean size of the figures: divided by it they are about one, and exactly the same.

    1 where no figure differs from zero.
    """
    size = float(np.nanmean(np.abs(values))) if np.any(np.nan_to_num(values)) else 1.0
    return float(2.0 ** np.round(np.log2(size)))


def month_places(start: Month, months: int) -> NDArray[np.intp]:
    """The calendar month (0 is January) of each of `months` months from `start`."""
    return (start.month - 1 + np.arange(months)) % SEASON


def filled(history: History) -> NDArray[np.float64]:
    """The figures with internal gaps interpolated: linear between neighbours in deviation from the month's median.

    For the models that allow no gap (Rule F6); the shape of the year is kept where each calendar month has figures.
    """
    missing = np.isnan(history.values)
    if not missing.any():
        return history.values
    places = month_places(history.start, len(history))
    level = np.nanmedian(history.values)
    typical = np.array([_median(history.values[places == month], level) for month in range(SEASON)])[places]
    deviation = history.values - typical
    known = np.flatnonzero(~missing)
    between = np.interp(np.flatnonzero(missing), known, deviation[known])
    result = history.values.copy()
    result[missing] = typical[missing] + between
    if history.never_negative:
        result = np.maximum(result, np.nanmin(history.values))
    return result


def _median(values: NDArray[np.float64], otherwise: float) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else otherwise
