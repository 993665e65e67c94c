"""Due days that were moved: counted and measured from the first, also when moved twice or back."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.delivery.due_days import due_days
from fansipan.delivery.milestones import progress
from fansipan.delivery.obstacles import standings
from fansipan.delivery.targets import schedule
from fansipan.delivery.tasks import tasks_on
from fansipan.province import Province
from fansipan.report.delivery.due_words import moved_words
from fansipan.tables.declarations.paperwork import ProgrammeSteps, Tasks

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
FIRST, ON = date(2024, 6, 1), date(2024, 5, 31)


def rows(table, due: list[date | None], **own) -> pl.DataFrame:
    at = datetime(2024, 1, 1)
    every = [{**own, "due": day, "recorded_at": at + timedelta(minutes=k)} for k, day in enumerate(due)]
    schema = table.create_empty().schema
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in every], schema=schema)


def seen(due: list[date | None]) -> set[tuple[int, int]]:
    """The moves and the slip of the same due days on a task, a step, an obstacle and a milestone."""
    task = tasks_on(rows(Tasks, due, task="t", name="t", office="o"), ON).row(0, named=True)
    steps = rows(ProgrammeSteps, due, programme="d", step="s", name="s", kind="draft")
    moved = schedule.standing(steps, "d", ON)[0].moved
    raised = {"obstacle": "o", "title": "o", "kind": "land", "blocks_kind": "zone", "blocks": "z", "owner": "x"}
    raised["source"] = "illustrative"
    obstacle = pl.DataFrame(
        [{**raised, "raised_on": date(2024, 1, 1), "due": due[0]}], schema_overrides={"due": pl.Date}
    )
    acts = [
        {
            "obstacle": "o",
            "act": "due-moved",
            "happened_on": date(2024, 2, 1),
            "entry": k,
            "due": day,
            "source": "illustrative",
        }
        for k, day in enumerate(due[1:], 1)
    ]
    frames = {"obstacles": obstacle}
    if acts:
        frames["obstacle_events"] = pl.DataFrame(acts, schema_overrides={"due": pl.Date})
    stuck = standings(Province(frames), ON)[0]
    return {(task["moves"], task["slip"]), (moved.moves, moved.slip), (stuck.moves, stuck.slip)}


@pytest.mark.parametrize(
    ("after", "moves", "slip", "vi", "en"),
    [
        ([], 0, 0, "–", "–"),
        ([0], 0, 0, "–", "–"),
        ([1], 1, 1, "1 lần, lùi 1 ngày", "1×, 1 days later"),
        ([-1], 1, -1, "1 lần, sớm hơn 1 ngày", "1×, 1 days earlier"),
        ([30, 45], 2, 45, "2 lần, lùi 45 ngày", "2×, 45 days later"),
        ([30, 0], 2, 0, "2 lần, về hạn đầu", "2×, back to the first day"),
        ([30, 30, 30], 1, 30, "1 lần, lùi 30 ngày", "1×, 30 days later"),
    ],
)
def test_a_due_day_moved_is_counted_and_measured_from_the_first(after, moves, slip, vi, en):
    assert seen([FIRST, *(FIRST + timedelta(days=k) for k in after)]) == {(moves, slip)}
    told = moved_words(moves, slip)
    assert (told.vi, told.en) == (vi, en)


def test_a_first_day_where_none_was_is_no_move():
    assert seen([None, FIRST]) == {(0, 0)}
    assert seen([None, None]) == {(0, 0)}
    assert seen([FIRST, None, FIRST + timedelta(days=9)]) == {(1, 9)}


@given(st.lists(st.none() | DAYS, min_size=1, max_size=6))
def test_every_kind_of_due_day_counts_alike(due):
    assert len(seen(due)) == 1


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_moved_back_the_slip_is_nothing_and_the_moves_stay(due):
    there, back = due_days(due), due_days([*due, due[0]])
    assert back.slip == 0
    assert back.moves == there.moves + (due[-1] != due[0])
    assert (there.slip != 0) <= (there.moves > 0)


def test_a_milestone_planned_anew_twice_says_so_among_the_projects():
    planned = [date(2024, 9, 1), date(2024, 12, 1), date(2024, 9, 1)]
    frame = pl.DataFrame(
        [
            {"project": "p", "milestone": "commissioning", "kind": "planned", "day": day, "cancels": None}
            | {"recorded_at": datetime(2024, 1, 1 + k)}
            for k, day in enumerate(planned)
        ],
        schema_overrides={"cancels": pl.Datetime},
    )
    found = progress(frame, "p", ON)
    assert (found.moves, found.slip) == (2, 0)
