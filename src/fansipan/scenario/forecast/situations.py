"""What kind of series it is, decided before any model: Rules F9 to F14, in the order in which they are asked.

A series is looked at from its first to its last figure; NaN is a month without a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fansipan.periods import Month
from fansipan.scenario.forecast.history import SEASON, month_places

Values = NDArray[np.float64]
Kind = Literal["empty", "stopped", "constant", "season", "intermittent", "short", "modelled"]

STOP = 3  # months at zero at the end that may be a stop
RESTART = 6  # months at zero inside that may have been a stop
LONGEST_GAP = 12  # missing months inside that models may bridge
UNLIKELY = 0.01
STILL = 24  # months of one and the same figure that make a series constant
SHORT = 24  # months under which no season is estimated
ZEROS = 0.25  # share of months at zero from which a series is intermittent
IN_STEP = 0.9  # how well zeros keep to calendar months in a seasonal trade


@dataclass(frozen=True, slots=True)
class Situation:
    """The kind of series, and the place of its first month that counts (after the last restart, if any)."""

    kind: Kind
    since: int = 0


def situation_of(values: Values, start: Month) -> Situation:
    """Which rule or model the series falls to; `values` end with a figure or are empty."""
    if not len(values):
        return Situation("empty")
    since = restarted_at(values)
    used = values[since:]
    known = used[~np.isnan(used)]
    return Situation(_kind(used, known, month_places(start + since, len(used))), since)


def _kind(used: Values, known: Values, places: NDArray[np.intp]) -> Kind:
    if has_stopped(used):
        return "stopped"
    recent = known[-STILL:]
    if len(recent) >= STOP and (recent == recent[0]).all():
        return "constant"
    if np.mean(known == 0) >= ZEROS:
        return "season" if keeps_a_season(used, places) else "intermittent"
    return "short" if len(known) < SHORT else "modelled"


def has_stopped(values: Values) -> bool:
    """Whether the zeros at the end are a stop: three or more, more than ever before, and not what chance brings.

    Chance: the share of zeros among the other months, to the power of the length, is under 1 %.
    """
    runs = runs_of(values == 0)
    if not runs or runs[-1][1] != len(values):
        return False
    return _exceptional(values, runs, len(runs) - 1, STOP)


def restarted_at(values: Values) -> int:
    """The place from which the series counts: after the zeros before it began, the last stop or the last long gap."""
    zeros = runs_of(values == 0)
    if zeros and zeros[0][0] == 0 and RESTART <= zeros[0][1] < len(values) and _longest(zeros, 0):
        return zeros[0][1] + restarted_at(values[zeros[0][1] :])
    stops = [
        end for place, (_, end) in enumerate(zeros) if end < len(values) and _exceptional(values, zeros, place, RESTART)
    ]
    gaps = [end for begin, end in runs_of(np.isnan(values)) if end - begin > LONGEST_GAP]
    return max([0, *stops, *gaps])


def keeps_a_season(values: Values, places: NDArray[np.intp]) -> bool:
    """Whether zeros and figures keep to their calendar months over two years or more, as in a crop season."""
    known = ~np.isnan(values)
    if known.sum() < SHORT:
        return False
    shares = np.array(
        [np.mean(values[known & (places == m)] == 0) for m in range(SEASON) if (places == m)[known].any()]
    )
    return bool(shares.max() > 0.5 > shares.min() and np.maximum(shares, 1 - shares).mean() >= IN_STEP)


def runs_of(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The (begin, end) places of each unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _exceptional(values: Values, runs: list[tuple[int, int]], place: int, least: int) -> bool:
    begin, end = runs[place]
    before = values[:begin]
    before = before[~np.isnan(before)]
    if end - begin < least or not len(before) or not _longest(runs[: place + 1], place):
        return False
    return bool(np.mean(before == 0) ** (end - begin) < UNLIKELY)


def _longest(runs: list[tuple[int, int]], place: int) -> bool:
    length = runs[place][1] - runs[place][0]
    return all(end - begin < length for other, (begin, end) in enumerate(runs) if other != place)
