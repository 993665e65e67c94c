"""Slips of the pen: cases in words, and what must not be taken for one (Rules ED6 and ED7)."""

from pathlib import Path

import polars as pl
import pytest

from fansipan.statistics.editing.slips import find_slip, neighbours_swapped

CASES = Path(__file__).parents[2] / "cases" / "editing"
NUMBERS = dict.fromkeys(("reported", "expected", "since_january", "column_now", "column_last", "meant"), pl.Float64)


def cases():
    given, wanted = (pl.read_csv(CASES / f"11_slips_{part}.csv", infer_schema=False) for part in ("input", "output"))
    for row, answer in zip(given.iter_rows(named=True), wanted.iter_rows(named=True), strict=True):
        yield pytest.param(row, answer, id=row["situation"])


def figure(words):
    return None if words in (None, "") else float(words)


@pytest.mark.parametrize(("row", "answer"), list(cases()))
def test_cases(row, answer):
    others = {row["column"]: (float(row["column_now"]), float(row["column_last"]))} if row["column"] else None
    slip = find_slip(
        float(row["reported"]), float(row["expected"]), others=others, since_january=figure(row["since_january"])
    )
    if not answer["kind"]:
        assert slip is None
    else:
        assert slip is not None
        assert (slip.kind, slip.detail) == (answer["kind"], answer["detail"] or "")
        assert slip.meant == pytest.approx(float(answer["meant"]), rel=1e-12)


def test_every_pair_of_neighbouring_digits_once():
    assert neighbours_swapped(12.31) == [21.31, 13.21, 12.13]
    assert neighbours_swapped(77.0) == []
    assert neighbours_swapped(1e-9) == []


def test_a_figure_that_is_not_finite_has_no_slip():
    assert find_slip(float("inf"), 10.0) is None
    assert find_slip(10.0, float("nan")) is None
