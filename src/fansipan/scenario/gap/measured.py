"""The gap: plan against what came and is expected, by period and any part; growth still required (Rules GA7 to GA9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.gap.course import Course
from fansipan.scenario.gap.planned import Planned
from fansipan.scenario.paths.simulation import period_sums

PERIODS = ("month", "quarter", "year")
SPLIT = ("section", "product", "establishment")
ALL = "total"


@dataclass(frozen=True, eq=False)
class Gap:
    """The plan of a year beside its course; every figure in billion đồng at constant 2010 prices, rows x 12 months.

    The rows are those of the plan: the lines, then the parts of plans that no line carries. Where a line has no plan in
    a month it is left out of the comparison (`covered`) and named by `uncovered`.
    """

    course: Course
    planned: Planned

    @property
    def rows(self) -> pl.DataFrame:
        """Who and what each row is."""
        return self.planned.rows

    @cached_property
    def covered(self) -> np.ndarray:
        """In which months a row has a plan."""
        return ~np.isnan(self.planned.values)

    @cached_property
    def plan(self) -> Floats:
        """What is planned; zero where nothing is."""
        return np.nan_to_num(self.planned.values)

    @cached_property
    def outcome(self) -> Floats:
        """What was reported and is expected, where there is a plan to hold it against."""
        return np.where(self.covered, self._padded(self.course.outcome), 0.0)

    @cached_property
    def before(self) -> Floats:
        """The year before, where there is a plan."""
        return np.where(self.covered, self._padded(self.course.before), 0.0)

    def _padded(self, values: Floats) -> Floats:
        more = len(self.planned.values) - len(values)
        return np.vstack([values, np.zeros((more, values.shape[1]))])

    def uncovered(self) -> pl.DataFrame:
        """Lines with months that have no plan: establishment, product, project, `outcome`, `before` of those months."""
        left = ~self.covered[: len(self.course.lines)]
        frame = self.rows.head(len(self.course.lines)).select("establishment", "product", "project")
        sums = {
            name: np.where(left, values, 0.0).sum(axis=1)
            for name, values in (("outcome", self.course.outcome), ("before", self.course.before))
        }
        some = left.any(axis=1) & (sums["outcome"] + sums["before"] > 0)
        return frame.with_columns(**{n: pl.Series(v) for n, v in sums.items()}).filter(pl.Series(some))

    @property
    def reported(self) -> np.ndarray:
        """Which of the twelve months are reported."""
        return np.arange(len(self.course.months)) < self.course.known


def table(gap: Gap, by: Sequence[str] = SPLIT, period: str = "quarter") -> pl.DataFrame:
    """The gap by period and by the dimensions `by`, none for the whole; the parts of a period add up to the whole.

    Returns `period`, the dimensions, `origin` (of the plan, the weakest of the part's rows), `plan`, `reported`,
    `expected`, `outcome` (the two together), `before`, `gap` (outcome less plan, billion đồng), `percent` (of plan),
    `growth` and `growth_planned` (percent on the year before), `points` (of the growth of all industry in the period)
    and `points_year` (in the year, so that periods add up too).
    """
    months, reported = gap.course.months, gap.reported
    figures = {
        "plan": gap.plan,
        "reported": gap.outcome * reported,
        "expected": gap.outcome * ~reported,
        "before": gap.before,
    }
    summed = {name: period_sums(months, values, period) for name, values in figures.items()}
    periods = summed["plan"][0]
    base = period_sums(months, gap.course.before.sum(axis=0), period)[1]
    frames = []
    for at, name in enumerate(periods):
        columns = {key: pl.Series(values[:, at]) for key, (_, values) in summed.items()}
        frames.append(
            gap.rows.select(*by, "origin").with_columns(
                pl.lit(name).alias("period"), pl.lit(float(base[at])).alias("base"), **columns
            )
        )
    whole = pl.concat(frames)
    keys = ["period", *by]
    summary = whole.group_by(keys, maintain_order=True).agg(
        weakest().alias("origin"), pl.col(*figures).sum(), pl.col("base").first()
    )
    return (
        _rated(summary, float(gap.course.before.sum()))
        .select(
            *keys,
            "origin",
            "plan",
            "reported",
            "expected",
            "outcome",
            "before",
            "gap",
            "percent",
            "growth",
            "growth_planned",
            "points",
            "points_year",
        )
        .sort(keys, nulls_last=True)
    )


def weakest() -> pl.Expr:
    """One origin for rows together: the same for all, else ``mixed``; rows without a plan do not count."""
    told = pl.col("origin").filter(pl.col("origin") != "none").unique()
    return (
        pl.when(told.len() == 1)
        .then(told.first())
        .when(told.len() == 0)
        .then(pl.lit("none"))
        .otherwise(pl.lit("mixed"))
    )


def _rated(frame: pl.DataFrame, year: float) -> pl.DataFrame:
    frame = frame.with_columns(outcome=pl.col("reported") + pl.col("expected"))
    positive = {name: pl.when(pl.col(name) > 0).then(name) for name in ("plan", "before", "base")}
    difference = pl.col("outcome") - pl.col("plan")
    return frame.with_columns(
        gap=difference,
        percent=100 * pl.col("outcome") / positive["plan"],
        growth=100 * (pl.col("outcome") / positive["before"] - 1),
        growth_planned=100 * (pl.col("plan") / positive["before"] - 1),
        points=100 * difference / positive["base"],
        points_year=100 * difference / year if year > 0 else pl.lit(None, dtype=pl.Float64),
    )


def required(gap: Gap, by: str = ALL) -> pl.DataFrame:
    """What growth the months that remain need for the year's plan, by a dimension (``total``: the whole).

    Returns `by`, `plan`, `done` (reported), `plan_so_far`, `rest` (plan less done), `before_rest`, `required` (growth
    of the remaining months on those of the year before, percent; null where none remain or nothing was made then),
    `so_far` (growth of the months reported) and `expected` (growth of the remaining months by the forecast).
    """
    ahead = ~gap.reported
    codes = pl.Series(ALL, [ALL] * gap.rows.height) if by == ALL else gap.rows[by]
    frame = pl.DataFrame({by: codes}, schema={by: pl.String}).with_columns(
        plan=pl.Series(gap.plan.sum(axis=1)),
        done=pl.Series((gap.outcome * gap.reported).sum(axis=1)),
        plan_so_far=pl.Series((gap.plan * gap.reported).sum(axis=1)),
        before_done=pl.Series((gap.before * gap.reported).sum(axis=1)),
        before_rest=pl.Series((gap.before * ahead).sum(axis=1)),
        ahead=pl.Series((gap.outcome * ahead).sum(axis=1)),
    )
    summed = frame.group_by(by, maintain_order=True).agg(pl.all().exclude(by).sum()).sort(by, nulls_last=True)
    rest = pl.when(pl.col("before_rest") > 0).then("before_rest") if ahead.any() else pl.lit(None, dtype=pl.Float64)
    done = pl.when(pl.col("before_done") > 0).then("before_done")
    return summed.with_columns(rest=pl.col("plan") - pl.col("done")).select(
        by,
        "plan",
        "done",
        "plan_so_far",
        "rest",
        "before_rest",
        required=100 * (pl.col("rest") / rest - 1),
        so_far=100 * (pl.col("done") / done - 1),
        expected=100 * (pl.col("ahead") / rest - 1),
    )
