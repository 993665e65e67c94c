"""One series from its figures to a forecast with errors at earlier origins (Rules F8, F9, F15)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fansipan.scenario.forecast.calibration import Errors, origins_for, stretch
from fansipan.scenario.forecast.history import SEASON, History, filled
from fansipan.scenario.forecast.models.members import Forms, MemberForecasts, forecast_members
from fansipan.scenario.forecast.models.prediction import Prediction
from fansipan.scenario.forecast.outcome import Outlook
from fansipan.scenario.forecast.rules import by_rule
from fansipan.scenario.forecast.situations import Situation, situation_of

Values = NDArray[np.float64]

LEAST = 1e-6  # least spread over the mean size of the figures


def look_ahead(history: History, horizon: int, *, tet: bool, pooled: int) -> Outlook:
    """Forecast one series by its rule or by the members, and again at earlier origins for calibration.

    `pooled` is how many series are calibrated together. Never raises for what the figures are.
    """
    situation = situation_of(history.values, history.start)
    used = history.since(situation.since)
    if situation.kind == "empty":
        nothing = np.full(horizon, np.nan)
        return Outlook(history, nothing, nothing, "no-data", by_rule=True)
    if situation.kind != "modelled":
        return _by_rule(history, situation, by_rule(situation.kind, used, horizon))
    found = forecast_members(used, horizon, tet=tet)
    if not found.kept:
        return last_year(history, horizon, _left_out(found))
    spread = _spread(found, used)
    origins = origins_for(len(used), horizon, pooled)
    errors = tuple(_errors_at(used, origin, horizon, found.forms) for origin in origins)
    factor = stretch(errors)
    errors = tuple(Errors(one.ratios / factor) for one in errors)
    model = _described(found, situation, used)
    return Outlook(history, found.mean, spread * factor, model, by_rule=False, tet=found.forms.tet, errors=errors)


def last_year(history: History, horizon: int, note: str) -> Outlook:
    """The same month of the last year of figures: what is left where every member fails (Rule F9)."""
    figures = filled(history)[-SEASON:]
    ahead = np.arange(horizon) % SEASON
    mean = figures[ahead % len(figures)]
    spread = _yearly_change(history.values) * np.sqrt(1 + np.arange(horizon) // SEASON)
    return Outlook(history, mean, spread, "; ".join(["last-year", note]), by_rule=True)


def _errors_at(history: History, origin: int, horizon: int, forms: Forms) -> Errors:
    """Errors over spread of the forecast made with the first `origin` months, as far as figures go."""
    actual = history.values[origin : origin + horizon]
    known = history.until(origin)
    late = origin - len(known)
    found = forecast_members(known, len(actual) + late, tet=forms.tet, forms=forms)
    if not found.kept:
        return Errors(np.full(len(actual), np.nan))
    spread = _spread(found, known)
    return Errors((actual - found.mean[late:]) / spread[late:])


def _spread(found: MemberForecasts, history: History) -> Values:
    """The members' spread, never so narrow that an error over it says nothing."""
    return np.maximum(found.spread(_yearly_change(history.values)), LEAST * float(np.nanmean(np.abs(history.values))))


def _by_rule(history: History, situation: Situation, answer: Prediction) -> Outlook:
    spread = answer.spread if answer.spread is not None else np.zeros(len(answer.mean))
    model = "; ".join([answer.form, *_restart(history, situation)])
    return Outlook(history, answer.mean, spread, model, by_rule=True)


def _described(found: MemberForecasts, situation: Situation, used: History) -> str:
    """The members combined, with Tết where it is selected, and all that was not plain."""
    names = [f"{name}(tet)" if found.forms.tet and name == "x13" else name for name in found.kept]
    notes = ["+".join(names)]
    if found.left_out:
        notes.append(_left_out(found))
    if used.gaps:
        notes.append(f"interpolated {used.gaps}")
    return "; ".join([*notes, *_restart(used, situation)])


def _left_out(found: MemberForecasts) -> str:
    return "left out " + " ".join(f"{name}({reason})" for name, reason in found.left_out.items())


def _restart(history: History, situation: Situation) -> list[str]:
    if not situation.since:
        return []
    start = history.start if len(history) and situation.kind == "modelled" else history.start + situation.since
    return [f"restarted {start}"]


def _yearly_change(values: Values) -> float:
    """The mean absolute change on the same month of the year before, as a normal standard deviation; never zero."""
    change = np.abs(values[SEASON:] - values[:-SEASON])
    change = change[~np.isnan(change)]
    if not len(change) or not change.any():
        change = np.array([np.nanstd(values)])
    return max(float(change.mean()) * 1.2533, np.finfo(float).tiny)
