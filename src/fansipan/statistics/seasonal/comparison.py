"""Direct and indirect adjustment of a total compared (Rule SA10).

Indirect: the weighted sum of adjusted components; direct: the total itself adjusted. Source: ESS guidelines on seasonal
adjustment (Eurostat, 2015), chapter on direct and indirect approaches; roughness R1 and R2 as in the program's
composite spec (Reference Manual 7.4; Dagum 1979).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.diagnostics import QS_LEVEL, Statistic
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import Spec

HENDERSON_TERMS = 13


@dataclass(frozen=True, slots=True)
class Roughness:
    """How rough an adjusted series is: `r1` from its month-on-month changes, `r2` from its distance to a trend.

    Root mean squares on the scale of the series; the smaller the smoother, with the same information a better fit.
    """

    r1: float
    r2: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Both adjustments over the months they share, from `start`, and how they differ.

    `mean_difference` and `largest_difference` are absolute, in percent of the direct series' mean level;
    `growth_difference` is the mean absolute difference of month-on-month growth in percentage points (NaN where a
    figure is not positive); `opposite` counts the months whose change has opposite signs.
    """

    start: Month
    direct: NDArray[np.float64]
    indirect: NDArray[np.float64]
    mean_difference: float
    largest_difference: float
    growth_difference: float
    opposite: int
    roughness_direct: Roughness
    roughness_indirect: Roughness
    qs_direct: Statistic
    qs_indirect: Statistic

    @property
    def advised(self) -> str:
        """``direct`` or ``indirect``: first the one without residual seasonality, then the smoother by R1."""
        left = [test.p < QS_LEVEL for test in (self.qs_direct, self.qs_indirect)]
        if left[0] != left[1]:
            return "indirect" if left[0] else "direct"
        return "direct" if self.roughness_direct.r1 <= self.roughness_indirect.r1 else "indirect"


def compare_direct_indirect(
    total: Adjustment, components: Mapping[str, Adjustment], weights: Mapping[str, float], *, tolerance: float = 1e-6
) -> Comparison:
    """Compare the adjustment of a total with the `weights`-weighted sum of its adjusted `components`.

    Raises Refused ``seasonal.not-the-sum`` where the total is not that sum of the originals (relative `tolerance`,
    months with gaps left out) and ``seasonal.no-common-months`` where under three years are shared.
    """
    first = max(total.start, *(part.start for part in components.values()))
    last = min(one.months[-1] for one in (total, *components.values()))
    months = last.ordinal - first.ordinal + 1
    if months < 36:
        raise Refused("seasonal.no-common-months", months=max(months, 0))

    def cut(one: Adjustment, values: NDArray[np.float64]) -> NDArray[np.float64]:
        offset = first.ordinal - one.start.ordinal
        return values[offset : offset + months]

    _check_sum(
        cut(total, total.original),
        sum((weights[name] * cut(part, part.original) for name, part in components.items()), np.zeros(months)),
        first,
        tolerance,
    )
    direct = cut(total, total.parts.adjusted)
    indirect = sum(
        (weights[name] * cut(part, part.parts.adjusted) for name, part in components.items()), np.zeros(months)
    )
    return compare(direct, indirect, first)


def compare(direct: NDArray[np.float64], indirect: NDArray[np.float64], start: Month) -> Comparison:
    """Compare two adjusted series of the same months (at least 36)."""
    difference = np.abs(indirect - direct) / np.mean(np.abs(direct)) * 100
    positive = bool(min(direct.min(), indirect.min()) > 0)
    growth = [(one[1:] / one[:-1] - 1) * 100 for one in (direct, indirect)] if positive else None
    return Comparison(
        start=start,
        direct=direct,
        indirect=indirect,
        mean_difference=float(difference.mean()),
        largest_difference=float(difference.max()),
        growth_difference=float(np.abs(growth[1] - growth[0]).mean()) if growth else float("nan"),
        opposite=int((np.diff(direct) * np.diff(indirect) < 0).sum()),
        roughness_direct=roughness(direct),
        roughness_indirect=roughness(indirect),
        qs_direct=seasonality_left(direct, start),
        qs_indirect=seasonality_left(indirect, start),
    )


def roughness(adjusted: NDArray[np.float64]) -> Roughness:
    """R1 and R2 of an adjusted series; R2 leaves out the six months at each end, which the filter does not reach."""
    weights = henderson_weights(HENDERSON_TERMS)
    half = HENDERSON_TERMS // 2
    trend = np.convolve(adjusted, weights, mode="valid")
    distance = adjusted[half:-half] - trend
    return Roughness(float(np.sqrt(np.mean(np.diff(adjusted) ** 2))), float(np.sqrt(np.mean(distance**2))))


def henderson_weights(terms: int) -> NDArray[np.float64]:
    """The symmetric Henderson weights of an odd number of `terms` (Ladiray and Quenneville 2001, 3.2)."""
    n = (terms - 1) // 2 + 2
    j = np.arange(-(n - 2), n - 1, dtype=float)
    rising = ((n - 1) ** 2 - j**2) * (n**2 - j**2) * ((n + 1) ** 2 - j**2) * (3 * n**2 - 16 - 11 * j**2)
    return 315 * rising / (8 * n * (n**2 - 1) * (4 * n**2 - 1) * (4 * n**2 - 9) * (4 * n**2 - 25))


def seasonality_left(adjusted: NDArray[np.float64], start: Month) -> Statistic:
    """The program's QS test of a series as it stands (36 months at least); no seasonality gives 0 and p 1."""
    answer: Output = run(Spec(adjusted, start, {"spectrum": {"qcheck": "no"}}))
    return Statistic(answer.number("qsori"), answer.number("qsori", 1))


def _check_sum(total: NDArray[np.float64], summed: NDArray[np.float64], first: Month, tolerance: float) -> None:
    known = ~np.isnan(total) & ~np.isnan(summed)
    off = known & (np.abs(total - summed) > tolerance * np.nanmax(np.abs(total)))
    if off.any():
        place = int(np.flatnonzero(off)[0])
        raise Refused(
            "seasonal.not-the-sum", month=first + place, total=float(total[place]), summed=float(summed[place])
        )
