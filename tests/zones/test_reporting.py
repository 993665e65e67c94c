"""When reports on clusters are due, case by case."""

import csv
from datetime import date
from pathlib import Path

import pytest

from fansipan.errors import Refused
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
    found = {d.who: d.day for d in next_report(on)}
    assert found == {who: date.fromisoformat(row[who]) for who in WHO}
    assert {d.half for d in next_report(on)} == {row["half"]}
    assert all("14/2024/TT-BCT" in d.norm.decree for d in next_report(on))
