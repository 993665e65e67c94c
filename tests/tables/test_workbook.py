"""Excel workbooks as people make them: every trap ends in the right rows or in faults with the right places."""

from datetime import datetime

import openpyxl
import pytest
import xlwt

from fansipan.errors import FansipanError
from fansipan.province import Province, survey
from fansipan.tables.files import workbook_writing, writing
from support.sound_province import sheets, sound_province
from support.spoilt_workbooks import book_of, rezipped, saved

RETURNS = "xl/worksheets/sheet5.xml"


def told(path):
    return [(f.code, f.place.sheet, f.place.row, f.place.column) for f in survey(path).faults]


@pytest.fixture
def book():
    return book_of(sheets())


def test_cells_typed_by_hand_are_the_province(tmp_path, book):
    assert Province.read(saved(book, tmp_path)) == sound_province()


def test_titles_units_a_second_header_and_a_row_of_numbers_may_stand_about_the_header(tmp_path):
    cells = sheets()
    head, *body = cells["returns"]
    blank = [None] * 8
    cells["returns"] = [["BÁO CÁO THÁNG"], blank, ["Đơn vị: tấn"], head, ["A", "B", "C", 1, 2, 3, 4, 5], blank, *body]
    body[2][5] = "nhiều"
    assert told(saved(book_of(cells), tmp_path)) == [("cell.not-number", "returns", 9, "quantity")]


def test_a_header_merged_over_two_rows_is_put_together(tmp_path):
    cells = sheets()
    head, *body = cells["returns"]
    upper = [head[0], head[1], "Số liệu", *[None] * 5]
    cells["returns"] = [upper, [None, None, *head[2:]], *body]
    book = book_of(cells)
    for merged in ("A1:A2", "B1:B2", "C1:H1"):
        book["returns"].merge_cells(merged)
    assert Province.read(saved(book, tmp_path)).returns.equals(sound_province().returns)


def test_merged_cells_of_the_body_are_faults_of_their_rows(tmp_path, book):
    book["returns"].merge_cells("A3:A4")
    book["returns"].merge_cells("K1:L1")
    assert told(saved(book, tmp_path)) == [
        ("cell.merged", "returns", 3, "establishment"),
        ("cell.merged", "returns", 4, "establishment"),
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b"<f>1+1</f><v></v>", "cell.formula-unvalued"),
        (b"<f>1+1</f>", "cell.formula-unvalued"),
        (b'<f t="shared" si="0"/><v/>', "cell.formula-unvalued"),
        (b"<f>1+1</f><v>2</v>", None),
    ],
)
def test_formulas_count_by_their_stored_value(tmp_path, book, cell, code):
    path = saved(book, tmp_path)
    rezipped(path, RETURNS, lambda words: words.replace(b"<v>1001.5</v>", cell, 1))
    assert told(path) == ([(code, "returns", 2, "quantity")] if code else [])
    if code is None:
        assert Province.read(path).returns["quantity"][0] == 2


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"])
def test_formulas_that_failed_are_faults_with_what_they_show(tmp_path, book, error):
    cell = book["returns"]["B4"]
    cell.value, cell.data_type = error, "e"
    faults = survey(saved(book, tmp_path)).faults
    assert [(f.code, f.place.row, f.place.column, f.value) for f in faults] == [
        ("cell.formula-error", 4, "product", error)
    ]


def test_numbers_as_text_dates_as_dates_and_dates_where_numbers_belong(tmp_path, book):
    sheet = book["returns"]
    sheet["C2"] = datetime(2024, 1, 1)
    for cell, value in (("F2", "1.001,5"), ("F3", "49,5"), ("F4", datetime(2024, 5, 1)), ("F5", "1,234")):
        sheet[cell] = value
    path = saved(book, tmp_path)
    assert told(path) == [
        ("cell.not-number", "returns", 4, "quantity"),
        ("cell.ambiguous-number", "returns", 5, "quantity"),
    ]
    assert survey(path).frames["returns"].row(0)[2] == "2024-01"
    assert survey(path).frames["returns"]["quantity"].to_list()[:2] == [1001.5, 49.5]


def test_hidden_sheets_are_passed_over_and_told(tmp_path, book):
    book["areas"].sheet_state = "hidden"
    book.create_sheet("_ghi chú")
    path = saved(book, tmp_path)
    assert told(path) == [("sheet.hidden", "areas", None, None)]
    assert Province.read(path).areas.height == 0


def test_sheets_are_told_by_code_label_or_headers(tmp_path, book):
    book["returns"].title = "BAO CAO SAN PHAM THANG"
    book["areas"].title = "Trang 1"
    book.create_sheet("Ghi chú")["A1"] = "gọi lại"
    path = saved(book, tmp_path)
    assert told(path) == [("sheet.guessed", "Trang 1", None, None), ("table.unknown", "Ghi chú", None, None)]
    assert Province.read(path) == sound_province()


def test_two_sheets_of_one_table_are_refused_unless_numbered(tmp_path):
    cells = sheets()
    cells["returns (2)"] = [cells["returns"][0], *cells["returns"][11:]]
    cells["returns"] = cells["returns"][:11]
    assert Province.read(saved(book_of(cells), tmp_path)) == sound_province()
    cells["Monthly returns"] = cells.pop("returns (2)")
    assert told(saved(book_of(cells), tmp_path)) == [("table.twice", "Monthly returns", None, None)]


def test_a_million_blank_rows_and_stray_formats_are_nothing(tmp_path, book):
    path = saved(book, tmp_path)
    rows = (
        "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(30, 1_000_000))
        + '<row r="1048576"/></sheetData>'
    )
    rezipped(path, RETURNS, lambda words: words.replace(b"</sheetData>", rows.encode()))
    assert Province.read(path) == sound_province()


@pytest.mark.parametrize("far", ["XFD1048576", "Z1048576", "A99999999", "ZZZ3"])
def test_a_cell_at_the_end_of_the_sheet_is_refused_before_it_costs_memory(tmp_path, book, far):
    path = saved(book, tmp_path)
    cell = f'<row r="{far.lstrip("ABCDEFXZ")}"><c r="{far}"><v>1</v></c></row></sheetData>'
    rezipped(path, RETURNS, lambda words: words.replace(b"</sheetData>", cell.encode()))
    assert told(path) == [("sheet.too-large", "returns", None, None)]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, book):
    path = saved(book, tmp_path)
    rezipped(path, "xl/sharedStrings.xml", lambda _: b" " * 40_000_000)
    assert told(path) == [("workbook.bomb", None, None, None)]
    content = bytearray(path.read_bytes())
    at = content.rfind((40_000_000).to_bytes(4, "little"))
    content[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    assert told(path) == [("workbook.damaged", None, None, None)]


def test_entities_are_not_expanded(tmp_path, book):
    path = saved(book, tmp_path)
    rezipped(path, "xl/workbook.xml", lambda words: b'<!DOCTYPE a [<!ENTITY b "b">]>' + words)
    assert told(path) == [("workbook.damaged", None, None, None)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("p.xlsx", b"a,b\n1,2\n", "file.not-workbook"),
        ("p.xls", b"<html></html>", "file.not-workbook"),
        ("p.xlsx", b"", "file.empty"),
        ("p.xlsx", b"PK\x03\x04", "workbook.damaged"),
        ("p.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "workbook.damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_told_in_words(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert [fault[0] for fault in told(tmp_path / name)] == [code]


def old_book(tmp_path, name):
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM")
    for title, rows in sheets().items():
        sheet = book.add_sheet(title)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if (title, r, c) == ("returns", 4, 6):
                    sheet.row(r).set_cell_error(c, 0x17)
                else:
                    sheet.write(r, c, value, day if hasattr(value, "year") else xlwt.Style.default_style)
    book.save(str(tmp_path / name))
    return tmp_path / name


@pytest.mark.parametrize("name", ["p.xls", "p.xlsx"])
def test_the_old_format_is_read_under_either_name(tmp_path, name):
    path = old_book(tmp_path, name)
    assert told(path) == [("cell.formula-error", "returns", 5, "value")]
    found = survey(path).frames
    assert found["areas"].equals(sound_province().areas)
    assert found["returns"].height == 19


def test_a_long_table_goes_on_in_further_sheets_and_comes_back_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(writing.split_rows, "__defaults__", (7,))
    path = sound_province().write(tmp_path / "p.xlsx")
    assert openpyxl.load_workbook(path, read_only=True).sheetnames[:3] == ["areas", "returns", "returns (2)"]
    assert Province.read(path) == sound_province()


def test_rows_that_go_to_disk_as_they_are_written_come_back_too(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_writing, "CELLS_IN_MEMORY", 0)
    assert Province.read(sound_province().write(tmp_path / "p.xlsx")) == sound_province()


def test_the_same_province_gives_the_same_file(tmp_path):
    first, second = (sound_province().write(tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second


def test_people_see_labels_above_the_codes(tmp_path):
    sheet = openpyxl.load_workbook(sound_province().write(tmp_path / "p.xlsx"))["returns"]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("Mã cơ sở", "establishment", "007")
    assert sheet.freeze_panes == "A3"
    assert sheet["D3"].is_date


@pytest.mark.parametrize("name", ["p.xls", "p.csv", "p.docx", "p.ods"])
def test_other_endings_are_refused_before_anything_is_written(tmp_path, name):
    with pytest.raises(FansipanError, match=r"known.*\.xlsx"):
        sound_province().write(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
