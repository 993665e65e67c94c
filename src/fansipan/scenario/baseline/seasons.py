"""How good a crop season is so far, for trades that stand still between seasons (Rule P5)."""

from __future__ import annotations

import numpy as np

from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.forecast.history import SEASON, History, month_places

YEARS = 3  # past seasons that make the usual one
HALF = 0.5  # how much of the season's deviation so far is carried over
BOUNDS = (0.5, 2.0)


def season_level(history: History, horizon: int) -> Floats:
    """The factor on each month ahead: half of this season's deviation so far, until the season ends; 1 after that.

    The season so far runs from its first month above zero to the last month known; the usual one is the mean of the
    same months in the last three years. Between seasons, and in a first season, all is 1.
    """
    values, places = np.nan_to_num(history.values), month_places(history.start, len(history))
    so_far = _months_in_season(values)
    found = np.ones(horizon)
    if not so_far:
        return found
    usual = _usual(values, places, so_far)
    expected = sum(usual[place] for place in places[-so_far:])
    if not expected:
        return found
    ratio = float(np.clip(values[-so_far:].sum() / expected, *BOUNDS))
    for ahead, place in enumerate(month_places(history.next_month, horizon)):
        if not usual[place]:
            break
        found[ahead] = 1 + HALF * (ratio - 1)
    return found


def _months_in_season(values: Floats) -> int:
    """How many months up to the last one were above zero without a break; 0 between seasons."""
    idle = np.flatnonzero(values == 0)
    return len(values) - 1 - int(idle[-1]) if len(idle) else 0


def _usual(values: Floats, places: np.ndarray, so_far: int) -> dict[int, float]:
    """The mean of each calendar month over the last years before this season."""
    past, when = values[:-so_far], places[:-so_far]
    return {
        month: float(past[when == month][-YEARS:].mean()) if (when == month).any() else 0.0 for month in range(SEASON)
    }
