"""Recording steps of zones: case by case, and undone from the last one backwards without losing a row."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.tables.registers.appending import Signature
from fansipan.zones.events import Step, check_log, empty_log, in_force, record, state_on, states_on, undo
from fansipan.zones.life_cycle import KINDS, following

CASES = Path(__file__).parents[1] / "cases" / "zone_records" / "01_steps.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf8").splitlines()))
AT = datetime(2024, 5, 31, 16)


def step(state, day, document="QĐ 01", at=AT) -> Step:
    return Step(zone="z", state=state, happened_on=day, document=document, recorded_by="Sở", recorded_at=at)


def log_of(past: str, kind: str):
    """A log in the states named, as a register taken over from paper has it: not put to the map."""
    log = empty_log()
    for written in past.split():
        state, _, day = written.partition("@")
        row = {"zone": "z", "state": state, "happened_on": date.fromisoformat(day), "source": "reported", "entry": 1}
        log = log.vstack(log.clear().vstack(type(log)([{**dict.fromkeys(log.columns), **row}], schema=log.schema)))
    return log


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_case(row):
    log, new = log_of(row["past"], row["kind"]), step(row["state"], date.fromisoformat(row["day"]), row["document"])
    if row["outcome"] == "recorded":
        longer = record(log, row["kind"], new)
        assert longer.head(log.height).equals(log)
        assert state_on(longer, "z", date(2024, 5, 31)) == row["state"]
        return
    with pytest.raises(Refused) as caught:
        record(log, row["kind"], new)
    assert caught.value.code == row["outcome"]
    assert len(caught.value.describe("vi")) > 20


def test_an_undone_step_stays_and_the_zone_is_back_where_it_was():
    log = record(
        record(empty_log(), "cluster", step("listed", date(2023, 3, 1))), "cluster", step("proposed", date(2024, 5, 6))
    )
    back = undo(log, "z", "nhầm mã", Signature(by="Sở", at=AT))
    assert back.height == 3
    assert back.head(2).equals(log)
    row = back.row(-1, named=True)
    assert (row["state_from"], row["state"], row["act"], row["cancels"], row["note"]) == (
        "proposed",
        "listed",
        "undo",
        "proposed@2024-05-06",
        "nhầm mã",
    )
    assert states_on(back, date(2024, 5, 31))["since"].to_list() == [date(2023, 3, 1)]


def test_the_same_step_on_the_same_day_may_be_recorded_again_after_it_was_undone():
    log = record(empty_log(), "cluster", step("listed", date(2023, 3, 1)))
    log = undo(
        record(log, "cluster", step("proposed", date(2024, 5, 6), "CV 1")),
        "z",
        "sai văn bản",
        Signature(by="Sở", at=AT),
    )
    again = record(log, "cluster", step("proposed", date(2024, 5, 6), "CV 2"))
    assert again["entry"].to_list() == [1, 1, 1, 2]
    assert in_force(again)["document"].to_list() == ["QĐ 01", "CV 2"]


def test_only_the_last_step_may_be_replaced():
    log = record(
        record(empty_log(), "cluster", step("listed", date(2023, 3, 1))), "cluster", step("proposed", date(2024, 5, 6))
    )
    replaced = Step(
        zone="z",
        state="proposed",
        happened_on=date(2024, 5, 7),
        document="CV 3",
        recorded_by="Sở",
        recorded_at=AT,
        cancels="listed@2023-03-01",
    )
    with pytest.raises(Refused, match="Only the last step of z \\(proposed@2024-05-06\\) can be cancelled"):
        record(log, "cluster", replaced)


def test_nothing_can_be_undone_where_nothing_stands():
    with pytest.raises(Refused, match="z has no step in force to undo"):
        undo(empty_log(), "z", "nhầm", Signature(by="Sở", at=AT))


def test_a_register_does_not_go_back_in_time():
    log = record(empty_log(), "cluster", step("listed", date(2023, 3, 1)))
    with pytest.raises(Refused, match="earlier than the last record of z"):
        record(log, "cluster", step("proposed", date(2023, 4, 1), at=datetime(2024, 5, 31, 15)))


@given(st.sampled_from(KINDS), st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=12))
def test_any_lawful_course_with_undoings_keeps_every_row_and_a_lawful_log(kind, course):
    log, day, states = empty_log(), date(2023, 1, 2), list[str]()
    for back, choice in course:
        rows = log.rows()
        if back and states:
            log = undo(log, "z", "nhầm", Signature(by="Sở", at=AT))
            states.pop()
        else:
            open_ways = following(kind, states[-1]) if states else ("planned", "listed", "operating")
            if not open_ways:
                break
            states.append(open_ways[choice % len(open_ways)])
            day = date.fromordinal(day.toordinal() + choice)
            log = record(log, kind, step(states[-1], day))
        assert log.rows()[: len(rows)] == rows
        assert in_force(log)["state"].to_list() == states
        assert not check_log(log, type(log)({"zone": ["z"], "kind": [kind]}))
