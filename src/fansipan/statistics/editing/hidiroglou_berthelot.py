"""The Hidiroglou-Berthelot edit: ratios to an earlier period that stand out, the large ones sooner (Rule ED4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class RatioEffects:
    """Effects of the ratios of one group, NaN where a ratio could not be formed, and the bounds they should lie in.

    `low` and `high` are NaN where there was no ratio at all. `distance` is how far outside an effect lies, in widths of
    the interval from its median to that bound; 0 within, NaN where there is no effect.
    """

    effects: Floats
    low: float
    high: float
    distance: Floats

    @property
    def outlying(self) -> NDArray[np.bool_]:
        """Whether each effect lies outside the bounds."""
        return np.nan_to_num(self.distance) > 0


def ratio_effects(
    earlier: Floats, now: Floats, *, exponent: float = 0.5, minimum: float = 0.05, multiple: float = 4.0
) -> RatioEffects:
    """The effects of `now` against `earlier`, one pair a unit, and their bounds.

    Both in any one unit of measure; a pair with a value missing or not above zero has no ratio. With r the ratio and
    r_M its median: s = 1 - r_M / r below the median and r / r_M - 1 from it on, E = s x max(earlier, now) ** U. The
    bounds are E_M - C d1 and E_M + C d3, d1 = max(E_M - E_Q1, |A E_M|), d3 = max(E_Q3 - E_M, |A E_M|), with U
    `exponent`, A `minimum`, C `multiple` and quartiles between neighbours by straight lines. Rule ED4.

    Source: M. A. Hidiroglou and J.-M. Berthelot, "Statistical editing and imputation for periodic business surveys",
    Survey Methodology 12 (1986), 73-83.
    """
    sound = np.isfinite(earlier) & np.isfinite(now) & (earlier > 0) & (now > 0)
    effects = np.full(earlier.shape, np.nan)
    distance = np.full(earlier.shape, np.nan)
    if not sound.any():
        return RatioEffects(effects, np.nan, np.nan, distance)
    ratio = now[sound] / earlier[sound]
    middle = np.median(ratio)
    centred = np.where(ratio < middle, 1.0 - middle / ratio, ratio / middle - 1.0)
    # Ratios that are equal but for rounding do not differ.
    centred[np.abs(centred) < ROUNDING] = 0.0
    effects[sound] = centred * np.maximum(earlier[sound], now[sound]) ** exponent
    first, median, third = np.quantile(effects[sound], (0.25, 0.5, 0.75))
    below = multiple * max(median - first, abs(minimum * median))
    above = multiple * max(third - median, abs(minimum * median))
    distance[sound] = _outside(effects[sound], median, below, above)
    return RatioEffects(effects, median - below, median + above, distance)


def _outside(effects: Floats, median: float, below: float, above: float) -> Floats:
    """How far beyond its bound each effect lies, in widths; beyond a width of nothing, infinitely far."""
    noise = ROUNDING * float(np.abs(effects).max())
    over, under = effects - median - above, median - below - effects
    beyond = np.where(over > noise, over, np.where(under > noise, under, 0.0))
    width = np.where(over > noise, above, below)
    return np.divide(beyond, width, out=np.where(beyond > 0, np.inf, 0.0), where=width > 0)
