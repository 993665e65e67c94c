"""The blank form of a table: what it offers, and that a filled one is read."""

from datetime import datetime

import openpyxl
import pytest

from fansipan.checks import check
from fansipan.errors import FansipanError
from fansipan.province import Province, survey
from fansipan.tables import REGISTRY
from fansipan.tables.forms.template import explained, write_template
from support.sound_province import sound_province

RETURNS = REGISTRY["returns"]


@pytest.fixture
def form(tmp_path):
    def make(lang="vi", name="returns"):
        path = write_template(REGISTRY[name], tmp_path / "form.xlsx", lang=lang, frames=dict(sound_province()))
        return path, openpyxl.load_workbook(path)

    return make


def lists(book, sheet="returns"):
    """The values of the drop-down list of each column that has one, by its letter."""
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        if rule.type == "list":
            column = rule.formula1.split("$")[1]
            letter = str(rule.sqref).rstrip("0123456789").split(":")[0].rstrip("0123456789")
            found[letter] = [cell.value for cell in book["_lists"][column] if cell.value]
    return found


def test_lists_are_of_the_province_and_in_the_language(form):
    assert lists(form()[1]) == {
        "A": ["007 · Mỏ số 7", "e2 · =Mỏ số 2"],
        "B": ["p1 · Tinh quặng đồng (tấn)", "p2 · Quặng apatit (tấn)"],
        "E": ["ước thực hiện", "sơ bộ", "chính thức"],
        "K": ["đã công bố", "cơ sở báo cáo", "ước tính", "minh họa"],
    }
    assert lists(form("en")[1])["E"] == ["estimate", "preliminary", "final"]


def test_the_header_says_unit_and_what_must_be_filled_and_stays_in_sight(form):
    book = form()[1]
    sheet = book["returns"]
    assert [cell.value for cell in sheet[4]][:2] == ["Mã cơ sở *", "Mã sản phẩm *"]
    assert sheet["I4"].value == "Giá trị (giá hiện hành) (tỷ đồng)"
    assert sheet.freeze_panes == "B5"
    assert book.sheetnames == ["returns", "Hướng dẫn", "_lists"]
    assert book["_lists"].sheet_state == "veryHidden"


def fill(path, book, *rows):
    for r, row in enumerate(rows, 5):
        for c, value in enumerate(row, 1):
            book["returns"].cell(r, c, value)
    book.save(path)
    return check(survey(path), beside=sound_province())


RIGHT = [
    "007 · Mỏ số 7",
    "p1",
    "06/2024",
    datetime(2024, 7, 2),
    "ước thực hiện",
    1000.5,
    None,
    None,
    None,
    None,
    "minh họa",
]


def test_a_filled_form_is_read_as_its_table(form):
    path, book = form()
    assert fill(path, book, RIGHT) == ()
    row = Province.read(path).returns.row(0, named=True)
    assert (row["establishment"], row["month"], row["status"], row["quantity"]) == (
        "007",
        "2024-06",
        "estimate",
        1000.5,
    )


def test_a_form_filled_wrongly_is_told_by_its_rows(form):
    path, book = form()
    wrong = ["e9", "p1", "tháng sáu", datetime(2024, 7, 2), "có", -1, None, None, None, None, None]
    found = {(fault.code, fault.place.row, fault.place.column) for fault in fill(path, book, RIGHT, wrong)}
    assert found == {
        ("cell.not-month", 6, "month"),
        ("cell.not-choice", 6, "status"),
        ("cell.too-small", 6, "quantity"),
        ("cell.empty", 6, "source"),
    }
    other = ["e9", *RIGHT[1:]]
    assert [(f.code, f.place.row) for f in fill(path, book, RIGHT, other)] == [("reference.dangling", 6)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_the_blank_form_of_every_table_is_sound_and_explained(tmp_path, name, lang):
    path = write_template(REGISTRY[name], tmp_path / "form.xlsx", lang=lang)
    assert check(survey(path)) == ()
    assert all(explained(REGISTRY[name], column, lang) for column in REGISTRY[name].column_names())


def test_only_workbooks_are_written(tmp_path):
    with pytest.raises(FansipanError, match=r"\.csv of form\.csv is not known"):
        write_template(RETURNS, tmp_path / "form.csv", lang="vi")
