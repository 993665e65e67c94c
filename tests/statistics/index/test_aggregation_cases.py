"""Cases that a statistician can read and add to: values, weights and the answer, listed in ``cases.csv``."""

import csv
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fansipan.cli.index.group import Growth, Missing, compile_file
from fansipan.errors import InvalidInput

FOLDER = Path(__file__).parents[2] / "cases" / "index_aggregate"
with (FOLDER / "cases.csv").open(encoding="utf8", newline="") as listed:
    CASES = {row["case"]: row for row in csv.DictReader(listed)}


def outcome(name: str, folder: Path) -> pl.DataFrame:
    """What the command makes of a case: its table, or its faults as a table."""
    case, out = CASES[name], folder / "out.csv"
    growth = Growth(case["growth"]) if case["growth"] else None
    files = FOLDER / f"{name}_input.csv", FOLDER / f"{name}_weights.csv", out
    try:
        compile_file(*files, growth, Missing(case["missing"]), int(case["year_start"] or 1))
    except InvalidInput as refused:
        assert not out.exists()
        rows = [(f.code, f.place.row, f.params.get("node"), f.params.get("period")) for f in refused.faults]
        return pl.DataFrame(rows, schema=["fault", "row", "node", "period"], orient="row")
    return pl.read_csv(out, schema_overrides={"code": pl.String})


@pytest.mark.parametrize("name", sorted(p.name.removesuffix("_output.csv") for p in FOLDER.glob("*_output.csv")))
def test_case(name, tmp_path):
    found = outcome(name, tmp_path)
    text, figures = ("code", "period", "node"), ("index", "growth", "contribution")
    types = dict.fromkeys(text, pl.String) | dict.fromkeys(figures, pl.Float64)
    expected = pl.read_csv(FOLDER / f"{name}_output.csv", schema_overrides=types)
    same = {"check_dtypes": False, "rel_tol": 1e-12, "abs_tol": 1e-12}
    assert_frame_equal(found.cast({n: t for n, t in types.items() if n in found.columns}), expected, **same)


def test_every_case_is_listed_with_its_situation():
    assert set(CASES) == {p.name.removesuffix("_output.csv") for p in FOLDER.glob("*_output.csv")}
    assert all(row["situation"] for row in CASES.values())
