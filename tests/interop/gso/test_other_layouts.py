"""The six workbooks dressed as those of other months may come: each is read to the same figures, or its fault is told.

What is changed: names of sheets, where the table stands, how headings are broken, months in words, cells as text, the
file's format, rows and columns that are none of the table's. Nothing may be read as something else.
"""

import re
from functools import cache
from pathlib import Path

import fastexcel
import polars as pl
import pytest
import xlsxwriter
import xlwt

from fansipan.errors import InvalidInput
from fansipan.interop.gso.sheets import number
from fansipan.interop.gso.workbook import read_workbook, report_month

pytestmark = pytest.mark.reference
TITLES = re.compile(r"(?i)chỉ số sản xuất|sản phẩm chủ yếu|sử dụng lao động|chỉ số tiêu thụ")
KEY = ["indicator", "scope_kind", "scope", "period", "measure", "value", "unit"]
WORDS = {"12": "Mười hai", "11": "Mười một", "1": "Một", "2": "Hai", "3": "Ba", "4": "Tư", "5": "Năm", "6": "Sáu"}


@cache
def tables(folder: Path) -> dict[str, dict[str, list[list[object]]]]:
    """The sheets that are read of every workbook, by the workbook's name; numbers as numbers."""
    found = {}
    for path in sorted(folder.iterdir()):
        reader, sheets = fastexcel.read_excel(path), {}
        for name in reader.sheet_names:
            frame = reader.load_sheet(name, header_row=None, dtypes="string").to_polars()
            if TITLES.search(str(frame[0, 0])):
                sheets[name] = [[_cell(c) for c in row] for row in frame.iter_rows()]
        found[path.name] = sheets
    return found


def _cell(cell):
    value = number(cell) if cell else None
    return cell if value is None else value


def height_of_head(rows):
    return next(n for n, row in enumerate(rows) if row[0] and any(isinstance(c, float) for c in row[1:]))


def in_head(change):
    """A dress that changes the words of the headings only."""

    def dress(rows):
        end = height_of_head(rows)
        return [[change(c) if isinstance(c, str) else c for c in row] for row in rows[:end]] + rows[end:]

    return dress


def under_the_offices_name(rows):
    width = len(rows[0])
    lines = (["TỔNG CỤC THỐNG KÊ", *[None] * (width - 2), "Biểu số 2"], [None] * width, [None] * width)
    return [*lines, *rows]


def a_blank_column_before(rows):
    return [[None, *row] for row in rows]


def rows_counted(rows):
    end = height_of_head(rows)
    return [["STT" if n == end - 2 else float(n - end) if n > end else None, *row] for n, row in enumerate(rows)]


def columns_counted(rows):
    end, width = height_of_head(rows), len(rows[0])
    return [*rows[:end], ["A", *map(float, range(1, width))], *rows[end:]]


def notes_below(rows):
    blank = [None] * (len(rows[0]) - 1)
    return [*rows, [None, *blank], ["(*) Số liệu năm 2023 là số sơ bộ.", *blank], ["Nguồn: Tổng cục Thống kê", *blank]]


def scratch_to_the_right(rows):
    return [[*row, None, 3.0 + n if n > 8 else None, 99.5 if n > 8 else None] for n, row in enumerate(rows)]


def headings_in_one_cell(rows):
    """Every heading merged over its rows, its words on several lines of one cell."""
    end = height_of_head(rows)
    start = next(n for n, row in enumerate(rows) if sum(bool(c) for c in row[1:]) >= 2)
    if any(row[1] and not any(row[2:]) for row in rows[start - 1 : end]) or _grouped(rows[start:end]):
        return rows
    whole = ["\n".join(str(r[c]).strip() for r in rows[start:end] if r[c]) or None for c in range(len(rows[0]))]
    return [*rows[:start], whole, *([None] * len(whole) for _ in range(end - start - 1)), *rows[end:]]


def headings_at_the_bottom(rows):
    """Every heading pushed down to the row above the figures, so that they start in different rows."""
    end = height_of_head(rows)
    start = next(n for n, row in enumerate(rows) if sum(bool(c) for c in row[1:]) >= 2)
    if _grouped(rows[start:end]):
        return rows
    columns = [[r[c] for r in rows[start:end] if r[c]] for c in range(len(rows[0]))]
    padded = [[None] * (end - start - len(words)) + words for words in columns]
    return [*rows[:start], *(list(row) for row in zip(*padded, strict=True)), *rows[end:]]


def _grouped(head):
    """Whether a cell of the heading spans several columns."""
    return any(head[0][c] is None and any(r[c] for r in head) for c in range(1, len(head[0])))


def decimal_commas(rows):
    end = height_of_head(rows)
    body = [[f"{c:.2f}".replace(".", ",") if isinstance(c, float) else c for c in row] for row in rows[end:]]
    return [*rows[:end], *body]


def months_in_words(cell):
    return re.sub(r"(?i)\b(tháng) 0?(12|11|[1-6])\b(?!/)", lambda m: f"{m[1]} {WORDS[m[2]]}", cell)


DRESSES = {
    "under the office's name": under_the_offices_name,
    "a blank column before": a_blank_column_before,
    "rows counted": rows_counted,
    "columns counted": columns_counted,
    "notes below": notes_below,
    "headings in one cell": headings_in_one_cell,
    "headings at the bottom": headings_at_the_bottom,
    "months in words": in_head(months_in_words),
    "capitals": in_head(str.upper),
    "accents put otherwise": in_head(lambda cell: cell.replace("kỳ", "kì").replace("Quý", "Qúy")),
}


def write(path, sheets, hidden=()):
    if path.suffix == ".xls":
        book = xlwt.Workbook()
        for name, rows in sheets.items():
            sheet = book.add_sheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(r, c, cell)
        book.save(str(path))
        return path
    with xlsxwriter.Workbook(path) as book:
        for name, rows in {"Bìa": [["Biểu số liệu"]], **sheets}.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for r, row in enumerate(rows):
                sheet.write_row(r, 0, row)
    return path


@pytest.fixture
def originals(reference_data):
    folder = reference_data / "gso_monthly" / "workbooks"
    return {name: (read_workbook(folder / name), sheets) for name, sheets in tables(folder).items()}


def same(figures, original, places=6):
    """The rows of either that the other does not have."""
    a, b = (f.select(KEY).with_columns(pl.col("value").round(places)) for f in (figures, original))
    return (
        a.join(b, on=KEY, how="anti", nulls_equal=True).rows() + b.join(a, on=KEY, how="anti", nulls_equal=True).rows()
    )


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
def test_the_same_figures_however_the_table_is_dressed(originals, tmp_path, dress):
    for name, (original, sheets) in originals.items():
        dressed = {f"Trang {n}": dress(rows) for n, rows in enumerate(sheets.values())}
        read = read_workbook(write(tmp_path / f"{name[:10]}.xlsx", dressed))
        assert same(read.figures, original.figures) == [], name
        assert [fault.message("en") for fault in read.faults] == []


def test_the_same_figures_in_the_old_format(originals, tmp_path):
    for name, (original, sheets) in originals.items():
        read = read_workbook(write(tmp_path / f"{name[:10]}.xls", sheets))
        assert (same(read.figures, original.figures), read.faults) == ([], ())


def test_cells_typed_as_text_with_decimal_commas(originals, tmp_path):
    for name, (original, sheets) in originals.items():
        dressed = {sheet: decimal_commas(rows) for sheet, rows in sheets.items()}
        read = read_workbook(write(tmp_path / f"{name[:10]}.xlsx", dressed))
        wanted = original.figures.with_columns(pl.col("value").round(2))
        both = read.figures.join(wanted, on=KEY[:5], suffix="_wanted", validate="1:1")
        assert both.height == wanted.height == read.figures.height
        assert (both["value"] - both["value_wanted"]).abs().max() < 0.0101


def test_scratch_columns_are_told_and_never_taken_for_a_heading_beside_them(originals, tmp_path):
    for name, (original, sheets) in originals.items():
        dressed = {sheet: scratch_to_the_right(rows) for sheet, rows in sheets.items()}
        read = read_workbook(write(tmp_path / f"{name[:10]}.xlsx", dressed))
        assert same(read.figures, original.figures) == []
        assert {fault.code for fault in read.faults} == {"gso.no-heading"}


def test_a_year_left_out_in_january_is_that_of_december(originals, tmp_path):
    original, sheets = next(v for k, v in originals.items() if k.startswith("2022-01"))
    strip = in_head(lambda cell: re.sub(r"\s*năm 202[12]$|^năm 202[12]$|/2022", " ", cell))
    dressed = {"SP": strip(sheets["SP"])}
    read = read_workbook(write(tmp_path / "2022-01-29.xlsx", dressed))
    volumes = original.figures.filter(indicator="national-volume")
    assert same(read.figures, volumes) == []


def test_headings_over_the_wrong_columns_are_refused(originals, tmp_path):
    _, sheets = next(v for k, v in originals.items() if k.startswith("2024-05"))
    end = height_of_head(sheets["3.SP CN"])
    swapped = [[*row[:3], row[4], row[3], *row[5:]] if n < end else row for n, row in enumerate(sheets["3.SP CN"])]
    read = read_workbook(write(tmp_path / "2024-05-29.xlsx", {"SP": swapped, "IIP": sheets["2.IIP"]}))
    assert [fault.code for fault in read.faults] == ["gso.sums"]
    assert read.figures["indicator"].unique().to_list() == ["national-iip"]


def test_growth_printed_as_growth_is_not_taken_for_a_ratio(originals, tmp_path):
    _, sheets = next(v for k, v in originals.items() if k.startswith("2024-05"))
    end = height_of_head(sheets["2.IIP"])
    growth = [
        [c - 100 if n >= end and isinstance(c, float) else c for c in row] for n, row in enumerate(sheets["2.IIP"])
    ]
    with pytest.raises(InvalidInput, match="no ratios to a base of 100"):
        read_workbook(write(tmp_path / "2024-05-29.xlsx", {"IIP": growth}))


def test_a_period_after_the_day_of_publication_is_told(originals, tmp_path):
    _, sheets = next(v for k, v in originals.items() if k.startswith("2024-05"))
    read = read_workbook(write(tmp_path / "2024-04-29.xlsx", {"IIP": sheets["2.IIP"]}))
    assert {fault.code for fault in read.faults} == {"gso.ahead"}
    assert read.figures["period"].unique().to_list() == ["2024-04"]


def test_a_hidden_sheet_is_not_read_and_a_second_one_with_other_figures_is_told(originals, tmp_path):
    original, sheets = next(v for k, v in originals.items() if k.startswith("2024-05"))
    iip = sheets["2.IIP"]
    end = height_of_head(iip)
    older = [[c + 1 if n == end and isinstance(c, float) else c for c in row] for n, row in enumerate(iip)]
    hidden = read_workbook(write(tmp_path / "2024-05-29.xlsx", {"IIP": iip, "IIP (2)": older}, hidden=["IIP (2)"]))
    wanted = original.figures.filter(indicator="national-iip")
    assert (same(hidden.figures, wanted), [f.code for f in hidden.faults]) == ([], ["gso.hidden"])
    shown = read_workbook(write(tmp_path / "2024-05-30.xlsx", {"IIP": iip, "IIP (2)": older}))
    assert {f.code for f in shown.faults} == {"gso.two-figures"}
    left = shown.figures
    assert "Toàn ngành công nghiệp" not in left["scope"].to_list()
    assert left.height == wanted.height - 4


def test_a_workbook_of_quarters_alone(originals, tmp_path):
    original, sheets = next(v for k, v in originals.items() if k.startswith("2023-12"))
    quarters = {name: rows for name, rows in sheets.items() if "quy" in name}
    read = read_workbook(write(tmp_path / "quy-4.xlsx", quarters))
    assert str(report_month(read.figures)) == "2023-12"
    assert same(read.figures, original.figures.filter(pl.col("period").str.contains("Q"))) == []


def test_areas_shipment_and_inventory_are_read(originals):
    may = next(v[0].figures for k, v in originals.items() if k.startswith("2024-05"))
    found = may.filter((pl.col("scope_kind") == "area") & (pl.col("scope") == "Lào Cai"))
    assert found.select("indicator", "measure").unique().height == 2
    june = next(v[0].figures for k, v in originals.items() if k.startswith("2018-06"))
    stock = june.filter(indicator="national-inventory-index", scope="Sản xuất đồ uống", period="2018-06", measure="mom")
    assert stock["value"].to_list() == [1.26]
    february = next(v[0].figures for k, v in originals.items() if k.startswith("2014-02"))
    assert february.filter(indicator="national-inventory-index")["period"].unique().to_list() == ["2014-01"]
