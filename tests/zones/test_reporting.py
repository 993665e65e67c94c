"""When reports on clusters are due, case by case."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.norms import is_working_day
from fansipan.zones.reporting import WHO, next_report

CASES = Path(__file__).parents[1] / "cases" / "zone_reports" / "01_days.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_case(row):
    on = date.fromisoformat(row["on"])
    if not row["half"]:
        with pytest.raises(Refused, match=r"No figure cluster\.report"):
            next_report(on)
        return
    found = {d.who: d.day for d in next_report(on) if d.who in WHO}
    assert found == {who: date.fromisoformat(row[who]) for who in WHO}
    assert {d.half for d in next_report(on)} == {row["half"]}
    assert all("14/2024/TT-BCT" in d.norm.decree for d in next_report(on) if d.who in WHO)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2024, 12, 1), {}),
        (date(2025, 6, 30), {}),
        (date(2025, 7, 1), {"communes": date(2025, 11, 29), "province": date(2025, 12, 9)}),
        (date(2026, 12, 1), {"communes": date(2026, 11, 29), "province": date(2026, 12, 9)}),
        (date(2027, 12, 1), {}),  # the decree has lapsed
    ],
)
def test_the_yearly_reports_of_communes_and_province(on, days):
    assert {d.who: d.day for d in next_report(on) if d.who not in WHO} == days


@pytest.mark.parametrize(
    ("on", "who", "day", "works_on"),
    [
        # Saturday, just before a day off (Friday), and a Sunday
        (date(2026, 12, 1), "tenants", date(2026, 12, 19), date(2026, 12, 21)),
        (date(2026, 6, 1), "tenants", date(2026, 6, 19), date(2026, 6, 19)),
        (date(2025, 6, 1), "department", date(2025, 6, 29), date(2025, 6, 30)),
        # figures are as of a day, also of a Sunday
        (date(2026, 6, 1), "cutoff", date(2026, 6, 14), date(2026, 6, 14)),
        # of June 2027 nobody has decided the days off
        (date(2027, 6, 1), "tenants", date(2027, 6, 19), None),
    ],
)
def test_a_report_due_on_a_day_off_says_the_working_day(on, who, day, works_on):
    found = next(d for d in next_report(on) if d.who == who)
    assert (found.day, found.works_on, found.moved) == (day, works_on, works_on not in (None, day))


@given(st.dates(date(2024, 10, 1), date(2029, 12, 31)))
def test_any_report_moves_to_the_first_working_day(on):
    for found in next_report(on):
        if found.works_on is None:
            assert found.day.year >= 2027
        elif found.who == "cutoff":
            assert not found.moved
        else:
            between = [found.day + timedelta(days=k) for k in range((found.works_on - found.day).days)]
            assert is_working_day(found.works_on)
            assert not any(map(is_working_day, between))
