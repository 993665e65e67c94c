"""Hydropower from water: the usual output of each month times how wet the year is (Rules P4, P14).

Never a straight line: what a plant makes in a month is its usual output of that calendar month (the mean of past years)
times a wetness that all plants of the province share. Wetness fades towards the usual as months go by.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.scenario.baseline.lines import Floats, Lines
from fansipan.scenario.forecast.history import SEASON, month_places

RECENT = 3  # months whose mean log ratio to the usual is the state of the water
MOST_PERSISTENT = 0.95


@dataclass(frozen=True, eq=False, slots=True)
class Water:
    """The water of a province as of a month.

    `lines` are the places of the hydropower lines; `usual` their mean output by calendar month (lines x 12);
    `recent` the last log ratios of all plants' output to the usual; `persistence` how much of the state carries over a
    month; `shocks` what changed it in the past; `spread` each plant's own deviation (log), one standard deviation.
    """

    lines: NDArray[np.intp]
    usual: Floats
    recent: Floats
    persistence: float
    shocks: Floats
    spread: Floats

    @property
    def wetness(self) -> float:
        """Output of the last months over the usual of the same months: above 1 in a wet year."""
        return float(np.exp(self.recent.mean()))

    def outlook(self, first_place: int, horizon: int) -> Floats:
        """Expected output of each plant, lines x months, from calendar month `first_place` (0 is January)."""
        places = (first_place + np.arange(horizon)) % SEASON
        return self.usual[:, places] * np.exp(self.states(np.zeros((1, horizon))))[0]

    def states(self, shocks: Floats) -> Floats:
        """Log wetness of each month ahead for each path of `shocks` (paths x months)."""
        paths, horizon = shocks.shape
        past = np.repeat(self.recent[None], paths, axis=0)
        found = np.empty_like(shocks)
        for ahead in range(horizon):
            found[:, ahead] = self.persistence * past.mean(axis=1) + shocks[:, ahead]
            past = np.hstack([past[:, 1:], found[:, ahead : ahead + 1]])
        return found


def water_of(lines: Lines) -> Water | None:
    """The water in the history of the hydropower lines; None where there is none with two years of figures."""
    rows = np.flatnonzero(lines.frame["hydropower"].to_numpy() & ~lines.frame["closed"].to_numpy())
    if not len(rows):
        return None
    made = lines.quantities[rows]
    places = month_places(lines.start, made.shape[1])
    known = ~np.isnan(made)
    if known.any(axis=0).sum() < 2 * SEASON:
        return None
    usual = np.stack([_mean(made[:, places == month], made) for month in range(SEASON)], axis=1)
    expected = np.where(known, usual[:, places], 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(np.nansum(made, axis=0) / expected)
        own = np.log(made / usual[:, places]) - ratio
    ratio = np.where(np.isfinite(ratio), ratio, 0.0)
    persistence, shocks = _persistence(ratio)
    spread = np.array([_deviation(row) for row in own])
    return Water(rows, usual, ratio[-RECENT:], persistence, shocks, spread)


def _mean(same_months: Floats, made: Floats) -> Floats:
    """Each line's mean over the years; of a line without such a month its overall mean."""
    known = ~np.isnan(same_months)
    count = known.sum(axis=1)
    total = np.where(known, same_months, 0.0).sum(axis=1)
    overall = np.nanmean(made, axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), overall)


def _persistence(ratio: Floats) -> tuple[float, Floats]:
    """Regression of the log ratio on the mean of the months before, and what it leaves."""
    state = np.convolve(ratio, np.full(RECENT, 1 / RECENT), mode="valid")[:-1]
    follows = ratio[RECENT:]
    weight = float(state @ state)
    slope = float(np.clip(state @ follows / weight if weight else 0.0, 0.0, MOST_PERSISTENT))
    left = follows - slope * state
    return slope, left - left.mean()


def _deviation(own: Floats) -> float:
    known = own[np.isfinite(own)]
    return float(known.std()) if len(known) > 1 else 0.0
