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
from fansipan.periods import Month, parse_period

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

    `indicator` has a value for each sub-period,
    without a gap; span k covers `length` sub-periods from position `starts[k]` and
    must have the sum (or mean) `benchmarks[k]`. Minimises the sum of squared first differences of result / indicator
    (proportional) or of result - indicator (additive), without a condition on the first value. Raises Refused
    ``benchmark.indicator-not-positive`` where a proportional indicator is not above zero.
    """
    if difference == "proportional" and not (indicator > 0).all():
        raise Refused("benchmark.indicator-not-positive")
    count, spans = len(indicator), len(benchmarks)
    scale = indicator if difference == "proportional" else np.ones(count)
    offset = np.zeros(count) if difference == "proportional" else indicator
    steps = np.diff(np.eye(count), axis=0)
    constraint = np.zeros((spans, count))
    for k, start in enumerate(starts):
        constraint[k, start : start + length] = 1.0 if conversion == "sum" else 1.0 / length
    # result = offset + scale * u; minimise |steps u|^2 with constraint (offset + scale u) = benchmarks
    system = np.zeros((count + spans, count + spans))
    system[:count, :count] = 2 * steps.T @ steps
    system[count:, :count] = constraint * scale
    system[:count, count:] = (constraint * scale).T
    right = np.concatenate([np.zeros(count), benchmarks - constraint @ offset])
    ratios = np.linalg.solve(system, right)[:count]
    return offset + scale * ratios


def benchmark(
    monthly: pl.DataFrame,
    annual: pl.DataFrame,
    *,
    difference: Difference = "proportional",
    conversion: Conversion = "sum",
) -> pl.DataFrame:
    """Fit monthly series to annual totals, series by series (Rule B1).

    `monthly` has series, period (``2024-05``) and value, without a gap between the first and last month; `annual` has
    series, period (``2024``) and value. Returns series, period, `original`, `benchmarked` and `ratio`. A series
    without any annual total comes back as it is; an annual total whose months are not all there is a fault. Raises
    InvalidInput with every fault.
    """
    faults = [fault for _, group in monthly.group_by("series", maintain_order=True) for fault in _faults(group, annual)]
    if faults:
        raise InvalidInput(faults)
    fitted = [
        _fit(group.sort("period"), annual, difference, conversion)
        for _, group in monthly.group_by("series", maintain_order=True)
    ]
    return pl.concat(fitted)


def _faults(group: pl.DataFrame, annual: pl.DataFrame) -> list[Fault]:
    name = group["series"][0]
    ordinals = sorted(Month.parse(p).ordinal for p in group["period"])
    gaps = sorted(set(range(ordinals[0], ordinals[-1] + 1)) - set(ordinals))
    faults = [Fault("benchmark.gap", {"series": name, "period": Month.from_ordinal(g)}) for g in gaps]
    if group["value"].has_nulls():
        blank = group.filter(pl.col("value").is_null())["period"]
        faults += [Fault("benchmark.gap", {"series": name, "period": p}) for p in blank]
    held = set(ordinals)
    for period in annual.filter(pl.col("series") == name)["period"]:
        year = int(str(parse_period(period)))
        if not set(range(year * 12, year * 12 + 12)) <= held:
            faults.append(Fault("benchmark.year-not-covered", {"series": name, "year": year}))
    return faults


def _fit(group: pl.DataFrame, annual: pl.DataFrame, difference: Difference, conversion: Conversion) -> pl.DataFrame:
    totals = annual.filter(pl.col("series") == group["series"][0]).sort("period")
    indicator = group["value"].cast(pl.Float64).to_numpy()
    first = Month.parse(group["period"][0]).ordinal
    result = indicator
    if totals.height:
        starts = np.array([int(p) * 12 - first for p in totals["period"]])
        result = denton_cholette(
            indicator,
            totals["value"].cast(pl.Float64).to_numpy(),
            starts,
            12,
            difference=difference,
            conversion=conversion,
        )
    return group.select("series", "period", pl.col("value").alias("original")).with_columns(
        pl.Series("benchmarked", result),
        pl.Series("ratio", np.divide(result, indicator, where=indicator != 0, out=np.full(len(result), np.nan))),
    )
