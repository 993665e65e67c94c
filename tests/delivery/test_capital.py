"""Capital realised within the registered capital of its day, and never falling without a reason (Rule D29)."""

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.delivery.capital import capital_faults, realised_capital, registered_capital
from fansipan.delivery.projects import overview
from fansipan.delivery.recording.milestones import record_capital
from fansipan.errors import Refused
from fansipan.province import Province
from fansipan.tables.registers.appending import Signature

SIGNED = Signature(by="Sở Công Thương", at=datetime(2024, 12, 31, 8), document=None)
CODES = ("p", "pp", "p-1")


def province(*rows, capital=100.0) -> Province:
    projects = [{"project": code, "name": code, "kind": "production", "capital": capital} for code in CODES]
    tables = {"projects": pl.DataFrame(projects).with_columns(source=pl.lit("reported"))}
    if rows:
        schema = {"project": pl.String, "as_of": pl.Date, "realised": pl.Float64, "registered": pl.Float64}
        frame = pl.DataFrame(list(rows), schema=schema | {"reason": pl.String}, orient="row")
        tables["project_capital"] = frame.with_columns(source=pl.lit("reported"))
    return Province(tables)


def faults(whole):
    return [(fault.code, fault.params["project"]) for fault in capital_faults({name: whole[name] for name in whole})]


JAN, MAY, DEC = date(2024, 1, 31), date(2024, 5, 31), date(2024, 12, 31)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("p", MAY, 100.0, None, None)], []),
        ([("p", MAY, 100.001, None, None)], ["capital.over-registered"]),
        ([("p", MAY, 120.0, 150.0, None)], []),  # adjusted from that day
        ([("p", JAN, 50.0, 150.0, None), ("p", MAY, 120.0, None, None)], []),
        ([("p", JAN, 120.0, None, None), ("p", MAY, 120.0, 150.0, None)], ["capital.over-registered"]),  # only later
        ([("p", JAN, 50.0, 40.0, None)], ["capital.over-registered"]),  # adjusted downwards
        ([("p", JAN, 50.0, None, None), ("p", MAY, 49.999, None, None)], ["capital.falls"]),
        ([("p", JAN, 50.0, None, None), ("p", MAY, 50.0, None, None)], []),
        ([("p", JAN, 50.0, None, None), ("p", MAY, 40.0, None, "bán bớt tài sản")], []),
        ([("p", MAY, 40.0, None, None), ("p", JAN, 50.0, None, None)], ["capital.falls"]),  # whatever the order of rows
        ([("p", JAN, 50.0, None, None), ("pp", MAY, 40.0, None, None)], []),  # two projects
    ],
)
def test_limits_on_capital(rows, expected):
    assert [code for code, _ in faults(province(*rows))] == expected


def test_without_registered_capital_there_is_no_limit():
    assert faults(province(("p", MAY, 1e6, None, None), capital=None)) == []
    assert registered_capital(province(capital=None), "p", MAY) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CODES), st.dictionaries(st.dates(JAN, DEC), st.integers(0, 200), min_size=1, max_size=8))
def test_recording_refuses_what_the_check_would_tell(code, figures):
    """Any project, any days in any order: what was recorded never holds a fault, and a refusal says which."""
    whole, refused = province(), []
    for day, realised in figures.items():
        try:
            whole = record_capital(whole, code, float(realised), day, SIGNED)
        except Refused as refusal:
            refused.append(refusal)
        assert faults(whole) == []
    assert {refusal.code for refusal in refused} <= {"capital.over-registered", "capital.falls"}
    assert all(refusal.describe("en").startswith(f"{code}: ") for refusal in refused)
    kept = [realised_capital(whole, code, day) or 0.0 for day in sorted(figures)]
    assert kept == sorted(kept)
    assert all(figure <= 100 for figure in kept)


def test_an_adjusted_capital_is_the_one_of_the_rate():
    whole = record_capital(province(), "p", 120.0, MAY, SIGNED, registered=150.0)
    assert registered_capital(whole, "p", JAN) == 100
    row = overview(whole, DEC).filter(pl.col("project") == "p").row(0, named=True)
    assert (row["capital"], row["realised"], row["realised_rate"]) == (150.0, 120.0, 80.0)
    with pytest.raises(Refused, match=r"less than the 120 of 2024-05-31.*write the reason"):
        record_capital(whole, "p", 110.0, DEC, SIGNED)
    fallen = record_capital(whole, "p", 110.0, DEC, SIGNED, reason="thanh lý")
    assert realised_capital(fallen, "p", DEC) == 110
