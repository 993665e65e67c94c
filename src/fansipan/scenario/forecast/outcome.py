"""What is said of a series: its forecast, its intervals, and by what (Rules F8, F17)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.periods import Month
from fansipan.scenario.forecast.calibration import Calibration, Errors
from fansipan.scenario.forecast.history import History

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Outlook:
    """A forecast before its intervals: `mean`, `spread` (one standard error), what made it, errors at earlier origins.

    `by_rule` tells that no model was used: such a forecast's intervals are not calibrated.
    """

    history: History
    mean: Values
    spread: Values
    model: str
    by_rule: bool
    tet: bool = False
    errors: tuple[Errors, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """The forecast of series `name` from month `start`: `mean` and `bounds`, a row lo and a row hi for each level.

    NaN throughout where the series has no figure at all.
    """

    name: str
    start: Month
    mean: Values
    bounds: Values
    model: str


def outcome_of(outlook: Outlook, calibration: Calibration, normal: Calibration) -> Outcome:
    """Put the intervals around the mean, by `calibration` or (for a rule) `normal`, and keep all within bounds.

    Bounds: not below zero where the history never is; not above the capacity of the month.
    """
    used = normal if outlook.by_rule else calibration
    rows = [outlook.mean]
    for level in used.levels:
        width = used.width(outlook.spread, level)
        rows += [outlook.mean - width, outlook.mean + width]
    kept = within_bounds(np.array(rows), outlook.history)
    history = outlook.history
    return Outcome(history.name, history.next_month, kept[0], kept[1:], outlook.model)


def within_bounds(rows: Values, history: History) -> Values:
    """`rows` of figures by month ahead, kept above zero where the history never goes below and under the capacity."""
    lowest = 0.0 if history.never_negative else -np.inf
    return np.minimum(np.maximum(rows, lowest), history.capacity[: rows.shape[1]])
