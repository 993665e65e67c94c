"""Spoilt files of a made-up department: right values, a question or a refusal, never a wrong value taken silently."""

from random import Random

import pytest

from fansipan.intake import take_in
from fansipan.intake.headings import plain_words
from support import department as spoil
from support.department import SPOILING, Department
from support.intake import AT, Outcome, province_of

SEEDS = range(10)
# What may end in a question or a refusal: figures in two styles, sums since January that nobody calls so, a row twice.
HELD = {"some_english", "all_english", "cumulative_unsaid", "repeated_row"}
# What takes figures away with it.
PARTLY = {"sheet_missing", "cumulative"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("change", SPOILING, ids=lambda change: change.__name__)
def test_every_way_of_spoiling(change, seed, outcome):
    department, chance = Department(seed), Random(seed)
    found = outcome(change(department.sheets(), chance), department)
    if found.held:
        assert change.__name__ in HELD, found.taken.errors or found.taken.questions
        return
    assert found.wrong == []
    assert change.__name__ in PARTLY or not found.lacking


@pytest.mark.parametrize("number", range(60))
def test_two_ways_at_once(number, outcome):
    department, chance = Department(100 + number), Random(number)
    first, second = chance.sample([one for one in SPOILING if one.__name__ != "sheet_missing"], 2)
    found = outcome(second(first(department.sheets(), chance), chance), department)
    assert found.held or found.wrong == []


@pytest.mark.parametrize("style", ["vi", "en"])
def test_a_style_that_is_answered_is_kept_to(style, outcome, tmp_path):
    """Only ``15.473`` and its kin stand in the file: nothing but an answer tells what they are."""
    department = Department(3, count=3)
    for key in department.figures:
        department.figures[key] = 1.473 if style == "en" else 1473
    sheets = [(name, [row[:17] for row in rows]) for name, rows in department.sheets(typed=0)]
    sheets = spoil._figures(sheets, lambda value: "1.473")
    sheets = [(name, [row for row in rows if "Tổng" not in str(row[3:4])]) for name, rows in sheets]
    asked = outcome(sheets, department)
    assert [question.kind for question in asked.taken.questions] == ["style"]
    answered = outcome(sheets, department, {("style", plain_words("bao-cao.xlsx")): style})
    assert not answered.held
    assert answered.wrong == []
    assert len(answered.right) == len(department.truth)


def test_a_wrong_total_is_told_and_the_rows_are_taken(outcome):
    department = Department(5)
    sheets = department.sheets()
    row = next(row for row in sheets[0][1] if str(row[3:4]).startswith("['Tổng "))
    row[6] *= 1.25
    found = outcome(sheets, department)
    assert [(one.place.sheet, one.place.column) for one in found.taken.wrong_sums] == [("Năm 2023", "G")]
    assert not found.held
    assert found.wrong == []
    assert not found.lacking


def test_a_file_taken_in_twice_adds_nothing_and_a_changed_figure_is_a_correction(outcome, tmp_path):
    department = Department(7)
    first = outcome(department.sheets(), department)
    again = take_in([tmp_path / "bao-cao.xlsx"], first.taken.province, {}, AT.replace(hour=9))
    assert [(a.rows.height, a.corrections) for a in again.additions if a.table == "returns"] == [(0, 0)]
    sheets = department.sheets()
    row = next(row for row in sheets[0][1] if isinstance(row[0], int))
    row[7] = 77.5
    path = spoil.write_book(sheets, tmp_path / "sua.xlsx")
    changed = take_in([path], first.taken.province, {}, AT.replace(hour=10))
    (addition,) = [a for a in changed.additions if a.table == "returns"]
    assert (addition.rows.height, addition.corrections) == (1, 1)
    assert addition.rows["quantity"].to_list() == [77.5]
    assert addition.rows["origin"][0].startswith("sua.xlsx / Năm 2023 / H")


def test_text_files_are_read_in_their_own_style(tmp_path):
    department = Department(4)
    path = spoil.write_text(department.sheets(), tmp_path / "bao-cao-2023.csv")
    found = Outcome(take_in([path], province_of(department), {}, AT), department)
    assert not found.held, found.taken.errors or found.taken.questions
    assert found.wrong == []
    assert {month[:4] for *_, month in found.right} == {"2023"}
    assert {key for key in found.lacking if key[2] < "2024"} == set()
