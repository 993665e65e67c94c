"""Seasonal factors drawn towards no season by as much as they are uncertain (Rule F4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fansipan.scenario.forecast.history import SEASON

Values = NDArray[np.float64]

HALF = 0.5  # drawn halfway where the figures do not tell how uncertain the factors are
CENTRED = np.array([0.5, *[1.0] * (SEASON - 1), 0.5])  # divided by the months after summing: a flat series is exact


def seasonal_factors(values: Values, *, multiplicative: bool) -> Values:
    """Twelve factors (amounts where not `multiplicative`), the first for the first month of `values`.

    Classical: the means by calendar month of the figures over (less) the centred moving average of thirteen months,
    over (less) their own mean; then drawn towards 1 (0) by the James-Stein weight 9/11 V / S, where V is the variance
    of a factor's error and S the factors' mean square about 1 (0), at most wholly. `values` are at least 24, without
    gaps, all positive if `multiplicative`. Source: Miller and Williams (2003), Shrinkage estimators of time series
    seasonal factors and their effect on forecasting accuracy, International Journal of Forecasting 19.
    """
    level = np.convolve(values, CENTRED, "valid") / SEASON
    inner = values[SEASON // 2 : -(SEASON // 2)]
    shares = inner / level if multiplicative else inner - level
    places = (np.arange(len(shares)) + SEASON // 2) % SEASON
    counts = np.bincount(places, minlength=SEASON)
    means = np.bincount(places, shares, SEASON) / counts
    none = 1.0 if multiplicative else 0.0
    factors = means / means.mean() if multiplicative else means - means.mean()
    error = np.sum((shares - means[places]) ** 2) / max(len(shares) - SEASON, 1) * np.mean(1 / counts)
    return none + (factors - none) * (1 - _weight(error, np.sum((factors - none) ** 2), len(shares)))


def _weight(error: float, season: float, months: int) -> float:
    """How much of the season is taken away: 0 none, 1 all of it."""
    if months <= SEASON:
        return HALF
    if season == 0:
        return 1.0
    return float(min(1.0, (SEASON - 3) / (SEASON - 1) * error / (season / (SEASON - 1))))
