"""Plans laid on lines: own plans, growth inherited, what nobody carries, quarters and months, wrong rows."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.periods import Month, Quarter, Year, month_range
from fansipan.scenario.gap.course import course_of, reported_course, usual_course
from fansipan.scenario.gap.measured import Gap, table
from fansipan.scenario.gap.planned import ORIGINS, plan_of
from fansipan.scenario.gap.promises import laid_out
from support.even_months import EVEN

MONTHS = tuple(month_range(Month(2023, 1), Month(2023, 12)))


def laid(province, year=2023):
    course = reported_course(province, year)
    return course, plan_of(province, course)


def of(planned, **codes):
    rows = pl.all_horizontal(pl.col(name) == code for name, code in codes.items())
    return planned.values[planned.rows.select(rows.fill_null(value=False)).to_series().to_numpy()]


def test_a_plan_of_the_province_alone_is_the_same_growth_for_every_line(planning):
    # Last year: ore 0.2 + 0.6, water 0.5, power 0.5 billion a month: 21.6 a year; the plan is 25 % more.
    course, planned = laid(planning(EVEN, [("gross-output", "province", "10", "2023", 27.0)]))
    assert planned.rows["origin"].unique().to_list() == ["spread"]
    assert planned.values == pytest.approx(1.25 * course.before)
    assert planned.values.sum() == pytest.approx(27.0)


def test_a_product_goes_before_its_section_and_the_difference_is_a_row_of_its_own(planning):
    plans = [("gross-output", "industry", "B", "2023", 12.0), ("output-volume", "product", "ore", "2023", 5400.0)]
    _, planned = laid(planning(EVEN, plans))
    # 5,400 units of ore are 10.8 billion, shared 1 to 3; 1.2 of the section's plan nobody carries.
    assert of(planned, establishment="a").sum() == pytest.approx(2.7)
    assert of(planned, establishment="b").sum() == pytest.approx(8.1)
    beyond = planned.rows.filter(pl.col("origin") == "unallotted")
    assert beyond.select("section", "product", "of").row(0) == ("B", None, "industry:B")
    assert of(planned, section="B").sum() == pytest.approx(12.0)
    assert np.isnan(of(planned, establishment="c")).all()


def test_an_establishment_goes_before_its_product_whose_other_lines_share_the_rest(planning):
    plans = [("output-volume", "product", "ore", "2023", 6000.0), ("gross-output", "establishment", "a", "2023", 3.0)]
    _, planned = laid(planning(EVEN, plans))
    assert of(planned, establishment="a").sum() == pytest.approx(3.0)
    assert of(planned, establishment="b").sum() == pytest.approx(9.0)
    assert "unallotted" not in planned.rows["origin"].to_list()


def test_products_planned_above_their_section_leave_a_negative_row(planning):
    plans = [("gross-output", "industry", "B", "2023", 9.0), ("output-volume", "product", "ore", "2023", 5000.0)]
    _, planned = laid(planning(EVEN, plans))
    assert of(planned, origin="unallotted").sum() == pytest.approx(-1.0)
    assert of(planned, section="B").sum() == pytest.approx(9.0)


def test_the_nearest_industry_above_gives_the_growth(planning):
    plans = [
        ("gross-output", "province", "10", "2023", 21.6),
        ("gross-output", "industry", "B", "2023", 10.56),
        ("gross-output", "industry", "07", "2023", 19.2),
    ]
    course, planned = laid(planning(EVEN, plans))
    rows = planned.rows["section"].eq("B").fill_null(value=False).to_numpy()[: len(course.lines)]
    assert planned.values[: len(rows)][rows] == pytest.approx(2.0 * course.before[rows])
    # The section asks for less than its division, and the whole for less than both.
    assert sorted(planned.rows.filter(pl.col("origin") == "unallotted")["of"]) == ["industry:B", "province"]
    assert planned.values.sum() == pytest.approx(21.6)


def test_a_product_that_nobody_makes_yet_is_a_row_of_its_own(planning):
    plans = [("output-volume", "product", "power", "2023", 1200.0), ("output-volume", "product", "ore", "2023", 100.0)]
    _, planned = laid(planning({"a": ("ore", 100.0)}, plans))
    row = planned.rows.filter(pl.col("product") == "power").row(0, named=True)
    assert (row["origin"], row["section"], row["establishment"]) == ("unallotted", "D", None)
    assert of(planned, product="power") == pytest.approx(
        np.array([[0.6 * month.last_day.day / 365 for month in MONTHS]])
    )


def test_a_line_begun_this_year_has_its_part_by_what_it_makes(planning, small):
    province = planning(EVEN, [("output-volume", "product", "ore", "2023", 4800.0)])
    returns = province["returns"].filter((pl.col("establishment") != "b") | (pl.col("month") >= "2023-01"))
    only_new = returns.filter(pl.col("establishment") != "a")
    _, planned = laid(province.replace(returns=only_new))
    assert of(planned, establishment="b").sum() == pytest.approx(9.6)


def test_growth_that_is_planned_becomes_output(planning):
    plans = [("gross-output-growth", "industry", "B", "2023", 10.0)]
    _, planned = laid(planning(EVEN, plans))
    assert of(planned, section="B").sum() == pytest.approx(1.1 * 9.6)


def test_output_goes_before_volume_and_volume_before_growth(planning):
    plans = [
        ("gross-output-growth", "product", "ore", "2023", 50.0),
        ("gross-output", "product", "ore", "2023", 7.0),
        ("output-volume", "product", "ore", "2023", 9999.0),
        ("output-volume", "product", "water", "2023", 1000.0),
        ("gross-output-growth", "product", "water", "2023", 50.0),
    ]
    _, planned = laid(planning(EVEN, plans))
    assert of(planned, product="ore").sum() == pytest.approx(7.0)
    assert of(planned, product="water").sum() == pytest.approx(1.0)


def test_plans_of_quarters_stand_and_the_year_gives_the_rest(planning):
    plans = [
        ("gross-output", "province", "10", "2023", 24.0),
        ("gross-output", "province", "10", "2023-Q2", 9.0),
        ("gross-output", "province", "10", "2023-05", 2.0),
    ]
    _, planned = laid(planning(EVEN, plans))
    months = planned.values.sum(axis=0)
    assert months[4] == pytest.approx(2.0)
    assert months[3:6].sum() == pytest.approx(9.0)
    assert months.sum() == pytest.approx(24.0)
    assert months[[0, 1, 2, 6]] == pytest.approx(np.full(4, 15 / 9))


def test_a_quarter_planned_alone_is_compared_alone(planning):
    course, planned = laid(planning(EVEN, [("gross-output", "province", "10", "2023-Q1", 5.0)]))
    assert np.isnan(planned.values[:, 3:]).all()
    gap = Gap(course, planned)
    assert table(gap, (), "quarter")["plan"].to_list() == pytest.approx([5.0, 0.0, 0.0, 0.0])
    assert table(gap, (), "year")["outcome"].to_list() == pytest.approx([5.4])


@given(
    st.dictionaries(st.integers(1, 4), st.floats(0, 1e5), max_size=4),
    st.floats(0, 1e6),
    st.lists(st.floats(0, 100), min_size=12, max_size=12),
)
def test_what_is_laid_on_months_keeps_every_part_planned(quarters, year, shape):
    planned = {Quarter(2023, q): value for q, value in quarters.items()}
    found = laid_out(planned | {Year(2023): year}, np.array(shape), MONTHS)
    for quarter, value in quarters.items():
        assert found[3 * quarter - 3 : 3 * quarter].sum() == pytest.approx(value)
    if len(quarters) < 4:
        assert found.sum() == pytest.approx(max(year, sum(quarters.values())))
    assert (found >= 0).all()


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (("output-volume", "product", "gold", "2023", 5.0), "gap.plan-of-unknown"),
        (("gross-output", "industry", "Z", "2023", 5.0), "gap.plan-of-unknown"),
        (("gross-output", "establishment", "zz", "2023", 5.0), "gap.plan-of-unknown"),
        (("output-volume", "industry", "B", "2023", 5.0), "gap.plan-without-price"),
    ],
)
def test_a_plan_that_cannot_be_used_is_told_and_the_rest_goes_on(planning, plan, code):
    _, planned = laid(planning(EVEN, [plan, ("gross-output", "province", "10", "2023", 27.0)]))
    [fault] = planned.faults
    assert (fault.code, fault.severity) == (code, "warning")
    assert plan[2] in fault.message("vi")
    assert planned.values.sum() == pytest.approx(27.0)


def test_quarters_that_do_not_add_up_to_their_year_are_told(planning):
    quarters = [("gross-output", "province", "10", f"2023-Q{q}", 5.0) for q in (1, 2, 3, 4)]
    _, planned = laid(planning(EVEN, [*quarters, ("gross-output", "province", "10", "2023", 27.0)]))
    [fault] = planned.faults
    assert fault.code == "gap.plan-torn"
    assert "27" in fault.message("en")
    assert "20" in fault.message("en")


@pytest.mark.parametrize(
    "plans",
    [
        (),
        [("gross-output", "province", "10", "2019", 5.0)],
        [("clusters", "province", "10", "2023", 5.0)],
        [("gross-output", "area", "east", "2023", 5.0)],
    ],
)
def test_a_year_without_a_plan_is_refused_with_what_to_do(planning, plans):
    province = planning(EVEN, plans)
    with pytest.raises(Refused, match="plans") as refused:
        laid(province)
    assert refused.value.code == "gap.no-plan"


def test_the_usual_course_is_the_mean_of_three_years_and_the_size_last_years(planning):
    province = planning(EVEN)
    returns = province["returns"].with_columns(
        pl.when(pl.col("month").is_in(["2022-07"]) & (pl.col("establishment") == "a"))
        .then(0.0)
        .otherwise("quantity")
        .alias("quantity")
    )
    course = reported_course(province.replace(returns=returns), 2023)
    usual = usual_course(course)
    at = course.lines.frame["establishment"].to_list().index("a")
    assert usual.sum(axis=1) == pytest.approx(course.before.sum(axis=1))
    # 2022 stood still in July: 1/24 of a year instead of nothing, since 2021 worked.
    assert usual[at, 6] == pytest.approx(2.2 * (1 / 12 + 0) / 2)
    assert usual[at, 0] == pytest.approx(2.2 * (1 / 12 + 1 / 11) / 2)


def test_every_plan_of_the_example_is_the_sum_of_its_rows(laocai, may):
    known = laocai.known_on(may.month.last_day)
    planned = plan_of(known, course_of(may))
    assert set(planned.rows["origin"]) <= set(ORIGINS)
    assert planned.values.sum() == pytest.approx(52_196.7769, abs=1e-6)
    for section, value in known["plans"].filter(pl.col("scope_kind") == "industry").select("scope", "value").rows():
        assert of(planned, section=section).sum() == pytest.approx(value, abs=1e-6)
    price = dict(
        known["product_prices"].filter(pl.col("price_basis") == "constant-2010").select("product", "price").rows()
    )
    for product, volume in known["plans"].filter(pl.col("scope_kind") == "product").select("scope", "value").rows():
        assert of(planned, product=product).sum() == pytest.approx(volume * price[product] / 1000, rel=1e-9)
