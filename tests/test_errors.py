"""How an input with many faults is told."""

import pytest

from fansipan.errors import Fault, InvalidInput, Place, folded, runs


def fault(row, column="status", code="cell.not-month", file="returns.csv", value="x"):
    return Fault(code, {"column": column}, Place(file, None, row, column), value)


@pytest.mark.parametrize(("numbers", "told"), [([], ""), ([7], "7"), ([2, 3], "2–3"), ([2, 5, 6, 7, 91], "2, 5–7, 91")])
def test_numbers_that_follow_each_other_are_drawn_together(numbers, told):
    assert runs(numbers) == told


def test_faults_alike_are_told_thrice_and_then_by_their_rows():
    faults = [fault(row) for row in (*range(2, 40), 77)] + [fault(9, "month")]
    lines = folded(faults, "en", 3)
    assert len(lines) == 5
    assert lines[3] == "… and 36 more like these in returns.csv, column status, rows: 5–39, 77"
    assert "column month" in lines[4]
    assert "các dòng: 5–39, 77" in folded(faults, "vi", 3)[3]


def test_from_five_alike_on_they_are_drawn_together_with_a_row_or_without():
    assert len(folded([fault(row) for row in range(2, 6)], "en", 3)) == 4
    assert len(folded([fault(row) for row in range(2, 7)], "en", 3)) == 4
    assert len(folded([fault(None) for _ in range(4)], "en", 3)) == 4
    lines = folded([fault(None) for _ in range(9)], "en", 3)
    assert len(lines) == 4
    assert lines[-1].startswith("… and 6 more like these")


def test_the_library_keeps_every_fault():
    error = InvalidInput([fault(row) for row in range(2, 102)])
    assert error.describe("en").count("returns.csv, row") == 100
    assert len(error.as_dict("en")["faults"]) == 100
    assert error.summary("en").startswith("Faults in the input: 100\n")
    assert error.summary("en").count("\n") == 4
