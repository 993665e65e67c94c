"""Warnings: thresholds of the province, levels, small parts left out."""

from dataclasses import replace

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.gap.course import course_of
from fansipan.scenario.gap.measured import Gap
from fansipan.scenario.gap.pace import Thresholds, pace, thresholds_of, warnings
from fansipan.scenario.gap.planned import plan_of
from support.even_months import EVEN


class Written(dict):
    def setting(self, name, default=None):
        return self.get(name, default)


def test_thresholds_are_the_provinces_own_where_it_has_them():
    assert thresholds_of(Written()) == Thresholds(97.0, 90.0, 0.5)
    assert thresholds_of(Written(gap_watch="99", gap_alarm="95,5", gap_smallest="0")) == Thresholds(99.0, 95.5, 0.0)


@pytest.mark.parametrize(
    "settings",
    [{"gap_watch": "nhiều"}, {"gap_alarm": "-3"}, {"gap_smallest": "101"}, {"gap_watch": "80"}, {"gap_alarm": "98"}],
)
def test_thresholds_that_make_no_sense_are_refused(settings):
    with pytest.raises(Refused, match=r"gap_"):
        thresholds_of(Written(settings))


@pytest.fixture
def behind(planning, projected):
    """Ore at a bit less, water far less, power more than the plan of last year's output."""
    plans = [("gross-output", "province", "10", "2023", 21.6)]
    province = planning(EVEN, plans, last=Month(2023, 5))
    factor = pl.col("product").replace_strict({"ore": 0.95, "water": 0.5, "power": 1.2}, return_dtype=pl.Float64)
    returns = province["returns"].with_columns(
        pl.when(pl.col("month") >= "2023-01").then(pl.col("quantity") * factor).otherwise("quantity").alias("quantity")
    )
    course = course_of(projected(province.replace(returns=returns), Month(2023, 5)))
    return Gap(course, plan_of(province, course))


def test_the_level_is_by_the_worse_of_so_far_and_the_year(behind):
    found = pace(behind, "product", Thresholds())
    levels = dict(found.select("product", "level").rows())
    assert (levels["ore"], levels["water"]) == ("watch", "alarm")
    water = found.filter(pl.col("product") == "water").row(0, named=True)
    assert water["so_far"] == pytest.approx(50.0)
    assert water["filled"] == pytest.approx(50 * 5 / 12)
    assert water["even"] == pytest.approx(100 * 5 / 12)
    assert found["level"].to_list() == sorted(found["level"], key=["alarm", "watch", "fine"].index)


def test_parts_smaller_than_the_threshold_are_not_warned_of(behind):
    small = replace(Thresholds(), smallest=30.0)
    assert set(pace(behind, "product", small).filter(pl.col("level") != "fine")["product"]) == {"ore"}


def test_warnings_name_the_dimension_and_leave_out_what_is_on_course(behind):
    found = warnings(behind, Thresholds())
    assert set(found["level"]) <= {"watch", "alarm"}
    named = set(found.select("dimension", "code").rows())
    assert {("section", "C"), ("product", "water"), ("establishment", "c")} <= named
    assert ("product", "power") not in named


def test_without_a_month_reported_the_year_alone_decides(planning, projected):
    province = planning(EVEN, [("gross-output", "province", "10", "2024", 43.2)])
    course = course_of(projected(province, Month(2023, 12)))
    row = pace(Gap(course, plan_of(province, course))).row(0, named=True)
    assert (row["so_far"], row["level"]) == (None, "alarm")
    assert row["outlook"] < 60
