"""What closes the gap: obstacles, projects and assumptions, each alone and together; prices of obstacles."""

from datetime import date

import numpy as np
import pytest

from fansipan.delivery.obstacles import standings
from fansipan.periods import Month
from fansipan.scenario.changes import scenario_of
from fansipan.scenario.gap.course import course_of
from fansipan.scenario.gap.measured import Gap
from fansipan.scenario.gap.planned import plan_of
from fansipan.scenario.gap.relief import Obstacle, first_planned, measures_frame, measures_of, obstacle_prices, together
from fansipan.scenario.projection import ceilings


@pytest.fixture(scope="module")
def known(laocai, may):
    return laocai.known_on(may.month.last_day)


@pytest.fixture(scope="module")
def gap(known, may):
    course = course_of(may)
    return Gap(course, plan_of(known, course))


@pytest.fixture(scope="module")
def obstacles(known, may):
    day = may.month.last_day
    return [
        Obstacle(o.obstacle, o.blocks_kind, o.blocks, o.due) for o in standings(known, day) if o.state != "resolved"
    ]


@pytest.fixture(scope="module")
def measures(gap, may, known, obstacles, laocai):
    return measures_of(gap, may, known, obstacles, [scenario_of(laocai, code) for code in ("base", "low", "high")])


def one(measures, kind, item, order=None):
    return next(m for m in measures if (m.kind, m.item, m.order) == (kind, item, order))


def test_an_establishment_freed_comes_up_to_its_plan_and_not_above_its_ceiling(gap, may, measures):
    found = one(measures, "obstacle", "mh-vm-6")
    rows = gap.course.lines.frame["establishment"].eq("CS17").fill_null(value=False).to_numpy()
    assert not found.lift[~rows].any()
    months = np.array([month >= found.first for month in gap.course.months])
    assert not found.lift[:, ~months].any()
    short = np.maximum(gap.plan[: len(rows)] - gap.course.outcome, 0.0)
    assert (found.lift <= short + 1e-9).all()
    most = ceilings(may.lines, len(may.ahead)) * may.lines.price()[:, None]
    assert ((gap.course.outcome + found.lift)[rows, may.known :] <= most[rows] + 1e-9).all()
    assert found.worth > 0
    assert found.monthly == pytest.approx(found.worth / months.sum())


def test_relief_reaches_the_first_whole_month_after_the_due_day_and_a_month_from_now(measures):
    assert one(measures, "obstacle", "mh-vm-6").first == Month(2024, 7)  # due on 31 March: overdue, a month to act
    assert one(measures, "obstacle", "mh-vm-5").first == Month(2024, 8)  # due on 31 July


def test_a_project_on_its_first_plan_adds_what_its_delay_takes(gap, may, known, measures):
    found = one(measures, "project", "mh-day-dong")
    assert first_planned(known["milestones"])["mh-day-dong"] == date(2024, 9, 30)
    new = gap.course.lines.frame["project"].eq("mh-day-dong").fill_null(value=False).to_numpy()
    assert not found.lift[~new].any()
    assert found.lift[new, : Month(2024, 9).month - 1].sum() == 0
    assert found.worth > 0
    [addition] = [a for a in may.pipeline.additions if a.project == "mh-day-dong"]
    assert found.monthly == pytest.approx(addition.monthly * float(may.lines.price()[new][0]))


def test_a_zone_blocks_its_establishments_and_its_projects(gap, measures):
    found = one(measures, "obstacle", "mh-vm-4")
    zone = gap.course.lines.frame["zone"].eq("mh-ccn-4").fill_null(value=False).to_numpy()
    assert found.lift[zone].any()
    assert not found.lift[~zone].any()


def test_an_assumption_is_worth_what_it_adds_alone(gap, may, measures):
    steel = one(measures, "assumption", "high", 3)
    price = dict(may.lines.frame.select("product", "constant").rows())["steel-billet"]
    assert steel.worth == pytest.approx(3 * 15_000 * price)
    # What lowers output is no measure.
    assert "low" not in {m.item for m in measures if m.kind == "assumption"}


def test_a_change_that_the_projection_holds_already_is_no_measure(laocai, may, known, gap):
    from fansipan.scenario.comparison import under

    base = scenario_of(laocai, "base")
    changed = under(may, base)
    assert not [m for m in measures_of(gap, changed, known, (), [base]) if m.kind == "assumption"]
    assert [m for m in measures_of(gap, may, known, (), [base]) if m.kind == "assumption"]


def test_a_change_that_selects_nothing_is_no_measure(laocai, may, known, gap):
    from dataclasses import replace

    high = scenario_of(laocai, "high")
    lost = replace(high, changes=tuple(replace(c, select="product", item="unobtainium") for c in high.changes))
    assert not [m for m in measures_of(gap, may, known, (), [lost]) if m.kind == "assumption"]


def test_together_counts_each_line_and_month_once(gap, measures):
    whole = together(measures, gap)
    assert max(m.worth for m in measures) <= whole <= sum(m.worth for m in measures)
    assert together([*measures, *measures], gap) == pytest.approx(whole)
    assert together([], gap) == 0.0


def test_rows_of_measures_are_the_dearest_first_and_in_points_of_the_year(gap, measures):
    frame = measures_frame(measures, gap)
    assert frame["worth"].to_list() == sorted(frame["worth"], reverse=True)
    base = gap.course.before.sum()
    assert frame["points"].to_numpy() == pytest.approx(100 * frame["worth"].to_numpy() / base)
    short = (gap.plan - gap.outcome).sum()
    assert frame["share"].to_numpy() == pytest.approx(100 * frame["worth"].to_numpy() / short)


def test_prices_of_obstacles_can_be_read_by_delivery(tmp_path, gap, measures, laocai):
    from fansipan.delivery.given import read_prices
    from fansipan.tables.files.writing import write_frame

    prices = obstacle_prices(measures)
    assert set(prices["obstacle"]) == {"mh-vm-2", "mh-vm-3", "mh-vm-4", "mh-vm-5", "mh-vm-6"}
    read = read_prices(write_frame(prices, tmp_path / "obstacle_prices.csv"))
    found = standings(laocai, date(2024, 5, 31), prices=read)
    priced = {o.obstacle: (o.price, o.price_source) for o in found}
    assert priced["mh-vm-6"] == (pytest.approx(read["mh-vm-6"][0]), "GA12")


def test_an_obstacle_of_nothing_known_is_worth_nothing(gap, may, known):
    found = measures_of(
        gap, may, known, [Obstacle("x", "programme", "y", None), Obstacle("z", "zone", "nowhere", None)]
    )
    assert {m.item: (m.worth, m.monthly) for m in found if m.kind == "obstacle"} == {"x": (0.0, 0.0), "z": (0.0, 0.0)}


def test_what_is_due_next_year_closes_nothing_this_year(gap, may, known):
    [found] = [
        m
        for m in measures_of(gap, may, known, [Obstacle("x", "establishment", "CS17", date(2025, 3, 1))])
        if m.kind == "obstacle"
    ]
    assert (found.worth, found.first) == (0.0, None)
