"""How errors go together: months of the past drawn as blocks for all lines at once (Rules P12, P13).

What is drawn is each line's growth on the same month of the year before, less its mean and over its standard deviation.
A block keeps what happened in the same months together, across lines and from month to month. Two blocks are mixed at
a random angle, which keeps variances and correlations and gives as many paths as one wants.
Source: H. R. Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of Statistics 17
(1989).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.scenario.baseline.lines import Floats, Lines
from fansipan.scenario.forecast.history import SEASON

FAR = 3.0  # standard deviations beyond which growth is drawn in
OUTAGE = 0.2  # of what a line usually makes: a month below that is an outage
USUAL = 6  # months on each side that tell what is usual


@dataclass(frozen=True, eq=False, slots=True)
class Errors:
    """Standard errors of the past, lines x months, with no column before the first year is over.

    `drawn` says which lines have a past to draw from; the others are drawn from the normal distribution on their own.
    """

    past: Floats
    drawn: NDArray[np.bool_]

    def paths(self, random: np.random.Generator, paths: int, horizon: int) -> Floats:
        """Standard errors for each path, line and month ahead (paths x lines x months)."""
        count, length = self.past.shape
        found = np.empty((paths, count, horizon))
        for begin in range(0, horizon, SEASON):
            months = min(SEASON, horizon - begin)
            if length < months + 1 or not self.drawn.any():
                found[:, :, begin : begin + months] = random.standard_normal((paths, count, months))
                continue
            blocks = np.stack([self.past[:, s : s + months] for s in range(length - months + 1)])
            angle = random.uniform(0, 2 * np.pi, paths)[:, None, None]
            first, second = (blocks[random.integers(len(blocks), size=paths)] for _ in range(2))
            found[:, :, begin : begin + months] = np.cos(angle) * first + np.sin(angle) * second
        alone = ~self.drawn
        found[:, alone] = random.standard_normal((paths, int(alone.sum()), horizon))
        return found


def errors_of(lines: Lines) -> Errors:
    """The standard errors in the history of the lines, outages left out."""
    values = np.where(outages(lines), np.nan, lines.quantities)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.log(values[:, SEASON:] / values[:, :-SEASON])
    growth = np.where(np.isfinite(growth), growth, np.nan)
    known = ~np.isnan(growth)
    enough = known.sum(axis=1) >= SEASON
    count = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, growth, 0.0).sum(axis=1) / count
    left = np.where(known, growth - mean[:, None], 0.0)
    spread = np.sqrt((left**2).sum(axis=1) / count)
    drawn = enough & (spread > 0)
    standard = np.clip(left / np.where(drawn, spread, 1.0)[:, None], -FAR, FAR)
    # Drawn in and with gaps at zero, they vary less than 1: brought back to it.
    again = np.sqrt((standard**2).mean(axis=1)) if standard.shape[1] else np.ones(len(lines))
    return Errors(standard / np.where(again > 0, again, 1.0)[:, None], drawn)


def outages(lines: Lines) -> NDArray[np.bool_]:
    """The months in which a line made less than a fifth of what is usual around them and of what it makes in that
    calendar month in other years, though it went on later.
    """
    values = lines.quantities
    found = np.zeros(values.shape, bool)
    for at in range(values.shape[1] - 1):
        near = values[:, max(at - USUAL, 0) : at + USUAL + 1]
        count = (~np.isnan(near)).sum(axis=1)
        usual = np.zeros(len(lines))
        usual[count > 0] = np.nanmedian(near[count > 0], axis=1)
        goes_on = (np.nan_to_num(values[:, at + 1 :]) > 0).any(axis=1)
        low = values[:, at] < OUTAGE * np.fmin(usual, _other_years(values, at))
        found[:, at] = (count > USUAL) & goes_on & low
    return found


def _other_years(values: Floats, at: int) -> Floats:
    """The median of the same calendar month in the other years, a figure a line; infinite where there is none."""
    months = [place for place in range(at % SEASON, values.shape[1], SEASON) if place != at]
    same = values[:, months]
    found = np.full(len(values), np.inf)
    known = (~np.isnan(same)).any(axis=1)
    found[known] = np.nanmedian(same[known], axis=1)
    return found


def outage_chance(lines: Lines) -> float:
    """The chance that a line that works stands still in a month, pooled over the lines that are not water's.

    (k + 1/2) / (n + 1) of n months, k of them outages (Jeffreys' prior): none seen is not none to come.
    """
    working = ~np.isnan(lines.quantities) & (lines.quantities > 0) & ~lines.frame["hydropower"].to_numpy()[:, None]
    still = outages(lines) & ~lines.frame["hydropower"].to_numpy()[:, None]
    total = int((working | still).sum())
    return (float(still.sum()) + 0.5) / (total + 1) if total else 0.0
