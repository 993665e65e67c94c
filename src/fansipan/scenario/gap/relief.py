"""What would close the gap, and what each obstacle costs: projects, obstacles, assumptions (Rules GA11 to GA13).

Every measure lifts some lines in the months it can still reach. What measures reach together is the highest lift of
each line and month, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.scenario.baseline.commissioning import COMMISSIONING, DAYS_A_MONTH
from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.changes import Scenario, applied, of_quantities
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.gap.course import usual_course
from fansipan.scenario.gap.measured import Gap
from fansipan.scenario.projection import Projection, ceilings
from fansipan.statistics.output_value import Tables

Kind = Literal["obstacle", "project", "assumption"]
SOURCE = "GA12"
SCHEMA = {
    "kind": pl.String,
    "item": pl.String,
    "order": pl.Int64,
    "blocks_kind": pl.String,
    "blocks": pl.String,
    "first": pl.String,
    "worth": pl.Float64,
    "monthly": pl.Float64,
    "points": pl.Float64,
    "share": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle that is still open: what it blocks (a project, zone or establishment) and the day it is due.

    `also` are the further things that it blocks, each a kind and a code.
    """

    obstacle: str
    blocks_kind: str
    blocks: str
    due: date | None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Measure:
    """A measure: what it lifts (lines x 12, billion đồng), from which month, and what a month of it is worth."""

    kind: Kind
    item: str
    order: int | None
    blocks_kind: str | None
    blocks: str | None
    first: Month | None
    lift: Floats
    monthly: float

    @property
    def worth(self) -> float:
        """Billion đồng in the year."""
        return float(self.lift.sum())


def measures_of(
    gap: Gap,
    projection: Projection,
    province: Tables,
    obstacles: Iterable[Obstacle] = (),
    scenarios: Sequence[Scenario] = (),
) -> list[Measure]:
    """Every measure: obstacles removed, projects started when first planned, assumptions come true.

    `obstacles` are those still open; `scenarios` those whose own changes count as assumptions, each on its own, where
    it adds output. The dearest first.
    """
    found = [
        *(_obstacle(gap, projection, province, one) for one in obstacles),
        *_projects(gap, projection, province),
        *_assumptions(gap, projection, scenarios),
    ]
    return sorted(found, key=lambda one: (-one.worth, -one.monthly, one.kind, one.item))


def measures_frame(measures: Sequence[Measure], gap: Gap) -> pl.DataFrame:
    """The measures as rows: `worth` this year and `monthly` (billion đồng), `points` of the year's growth, `share` of
    the gap that it would close (percent; null where there is none).
    """
    short, base = float((gap.plan - gap.outcome).sum()), float(gap.course.before.sum())
    rows = [
        (
            m.kind,
            m.item,
            m.order,
            m.blocks_kind,
            m.blocks,
            str(m.first) if m.first else None,
            m.worth,
            m.monthly,
            100 * m.worth / base if base > 0 else None,
            100 * m.worth / short if short > 0 else None,
        )
        for m in measures
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def together(measures: Sequence[Measure], gap: Gap) -> float:
    """What all measures are worth together in the year, billion đồng: of each line and month the highest lift."""
    lifts = np.zeros_like(gap.course.outcome)
    for one in measures:
        np.maximum(lifts, one.lift, out=lifts)
    return float(lifts.sum())


def obstacle_prices(measures: Sequence[Measure]) -> pl.DataFrame:
    """What each obstacle costs a month by the scenario: `obstacle`, `price` (billion đồng), `price_source`."""
    rows = [(m.item, m.monthly, SOURCE) for m in measures if m.kind == "obstacle" and m.monthly > 0]
    schema = {"obstacle": pl.String, "price": pl.Float64, "price_source": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _reach(projection: Projection, due: date | None) -> Month | None:
    """The first whole month after the later of the due day and a month from now; None where it lies past the year."""
    first = projection.month + 2
    if due is not None:
        first = max(first, Month.of(due) + 1)
    return first if first <= projection.months[SEASON - 1] else None


def _from(gap: Gap, first: Month | None) -> np.ndarray:
    return np.array([first is not None and month >= first for month in gap.course.months])


def _obstacle(gap: Gap, projection: Projection, province: Tables, obstacle: Obstacle) -> Measure:
    """Establishments blocked come up to their plan, projects blocked start when first planned, once it is removed."""
    first = _reach(projection, obstacle.due)
    frame = projection.lines.frame
    rows = np.zeros(len(frame), bool)
    for kind, code in ((obstacle.blocks_kind, obstacle.blocks), *obstacle.also):
        if kind in ("project", "zone", "establishment"):
            rows |= frame[kind].eq(code).fill_null(value=False).to_numpy()
    new = frame["project"].is_not_null().to_numpy()
    lift = _up_to_plan(gap, projection, rows & ~new) * _from(gap, first)
    lift += _on_first_plan(gap, projection, province, rows & new, first)
    months = int(_from(gap, first).sum())
    standing = float(lift[~new].sum()) / months if months else 0.0
    monthly = standing + sum(
        addition.monthly * price
        for addition, price, row in zip(
            projection.pipeline.additions, projection.lines.price()[new], rows[new], strict=True
        )
        if row
    )
    return Measure("obstacle", obstacle.obstacle, None, obstacle.blocks_kind, obstacle.blocks, first, lift, monthly)


def _up_to_plan(gap: Gap, projection: Projection, rows: np.ndarray) -> Floats:
    """What lines fall short of their plan (of their usual course, without one), within their ceilings."""
    course, count = gap.course, len(gap.course.lines)
    asked = np.where(gap.covered[:count], gap.plan[:count], usual_course(course))
    most = np.full(asked.shape, np.inf)
    ahead = ceilings(projection.lines, len(projection.ahead))[:, : SEASON - course.known]
    most[:, course.known :] = ahead * projection.lines.price()[:, None]
    short = np.maximum(np.minimum(asked, most) - course.outcome, 0.0)
    return short * rows[:, None] * ~gap.reported


def _on_first_plan(gap: Gap, projection: Projection, province: Tables, rows: np.ndarray, first: Month | None) -> Floats:
    """What projects make more if they start on the first day planned, not before `first`."""
    lift = np.zeros_like(gap.course.outcome)
    pipeline = projection.pipeline
    if not pipeline.additions or first is None or not rows.any():
        return lift
    planned = first_planned(province["milestones"])
    usual = pipeline.delay
    earlier = np.array(
        [
            min((max(planned.get(a.project, a.day), first.first_day) - a.day).days / DAYS_A_MONTH, usual)
            for a in pipeline.additions
        ]
    )
    gain = (
        pipeline.outlook(projection.ahead, earlier[None])[0]
        - pipeline.outlook(projection.ahead, np.full((1, len(earlier)), usual))[0]
    )
    new = np.flatnonzero(projection.lines.frame["project"].is_not_null().to_numpy())
    worth = np.maximum(gain, 0.0) * projection.lines.price()[new][:, None]
    lift[new, gap.course.known :] = worth[:, : SEASON - gap.course.known]
    return lift * rows[:, None]


def first_planned(milestones: pl.DataFrame) -> dict[str, date]:
    """The day on which each project was first planned to start."""
    planned = milestones.filter((pl.col("milestone") == COMMISSIONING) & (pl.col("kind") == "planned"))
    first = planned.sort("recorded_at").group_by("project", maintain_order=True).agg(pl.col("day").first())
    return dict(first.iter_rows())


def _projects(gap: Gap, projection: Projection, province: Tables) -> Iterator[Measure]:
    """Each project that is to start: what it would add this year if it kept its first plan."""
    frame, first = projection.lines.frame, _reach(projection, None)
    new = frame["project"].is_not_null().to_numpy()
    for project in dict.fromkeys(addition.project for addition in projection.pipeline.additions):
        rows = frame["project"].eq(project).fill_null(value=False).to_numpy() & new
        lift = _on_first_plan(gap, projection, province, rows, first)
        monthly = sum(
            addition.monthly * price
            for addition, price in zip(projection.pipeline.additions, projection.lines.price()[new], strict=True)
            if addition.project == project
        )
        yield Measure("project", project, None, "project", project, first, lift, monthly)


def _assumptions(gap: Gap, projection: Projection, scenarios: Sequence[Scenario]) -> Iterator[Measure]:
    """Each change of a scenario that adds output, alone: what it adds to the expected year."""
    known = gap.course.known
    expected, price = projection.quantities[:, known:], projection.lines.price()[:, None]
    for scenario in scenarios:
        own = [change for change in of_quantities(scenario.changes) if change.scenario == scenario.code]
        for order, change in enumerate(scenario.changes, 1):
            if change not in own or change in projection.scenario.changes:
                continue
            try:
                changed = applied([change], projection.lines, projection.ahead, expected)
            except NotFound:
                continue  # what it selects is not there (yet): nothing to add
            lift = np.zeros_like(gap.course.outcome)
            lift[:, known:] = ((changed - expected) * price)[:, : SEASON - known]
            if lift.sum() > 0:
                months = [m for m, gain in zip(gap.course.months, lift.sum(axis=0), strict=True) if gain > 0]
                monthly = float(lift.sum()) / len(months)
                yield Measure(
                    "assumption",
                    scenario.code,
                    order,
                    change.select,
                    change.item,
                    months[0],
                    np.maximum(lift, 0.0),
                    monthly,
                )
