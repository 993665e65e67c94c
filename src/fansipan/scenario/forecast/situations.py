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
    places = month_places(start, len(values))
    since = restarted_at(values, places)
    used = values[since:]
    return Situation(_kind(used, used[~np.isnan(used)], places[since:]), since)


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
    begin, end = runs[-1]
    longer = all(to - since < end - begin for since, to in runs[:-1])
    return end - begin >= STOP and longer and _unlikely(values[:begin], end - begin)


def restarted_at(values: Values, places: NDArray[np.intp]) -> int:
    """The place from which the series counts: after the zeros before it began, the last stop or the last long gap.

    `places` are the calendar months. Zeros that keep to a season are no stop.
    """
    zeros = [] if keeps_a_season(values, places) else runs_of(values == 0)
    stops = [end for begin, end in zeros if end < len(values) and _was_stop(values, zeros, begin, end)]
    gaps = [end for begin, end in runs_of(np.isnan(values)) if end - begin > LONGEST_GAP]
    since = max([0, *stops, *gaps])
    return since + restarted_at(values[since:], places[since:]) if since else 0


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


def _was_stop(values: Values, runs: list[tuple[int, int]], begin: int, end: int) -> bool:
    """Whether zeros inside were a stop: six or more, no other run longer, and not what chance brings.

    Zeros from the first month on were one if no other run is as long.
    """
    length, longest = end - begin, max(to - since for since, to in runs)
    if length < max(RESTART, longest):
        return False
    if not begin:
        return sum(to - since == longest for since, to in runs) == 1
    return _unlikely(np.concatenate([values[:begin], values[end:]]), length)


def _unlikely(others: Values, length: int) -> bool:
    """Whether the share of zeros among the `others` makes `length` of them in a row exceptional."""
    known = others[~np.isnan(others)]
    return bool(len(known) and np.mean(known == 0) ** length < UNLIKELY)
