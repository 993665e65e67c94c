"""The three smoothing members: ETS, dynamic optimised Theta and complex exponential smoothing (Rules F4, F5).

The estimation is the package statsforecast's. Its functions are called series by series, never its runner, which one
bad series stops.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.forecast.models.prediction import ONE_SIGMA, Prediction
from fansipan.scenario.forecast.models.shrinkage import seasonal_factors

Values = NDArray[np.float64]

LARGE = 1024.0  # times the members' figures, which are about one: the search of the Theta model stops at absolute steps
AWAY = 8.0  # the logarithm of the mean as CES sees it; 3 to 20 do as well, 1 and less do worse


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings of estimation: what comes out is judged by the guard."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def ets(values: Values, horizon: int, form: str = "") -> Prediction:
    """Exponential smoothing in state-space form, trend none or damped, the components chosen by AICc.

    `form` (``MAdM``, as in `Prediction.form`) fixes the components instead. Source: Hyndman, Koehler, Ord and Snyder
    (2008), Forecasting with Exponential Smoothing; only damped trends, after Gardner and McKenzie (1985).
    """
    from statsforecast.ets import ets_f, forecast_ets

    tried = [(form.replace("d", ""), "d" in form)] if form else [("ZNZ", False), ("ZAZ", True)]
    with quiet():
        fits = [ets_f(values, SEASON, model=model, damped=damped) for model, damped in tried]
        fitted = min(fits, key=_aicc)
        answer = forecast_ets(fitted, horizon, level=[ONE_SIGMA])
    mean = np.asarray(answer["mean"], dtype=float)
    error, trend, season, damping = fitted["components"]
    spread = np.asarray(answer[f"hi-{ONE_SIGMA}"]) - mean
    return Prediction(mean, spread, f"{error}{trend}{'d' if damping == 'D' else ''}{season}")


def theta(values: Values, horizon: int, form: str = "") -> Prediction:
    """Dynamic optimised Theta of the seasonally adjusted series, the season put back; `form` is not used.

    The seasonal factors are drawn towards no season (`seasonal_factors`), multiplicative, or additive where a figure
    is not above zero. Source: Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016), Models for optimising the
    theta method, International Journal of Forecasting 32.
    """
    from statsforecast.theta import auto_theta, forecast_theta

    positive = bool((values > 0).all())
    factors = seasonal_factors(values, multiplicative=positive)
    season = np.resize(factors, len(values) + horizon)
    known, ahead = season[: len(values)], season[len(values) :]
    with quiet():
        fitted = auto_theta(LARGE * (values / known if positive else values - known), 1, model="DOTM")
        mean = np.asarray(forecast_theta(fitted, horizon)["mean"], dtype=float) / LARGE
    return Prediction(mean * ahead if positive else mean + ahead, None, "DOTM")


def ces(values: Values, horizon: int, form: str = "") -> Prediction:
    """Complex exponential smoothing of the logarithms (of the figures where one is not above zero).

    Without season or with a full one, by AICc; `form` (``N``, ``F``) fixes it. The model is no other for a series
    multiplied, but it is for a series to which something is added, so the logarithms are those of the figures over
    their mean, and `AWAY` from zero. Source: Svetunkov, Kourentzes and Ord (2022), Complex exponential smoothing,
    Naval Research Logistics 69.
    """
    from statsforecast.ces import auto_ces, forecast_ces

    logged = bool((values > 0).all())
    lift = AWAY - np.log(values.mean()) if logged else 0.0
    with quiet():
        scaled = np.log(values) + lift if logged else values
        fits = [auto_ces(scaled, SEASON, model=season) for season in (form or "NF")]
        best = min(fits, key=_aicc)
        mean = np.asarray(forecast_ces(best, horizon)["mean"], dtype=float)
        return Prediction(np.exp(mean - lift) if logged else mean, None, best["seasontype"])


def _aicc(fitted: dict[str, Any]) -> float:
    return float(fitted["aicc"]) if np.isfinite(fitted["aicc"]) else np.inf
