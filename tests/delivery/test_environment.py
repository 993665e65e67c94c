"""Legal clocks kept or missed by procedure and office."""

from datetime import date

import polars as pl

from fansipan.delivery.environment import clocks, dossiers
from fansipan.province import Province


def dossier(code: str, received: str, done: str | None, *, office: str = "Sở Xây dựng", length: int = 5) -> dict:
    return {
        "dossier": code,
        "procedure": "Giấy phép xây dựng",
        "office": office,
        "length": length,
        "received_on": date.fromisoformat(received),
        "done_on": date.fromisoformat(done) if done else None,
        "counting": "working days",
        "source": "illustrative",
    }


ROWS = [
    dossier("a", "2024-02-05", "2024-02-19"),
    dossier("b", "2024-02-05", "2024-02-21"),
    dossier("c", "2024-05-06", None),
    dossier("d", "2024-05-30", None),
    dossier("e", "2024-05-20", None),
    dossier("f", "2024-03-04", "2024-03-05", office="Sở B"),
]
STOPS = [{"dossier": "e", "asked_on": date(2024, 5, 22), "received_on": None, "source": "illustrative"}]
PROVINCE = Province(
    {
        "procedures": pl.DataFrame(ROWS, infer_schema_length=None),
        "procedure_stops": pl.DataFrame(STOPS, schema_overrides={"received_on": pl.Date}),
    }
)


def test_every_dossier_on_a_day():
    found = {row["dossier"]: (row["state"], row["late"]) for row in dossiers(PROVINCE, date(2024, 5, 31)).to_dicts()}
    # "a" over Tet 2024 was due on 19 February
    assert found == {
        "a": ("kept", 0),
        "b": ("missed", 2),
        "c": ("overdue", 14),
        "d": ("running", 0),
        "e": ("stopped", 0),
        "f": ("kept", 0),
    }


def test_the_worst_office_first():
    found = clocks(PROVINCE, date(2024, 5, 31)).to_dicts()
    assert [(row["office"], row["received"], row["kept"], row["overdue"]) for row in found] == [
        ("Sở Xây dựng", 5, 1, 1),
        ("Sở B", 1, 1, 0),
    ]
    assert (round(found[0]["kept_rate"], 1), found[0]["median_late"], found[1]["kept_rate"]) == (33.3, 8.0, 100.0)


def test_nothing_ended_has_no_rate():
    assert clocks(PROVINCE, date(2024, 2, 6), by=("procedure",))["kept_rate"].to_list() == [None]


def test_a_term_into_a_year_without_known_days_off_does_not_hide_the_others():
    rows = [*ROWS, dossier("g", "2026-12-20", None, length=30)]
    given = Province({"procedures": pl.DataFrame(rows, infer_schema_length=None)})
    found = dict(dossiers(given, date(2026, 12, 31)).select("dossier", "state").iter_rows())
    assert (found["g"], found["a"]) == ("running", "kept")


def test_lateness_over_days_not_decided_is_a_lower_bound():
    province = Province({"procedures": pl.DataFrame([dossier("h", "2027-01-25", None)], infer_schema_length=None)})
    for on, late, lower in [(date(2027, 2, 3), 2, False), (date(2027, 2, 4), 2, True), (date(2027, 5, 4), 2, True)]:
        assert dossiers(province, on).select("late", "at_least").row(0) == (late, lower)
        assert clocks(province, on).select("median_late", "at_least").row(0) == (float(late), lower)
