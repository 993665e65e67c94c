"""What the growth scenario is told from: the projection, its paths, the gap, cases, measures and what moved it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.delivery.obstacles import standings
from fansipan.delivery.targets.likelihood import promise_chances
from fansipan.errors import FansipanError, NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.naming import Names
from fansipan.scenario.baseline.as_of import check_reported, day_of
from fansipan.scenario.changes import BASELINE, Scenario, scenario_known, scenario_of, selected
from fansipan.scenario.comparison import compared
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.gap.course import Course, course_of, reported_course
from fansipan.scenario.gap.measured import Gap
from fansipan.scenario.gap.pace import Thresholds, thresholds_of
from fansipan.scenario.gap.planned import plan_of
from fansipan.scenario.gap.relief import Measure, Obstacle, measures_of, obstacle_prices
from fansipan.scenario.news import news
from fansipan.scenario.paths.chances import chances, driver_shares
from fansipan.scenario.paths.figures import Figure
from fansipan.scenario.paths.later import later_chances, later_end
from fansipan.scenario.paths.simulation import Simulation, simulate
from fansipan.scenario.projection import Forecaster, Projection, engine_forecaster, project

Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False, slots=True)
class Outlook:
    """The year ahead: its projection and joint paths, the chance of each plan and target, the cases side by side.

    `drivers` and `news` (of the projection of `since`; None without one) are those of the year's output.
    """

    projection: Projection
    simulation: Simulation
    chances: pl.DataFrame
    drivers: pl.DataFrame
    cases: pl.DataFrame
    scenarios: tuple[Scenario, ...]
    news: pl.DataFrame | None
    since: Month | None


@dataclass(frozen=True, eq=False, slots=True)
class ScenarioData:
    """A year held against its plan: what is known, its course, the gap (None without a plan), the outlook (None for a
    year that is over), measures and thresholds.
    """

    province: Province
    month: Month
    known_on: date
    names: Names
    course: Course
    gap: Gap | None
    outlook: Outlook | None
    measures: tuple[Measure, ...]
    thresholds: Thresholds

    @property
    def prices(self) -> dict[str, tuple[float, str]]:
        """What each obstacle costs a month by the scenario, and by which rule, as delivery asks for it."""
        return {code: (price, rule) for code, price, rule in obstacle_prices(self.measures).iter_rows()}

    @property
    def target_chances(self) -> dict[str, float]:
        """The chance of each target that the outlook answers, as delivery asks for it."""
        if self.outlook is None:
            return {}
        promised = self.outlook.chances.filter(pl.col("source") == "target")
        return dict(promised.select("item", "chance").iter_rows())


def gather_gap(
    province: Province,
    month: Month,
    *,
    year: int | None = None,
    known_on: date | None = None,
    scenario: str = BASELINE,
    since: Month | None = None,
    paths: int = 10_000,
    seed: int = 1,
    planless: bool = False,
    forecaster: Forecaster = engine_forecaster,
    progress: Progress = lambda name: None,
) -> ScenarioData:
    """Everything about the plan of `year` (that of `month` by default) as known at the end of `known_on`.

    `since` is an earlier month whose projection the news are told against. With `planless` a year without a plan has no
    gap instead of being refused. Raises Refused ``gap.no-plan``, ``gap.other-year``, and what `project` raises.
    """
    day = known_on or day_of(province, month)
    known = province.known_on(day)
    check_reported(known, month, day)
    asked = year or month.year
    limits = thresholds_of(known)
    if asked == month.year and month.month == SEASON:
        course = reported_course(known, asked, day)
        gap = _gap(known, course, planless=planless)
        return ScenarioData(known, month, day, Names(known), course, gap, None, (), limits)
    if asked != (month + 1).year:
        raise Refused("gap.other-year", year=asked, month=month, near=(month + 1).year)
    chosen = scenario_known(province, scenario, day)
    projection = project(province, month, known_on=day, scenario=chosen, forecaster=forecaster, progress=progress)
    course = course_of(projection)
    gap = _gap(known, course, planless=planless)
    if since is not None and not ((since + 1).year == asked and since < month):
        raise Refused("scenario.news-spans", earlier=since, later=month)
    earlier = None
    if since is not None:
        earlier = project(province, since, scenario=chosen, forecaster=forecaster, progress=progress)
    far, end = None, later_end(projection, known)
    if end is not None:
        far = project(
            province, month, known_on=day, until=end, scenario=chosen, forecaster=forecaster, progress=progress
        )
    outlook = look_ahead(known, day, projection, _cases(known, chosen, projection), earlier, paths, seed, far)
    measures = () if gap is None else _measures(gap, outlook, known, day)
    return ScenarioData(known, month, day, Names(known), course, gap, outlook, tuple(measures), limits)


def look_ahead(
    known: Province,
    day: date,
    projection: Projection,
    scenarios: Sequence[Scenario],
    earlier: Projection | None,
    paths: int,
    seed: int,
    far: Projection | None = None,
) -> Outlook:
    """The outlook of a projection: its paths, chances, drivers, cases and news.

    `far` is the same projection to the last year in which a target is due, if that is later.
    """
    simulation = simulate(projection, paths=paths, seed=seed)
    promised = [chances(simulation, known), promise_chances(known, day, paths=paths, seed=seed)]
    if far is not None:
        promised.insert(1, later_chances(simulate(far, paths=paths, seed=seed), projection, known))
    return Outlook(
        projection,
        simulation,
        pl.concat(promised),
        driver_shares(projection, Figure(), paths=min(paths, 4000), seed=seed),
        compared(projection, scenarios, known, paths=paths, seed=seed),
        tuple(scenarios),
        news(earlier, projection) if earlier is not None else None,
        earlier.month if earlier is not None else None,
    )


def _gap(known: Province, course: Course, *, planless: bool) -> Gap | None:
    try:
        return Gap(course, plan_of(known, course))
    except FansipanError as error:
        if planless and error.code == "gap.no-plan":
            return None
        raise


def _cases(known: Province, chosen: Scenario, projection: Projection) -> list[Scenario]:
    """The baseline, the scenario chosen, and every other that was known and selects what is there."""
    codes = dict.fromkeys([BASELINE, *known["scenarios"]["scenario"]])
    others = [chosen if code == chosen.code else scenario_of(known, code) for code in codes]
    return [one for one in others if one is chosen or _applies(one, projection)]


def _applies(scenario: Scenario, projection: Projection) -> bool:
    try:
        return all(selected(change, projection.lines).any() for change in scenario.changes)
    except NotFound:
        return False


def _measures(gap: Gap, outlook: Outlook, known: Province, day: date) -> list[Measure]:
    open_ones = [
        Obstacle(one.obstacle, one.blocks_kind, one.blocks, one.due, one.also)
        for one in standings(known, day)
        if one.state != "resolved"
    ]
    return measures_of(gap, outlook.projection, known, open_ones, outlook.scenarios)
