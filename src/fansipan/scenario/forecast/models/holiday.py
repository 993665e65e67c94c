"""Tết in a forecast: tested on the airline model, taken out before the smoothing members, put back after (Rule F3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.forecast.models.prediction import Prediction
from fansipan.scenario.forecast.models.regarima import TIMEOUT, Form, specification
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_regressors
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class HolidayEffect:
    """The effect of Tết on each month of history and horizon: factors, or amounts where it is not `multiplicative`."""

    values: Values
    multiplicative: bool

    def taken_out(self, figures: Values) -> Values:
        """`figures`, which start with the history, without the effect."""
        own = self.values[: len(figures)]
        return figures / own if self.multiplicative else figures - own

    def put_back(self, ahead: Prediction) -> Prediction:
        """A forecast of the last months, made without the effect, with it."""
        own = self.values[len(self.values) - len(ahead.mean) :]
        return ahead.times(own) if self.multiplicative else replace(ahead, mean=ahead.mean + own)


def tet_windows(start: Month, months: int) -> Regressors | None:
    """The seven days before Tết and the seven from its first day, by month; None in years without a lunar calendar."""
    try:
        return tet_regressors((BEFORE_7, DURING_7), start, months)
    except Refused:
        return None


def tet_is_selected(values: Values, start: Month, transform: str, regressors: Regressors) -> bool:
    """Whether AICc of the airline model, without outliers, is lower with the Tết regressors than without.

    No where the program cannot tell, as when too few Tết have been seen to hold its effect apart from the season.
    """
    form = Form(transform, AIRLINE)
    try:
        without = run(specification(values, start, form, 0, outliers=False), timeout=TIMEOUT)
        with_tet = run(specification(values, start, form, 0, outliers=False, regressors=regressors), timeout=TIMEOUT)
    except Refused:
        return False
    return with_tet.aicc < without.aicc


def effect_of(output: Output, regressors: Regressors, transform: str) -> HolidayEffect:
    """The effect that the fitted model gives the regressors, over all their months."""
    found = {one.name: one.estimate for one in output.regression}
    weights = np.array([found.get(name, 0.0) for name in regressors.names])
    effect = regressors.values @ weights
    return HolidayEffect(np.exp(effect) if transform == "log" else effect, transform == "log")
