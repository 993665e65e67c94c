"""Recording obstacles, milestones, steps and tasks: only added to, refused with a reason, undone by a later row."""

import csv
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from fansipan.delivery.capital import realised_capital
from fansipan.delivery.milestones import baselines
from fansipan.delivery.milestones import standings as milestone_standings
from fansipan.delivery.obstacles import standings, valid_events
from fansipan.delivery.recording.milestones import Dated, record_capital, record_milestone, undo_milestone
from fansipan.delivery.recording.obstacles import Act, Raised, raise_obstacle, record_act, undo_act
from fansipan.delivery.recording.steps import record_step, record_task, undo_step, undo_task
from fansipan.delivery.targets.schedule import standing
from fansipan.delivery.tasks import tasks_on
from fansipan.errors import FansipanError, NotFound, Refused
from fansipan.province import Province
from fansipan.tables.registers.appending import Signature

FOLDER = Path(__file__).parents[1] / "cases" / "delivery_records"
AT = datetime(2024, 5, 31, 16)
REPORTED = {"source": "reported"}


def cases(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf8").splitlines()))


def signed(document: str | None = None, minutes: int = 0) -> Signature:
    return Signature(by="Sở Công Thương", at=AT + timedelta(minutes=minutes), document=document)


@pytest.fixture
def province() -> Province:
    start = datetime(2024, 1, 2, 8)
    steps = [
        ("draft", "draft", None, date(2024, 4, 30)),
        ("consult", "consultation", "draft", date(2024, 6, 30)),
        ("submit", "submission", "consult", date(2024, 9, 30)),
    ]
    tables = {
        "projects": [{**REPORTED, "project": "p", "name": "P", "kind": "production"}],
        "obstacles": [
            {
                **REPORTED,
                "obstacle": "o",
                "title": "O",
                "kind": "land",
                "blocks_kind": "project",
                "blocks": "p",
                "owner": "UBND huyện",
                "raised_on": date(2024, 5, 1),
                "due": date(2024, 5, 20),
            }
        ],
        "programmes": [{**REPORTED, "programme": "d", "name": "D", "kind": "scheme"}],
        "programme_steps": [
            {
                **REPORTED,
                "programme": "d",
                "step": s,
                "recorded_at": start,
                "name": s,
                "kind": k,
                "after": a,
                "due": due,
            }
            for s, k, a, due in steps
        ],
        "tasks": [
            {**REPORTED, "task": "t", "recorded_at": start, "name": "T", "office": "Sở", "due": date(2024, 5, 15)}
        ],
    }
    return Province({name: pl.DataFrame(rows) for name, rows in tables.items()})


def with_acts(province: Province, past: str) -> Province:
    for written in past.split():
        act, _, rest = written.partition("@")
        day, _, office = rest.partition(":")
        new = Act(obstacle="o", act=act, day=date.fromisoformat(day), office=office or None, note="đã làm")
        province = record_act(province, new, signed())
    return province


@pytest.mark.parametrize("row", cases("01_obstacle_acts"), ids=lambda row: row["case"])
def test_acts_on_an_obstacle(province, row):
    before = with_acts(province, row["past"])
    new = Act(
        obstacle="o",
        act=row["act"],
        day=date.fromisoformat(row["day"]),
        office=row["office"] or None,
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        price=float(row["price"]) if row["price"] else None,
        price_source=row["price_source"] or None,
        note=row["note"] or None,
    )
    if row["outcome"] != "recorded":
        with pytest.raises(FansipanError) as caught:
            record_act(before, new, signed(row["document"] or None))
        assert caught.value.code == row["outcome"]
        assert len(caught.value.describe("vi")) > 20
        return
    after = record_act(before, new, signed(row["document"] or None))
    count = before["obstacle_events"].height
    assert after["obstacle_events"].head(count).equals(before["obstacle_events"])
    assert after["obstacle_events"].row(-1, named=True)["recorded_by"] == "Sở Công Thương"


@pytest.mark.parametrize("row", cases("02_milestones"), ids=lambda row: row["case"])
def test_dates_of_milestones(province, row):
    for minute, written in enumerate(row["past"].split()):
        kind, _, rest = written.partition(":")
        milestone, _, day = rest.partition("@")
        past = Dated(project="p", milestone=milestone, kind=kind, day=date.fromisoformat(day))
        province = record_milestone(province, past, signed("QD-0", minute - 60))
    new = Dated(
        project="p",
        milestone=row["milestone"],
        kind=row["kind"],
        day=date.fromisoformat(row["day"]),
        reason=row["reason"] or None,
    )
    if row["outcome"] != "recorded":
        with pytest.raises(FansipanError) as caught:
            record_milestone(province, new, signed(row["document"] or None))
        assert caught.value.code == row["outcome"]
        assert len(caught.value.describe("vi")) > 20
        return
    after = record_milestone(province, new, signed(row["document"] or None))
    assert after["milestones"].height == province["milestones"].height + 1


def test_an_undone_resolution_leaves_the_obstacle_open_and_both_rows_in_its_history(province):
    done = record_act(province, Act(obstacle="o", act="resolved", day=date(2024, 5, 30), note="xong"), signed())
    assert standings(done, date(2024, 5, 31))[0].state == "resolved"
    back = undo_act(done, "o", "ghi nhầm mã", signed())
    assert standings(back, date(2024, 5, 31))[0].state == "overdue"
    assert back["obstacle_events"]["act"].to_list() == ["resolved", "undone"]
    assert valid_events(back["obstacle_events"]).is_empty()
    again = record_act(back, Act(obstacle="o", act="resolved", day=date(2024, 5, 30), note="xong thật"), signed())
    assert again["obstacle_events"]["entry"].to_list() == [1, 1, 2]
    assert standings(again, date(2024, 5, 31))[0].state == "resolved"
    with pytest.raises(Refused, match="o has no record in force to undo"):
        undo_act(back, "o", "lần nữa", signed())


def test_two_notes_on_one_day_are_two_entries(province):
    twice = with_acts(province, "noted@2024-05-06 noted@2024-05-06")
    assert twice["obstacle_events"]["entry"].to_list() == [1, 2]


def test_raising_an_obstacle(province):
    new = Raised(
        obstacle="o2",
        title="Thiếu điện",
        kind="power",
        blocks_kind="project",
        blocks="p",
        owner="Điện lực",
        raised_on=date(2024, 5, 20),
        due=date(2024, 6, 20),
    )
    found = raise_obstacle(province, new, signed())
    assert found["obstacles"].row(-1, named=True)["title"] == "Thiếu điện"
    with pytest.raises(Refused, match="already has a row with the key o2"):
        raise_obstacle(found, new, signed())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "weather"}, "delivery.no-such"),
        ({"blocks_kind": "river"}, "delivery.no-such"),
        ({"blocks": "q"}, "delivery.no-such"),
        ({"raised_on": date(2024, 6, 1)}, "obstacle.not-yet"),
        ({"due": date(2024, 5, 19)}, "obstacle.due-before"),
    ],
)
def test_an_obstacle_that_cannot_be_is_refused(province, change, code):
    fields = {
        "obstacle": "o2",
        "title": "Thiếu điện",
        "kind": "power",
        "blocks_kind": "project",
        "blocks": "p",
        "owner": "Điện lực",
        "raised_on": date(2024, 5, 20),
    }
    with pytest.raises(FansipanError) as caught:
        raise_obstacle(province, Raised(**{**fields, **change}), signed())
    assert caught.value.code == code


def test_an_undone_date_is_not_reached_but_stays_among_the_baselines(province):
    plan = Dated(project="p", milestone="equipment", kind="planned", day=date(2024, 5, 1))
    held = record_milestone(province, plan, signed(minutes=-30))
    done = record_milestone(
        held, Dated(project="p", milestone="equipment", kind="actual", day=date(2024, 5, 10)), signed(minutes=-20)
    )
    back = undo_milestone(done, "p", "equipment", "nhầm dự án", signed(minutes=-10))
    seen = milestone_standings(back["milestones"], date(2024, 5, 31))[0]
    assert (seen.actual, seen.overdue) == (None, True)
    assert baselines(back["milestones"], "p", "equipment")["kind"].to_list() == ["planned", "actual", "actual"]
    once_more = undo_milestone(back, "p", "equipment", "kế hoạch cũng nhầm", signed())
    assert not milestone_standings(once_more["milestones"], date(2024, 5, 31))
    with pytest.raises(Refused, match="no record in force"):
        undo_milestone(once_more, "p", "equipment", "lần nữa", signed(minutes=1))


def test_capital_realised_is_the_last_entry_of_the_latest_day(province):
    held = record_capital(province, "p", 120.0, date(2024, 4, 30), signed())
    held = record_capital(held, "p", 102.0, date(2024, 4, 30), signed(minutes=1))
    assert held["project_capital"]["entry"].to_list() == [1, 2]
    assert realised_capital(held, "p", date(2024, 5, 31)) == 102
    for wrong, code in [((-1.0, date(2024, 4, 30)), "capital.negative"), ((1.0, date(2024, 6, 1)), "capital.not-yet")]:
        with pytest.raises(Refused) as caught:
            record_capital(held, "p", *wrong, signed(minutes=2))
        assert caught.value.code == code
    with pytest.raises(NotFound, match="nothing with the code q"):
        record_capital(held, "q", 1.0, date(2024, 4, 30), signed(minutes=2))


def test_steps_of_a_programme_in_their_order(province):
    with pytest.raises(Refused, match="consult cannot be done yet: it waits for draft"):
        record_step(province, "d", "consult", signed(), done_on=date(2024, 5, 2))
    held = record_step(province, "d", "draft", signed(), done_on=date(2024, 5, 2))
    seen = {s.step: s.state for s in standing(held["programme_steps"], "d", date(2024, 5, 31))}
    assert seen == {"draft": "done-late", "consult": "ready", "submit": "waiting"}
    assert held["programme_steps"].head(3).equals(province["programme_steps"])
    back = undo_step(held, "d", "draft", "chưa xong", signed(minutes=1))
    assert standing(back["programme_steps"], "d", date(2024, 5, 31))[0].state == "late"
    assert back["programme_steps"].height == 5


@pytest.mark.parametrize(
    ("step", "fields", "code"),
    [
        ("draft", {}, "step.nothing"),
        ("draft", {"done_on": date(2024, 6, 1)}, "step.not-yet"),
        ("draft", {"due": date(2024, 6, 30)}, "step.no-reason"),
        ("submit", {"done_on": date(2024, 5, 2)}, "step.waits"),
        ("print", {"done_on": date(2024, 5, 2)}, "delivery.no-such"),
    ],
)
def test_a_step_that_cannot_be_is_refused(province, step, fields, code):
    with pytest.raises(FansipanError) as caught:
        record_step(province, "d", step, signed(), **fields)
    assert caught.value.code == code


def test_a_submission_takes_its_document_and_is_done_once(province):
    held = record_step(province, "d", "draft", signed(), done_on=date(2024, 5, 2))
    held = record_step(held, "d", "consult", signed(), done_on=date(2024, 5, 20))
    with pytest.raises(Refused, match="submit is a submission or approval and takes a document"):
        record_step(held, "d", "submit", signed(), done_on=date(2024, 5, 30))
    held = record_step(held, "d", "submit", signed("TTr-1"), done_on=date(2024, 5, 30))
    with pytest.raises(Refused, match="submit was done on 2024-05-30"):
        record_step(held, "d", "submit", signed("TTr-1", 1), done_on=date(2024, 5, 31))


def test_a_task_moved_done_and_undone(province):
    assert tasks_on(province["tasks"], date(2024, 5, 31)).row(0, named=True)["late"] == 16
    moved = record_task(province, "t", signed(), due=date(2024, 6, 15), reason="chờ số liệu")
    assert tasks_on(moved["tasks"], date(2024, 5, 31))["state"].item() == "open"
    done = record_task(moved, "t", signed(minutes=1), done_on=date(2024, 5, 31))
    assert tasks_on(done["tasks"], date(2024, 5, 31))["state"].item() == "done"
    back = undo_task(done, "t", "nhầm", signed(minutes=2))
    assert tasks_on(back["tasks"], date(2024, 5, 31))["state"].item() == "open"
    assert back["tasks"]["reason"].to_list() == [None, "chờ số liệu", None, "nhầm"]
    with pytest.raises(NotFound, match="nothing with the code u"):
        record_task(province, "u", signed(), done_on=date(2024, 5, 2))
    with pytest.raises(Refused, match="t has no record in force to undo"):
        undo_task(province, "t", "nhầm", signed())


def test_an_obstacle_blocks_several_things(province):
    new = Raised(
        obstacle="n",
        title="N",
        kind="land",
        blocks_kind="project",
        blocks="p",
        owner="UBND huyện",
        raised_on=date(2024, 5, 2),
        also=(("programme", "d"), ("project", "p")),
    )
    held = raise_obstacle(province, new, signed())
    found = next(o for o in standings(held, date(2024, 5, 31)) if o.obstacle == "n")
    assert (found.blocks, found.also) == ("p", (("programme", "d"),))
    with pytest.raises(NotFound, match="zz"):
        raise_obstacle(province, replace(new, also=(("project", "zz"),)), signed())
