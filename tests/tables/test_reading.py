"""Reading a text file as a declared table: every fault at once, generous where the meaning is certain."""

from datetime import date

import pytest

from fansipan.errors import InvalidInput
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading.rows import read_table


@declared("form", vi="Biểu mẫu", en="Form", registered=False)
class Form(Table):
    """A small form for these tests."""

    code = column.code("Mã", "Code", key=True)
    period = column.month("Kỳ", "Period", key=True)
    value = column.number("Giá trị", "Value", nullable=True, min=0, scale=3)
    when = column.day("Ngày", "Day", nullable=True)
    kind = column.choice("Loại", "Kind", [("a", "Một", "One"), ("b", "Hai", "Two")], nullable=True)
    ok = column.flag("Đúng?", "Right?", nullable=True)


@pytest.fixture
def written(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "form.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def faults(path):
    with pytest.raises(InvalidInput) as caught:
        read_table(path, Form)
    return [(f.code, f.place.row, f.place.column) for f in caught.value.faults]


@pytest.mark.parametrize(
    ("written_as", "value"),
    [
        ("49.5", 49.5),
        ("49,5", 49.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("1.234", 1.234),
        ("1e3", 1000.0),
        (" 7 ", 7.0),
        ("", None),
    ],
)
def test_a_number_is_read_where_its_meaning_is_certain(written, written_as, value):
    assert read_table(written(f'code,period,value\nx,2024-05,"{written_as}"\n'), Form)["value"].to_list() == [value]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,234", "cell.ambiguous-number"),
        ("x", "cell.not-number"),
        ("1e999", "cell.number-too-large"),
        ("nan", "cell.not-number"),
        ("inf", "cell.not-number"),
        ("-1", "cell.too-small"),
        ("1,2,3", "cell.not-number"),
    ],
)
def test_a_number_is_refused_where_its_meaning_is_not_certain(written, cell, code):
    assert faults(written(f'code,period,value\nx,2024-05,"{cell}"\n')) == [(code, 2, "value")]


def test_headers_may_be_labels_in_either_language_and_any_order(written):
    frame = read_table(written("\ufeffRight?;KY;Ma;loại;Ngày\r\ncó;05/2024;Đá;hai;20/05/2024\r\n"), Form)
    assert frame.row(0) == ("Đá", "2024-05", None, date(2024, 5, 20), "b", True)


def test_every_fault_is_told_at_once_with_its_row(written):
    text = "code,period,value,kind,ok\na,2024-05,1,,\na,2024-05,x,,\n\n,2024-13,-5,zz,maybe\n"
    assert faults(written(text)) == [
        ("row.duplicate", 2, None),
        ("row.duplicate", 3, None),
        ("cell.not-number", 3, "value"),
        ("cell.empty", 5, "code"),
        ("cell.not-choice", 5, "kind"),
        ("cell.not-flag", 5, "ok"),
        ("cell.not-month", 5, "period"),
        ("cell.too-small", 5, "value"),
    ]


def test_required_columns_that_are_missing_are_named(written):
    assert faults(written("code,value\nx,1\n")) == [("column.missing", None, None)]


def test_a_column_that_stands_twice_is_refused(written):
    assert faults(written("code,period,Mã\nx,2024-05,y\n")) == [("column.twice", 1, "Mã")]


def test_a_file_of_headers_alone_is_an_empty_table(written):
    assert read_table(written("code,period\n"), Form).height == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xff\xff\x00", "file.not-utf8"),
        (b"a\x00b", "file.not-text"),
        (b'code,period\n"x,2024-05\n', "file.unreadable"),
        (b"code,period\nx,2024-05,9\n", "row.too-long"),
    ],
)
def test_a_broken_file_is_told_in_words(written, content, code):
    assert faults(written(content))[0][0] == code


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidInput, match=r"There is no file .*nothing\.csv"):
        read_table(tmp_path / "nothing.csv", Form)


def test_figures_beyond_the_declared_scale_are_rounded_and_said(written):
    frame = read_table(written("code,period,value\nx,2024-05,1.23456\n"), Form)
    assert frame["value"].to_list() == [1.235]
