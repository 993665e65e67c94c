"""The gap by hand on a small province, and adding up at every level on the example; growth required; openers."""

import itertools

import numpy as np
import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.gap.course import course_of, reported_course
from fansipan.scenario.gap.measured import Gap, required, table
from fansipan.scenario.gap.openers import openers, unallotted
from fansipan.scenario.gap.planned import plan_of
from fansipan.scenario.paths.simulation import period_sums
from support.even_months import EVEN


@pytest.fixture(scope="module")
def gap(laocai, may):
    course = course_of(may)
    return Gap(course, plan_of(laocai.known_on(may.month.last_day), course))


@pytest.fixture
def by_hand(planning, projected):
    """Five months of 2023 at half of 2022, the rest expected as in 2022; plan 27 against 21.6 the year before."""
    province = planning(EVEN, [("gross-output", "province", "10", "2023", 27.0)], last=Month(2023, 5))
    returns = province["returns"].with_columns(
        pl.when(pl.col("month") >= "2023-01").then(pl.col("quantity") / 2).otherwise("quantity").alias("quantity")
    )
    course = course_of(projected(province.replace(returns=returns), Month(2023, 5)))
    return Gap(course, plan_of(province, course))


def test_the_year_by_hand(by_hand):
    row = table(by_hand, (), "year").row(0, named=True)
    assert (row["plan"], row["before"]) == pytest.approx((27.0, 21.6))
    assert row["reported"] == pytest.approx(5 * 0.9)
    assert row["gap"] == pytest.approx(row["reported"] + row["expected"] - 27.0)
    assert row["percent"] == pytest.approx(100 * row["outcome"] / 27.0)
    assert row["growth_planned"] == pytest.approx(25.0)
    assert row["points"] == pytest.approx(row["growth"] - row["growth_planned"])


def test_growth_required_of_the_remaining_months_by_hand(by_hand):
    row = required(by_hand).row(0, named=True)
    # 27 - 4.5 in seven months that made 12.6 a year before.
    assert row["rest"] == pytest.approx(22.5)
    assert row["required"] == pytest.approx(100 * (22.5 / 12.6 - 1))
    assert row["so_far"] == pytest.approx(-50.0)
    assert (row["plan_so_far"], row["before_rest"]) == pytest.approx((5 * 2.25, 12.6))


def test_meeting_the_required_growth_meets_the_plan(gap):
    for by in ("total", "section", "product"):
        frame = required(gap, by).drop_nulls("required")
        met = frame["done"] + frame["before_rest"] * (1 + frame["required"] / 100)
        assert met.to_numpy() == pytest.approx(frame["plan"].to_numpy(), rel=1e-12)


def test_a_year_that_is_over_needs_no_growth_any_more(planning):
    province = planning(EVEN, [("gross-output", "province", "10", "2023", 27.0)])
    course = reported_course(province, 2023)
    over = Gap(course, plan_of(province, course))
    assert required(over)["required"].to_list() == [None]
    assert table(over, (), "year")["expected"].to_list() == [0.0]
    assert table(over, (), "year")["percent"].to_list() == pytest.approx([80.0])


DIMENSIONS = ["section", "division", "class", "product", "establishment", "area", "zone", "kind", "ownership"]


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
@pytest.mark.parametrize("by", [(name,) for name in DIMENSIONS] + [("section", "product", "establishment")])
def test_parts_add_up_to_the_whole(gap, by, period):
    summed = ["plan", "reported", "expected", "outcome", "before", "gap", "points", "points_year"]
    parts = table(gap, by, period).group_by("period").agg(pl.col(summed).sum()).sort("period")
    whole = table(gap, (), period).select("period", *summed).sort("period")
    for name in summed:
        assert parts[name].to_numpy() == pytest.approx(whole[name].to_numpy(), rel=1e-9, abs=1e-9), name


def test_points_of_the_quarters_add_up_to_the_years_and_to_the_difference_of_growth(gap):
    year = table(gap, (), "year").row(0, named=True)
    assert table(gap, (), "quarter")["points_year"].sum() == pytest.approx(year["points_year"], abs=1e-9)
    assert year["points"] == pytest.approx(year["growth"] - year["growth_planned"], abs=1e-9)
    assert year["points"] == pytest.approx(year["points_year"])


def test_months_reported_are_the_published_figures(gap):
    year = table(gap, ("section",), "year")
    done = dict(year.select("section", "reported").rows())
    # Article B: 1,167.8; 13,843.6; 2,010.8; 129.6 and the percentages of the plan printed beside them.
    assert [done[s] for s in "BCDE"] == pytest.approx([1167.8, 13843.6, 2010.8, 129.6], abs=0.05)
    filled = dict(year.select("section", 100 * pl.col("reported") / pl.col("plan")).rows())
    assert [filled[s] for s in "BCDE"] == pytest.approx([43.54, 34.89, 21.14, 39.88], abs=0.005)


def test_openers_are_the_most_negative_and_tell_when(gap):
    found = openers(gap, count=5)
    every = table(gap, ("establishment", "product"), "year").drop_nulls("establishment")
    assert found["gap"].to_list() == pytest.approx(every["gap"].sort().head(5).to_list())
    assert (found["so_far"] + found["ahead"]).to_list() == pytest.approx(found["gap"].to_list())
    assert (found["outcome"] - found["plan"]).to_list() == pytest.approx(found["gap"].to_list())
    assert not found["product"].is_null().any()


def test_what_nobody_carries_is_apart_from_the_openers_but_not_from_its_section(gap):
    left = unallotted(gap)
    assert left["plan"].sum() == pytest.approx(gap.plan[len(gap.course.lines) :].sum())
    by_section = openers(gap, ("section",), 4)
    year = table(gap, ("section",), "year").filter(pl.col("gap") < 0)
    assert sorted(by_section["gap"]) == pytest.approx(sorted(year["gap"]))


@pytest.mark.parametrize("count", [0, -1, 1001])
def test_a_count_of_openers_that_makes_no_sense_is_refused(gap, count):
    with pytest.raises(Refused, match="1000"):
        openers(gap, count=count)


def test_lines_without_a_plan_are_left_out_and_named(planning, projected):
    plans = [("output-volume", "product", "ore", "2023", 4800.0)]
    province = planning(EVEN, plans, last=Month(2023, 5))
    course = course_of(projected(province, Month(2023, 5)))
    some = Gap(course, plan_of(province, course))
    assert sorted(some.uncovered()["product"]) == ["power", "water"]
    row = table(some, (), "year").row(0, named=True)
    ore = course.lines.frame["product"].eq("ore").to_numpy()
    assert row["outcome"] == pytest.approx(course.outcome[ore].sum())
    assert row["before"] == pytest.approx(course.before[ore].sum())


def test_a_section_that_is_new_has_no_growth_but_a_gap(planning, projected):
    plans = [("gross-output", "industry", "C", "2023", 6.0), ("output-volume", "product", "ore", "2023", 4800.0)]
    province = planning(EVEN, plans, last=Month(2023, 5))
    kept = province["returns"].filter((pl.col("establishment") != "c") | (pl.col("month") >= "2023-02"))
    course = course_of(projected(province.replace(returns=kept), Month(2023, 5)))
    row = table(Gap(course, plan_of(province, course)), ("section",), "year").filter(pl.col("section") == "C")
    assert row["growth"].to_list() == [None]
    assert row["plan"].to_list() == pytest.approx([6.0])


def test_a_span_that_ends_before_december_is_refused(laocai, projected):
    with pytest.raises(Refused, match="2024-08"):
        course_of(projected(laocai, Month(2024, 5), until=Month(2024, 8)))


def test_of_two_years_ahead_only_the_first_is_held_against_its_plan(laocai, projected, gap):
    long = course_of(projected(laocai, Month(2024, 5), until=Month(2025, 12)))
    assert len(long.months) == 12
    assert long.outcome.sum() == pytest.approx(gap.course.outcome.sum(), rel=0.05)


@pytest.mark.parametrize(("first", "second"), list(itertools.pairwise(["month", "quarter", "year"])))
def test_shorter_periods_add_up_to_longer_ones(gap, first, second):
    months = gap.course.months
    short, long = (period_sums(months, gap.outcome, period)[1].sum(axis=1) for period in (first, second))
    assert short == pytest.approx(long, rel=1e-12)
    assert np.isfinite(short).all()
