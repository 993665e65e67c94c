"""All members on one series: each guarded, what is left combined (Rules F2 to F8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import NotAvailable, Refused
from fansipan.scenario.forecast.history import History, filled, unit_of
from fansipan.scenario.forecast.models.guard import absurd
from fansipan.scenario.forecast.models.holiday import HolidayEffect, effect_of, tet_is_selected, tet_windows
from fansipan.scenario.forecast.models.prediction import Prediction
from fansipan.scenario.forecast.models.regarima import Form, best_order, choose_transform, regarima
from fansipan.scenario.forecast.models.smoothing import ces, ets, theta

Values = NDArray[np.float64]
Smoother = Callable[[Values, int, str], Prediction]

X13, CES = "x13", "ces"
REASONS = {"x13.too-short": "short", "x13.too-long": "long", "x13.timeout": "slow"}
SMOOTHERS: Mapping[str, Smoother] = {"ets": ets, "theta": theta, CES: ces}


@dataclass(frozen=True, slots=True)
class Forms:
    """What was chosen on the whole history, kept when the models are fitted again at earlier origins."""

    x13: Form | None = None
    tet: bool = False
    smoothers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class MemberForecasts:
    """The members' forecasts by name, those left out with the reason (a code), and what was chosen."""

    kept: Mapping[str, Prediction]
    left_out: Mapping[str, str]
    forms: Forms

    @property
    def mean(self) -> Values:
        """Half way between the median of all members and the mean of those beside CES, month by month (Rule F8)."""
        every = [one.mean for one in self.kept.values()]
        steady = [one.mean for name, one in self.kept.items() if name != CES] or every
        return (np.median(every, axis=0) + np.mean(steady, axis=0)) / 2

    def spread(self, otherwise: float) -> Values:
        """One standard error of each month before calibration (Rule F15).

        The geometric mean of what the members state, and beside it their standard deviation among themselves;
        `otherwise` where no member states any.
        """
        means = np.array([one.mean for one in self.kept.values()])
        stated = [one.spread for one in self.kept.values() if one.spread is not None and _usable(one.spread)]
        own = np.exp(np.mean(np.log(stated), axis=0)) if stated else np.full(means.shape[1], otherwise)
        return np.hypot(own, means.std(axis=0))


def forecast_members(history: History, horizon: int, *, tet: bool, forms: Forms | None = None) -> MemberForecasts:
    """Every member's forecast of `horizon` months; with `forms` nothing is chosen again.

    A member that fails or whose forecast is absurd is left out. `kept` may be empty. The members see the figures
    divided by a power of two that makes them about one: no answer depends on the unit.
    """
    unit = unit_of(history.values)
    used = replace(history, values=history.values / unit)
    answers, left_out, effect, x13_form = _x13_guarded(used, horizon, tet, forms)
    figures = filled(used)
    bare = effect.taken_out(figures) if effect else figures
    for name, smoother in SMOOTHERS.items():
        try:
            answer = smoother(bare, horizon, forms.smoothers.get(name, "") if forms else "")
        except Exception:  # statsforecast raises whatever its arithmetic raises
            left_out[name] = "failed"
            continue
        answers[name] = effect.put_back(answer) if effect else answer
    for name in [name for name, answer in answers.items() if absurd(answer.mean, used.values)]:
        left_out[name] = "absurd"
        del answers[name]
    chosen = {name: answer.form for name, answer in answers.items() if name != X13}
    kept = {name: answer.times(unit) for name, answer in answers.items()}
    return MemberForecasts(kept, left_out, Forms(x13_form, effect is not None, chosen))


def _x13_guarded(
    history: History, horizon: int, tet: bool, forms: Forms | None
) -> tuple[dict[str, Prediction], dict[str, str], HolidayEffect | None, Form | None]:
    """X-13's forecast by its name, or by its name why there is none; Tết's effect and the form chosen, if any."""
    if forms and not forms.x13:
        return {}, {}, None, None
    try:
        answer, effect, form = _x13(history, horizon, tet, forms)
    except NotAvailable:
        return {}, {X13: "absent"}, None, None
    except Refused as refusal:
        return {}, {X13: REASONS.get(refusal.code, "failed")}, None, None
    except (ValueError, LookupError, OSError):  # an answer that cannot be read
        return {}, {X13: "failed"}, None, None
    return {X13: answer}, {}, effect, form


def _x13(
    history: History, horizon: int, tet: bool, forms: Forms | None
) -> tuple[Prediction, HolidayEffect | None, Form]:
    """X-13's forecast, Tết's effect where it is selected, and what was chosen."""
    values, start = history.values, history.start
    windows = tet_windows(start, len(values) + horizon) if (forms.tet if forms else tet) else None
    if forms and forms.x13:
        answer, output = regarima(values, start, horizon, forms.x13, windows)
        return answer, effect_of(output, windows, forms.x13.transform) if windows else None, forms.x13
    transform = choose_transform(values, start)
    if windows and tet_is_selected(values, start, transform, windows):
        with suppress(Refused):
            answer, output, form = best_order(values, start, horizon, transform, windows)
            return answer, effect_of(output, windows, transform), form
    answer, _, form = best_order(values, start, horizon, transform)
    return answer, None, form


def _usable(spread: Values) -> bool:
    return bool(np.isfinite(spread).all() and (spread > 0).all())
