"""The cases of tests/cases/appraisal: a folder each, with alternatives.csv, criteria.csv and what must come out.

``expected.csv`` has method, alternative, score and rank (both blank where a gate refuses; a rank alone may be blank
where draws decide a tie) and a tolerance where it is not 1e-9. A new folder is a new test.
"""

import csv
from itertools import groupby
from pathlib import Path

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank

CASES = sorted((Path(__file__).parents[1] / "cases" / "appraisal").iterdir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder):
    decision = read_decision(folder)
    with (folder / "expected.csv").open(encoding="utf8") as lines:
        expected = list(csv.DictReader(lines))
    for method, rows in groupby(expected, key=lambda row: row["method"]):
        standings = {standing.alternative: standing for standing in rank(decision, method).standings}
        for row in rows:
            found = standings.pop(row["alternative"])
            score = pytest.approx(float(row["score"]), abs=float(row["tolerance"] or 1e-9)) if row["score"] else None
            assert found.score == score, row
            assert row["rank"] in ("", str(found.rank)), row
            assert bool(found.refused) == (not row["score"]), row
        assert not standings, f"{method}: not said what becomes of {', '.join(standings)}"
