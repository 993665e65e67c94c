"""The parts of a series under a model that is settled: X-11 or SEATS, with the identity they add up by (Rule SA6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fansipan.periods import Month
from fansipan.statistics.seasonal.model.identify import Model
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import Argument, Regressors, Spec

Method = Literal["x11", "seats"]

# Tables of the program: seasonal, adjusted, trend, irregular, and all that is taken out (seasonal, calendar, holiday).
TABLES: dict[str, tuple[str, ...]] = {
    "x11": ("d10", "d11", "d12", "d13", "d16"),
    "seats": ("s10", "s11", "s12", "s13", "s16"),
}
LAGS = 24
HORIZON: dict[str, int] = {"x11": 12, "seats": 36}  # months forecast; SEATS takes no fewer


@dataclass(frozen=True, eq=False, slots=True)
class Parts:
    """A series taken apart; every array has a value a month of the series, gaps filled with the model's estimate.

    Multiplicative: complete = seasonal x calendar x holiday x adjusted and adjusted = trend x irregular;
    additive: the same with sums. Outliers stay in `adjusted` (level shifts in `trend`, the rest in `irregular`).
    """

    complete: NDArray[np.float64]
    seasonal: NDArray[np.float64]
    calendar: NDArray[np.float64]
    holiday: NDArray[np.float64]
    adjusted: NDArray[np.float64]
    trend: NDArray[np.float64]
    irregular: NDArray[np.float64]


def decomposition_spec(
    series: NDArray[np.float64],
    start: Month,
    *,
    method: Method,
    logged: bool,
    model: Model | None,
    regressors: Regressors | None,
) -> Spec:
    """The spec of the final run. `model` None is X-11 alone, without forecasts (an extrapolation by filter ends)."""
    mode: dict[str, Argument] = {"mode": "mult" if logged else "add"} if method == "x11" else {}
    sections: dict[str, dict[str, Argument]] = {
        "series": {"save": "(mv)"},
        "transform": {"function": "log" if logged else "none"},
    }
    if model is not None:
        sections["regression"] = {"variables": model.variables} if model.variables else {}
        if model.variables or regressors is not None:
            sections["regression"]["save"] = "(hol td)"
        else:
            del sections["regression"]
        sections["arima"] = {"model": model.arima}
        sections["check"] = {"maxlag": LAGS, "save": "(acf)"}
        sections["forecast"] = {"maxlead": HORIZON[method], "save": ("fct",)}
    sections[method] = {**mode, "save": TABLES[method]}
    return Spec(series, start, sections, regressors)


def decompose(spec: Spec) -> tuple[Parts, Output]:
    """Run a `decomposition_spec` and read the parts. Raises Refused as `x13.run` does."""
    answer = run(spec)
    logged = spec.sections["transform"]["function"] == "log"
    method = "x11" if "x11" in spec.sections else "seats"
    seasonal, adjusted, trend, irregular, combined = (answer.tables[name].first for name in TABLES[method])
    neutral = np.full(len(spec.series), 1.0 if logged else 0.0)
    holiday = answer.tables["hol"].first if "hol" in answer.tables else neutral
    calendar = combined / seasonal / holiday if logged else combined - seasonal - holiday
    if method == "seats":  # its transitory part, where the model has one, belongs to neither trend nor seasonal
        irregular = adjusted / trend if logged else adjusted - trend
    complete = answer.tables["mv"].first if "mv" in answer.tables else spec.series
    return Parts(complete, seasonal, calendar, holiday, adjusted, trend, irregular), answer
