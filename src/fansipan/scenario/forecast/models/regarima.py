"""The X-13 regARIMA member: one of five orders, with outliers and, where it is selected, Tết (Rules F2, F3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.forecast.models.prediction import Prediction
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Argument, Regressors, Spec

Values = NDArray[np.float64]

SEASONAL = (AIRLINE, "(1 1 1)(0 1 1)", "(2 1 0)(0 1 1)")  # differenced at a year
ORDERS = (*SEASONAL, "(0 1 1)(1 0 0)", "(0 1 1)")
TWO_SIDED_95 = 1.959963984540054
CRITICAL = 5.0  # t value of an outlier (Rule F18)
TIMEOUT = 30.0  # seconds; eighty years of months need two


@dataclass(frozen=True, slots=True)
class Form:
    """What was chosen: the transform (``log``, ``none``) and the ARIMA order."""

    transform: str
    order: str

    def __str__(self) -> str:
        return f"{self.transform} {self.order}"


def choose_transform(values: Values, start: Month) -> str:
    """``log`` or ``none``, by the program's own AICc comparison on the airline model; ``none`` unless all is positive.

    ``log`` where the program cannot compare.
    """
    if not (values[~np.isnan(values)] > 0).all():
        return "none"
    try:
        logged = run(specification(values, start, Form("auto", AIRLINE), 0, outliers=False), timeout=TIMEOUT).logged
    except Refused:
        return "log"
    return "log" if logged else "none"


def regarima(
    values: Values, start: Month, horizon: int, form: Form, regressors: Regressors | None = None
) -> tuple[Prediction, Output]:
    """Forecast with the transform and order of `form`, outliers (AO, LS) looked for.

    `values` may have gaps (NaN). `regressors` must cover the horizon. Raises Refused as `run` does, and
    ``forecast.x13-no-convergence``.
    """
    output = run(specification(values, start, form, horizon, regressors=regressors), timeout=TIMEOUT)
    if output.diagnostics.get("converged") == "no":
        raise Refused("forecast.x13-no-convergence", order=form.order)
    told = output.forecast
    spread = (told.upper - told.point) / TWO_SIDED_95
    if form.transform == "log":
        spread = told.point * np.log(told.upper / told.point) / TWO_SIDED_95
    return Prediction(told.point, spread, str(form)), output


def best_order(
    values: Values, start: Month, horizon: int, transform: str, regressors: Regressors | None = None
) -> tuple[Prediction, Output, Form]:
    """The forecast of the order of `ORDERS` with the least AICc for each effective observation (Rule F2).

    Orders differ in how many observations their differencing leaves, and AICc grows with these, so it is divided by
    them. With regressors of a holiday only the orders that difference at a year are compared: the regressors hold how
    the holiday's months depart from their usual, which a model without that season does not know. An order that fails
    is passed over. Raises Refused, the last order's, if all fail.
    """
    found: list[tuple[float, Prediction, Output, Form]] = []
    trouble = Refused("forecast.x13-no-convergence", order=AIRLINE)
    for order in SEASONAL if regressors else ORDERS:
        form = Form(transform, order)
        try:
            prediction, output = regarima(values, start, horizon, form, regressors)
        except Refused as refusal:
            trouble = refusal
            continue
        found.append((output.aicc / output.number("nefobs"), prediction, output, form))
    if not found:
        raise trouble
    return min(found, key=lambda one: one[0])[1:]


def specification(
    values: Values,
    start: Month,
    form: Form,
    horizon: int,
    *,
    outliers: bool = True,
    regressors: Regressors | None = None,
) -> Spec:
    """The spec of one regARIMA run, without adjustment (Reference Manual, chapter 7)."""
    ahead: dict[str, Argument] = {"maxlead": horizon}
    if horizon:
        ahead["save"] = ("fct",)
    sections: dict[str, dict[str, Argument]] = {
        "transform": {"function": form.transform},
        "arima": {"model": form.order},
        "estimate": {"maxiter": 1500},
        "forecast": ahead,
    }
    if outliers:
        sections["outlier"] = {"types": ("ao", "ls"), "critical": CRITICAL}
    return Spec(values, start, sections, regressors)
