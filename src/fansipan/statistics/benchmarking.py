"""Fitting a monthly series to annual totals without steps between years: Denton's method as Cholette mended it (Rule
B1).

The months keep the movement of the monthly series as far as the annual totals allow. Months after the last annual
total are moved on with the last ratio of result to indicator.

Sources: Denton (1971), *Journal of the American Statistical Association* 66; Cholette (1984),
*Survey Methodology* 10; IMF,
*Quarterly National Accounts Manual* (2017), chapter 6.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.errors import Fault, InvalidInput, Refused
from fansipan.periods import Month, Period, months_of, parse_period

Floats = NDArray[np.float64]
Difference = Literal["proportional", "additive"]
Conversion = Literal["sum", "mean"]


def denton_cholette(
    indicator: Floats,
    benchmarks: Floats,
    starts: NDArray[np.int64],
    length: int,
    *,
    difference: Difference = "proportional",
    conversion: Conversion = "sum",
) -> Floats:
    """The series nearest in movement to `indicator` whose spans add up to `benchmarks`.

    `indicator` has a value for each sub-period, without a gap; span k covers `length` sub-periods from position
    `starts[k]` and must have the sum (or mean) `benchmarks[k]`. Minimises the sum of squared first differences of
    result / indicator (proportional) or of result - indicator (additive), without a condition on the first value. A
    proportional indicator of zero stays zero, and the ratios of its neighbours are held against each other. Raises
    Refused ``benchmark.indicator-negative`` where a proportional indicator is below zero,
    ``benchmark.nothing-to-share`` where it is zero over a whole span that has a total.
    """
    proportional = difference == "proportional"
    if proportional and not (indicator >= 0).all():
        raise Refused("benchmark.indicator-negative")
    moved = indicator > 0 if proportional else np.ones(len(indicator), dtype=bool)
    share = np.zeros((len(benchmarks), len(indicator)))
    for k, start in enumerate(starts):
        share[k, start : start + length] = 1.0 if conversion == "sum" else 1.0 / length
    empty = ~(share[:, moved] != 0).any(axis=1)
    if (benchmarks[empty] != 0).any():
        raise Refused("benchmark.nothing-to-share")
    share, wanted = share[~empty][:, moved], benchmarks[~empty]
    scale = indicator[moved] if proportional else np.ones(moved.sum())
    offset = np.zeros(moved.sum()) if proportional else indicator
    count, spans = len(scale), len(wanted)
    result = indicator.astype(np.float64)
    if not count:
        return result
    # result = offset + scale * u; minimise |steps u|^2 with share (offset + scale u) = wanted
    steps = np.diff(np.eye(count), axis=0)
    system = np.zeros((count + spans, count + spans))
    system[:count, :count] = 2 * steps.T @ steps
    system[count:, :count] = share * scale
    system[:count, count:] = (share * scale).T
    right = np.concatenate([np.zeros(count), wanted - share @ offset])
    result[moved] = offset + scale * np.linalg.solve(system, right)[:count]
    return result


def benchmark(
    series: pl.DataFrame,
    totals: pl.DataFrame,
    *,
    difference: Difference = "proportional",
    conversion: Conversion = "sum",
) -> pl.DataFrame:
    """Fit monthly or quarterly series to quarterly or annual totals, series by series (Rule B1).

    `series` has series, period (``2024-05`` or ``2024-Q2``) and value, without a gap between the first and last;
    `totals` has series, period (``2024`` or ``2024-Q2``) and value. Returns series, period, `original`, `benchmarked`
    and `ratio`. A series without any total comes back as it is; a total whose periods are not all there is a fault.
    Raises InvalidInput with every fault, and what `denton_cholette` raises.
    """
    groups = [group for _, group in series.group_by("series", maintain_order=True)]
    own = [totals.filter(pl.col("series") == group["series"][0]) for group in groups]
    faults = [fault for group, wanted in zip(groups, own, strict=True) for fault in _faults(group, wanted)]
    if faults:
        raise InvalidInput(faults)
    return pl.concat(_fit(group, wanted, difference, conversion) for group, wanted in zip(groups, own, strict=True))


def below_zero(fitted: pl.DataFrame) -> pl.DataFrame:
    """The fitted values below zero of originals that are not: series and period. A total far below the movement of the
    series makes them; what cannot be negative then needs other totals or another series.
    """
    return fitted.filter((pl.col("benchmarked") < 0) & (pl.col("original") >= 0)).select("series", "period")


def _ordinal(period: Period) -> int:
    """The place of a period among those of its own length."""
    size = len(months_of(period))
    return months_of(period)[0].ordinal // size


def _faults(group: pl.DataFrame, totals: pl.DataFrame) -> list[Fault]:
    name = group["series"][0]
    periods = {parse_period(p) for p in group["period"]}
    sizes, wholes = {len(months_of(p)) for p in periods}, {len(months_of(parse_period(p))) for p in totals["period"]}
    if len(sizes) > 1 or len(wholes) > 1 or (wholes and max(wholes) <= max(sizes)):
        return [Fault("benchmark.kinds", {"series": name})]
    by_place = {_ordinal(p): p for p in periods}
    first, last = by_place[min(by_place)], by_place[max(by_place)]
    missing = set(range(_ordinal(first), _ordinal(last) + 1)) - set(by_place)
    size = sizes.pop()
    gaps = [Month.from_ordinal(place * size) for place in sorted(missing)]
    faults = [Fault("benchmark.gap", {"series": name, "period": g if size == 1 else g.quarter}) for g in gaps]
    if group["value"].has_nulls():
        blank = group.filter(pl.col("value").is_null())["period"]
        faults += [Fault("benchmark.gap", {"series": name, "period": parse_period(p)}) for p in blank]
    held = {month for period in periods for month in months_of(period)}
    for period in totals["period"]:
        whole = parse_period(period)
        if not set(months_of(whole)) <= held:
            faults.append(Fault("benchmark.year-not-covered", {"series": name, "year": whole}))
    return faults


def _fit(group: pl.DataFrame, totals: pl.DataFrame, difference: Difference, conversion: Conversion) -> pl.DataFrame:
    group, totals = group.sort("period"), totals.sort("period")
    indicator = group["value"].cast(pl.Float64).to_numpy()
    result = indicator
    if totals.height:
        own = parse_period(group["period"][0])
        size = len(months_of(own))
        wholes = [parse_period(period) for period in totals["period"]]
        starts = np.array([months_of(whole)[0].ordinal // size - _ordinal(own) for whole in wholes])
        result = denton_cholette(
            indicator,
            totals["value"].cast(pl.Float64).to_numpy(),
            starts,
            len(months_of(wholes[0])) // size,
            difference=difference,
            conversion=conversion,
        )
    return group.select("series", "period", pl.col("value").alias("original")).with_columns(
        pl.Series("benchmarked", result),
        pl.Series("ratio", np.divide(result, indicator, where=indicator != 0, out=np.full(len(result), np.nan))),
    )
