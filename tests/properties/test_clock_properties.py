"""Terms against a clerk who crosses days off a wall calendar, one by one."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.norms import Stop, deadline, is_working_day
from fansipan.zones.procedures import STEPS, deadlines

DAY = timedelta(days=1)


def clerk(start: date, length: int, counting: str, stops: list[Stop]) -> date | None:
    """Cross days off: none on the starting day, none while supplements are awaited, nor on the day they come in."""
    day, left, ended = start, length, None
    while True:
        if left <= 0 and ended is None:
            ended = day
        if ended is not None and is_working_day(day):
            return day
        # Supplements asked for today stop the clock after today.
        stop = next((s for s in stops if s.asked == day), None)
        if stop is not None:
            if stop.received is None:
                return None
            day = stop.received
            if ended is not None:
                continue
            if left <= 0:
                ended = day
                continue
        day += DAY
        if ended is None and (counting == "days" or is_working_day(day)):
            left -= 1


STARTS = st.dates(date(2022, 1, 4), date(2026, 3, 1))
COUNTING = st.sampled_from(["days", "working days"])


@settings(max_examples=400)
@given(STARTS, st.integers(1, 40), COUNTING)
def test_without_stops(start, length, counting):
    assert deadline(start, length, counting).due == clerk(start, length, counting, [])


@settings(max_examples=400)
@given(
    STARTS, st.integers(3, 40), COUNTING, st.integers(1, 30), st.integers(1, 40), st.integers(1, 10), st.integers(0, 20)
)
def test_with_stops_that_fall_within_the_term(start, length, counting, first, wait, second, again):
    asked = start + first * DAY
    stops = [Stop(asked, asked + wait * DAY)]
    if deadline(start, length, counting).due <= asked:
        return
    later = asked + (wait + second) * DAY
    if deadline(start, length, counting, stops).due > later:
        stops.append(Stop(later, later + again * DAY if again else None))
    assert deadline(start, length, counting, stops).due == clerk(start, length, counting, stops)


@given(st.dates(date(2024, 5, 1), date(2024, 9, 1)), st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_steps_of_a_procedure_follow_one_another(begun, took):
    import polars as pl

    rows, day = [], begun
    rows.append({"zone": "a", "procedure": "establish", "step": STEPS[0], "act": "started", "happened_on": day})
    for step, days in zip(STEPS, took, strict=True):
        day += days * DAY
        rows.append({"zone": "a", "procedure": "establish", "step": step, "act": "done", "happened_on": day})
    frame = pl.DataFrame(rows).with_columns(office=pl.lit(None, pl.String))
    found = deadlines(frame, date(2025, 12, 31))
    assert found["step"].to_list() == list(STEPS)
    assert found["started_on"].to_list()[1:] == found["done_on"].to_list()[:-1]
    for row in found.iter_rows(named=True):
        assert (row["state"] == "kept") == (row["done_on"] <= row["due"])
        assert (row["late"] > 0) == (row["state"] == "missed")
