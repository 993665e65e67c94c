"""Terms right to the day over Tet, swapped days and stops: cases counted by hand on the calendar."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.norms import Stop, deadline, is_working_day, term, value

CASES = Path(__file__).parents[1] / "cases" / "norms_clock" / "01_terms_over_tet_and_swapped_days.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf8").splitlines()))


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_case(row):
    stops = [Stop(day(row["asked"]), day(row["received"]))] if row["asked"] else []
    found = deadline(day(row["start"]), int(row["days"]), row["counting"], stops)
    assert found.due == day(row["due"]), row["why"]


def test_the_appraisal_of_a_cluster_runs_25_days_from_decree_32():
    found = term(value("cluster.clock.appraisal", on=date(2024, 5, 2)), date(2024, 5, 2))
    assert (found.due, found.length, found.counting) == (date(2024, 5, 27), 25, "days")


def test_state_and_lateness():
    found = deadline(date(2024, 2, 5), 5, "working days")
    assert found.state(date(2024, 2, 19)) == "running"
    assert found.state(date(2024, 2, 20)) == "overdue"
    assert found.late(date(2024, 2, 26)) == 5
    assert found.state(date(2024, 3, 1), done=date(2024, 2, 19)) == "kept"
    assert found.state(date(2024, 3, 1), done=date(2024, 2, 20)) == "missed"
    assert found.late(date(2024, 3, 1), done=date(2024, 2, 20)) == 1
    # what was done later is not known on the day of looking
    assert found.state(date(2024, 2, 19), done=date(2024, 2, 20)) == "running"


def test_done_on_a_day_off_after_the_due_day_is_a_day_late():
    found = deadline(date(2024, 3, 1), 5, "working days")
    assert found.due == date(2024, 3, 8)
    saturday = date(2024, 3, 9)
    assert (found.state(saturday, done=saturday), found.late(saturday, done=saturday)) == ("missed", 1)
    assert (found.state(saturday), found.late(saturday)) == ("overdue", 1)
    assert found.late(date(2024, 3, 11)) == 1
    assert found.late(date(2024, 3, 12)) == 2


def test_a_stopped_clock_says_what_is_left():
    found = deadline(date(2024, 3, 4), 25, "days", [Stop(date(2024, 3, 14))])
    assert (found.due, found.left, found.state(date(2024, 6, 1)), found.late(date(2024, 6, 1))) == (
        None,
        15,
        "stopped",
        0,
    )


def test_two_stops_leave_the_rest_of_the_term():
    stops = [Stop(date(2024, 3, 8), date(2024, 3, 15)), Stop(date(2024, 3, 20), date(2024, 4, 1))]
    found = deadline(date(2024, 3, 4), 25, "days", stops)
    assert (found.left, found.due) == (16, date(2024, 4, 17))


def test_a_count_says_on_which_decisions_it_rests():
    found = deadline(date(2024, 4, 26), 3, "working days")
    assert {special.decision for special in found.relied_on if special.occasion == "swap"} == {
        "Thông báo 1570/TB-LĐTBXH"
    }
    assert found.certainty == "sure"
    assert deadline(date(2024, 2, 5), 5, "working days").certainty == "memory"


@pytest.mark.parametrize(
    ("stops", "code"),
    [
        ([Stop(date(2024, 3, 1), date(2024, 3, 5))], "clock.stops-disordered"),
        ([Stop(date(2024, 3, 8), date(2024, 3, 7))], "clock.stops-disordered"),
        ([Stop(date(2024, 3, 8)), Stop(date(2024, 3, 12), date(2024, 3, 13))], "clock.stops-disordered"),
        ([Stop(date(2024, 3, 8), date(2024, 3, 15)), Stop(date(2024, 3, 12))], "clock.stops-disordered"),
    ],
)
def test_stops_out_of_order_are_refused(stops, code):
    with pytest.raises(Refused, match="out of order") as caught:
        deadline(date(2024, 3, 4), 25, "days", stops)
    assert caught.value.code == code


def test_a_term_of_no_days_is_refused():
    with pytest.raises(Refused, match="must be positive"):
        deadline(date(2024, 3, 4), 0, "days")


def test_a_norm_that_is_no_term_is_refused():
    with pytest.raises(Refused, match="not a term in days"):
        term(value("cluster.size.max", on=date(2024, 6, 1)), date(2024, 6, 1))


def test_a_term_that_ends_among_days_not_yet_known_runs_and_says_so():
    # Just below, on and just above the first day of 2027 of which the days off are not decided.
    assert deadline(date(2027, 1, 27), 5, "working days").due == date(2027, 2, 3)
    for start, length, counting in [
        (date(2027, 1, 27), 6, "working days"),
        (date(2027, 1, 25), 10, "days"),
        (date(2027, 2, 4), 1, "days"),
        (date(2026, 12, 1), 600, "days"),
    ]:
        found = deadline(start, length, counting)
        assert (found.due, found.unknown, found.left) == (None, True, length)
        assert found.state(date(2027, 2, 3)) == "running"
        assert found.state(date(2027, 2, 4)) == "not-known"
        assert found.state(date(2027, 3, 1), done=date(2027, 2, 3)) == "kept"
        assert found.state(date(2027, 3, 1), done=date(2027, 2, 4)) == "not-known"


def test_lateness_stays_counted_though_later_days_are_not_known():
    found = deadline(date(2027, 1, 27), 4, "working days")
    assert found.due == date(2027, 2, 2)
    assert [found.late(date(2027, 2, day)) for day in (2, 3, 4, 28)] == [0, 1, 1, 1]
    assert found.state(date(2027, 5, 1)) == "overdue"


def test_a_year_before_those_carried_is_refused():
    with pytest.raises(Refused, match="days off of 2021 are not carried"):
        deadline(date(2021, 3, 1), 5, "working days")


STARTS = st.dates(date(2022, 1, 4), date(2026, 6, 1))


@given(STARTS, st.integers(1, 60), st.sampled_from(["days", "working days"]))
def test_a_term_ends_on_a_working_day_and_grows_with_its_length(start, length, counting):
    due = deadline(start, length, counting).due
    assert is_working_day(due)
    assert due > start
    assert deadline(start, length + 1, counting).due >= due


@given(STARTS, st.integers(2, 40), st.sampled_from(["days", "working days"]), st.integers(0, 20), st.integers(0, 40))
def test_a_stop_never_shortens_a_term(start, length, counting, asked_after, wait):
    asked = date.fromordinal(start.toordinal() + asked_after)
    stop = Stop(asked, date.fromordinal(asked.toordinal() + wait))
    assert deadline(start, length, counting, [stop]).due >= deadline(start, length, counting).due


@pytest.mark.parametrize(
    ("on", "late", "lower"),
    [
        (date(2027, 2, 1), 0, False),
        (date(2027, 2, 2), 1, False),
        (date(2027, 2, 3), 2, False),
        (date(2027, 2, 4), 2, True),
        (date(2028, 1, 1), 2, True),
    ],
)
def test_lateness_over_days_not_decided_is_a_lower_bound(on, late, lower):
    found = deadline(date(2027, 1, 25), 5, "working days")
    assert found.due == date(2027, 2, 1)
    assert (found.late(on), found.at_least(on)) == (late, lower)
    assert (found.late(date(2029, 1, 1), done=on), found.at_least(date(2029, 1, 1), done=on)) == (late, lower)


@given(st.dates(date(2026, 12, 1), date(2027, 1, 20)), st.integers(1, 9), st.integers(0, 400))
def test_a_lower_bound_never_falls_and_calendar_days_need_none(start, length, after):
    working, calendar = deadline(start, length, "working days"), deadline(start, length, "days")
    on = start + timedelta(days=after)
    assert working.late(on) <= working.late(on + timedelta(days=1))
    assert not calendar.at_least(on)
    assert not working.at_least(on) or on >= date(2027, 2, 4)
