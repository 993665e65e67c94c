"""From a series to a settled model: the windows and the model chosen in turn until they agree (Rules SA4, SA5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.model.choice import Choice, choose_windows, regressors_for
from fansipan.statistics.seasonal.model.identify import EVERYTHING, Model, Search, identify, reidentify
from fansipan.statistics.seasonal.model.tet import Window
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors

Holiday = Literal["tet", "none"] | Regressors

ROUNDS = 3


@dataclass(frozen=True, eq=False, slots=True)
class Settled:
    """A model and its holiday regressors over the series and its forecast; `choice` tells which windows were tried.

    `model` is None where none can be estimated and the series is left to X-11 alone.
    """

    model: Model | None
    regressors: Regressors | None = None
    windows: tuple[Window, ...] = ()
    choice: Choice | None = None


def settle(
    series: NDArray[np.float64],
    start: Month,
    *,
    holiday: Holiday,
    logged: bool,
    horizon: int,
    search: Search = EVERYTHING,
) -> Settled:
    """The model of a monthly series with its Tết windows, with given regressors, or without either.

    Given regressors always stay in, so a model that cannot hold them is Refused, as is one that is given and cannot be
    estimated; otherwise, where none can be (a series without any irregular movement), the answer has none.
    """
    if isinstance(holiday, Regressors):
        return Settled(identify(series, start, logged=logged, regressors=holiday, search=search), holiday)
    try:
        if holiday == "tet":
            return _with_tet(series, start, logged, horizon, search)
        return Settled(identify(series, start, logged=logged, search=search))
    except Refused as refusal:
        # X-11 alone cannot fill gaps and is not the model that was given; a lunar calendar is no matter of the model
        if np.isnan(series).any() or refusal.code != "x13.failed" or search.model is not None:
            raise
        return Settled(None)


def _with_tet(series: NDArray[np.float64], start: Month, logged: bool, horizon: int, search: Search) -> Settled:
    """Windows on the airline (or given) model; the model with them in; windows again on it, until nothing changes.

    The second look finds an effect that level shifts or outliers hid from the airline model.
    """
    months = len(series) + horizon
    first = search.model or AIRLINE
    choice = choose_windows(series, start, logged=logged, model=first)
    windows = choice.best.windows
    model = identify(series, start, logged=logged, regressors=regressors_for(windows, start, months), search=search)
    if model.arima == first and not model.variables:  # the same model again would give the same choice
        return Settled(model, regressors_for(windows, start, months), windows, choice)
    for turn in range(ROUNDS):
        choice = choose_windows(series, start, logged=logged, model=model.arima, variables=model.variables)
        agreed, windows = choice.best.windows == windows, choice.best.windows
        regressors = regressors_for(windows, start, months)
        if agreed or turn == ROUNDS - 1:
            break
        if search.outliers:
            model = reidentify(model, series, start, logged=logged, regressors=regressors, known=search.known)
    return Settled(model, regressors, windows, choice)
