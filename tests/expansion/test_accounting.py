"""Discounting, salvage and annuities (rule E15) against sums done by hand and against what must hold of them all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.expansion.system.accounting import (
    SINKING_FUND,
    STRAIGHT_LINE,
    capital_present,
    discount_factor,
    hurdle_factor,
    salvage_share,
)

YEARS = (2024, 2025, 2026)
RATES = st.sampled_from([0.0, 0.03, 0.1, 0.25])
LIVES = st.integers(1, 40)
METHODS = st.sampled_from([SINKING_FUND, STRAIGHT_LINE])


@pytest.mark.parametrize(
    ("rate", "shift", "expected"),
    [
        (0.0, 0.0, (1, 1, 1)),
        (0.1, 0.0, (1, 1 / 1.1, 1 / 1.21)),
        (0.21, 0.5, (1 / 1.1, 1 / 1.331, 1 / 1.1**5)),
        (0.1, 1.0, (1 / 1.1, 1 / 1.21, 1 / 1.331)),
    ],
)
def test_a_sum_of_money_is_worth_less_the_later_it_comes(rate, shift, expected):
    assert discount_factor(rate, YEARS, shift) == pytest.approx(expected)


def test_years_apart_are_discounted_by_the_calendar():
    assert discount_factor(0.1, (2020, 2025, 2030)) == pytest.approx([1, 1.1**-5, 1.1**-10])


def test_each_region_has_its_rate():
    assert discount_factor([0.0, 0.1], YEARS).shape == (2, 3)


@pytest.mark.parametrize(
    ("life", "method", "rate", "expected"),
    [
        # straight line: 1 - used / life, nothing where the life ends within the three years
        (4, STRAIGHT_LINE, 0.1, (0.25, 0.5, 0.75)),
        (3, STRAIGHT_LINE, 0.1, (0.0, 1 / 3, 2 / 3)),
        (1, STRAIGHT_LINE, 0.1, (0.0, 0.0, 0.0)),
        # sinking fund at 10 %, life 4: 1 - (1.1^used - 1) / 0.4641
        (4, SINKING_FUND, 0.1, (1 - 0.331 / 0.4641, 1 - 0.21 / 0.4641, 1 - 0.1 / 0.4641)),
        # without interest a fund is a straight line
        (4, SINKING_FUND, 0.0, (0.25, 0.5, 0.75)),
    ],
)
def test_what_is_left_of_a_plant(life, method, rate, expected):
    assert salvage_share([rate], [life], [method], YEARS)[0] == pytest.approx(expected)


def test_a_plant_ages_from_its_first_day_of_use():
    """Decided in 2024 with a lead of two years it has been used for one of four years at the end of 2026."""
    assert salvage_share([0.1], [4], [STRAIGHT_LINE], YEARS, [2])[0] == pytest.approx((0.75, 1.0, 1.0))


def test_the_example_of_the_method_page():
    """80 in the first of three years, life 4, 10 %: 62.762 by sinking fund, 64.974 by straight line."""
    both = capital_present([0.1, 0.1], [4, 4], [SINKING_FUND, STRAIGHT_LINE], YEARS)[:, 0]
    assert 80 * both == pytest.approx([62.762, 64.974], abs=5e-4)


@pytest.mark.parametrize("life", [1, 5, 30])
def test_capital_at_the_discount_rate_is_as_dear_as_it_is(life):
    assert hurdle_factor([0.08], [0.08], [life])[0] == 1.0


def test_a_hurdle_makes_capital_dearer():
    """Two payments, at once and after a year: at 20 % each is 1 / (1 + 1/1.2), at 10 % worth 1 + 1/1.1 times that."""
    assert hurdle_factor([0.2], [0.1], [2])[0] == pytest.approx((1 + 1 / 1.1) / (1 + 1 / 1.2))


def test_a_hurdle_over_no_discount():
    assert hurdle_factor([0.2], [0.0], [2])[0] == pytest.approx(2 / (1 + 1 / 1.2))


def test_a_life_of_zero_makes_nothing_dearer():
    assert hurdle_factor([0.2], [0.1], [0])[0] == 1.0


@settings(max_examples=60, deadline=None)
@given(RATES, LIVES, METHODS, st.integers(0, 3))
def test_what_is_left_is_between_nothing_and_all_and_grows_with_the_year(rate, life, method, lead):
    left = salvage_share([rate], [life], [method], range(2024, 2034), [lead])[0]
    assert (left >= 0).all()
    assert (left <= 1 + 1e-12).all()
    assert (np.diff(left) >= -1e-12).all()


@settings(max_examples=60, deadline=None)
@given(RATES, LIVES, METHODS)
def test_a_fund_that_bears_interest_leaves_no_less_than_a_straight_line(rate, life, method):
    fund, line = salvage_share([rate, rate], [life, life], [SINKING_FUND, STRAIGHT_LINE], range(2024, 2034))
    assert (fund >= line - 1e-12).all()
    assert method in (1, 2)


@settings(max_examples=60, deadline=None)
@given(RATES, LIVES, METHODS)
def test_capital_costs_no_more_than_it_costs_and_no_less_than_nothing(rate, life, method):
    present = capital_present([rate], [life], [method], range(2024, 2034))[0]
    start = discount_factor(rate, range(2024, 2034))
    assert (present <= start + 1e-12).all()
    assert (present >= -1e-12).all()


@settings(max_examples=60, deadline=None)
@given(RATES, LIVES)
def test_a_sinking_fund_charges_each_year_of_use_the_same(rate, life):
    """Whatever the year of building, capital less salvage is the annuity due of the years used within the plan."""
    years = range(2024, 2034)
    present = capital_present([rate], [life], [SINKING_FUND], years)[0]
    annuity = 1 / discount_factor(rate, range(life)).sum()
    for built, found in zip(years, present, strict=True):
        used = [y for y in years if built <= y < built + life]
        assert found == pytest.approx(annuity * sum((1 + rate) ** -(y - 2024) for y in used), rel=1e-9)
