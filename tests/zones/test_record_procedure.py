"""Acts of a procedure: what follows what, the reason where one is refused, and the clock that comes of them."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from fansipan.errors import Refused
from fansipan.tables.declarations.zone_records import ZoneSteps
from fansipan.tables.registers.appending import Signature
from fansipan.texts import LANGUAGES, catalogue
from fansipan.zones.procedures import deadlines, valid_acts
from fansipan.zones.record_procedure import ProcedureAct, record_act, undo_act

CASES = Path(__file__).parents[1] / "cases" / "zone_procedures" / "01_acts.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf8").splitlines()))


def sign(second: int = 0, document: str | None = "vb") -> Signature:
    return Signature(by="Sở Công Thương", at=datetime(2025, 1, 1, 8, 0, second), document=document)


def act(written: str) -> ProcedureAct:
    step, what, day = written.split(":")
    return ProcedureAct(zone="a", procedure="establish", step=step, act=what, day=date.fromisoformat(day))


def recorded(*written: str):
    steps = ZoneSteps.create_empty()
    for second, one in enumerate(written):
        steps = record_act(steps, act(one), sign(second))
    return steps


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_case(row):
    past = recorded(*row["past"].split())
    new = act(f"{row['step']}:{row['act']}:{row['day']}")
    signature = sign(30, row["document"] or None)
    if not row["code"]:
        after = record_act(past, new, signature)
        assert after.height == past.height + 1
        assert after.head(past.height).equals(past)
        assert after["recorded_by"][-1] == "Sở Công Thương"
        return
    with pytest.raises(Refused) as caught:
        record_act(past, new, signature)
    assert caught.value.code == row["code"]
    for lang in LANGUAGES:
        assert "{" not in caught.value.describe(lang)


def test_every_reason_has_a_case():
    codes = {code for code in catalogue() if code.startswith("zone-step.")} - {"zone-step.no-reason"}
    assert {row["code"] for row in ROWS} - {""} == codes


def test_the_clock_follows_from_the_acts():
    # 25 days from Monday 6 May: 10 used by the 16th, 15 left from 20 May end on 4 June
    acts = ("appraisal:started:2024-05-06", "appraisal:asked:2024-05-16", "appraisal:received:2024-05-20")
    waiting = deadlines(recorded(*acts[:2]), date(2024, 5, 18)).row(0, named=True)
    assert (waiting["state"], waiting["due"], waiting["left"]) == ("stopped", None, 15)
    running = deadlines(recorded(*acts), date(2024, 6, 1)).row(0, named=True)
    assert (running["state"], running["due"]) == ("running", date(2024, 6, 4))


def test_an_act_undone_stays_to_be_read_and_counts_no_more():
    acts = ("appraisal:started:2024-05-06", "appraisal:asked:2024-05-16")
    steps = undo_act(recorded(*acts), "a", "establish", "nhầm ngày", sign(40))
    assert steps.height == 3
    assert steps["note"][-1] == "nhầm ngày"
    assert valid_acts(steps)["act"].to_list() == ["started"]
    assert deadlines(steps, date(2024, 5, 20))["due"].to_list() == [date(2024, 5, 31)]
    # the right day, and even the same act of the same day again, may then be recorded
    again = record_act(steps, act("appraisal:asked:2024-05-16"), sign(41))
    assert again["entry"].to_list() == [1, 1, 1, 2]
    assert valid_acts(again)["act"].to_list() == ["started", "asked"]
    twice = undo_act(undo_act(again, "a", "establish", "x", sign(42)), "a", "establish", "y", sign(43))
    assert valid_acts(twice).is_empty()
    with pytest.raises(Refused, match="no record in force to undo"):
        undo_act(twice, "a", "establish", "z", sign(44))


def test_two_procedures_of_a_zone_do_not_meet():
    steps = recorded("notice:started:2024-05-06")
    other = ProcedureAct(zone="a", procedure="expand", step="notice", act="started", day=date(2024, 5, 1))
    assert record_act(steps, other, sign(30)).height == 2
