"""What printed figures can be at once: the rules on bare numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.checks.arithmetic import (
    Printed,
    growth_gap,
    is_ratio,
    misplaced_power,
    parts_gap,
    percent_gap,
    plan_gap,
    printed_unit,
)

AMOUNTS = (1167.8, 13843.6, 2010.8, 129.6)
PERCENTS = (43.54, 34.89, 21.14, 39.88)
P = Printed.of


@pytest.mark.parametrize(("value", "unit"), [(26.1, 0.1), (46100, 1), (43.54, 0.01), (0, 1), (1e-7, 1e-7), (1e16, 1)])
def test_the_unit_is_what_the_digits_show(value, unit):
    assert printed_unit(value) == pytest.approx(unit)


def test_parts_that_sum_to_a_tenth_more_than_the_printed_total_agree():
    assert parts_gap(P(17151.7), [P(a) for a in AMOUNTS]) is None


def test_parts_off_by_more_than_half_a_unit_a_term_do_not():
    assert parts_gap(P(17151.5), [P(a) for a in AMOUNTS]) == pytest.approx(0.3)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_rounding_alone_is_never_a_gap(parts):
    total = Printed(round(sum(parts), 1), 0.1)
    assert parts_gap(total, [Printed(round(part, 1), 0.1) for part in parts]) is None


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_a_rounded_percentage_of_rounded_amounts_is_never_a_gap(part, whole):
    printed = [Printed(round(figure, 1), 0.1) for figure in (100 * part / whole, part, whole)]
    assert percent_gap(*printed) is None


def test_a_percentage_that_does_not_follow_from_the_amounts_is_told_with_the_right_one():
    assert percent_gap(P(26.1), P(17151.7), P(52196.8)) == pytest.approx(32.86, abs=0.005)


def test_growth_follows_from_two_amounts():
    assert growth_gap(P(0.07), P(46100), P(46068)) is None
    assert growth_gap(P(0.7), P(46100), P(46068)) == pytest.approx(0.069, abs=0.001)


@pytest.mark.parametrize(("growth", "ratio"), [(104.75, True), (4.75, False), (14.75, False)])
def test_a_ratio_is_told_from_growth_and_from_what_is_neither(growth, ratio):
    assert is_ratio(P(growth), P(3726.7), P(3557.7)) is ratio


def test_the_published_plan_of_may_2024_contradicts_its_sections():
    sections = [(P(a), P(p)) for a, p in zip(AMOUNTS, PERCENTS, strict=True)]
    gap = plan_gap(P(17151.7), P(26.1), sections)
    assert (round(gap.plan, 1), round(gap.percent, 1)) == (52196.8, 32.9)
    assert plan_gap(P(17151.7), P(32.9), sections) is None


@pytest.mark.parametrize(
    ("value", "strict", "power"),
    [
        (49.5, False, 3),
        (49.5, True, 3),
        (49500, False, None),
        (4950, False, None),
        (4950, True, 1),
        (4.95e7, False, -3),
        (4.95e10, False, -6),
        (0, False, None),
        (7e6, False, None),
    ],
)
def test_a_figure_a_power_of_ten_off_its_history_is_found(value, strict, power):
    assert misplaced_power(value, [48000, 50100, 49000, 52000], strict=strict) == power


def test_a_short_history_says_nothing():
    assert misplaced_power(49.5, [49000, 49000, 49000], strict=True) is None
