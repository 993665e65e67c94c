"""The calendar of days off against the weekday calendar and the PyPI package `holidays`."""

from datetime import date, timedelta

import pytest

from fansipan.errors import Refused
from fansipan.norms.calendar import is_working_day, special_days, unknown_from, years_covered

# Swaps that the package does not carry: New Year 2026 (official letter 12729/VPCP-KGVX of 25 December 2025).
NOT_IN_PACKAGE = {date(2026, 1, 2)}


@pytest.mark.parametrize("year", range(2022, 2027))
def test_days_off_agree_with_the_holidays_package(year):
    import holidays

    theirs = {day for day in holidays.country_holidays("VN", years=year) if day.weekday() < 5}
    ours = {day for day, special in special_days().items() if special.kind == "off" and day.weekday() < 5}
    assert {day for day in ours if day.year == year} - NOT_IN_PACKAGE == theirs


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_tet_is_one_unbroken_span_between_two_working_days(first, last):
    span = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    assert not any(map(is_working_day, span))
    assert is_working_day(first - timedelta(days=1))
    after = last + timedelta(days=1)
    assert is_working_day(after) or after.weekday() >= 5


def test_a_swapped_day_names_the_day_worked_for_it():
    for day, special in special_days().items():
        if special.kind == "unknown":
            continue
        if special.occasion == "swap":
            other = special_days()[special.swapped_with]
            assert {special.kind, other.kind} == {"off", "working"}
            assert other.swapped_with == day
            assert (day.weekday() == 5) == (special.kind == "working")
        assert special.decision
        assert special.certainty in ("sure", "summary", "memory")


def test_days_off_that_are_only_proposed_are_not_known():
    assert unknown_from() == date(2027, 2, 4)
    assert not is_working_day(date(2027, 1, 1))
    assert is_working_day(date(2027, 2, 3))
    with pytest.raises(Refused, match="The days off from 2027-02-04 on are not decided yet"):
        is_working_day(date(2027, 2, 4))
    with pytest.raises(Refused, match="days off of 2028 are not carried"):
        is_working_day(date(2028, 1, 3))


def test_a_year_outside_is_refused():
    assert years_covered() == (2022, 2027)
    with pytest.raises(Refused, match="days off of 2021 are not carried"):
        is_working_day(date(2021, 12, 31))
