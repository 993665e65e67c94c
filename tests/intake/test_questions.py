"""Questions, their answers, and the answers kept: asked once."""

from datetime import datetime

import openpyxl
import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.intake import answers_of, mapping_rows, take_in
from fansipan.intake.matching import Known, Register, tax_code
from fansipan.intake.questionnaire import answer_typed, read_answers, write_questions
from fansipan.tables import REGISTRY
from support.department import Department, write_book
from support.intake import AT, province_of


@pytest.fixture
def unknown(tmp_path):
    """A file in which a product and a firm are called as nobody else calls them."""
    department = Department(2)
    sheets = department.sheets()
    product, name = department.firms[0][2][0][0], department.firms[1][0]
    for _, rows in sheets:
        for row in rows:
            if len(row) > 16 and row[3] == product:
                row[3] = "Cột chống lò"
            if len(row) > 16 and row[1] == name:
                row[1:3] = ["Xưởng Bản Lầu", None]
        rows[:] = [row for row in rows if not str(row[3:4]).startswith("['Tổng")]
    return department, write_book(sheets, tmp_path / "la.xlsx")


def test_unknown_names_are_asked_once_and_kept(unknown, tmp_path):
    department, path = unknown
    province = province_of(department)
    taken = take_in([path], province, {}, AT)
    assert {(q.kind, q.said) for q in taken.questions} == {
        ("product", "Cột chống lò"),
        ("establishment", "Xưởng Bản Lầu"),
    }
    assert all(question.count > 10 for question in taken.questions)
    asked = write_questions(taken.questions, tmp_path / "hoi.xlsx", "vi")
    book = openpyxl.load_workbook(asked)
    sheet = book["Câu hỏi"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 6).value = "2511" if sheet.cell(row, 1).value == "product" else department.firms[1][1]
    book.save(asked)
    answered = take_in([path], province, read_answers(asked), AT)
    assert answered.questions == ()
    assert answered.errors == ()
    made = answered.province["products"].filter(name="Cột chống lò")
    assert made["industry"].to_list() == ["2511"]
    kept = pl.DataFrame(mapping_rows(answered.answered, AT), schema=REGISTRY["mappings"].create_empty().schema)
    again = take_in([path], province.replace(mappings=kept), {}, AT)
    assert again.questions == ()
    assert again.province["returns"].equals(answered.province["returns"])


def test_the_last_answer_holds_and_an_empty_one_forgets():
    schema = REGISTRY["mappings"].create_empty().schema
    rows = [("product", "Gạch", datetime(2026, 1, day), means, None, None) for day, means in ((1, "a"), (2, "b"))]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert answers_of(frame) == {("product", "gach"): "b"}
    forgotten = pl.DataFrame([("product", "GẠCH", datetime(2026, 1, 3), None, None, None)], schema=schema, orient="row")
    assert answers_of(pl.concat([frame, forgotten])) == {}


def test_answers_typed_on_a_command_line():
    assert answer_typed("product:Gạch: loại A=gach") == (("product", "gach loai a"), "gach")
    for odd in ("gach", "product=gach", "product:gach=", "product:gach"):
        with pytest.raises(InvalidInput, match="must be of the form kind:words=meaning"):
            answer_typed(odd)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4608586960", "4608586960"), ("460858696", "0460858696"), ("4609840186-015", "4609840186-015"),
     ("4609840186015", "4609840186-015"), ("460 858 6960", "4608586960"), ("12345", None), ("x", None)],
)  # fmt: skip
def test_tax_codes(typed, kept):
    assert tax_code(typed) == kept


def test_firms_that_differ_only_in_their_form_are_not_taken_for_each_other():
    register = Register([Known("a", ("Công ty CP Bản Lầu",)), Known("b", ("Chi nhánh Công ty CP Bản Lầu",))])
    assert register.named("Công ty cổ phần Bản Lầu").code == "a"
    assert register.named("chi nhánh CTCP Bản Lầu").code == "b"
    two = Register([Known("a", ("Công ty CP Bản Lầu",)), Known("b", ("HTX Bản Lầu",))])
    assert two.named("Bản Lầu") is None
    assert {one.code for one, _ in two.near("Bản Lầu")} == {"a", "b"}
