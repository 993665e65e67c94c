"""Deadlines of the procedure of establishing, step by step, over days off and stops."""

from datetime import date

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.tables.declarations.zone_records import ZoneSteps
from fansipan.zones.procedures import clocks, deadlines


def steps(*acts: tuple[str, str, str], zone: str = "ccn-a") -> pl.DataFrame:
    rows = [
        {
            "zone": zone,
            "procedure": "establish",
            "step": step,
            "act": act,
            "happened_on": date.fromisoformat(day),
            "source": "illustrative",
        }
        for step, act, day in acts
    ]
    return pl.DataFrame(rows, schema={c: t for c, t in ZoneSteps.create_empty().schema.items() if c in rows[0]})


FULL = steps(
    ("notice", "started", "2024-05-02"),
    ("notice", "done", "2024-05-09"),
    ("proposals", "done", "2024-05-24"),
    ("dossier", "done", "2024-05-31"),
    ("appraisal", "asked", "2024-06-10"),
    ("appraisal", "received", "2024-06-20"),
    ("appraisal", "done", "2024-07-08"),
    ("decision", "done", "2024-07-17"),
)


def office(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias("office"))


def test_the_five_clocks_of_decree_32():
    found = deadlines(office(FULL), date(2024, 7, 31))
    assert found.select("step", "started_on", "due", "state", "late").rows() == [
        # 3, 4 (worked for 29 April), 6, 7, 8 May
        ("notice", date(2024, 5, 2), date(2024, 5, 8), "missed", 1),
        ("proposals", date(2024, 5, 9), date(2024, 5, 24), "kept", 0),
        ("dossier", date(2024, 5, 24), date(2024, 5, 31), "kept", 0),
        # 10 days used by 10 June, 15 left from 20 June: 5 July
        ("appraisal", date(2024, 5, 31), date(2024, 7, 5), "missed", 3),
        ("decision", date(2024, 7, 8), date(2024, 7, 17), "kept", 0),
    ]
    assert set(found["decree"]) == {"32/2024/NĐ-CP"}
    assert found["certainty"][0] == "sure"


def test_what_was_recorded_later_is_not_seen():
    found = deadlines(office(FULL), date(2024, 6, 15))
    assert found["step"].to_list() == ["notice", "proposals", "dossier", "appraisal"]
    last = found.row(3, named=True)
    assert (last["state"], last["due"], last["left"]) == ("stopped", None, 15)


def test_a_step_not_done_is_running_then_overdue():
    begun = office(steps(("notice", "started", "2024-05-02")))
    assert deadlines(begun, date(2024, 5, 8))["state"].to_list() == ["running"]
    late = deadlines(begun, date(2024, 5, 10)).row(0, named=True)
    assert (late["state"], late["late"]) == ("overdue", 2)


def test_the_regime_is_that_of_the_day_the_procedure_began():
    old = office(steps(("notice", "started", "2026-09-14"), ("notice", "done", "2026-09-18")))
    new = office(steps(("notice", "started", "2026-09-15"), ("notice", "done", "2026-09-18")))
    assert deadlines(old, date(2026, 10, 1))["length"].to_list() == [5, 15]
    found = deadlines(new, date(2026, 10, 1))
    assert found.select("length", "counting", "certainty").rows() == [
        (2, "working days", "summary"),
        (5, "working days", "summary"),
    ]


def test_before_the_decree_no_clock_is_carried():
    begun = office(steps(("notice", "started", "2024-04-30")))
    with pytest.raises(Refused, match=r"No figure cluster\.clock\.notice"):
        list(clocks(begun, "ccn-a", "establish", date(2024, 5, 31)))
    assert deadlines(begun, date(2024, 5, 31)).select("zone", "state", "due").rows() == [("ccn-a", "no-rule", None)]


def test_no_acts_no_clocks():
    assert list(clocks(office(FULL), "ccn-b", "establish", date(2024, 7, 31))) == []
    assert deadlines(office(FULL), date(2024, 5, 1)).is_empty()


def test_a_dossier_keeps_the_clock_of_its_own_day():
    def appraisal(handed_in):
        acts = steps(
            ("notice", "started", "2026-09-01"), ("dossier", "started", handed_in), ("dossier", "done", "2026-09-18")
        )
        found = {clock.step: clock.norm for clock in clocks(office(acts), "ccn-a", "establish", date(2026, 10, 1))}
        return found["notice"].figure, found["appraisal"].figure, found["appraisal"].unit

    assert appraisal("2026-09-14") == (5, 25, "days")
    assert appraisal("2026-09-15") == (5, 20, "working days")


def test_one_term_not_yet_known_hides_no_other():
    acts = steps(("dossier", "started", "2027-01-11"), ("dossier", "done", "2027-01-20"))
    found = deadlines(office(acts), date(2027, 1, 25))
    assert found.select("step", "due", "state", "late").rows() == [
        ("dossier", date(2027, 1, 18), "missed", 2),
        ("appraisal", None, "running", 0),
    ]
    assert deadlines(office(acts), date(2027, 3, 1))["state"].to_list() == ["missed", "not-known"]
