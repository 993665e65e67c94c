"""How wide intervals must be: errors at earlier origins, pooled over series (Rules F15, F16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

# Last month ahead of each band; a last band takes the months beyond.
BANDS = (1, 3, 6, 12, 18)
# So many rolling origins weigh as much as the normal distribution does.
PRIOR_WEIGHT = 20
ENOUGH_ORIGINS = 300
LEAST_ORIGINS_A_SERIES = 3  # many series in one period err together: one origin is one period
MOST_ORIGINS_A_SERIES = 8
ORIGIN_STEP = 6
LEAST_MONTHS = 36  # before an origin
USUAL = 3.0  # times the normal median: errors up to this are not the fault of the spread


@dataclass(frozen=True, eq=False, slots=True)
class Errors:
    """Errors of one series at one origin over its forecast's spread, from the first month ahead on (NaN: no figure)."""

    ratios: Values


@dataclass(frozen=True, eq=False, slots=True)
class Calibration:
    """`factors` multiply the spread: a row a level (percent, ascending), a column a band of the horizon.

    `origins` is how many pairs of series and origin were pooled.
    """

    levels: tuple[float, ...]
    factors: Values
    origins: int

    def width(self, spread: Values, level: float) -> Values:
        """Half the width of the `level` interval, month by month ahead."""
        return spread * self.factors[self.levels.index(level), band_of(len(spread))]


def band_of(horizon: int) -> NDArray[np.intp]:
    """The band of each month ahead, 1 to `horizon`."""
    return np.searchsorted(BANDS, np.arange(1, horizon + 1))


def origins_for(months: int, horizon: int, series: int) -> list[int]:
    """After how many months to forecast again a series of `months` months, latest first.

    The first leaves a whole horizon of figures; further ones follow six months apart, three in all, more where few
    series are pooled. At least 36 months stand before an origin; a series of 36 months or less has none.
    """
    latest = max(months - horizon, LEAST_MONTHS)
    wanted = min(max(LEAST_ORIGINS_A_SERIES, -(-ENOUGH_ORIGINS // max(series, 1))), MOST_ORIGINS_A_SERIES)
    places = [latest - ORIGIN_STEP * step for step in range(wanted)]
    return [place for place in places if LEAST_MONTHS <= place < months]


def stretch(errors: Sequence[Errors]) -> float:
    """By how much one series' own errors outgrow its spread: 1, or more where their median is over three normal ones.

    The spread of such a series is stretched by it, so that its intervals are wide and no other's are.
    """
    sizes = np.concatenate([np.abs(one.ratios) for one in errors] or [np.array([])])
    sizes = sizes[~np.isnan(sizes)]
    return max(1.0, float(np.median(sizes)) / (USUAL * NormalDist().inv_cdf(0.75))) if len(sizes) else 1.0


def calibrate(errors: Iterable[Errors], levels: Sequence[float]) -> Calibration:
    """One factor a level and band: the level's quantile of |error| / spread, pooled over series and origins.

    Few origins are drawn towards the normal distribution: the logarithm of the factor is a mean weighted by the number
    of origins of the band and `PRIOR_WEIGHT`. A band without errors takes the factor of the band before it. A higher
    level never gets a narrower interval. Source: split-conformal quantile with the finite-sample correction, Lei,
    G'Sell, Rinaldo, Tibshirani and Wasserman (2018), Journal of the American Statistical Association 113.
    """
    pooled = [one.ratios for one in errors]
    ordered = tuple(sorted(levels))
    bands = [_in_band(pooled, band) for band in range(len(BANDS) + 1)]
    factors = np.array([_factors(bands, level) for level in ordered])
    return Calibration(ordered, np.maximum.accumulate(factors, axis=0), len(pooled))


def _in_band(pooled: Sequence[Values], band: int) -> tuple[Values, int]:
    """Sizes of the errors of the band, and from how many origins they come."""
    found = [np.abs(ratios[band_of(len(ratios)) == band]) for ratios in pooled]
    found = [sizes[~np.isnan(sizes)] for sizes in found]
    return np.concatenate([*found, np.array([])]), sum(1 for sizes in found if len(sizes))


def _factors(bands: Sequence[tuple[Values, int]], level: float) -> list[float]:
    normal = NormalDist().inv_cdf(0.5 + level / 200)
    factors: list[float] = []
    for sizes, origins in bands:
        if not len(sizes):
            factors.append(factors[-1] if factors else normal)
            continue
        share = min(1.0, level / 100 * (1 + 1 / len(sizes)))
        found = max(float(np.quantile(sizes, share)), 1e-9)
        weight = origins / (origins + PRIOR_WEIGHT)
        factors.append(float(np.exp(weight * np.log(found) + (1 - weight) * np.log(normal))))
    return factors
