"""Forecasts by rule, for series that no model suits (Rules F9 to F14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from fansipan.scenario.forecast.history import SEASON, History, filled, month_places
from fansipan.scenario.forecast.models.prediction import Prediction
from fansipan.scenario.forecast.situations import Kind

Values = NDArray[np.float64]

LEVEL = 6  # months whose mean is the level of a short series
SMOOTHING = 0.1  # both constants of the intermittent rule
HALF = 0.5  # of last year's season that a short series repeats; of a single figure, its spread
YEARS = 3  # years whose same months make a seasonal trade's forecast


def by_rule(kind: Kind, history: History, horizon: int) -> Prediction:
    """The forecast of a series of `kind`. Raises KeyError for a kind that has no rule."""
    return _RULES[kind](history, horizon)


def stopped(history: History, horizon: int) -> Prediction:
    """Zero: a plant that stands still stays so unless an assumption says otherwise (Rule F10)."""
    return Prediction(np.zeros(horizon), np.zeros(horizon), "stopped")


def constant(history: History, horizon: int) -> Prediction:
    """The figure that has stood for two years, or ever since the start (Rule F11)."""
    return Prediction(np.full(horizon, history.values[-1]), np.zeros(horizon), "constant")


def season(history: History, horizon: int) -> Prediction:
    """The mean of the same calendar month of the last three years (Rule F12).

    The spread is the standard deviation of that rule's errors in the past, month by month of the calendar.
    """
    values, places = history.values, month_places(history.start, len(history))
    ahead = month_places(history.next_month, horizon)
    mean = np.array([_same_months(values, places, len(values), month) for month in ahead])
    first = SEASON
    past = np.array([_same_months(values, places, place, places[place]) for place in range(first, len(values))])
    errors = values[first:] - past
    spread = np.array([_root_mean_square(errors[places[first:] == month]) for month in ahead])
    return Prediction(mean, spread, "season")


def intermittent(history: History, horizon: int) -> Prediction:
    """The smoothed chance of a figure above zero times its smoothed size (Rule F13).

    Source: Teunter, Syntetos and Babai (2011), Intermittent demand: linking forecasting to inventory obsolescence,
    European Journal of Operational Research 214.
    """
    known = history.values[~np.isnan(history.values)]
    happened = known != 0
    chance, size = float(happened.mean()), float(known[happened].mean()) if happened.any() else 0.0
    for value in known:
        chance += SMOOTHING * ((value != 0) - chance)
        if value != 0:
            size += SMOOTHING * (value - size)
    return Prediction(np.full(horizon, chance * size), np.full(horizon, known.std()), "intermittent")


def short(history: History, horizon: int) -> Prediction:
    """The mean of the last six months; from a year on, with half of last year's season (Rule F14).

    The spread is that of the last year around its mean, growing as that of exponential smoothing; of a single figure
    half of it.
    """
    values = filled(history)
    shape = np.ones(SEASON)
    places = month_places(history.start, len(values))
    if len(values) >= SEASON and values[-SEASON:].mean() > 0 and values.min() >= 0:
        last = values[-SEASON:]
        shape[places[-SEASON:]] = 1 + HALF * (last / last.mean() - 1)
    bare = values / shape[places]
    mean = bare[-LEVEL:].mean() * shape[month_places(history.next_month, horizon)]
    about = bare[-SEASON:].std(ddof=1) if len(values) > 1 else HALF * abs(values[-1])
    return Prediction(mean, about * np.sqrt(1 + np.arange(horizon) / LEVEL), "short")


def _same_months(values: Values, places: NDArray[np.intp], until: int, month: int) -> float:
    same = values[:until][places[:until] == month]
    same = same[~np.isnan(same)][-YEARS:]
    return float(same.mean()) if len(same) else 0.0


def _root_mean_square(errors: Values) -> float:
    known = errors[~np.isnan(errors)]
    return float(np.sqrt(np.mean(known**2))) if len(known) else 0.0


_RULES: Mapping[Kind, Callable[[History, int], Prediction]] = {
    "stopped": stopped,
    "constant": constant,
    "season": season,
    "intermittent": intermittent,
    "short": short,
}
