"""A province's year, month by month: what was reported and what is to come, line by line (Rules P1 to P9).

    projected = project(province, Month(2024, 5))
    summed(projected, "section")          # by section and month, billion đồng

Every total is the sum of lines, so that parts add up at every level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month, month_range
from fansipan.province import Province
from fansipan.scenario.baseline.as_of import check_reported, day_of
from fansipan.scenario.baseline.commissioning import Pipeline, pipeline_of
from fansipan.scenario.baseline.lines import Floats, Lines, lines_of
from fansipan.scenario.baseline.seasons import season_level
from fansipan.scenario.baseline.water import Water, water_of
from fansipan.scenario.changes import Scenario, applied, delays_asked, of_quantities, scenario_known
from fansipan.scenario.forecast.engine import forecast_each
from fansipan.scenario.forecast.history import SEASON, History
from fansipan.scenario.forecast.outcome import Outcome

MOST_MONTHS = 36
LEVEL, QUANTILE = 80, 1.2815515655446004  # the interval from which one standard error is taken, and its normal quantile
Progress = Callable[[str], None]


class Forecaster(Protocol):
    """What forecasts the lines; `forecast_each` unless another is given."""

    def __call__(self, histories: Sequence[History], horizon: int, *, progress: Progress) -> list[Outcome]:
        """An outcome for each history, with bounds of `LEVEL` percent."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class Projection:
    """A projected span of whole years, from what was known at the end of `day`.

    `months` from January of the first year to the last month asked for; the first `known` are reported, the others
    expected. `quantities` is lines x months in the products' units, after the changes of `scenario`; `before` that
    before them. `spread` is one standard error of each line and month ahead; `models` says what forecast each line.
    """

    day: date
    lines: Lines
    months: tuple[Month, ...]
    known: int
    before: Floats
    quantities: Floats
    spread: Floats
    models: tuple[str, ...]
    water: Water | None
    pipeline: Pipeline
    scenario: Scenario

    @property
    def month(self) -> Month:
        """The last month reported."""
        return self.lines.last

    @property
    def ahead(self) -> tuple[Month, ...]:
        """The months that are expected."""
        return self.months[self.known :]

    @property
    def year_before(self) -> Floats:
        """Quantities of the same months a year before: as reported, and as expected where they lie ahead themselves."""
        earlier = tuple(month + -SEASON for month in self.months)
        found = self.lines.of(earlier)
        for at, month in enumerate(earlier):
            if month in self.ahead:
                found[:, at] = self.quantities[:, self.months.index(month)]
        return found


def engine_forecaster(histories: Sequence[History], horizon: int, *, progress: Progress) -> list[Outcome]:
    """The combined models with calibrated intervals (Rules F1 to F17)."""
    return forecast_each(histories, horizon, levels=(LEVEL,), progress=progress)[0]


def project(
    province: Province,
    month: Month,
    *,
    known_on: date | None = None,
    until: Month | None = None,
    scenario: str | Scenario = "baseline",
    forecaster: Forecaster = engine_forecaster,
    progress: Progress = lambda name: None,
) -> Projection:
    """Project every line of the province from `month`, the last reported, to `until` (by default the end of the year).

    Only what was known at the end of `known_on` (by default that of `day_of`) is used. `scenario` is a code of
    the province's `scenarios` or a Scenario. Raises Refused ``scenario.until`` where `until` is not after `month` or
    more than 36 months away, ``scenario.month-empty`` where no return of `month` was known, and what `compile_output`
    and `scenario_known` raise.
    """
    until = until or Month((month + 1).year, SEASON)
    if not 0 < until.ordinal - month.ordinal <= MOST_MONTHS:
        raise Refused("scenario.until", until=until, month=month, most=MOST_MONTHS)
    day = known_on or day_of(province, month)
    known = province.known_on(day)
    check_reported(known, month, day)
    chosen = scenario if isinstance(scenario, Scenario) else scenario_known(province, scenario, day)
    lines = lines_of(known, month, day)
    months = tuple(month_range(Month((month + 1).year, 1), until))
    count = max(month.ordinal - months[0].ordinal + 1, 0)
    water = water_of(lines)
    mean, spread, models = _forecasts(lines, water, until.ordinal - month.ordinal, forecaster, progress)
    lines, pipeline = pipeline_of(known, lines)
    added, wide = _additions(pipeline, months[count:], chosen)
    mean = np.vstack([mean, added])
    spread = np.vstack([spread, np.zeros_like(added)])
    models += ("commissioning",) * (len(lines) - len(models))
    before = np.hstack([lines.of(months[:count]), mean])
    after = np.hstack(
        [
            lines.of(months[:count]),
            applied(
                of_quantities(chosen.changes), lines, months[count:], np.vstack([mean[: len(mean) - len(wide)], wide])
            ),
        ]
    )
    return Projection(day, lines, months, count, before, after, spread, models, water, pipeline, chosen)


def _additions(pipeline: Pipeline, ahead: tuple[Month, ...], scenario: Scenario) -> tuple[Floats, Floats]:
    """Output of the additions at the median delay, without and with the delays that the scenario asks for."""
    usual = np.full((1, len(pipeline.additions)), pipeline.delay)
    asked = delays_asked(scenario.changes, [addition.project for addition in pipeline.additions])
    return pipeline.outlook(ahead, usual)[0], pipeline.outlook(ahead, usual + asked)[0]


def _forecasts(
    lines: Lines, water: Water | None, horizon: int, forecaster: Forecaster, progress: Progress
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Mean and one standard error of every line, and what forecast it: water, the forecaster, or nothing if closed."""
    mean, spread = np.zeros((len(lines), horizon)), np.zeros((len(lines), horizon))
    models = ["closed"] * len(lines)
    first = (lines.last + 1).month - 1
    wet = set() if water is None else set(water.lines.tolist())
    most = ceilings(lines, horizon)
    asked = [at for at in range(len(lines)) if not lines.frame["closed"][at] and at not in wet]
    histories = [_history(lines, at, most[at]) for at in asked]
    for at, history, found in zip(asked, histories, forecaster(histories, horizon, progress=progress), strict=True):
        level = season_level(history, horizon) if found.model.startswith("season") else 1.0
        mean[at] = np.minimum(np.nan_to_num(found.mean) * level, most[at])
        spread[at] = np.nan_to_num(found.bounds[-1] - found.bounds[0]) / (2 * QUANTILE)
        models[at] = found.model
    if water is not None:
        mean[water.lines] = np.minimum(water.outlook(first, horizon), most[water.lines])
        spread[water.lines] = mean[water.lines] * water.spread[:, None]
        for at in water.lines:
            models[at] = "water"
    return mean, spread, tuple(models)


def _history(lines: Lines, at: int, ceiling: Floats) -> History:
    values = lines.quantities[at]
    figures = np.flatnonzero(~np.isnan(values))
    name = f"{lines.frame['establishment'][at]} · {lines.frame['product'][at]}"
    return History(name, lines.start + int(figures[0]), values[figures[0] : figures[-1] + 1], ceiling)


def ceilings(lines: Lines, horizon: int) -> Floats:
    """The most each line can make in each month ahead: a month's part of its capacity, or its best month if higher.

    A month's part is by days; seasonal plants run above a twelfth of their year in season (Rule P6).
    """
    days = np.array([(lines.last + ahead).last_day.day for ahead in range(1, horizon + 1)])
    capacity = lines.frame["capacity"].cast(pl.Float64).fill_null(np.inf).to_numpy()
    best = np.nan_to_num(lines.quantities).max(axis=1)
    return np.maximum(capacity[:, None] * days / 365.0, best[:, None])


def summed(projection: Projection, by: str, *, basis: str = "constant", before: bool = False) -> pl.DataFrame:
    """Output by a dimension and month, billion đồng: `by`, `month`, `value`, `year_before`, `known`.

    `by` is ``total``, a dimension of output, or ``project``; `before` gives that before the scenario's changes.
    """
    price = projection.lines.price(basis)[:, None]
    now = (projection.before if before else projection.quantities) * price
    then = projection.year_before * price
    codes = ["total"] * len(projection.lines) if by == "total" else projection.lines.frame[by].to_list()
    frame = pl.DataFrame(
        {
            by: np.repeat(np.array(codes, dtype=object), len(projection.months)).tolist(),
            "month": [str(month) for month in projection.months] * len(codes),
            "value": now.ravel(),
            "year_before": then.ravel(),
            "known": [at < projection.known for at in range(len(projection.months))] * len(codes),
        },
        schema_overrides={by: pl.String},
    )
    keys = [by, "month", "known"]
    return frame.group_by(keys, maintain_order=True).agg(pl.col("value", "year_before").sum()).sort(by, "month")
