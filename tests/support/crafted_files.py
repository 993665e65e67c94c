"""Small files made to cost a reader memory, time or its life; each builder writes one into a folder."""

import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import polars as pl
import xlwt

HEAD = '<?xml version="1.0"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "vnd.openxmlformats-officedocument.spreadsheetml"
FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>setting</t></is></c></row>'


def package(path: Path, sheets: list[tuple[str, str]], parts: dict[str, str | Iterator[str]]) -> Path:
    """A workbook of (name, part) sheets and the parts' XML."""
    kinds = "".join(
        f'<Override PartName="/xl/{part}" ContentType="application/{OFFICE}.{kind}+xml"/>'
        for part, kind in [("workbook.xml", "sheet.main"), ("sharedStrings.xml", "sharedStrings")]
    )
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/worksheet" Target="{part}"/>'
        for n, (_, part) in enumerate(sheets, 1)
    )
    strings = f'<Relationship Id="rIdS" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    whole = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{targets}{strings}</Relationships>",
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}"/>',
        **{f"xl/{name}": words for name, words in parts.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in whole.items():
            with file.open(name, "w") as part:
                for piece in [words] if isinstance(words, str) else words:
                    part.write(piece.encode())
    return path


def sheet(rows: str) -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{FIRST}{rows}</sheetData></worksheet>'


def one_sheet(folder: Path, rows: str, **parts: str | Iterator[str]) -> Path:
    return package(folder / "crafted.xlsx", [("settings", "s.xml")], {"s.xml": sheet(rows), **parts})


def cell(reference: str) -> Callable[[Path], Path]:
    """A workbook with one cell of this reference (an attribute, or nothing)."""

    def build(folder: Path) -> Path:
        return one_sheet(folder, f"<row><c {reference}><v>1</v></c></row>")

    return build


def shared_string(folder: Path) -> Path:
    """9 MB of text, shown in 2,000 cells."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 2002))
    text = "".join(chr(97 + (k * k * 7 + k // 13) % 26) for k in range(90_000)) * 100
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    return one_sheet(folder, cells, **{"sharedStrings.xml": strings})


def formula_and_blanks(folder: Path) -> Path:
    """A formula whose value never comes, and three million blanks."""
    return one_sheet(folder, f'<row r="2"><c r="A2"><f>1</f>{" " * 3_000_000}</c></row>')


def many_sheets(folder: Path) -> Path:
    """20,000 sheets on one part."""
    sheets = [(f"s{n}", "s.xml") for n in range(20_000)]
    return package(folder / "crafted.xlsx", sheets, {"s.xml": sheet("")})


def deep_xml(folder: Path) -> Path:
    """A part nested 200,000 deep."""
    return one_sheet(folder, "<row>" * 200_000 + "</row>" * 200_000)


def merged_everywhere(folder: Path) -> Path:
    """The same merged area of the whole sheet 20,000 times."""
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    words = sheet("").replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    return package(folder / "crafted.xlsx", [("settings", "s.xml")], {"s.xml": words})


def old_far_cell(folder: Path) -> Path:
    """An .xls whose cell's place reads 65535/65535."""
    book = xlwt.Workbook()
    page = book.add_sheet("settings")
    page.write(0, 0, "setting")
    page.write(1, 0, 123.456)
    path = folder / "crafted.xls"
    book.save(str(path))
    content = path.read_bytes()
    record = struct.pack("<HHHH", 0x0203, 14, 1, 0)
    assert content.count(record) == 1
    path.write_bytes(content.replace(record, struct.pack("<HHHH", 0x0203, 14, 65535, 65535)))
    return path


def computed_columns(folder: Path) -> Path:
    """A SQLite file whose table computes 40 MB a row."""
    path = folder / "crafted.sqlite"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE settings (setting TEXT, value TEXT AS (hex(zeroblob(20000000))) VIRTUAL)")
        base.executemany("INSERT INTO settings (setting) VALUES (?)", [(str(n),) for n in range(2)])
        base.commit()
    return path


def long_texts(folder: Path) -> Path:
    """40 texts of 25 MB in a Parquet file of some kilobytes."""
    path = folder / "settings.parquet"
    one = pl.Series("setting", ["x" * 25_000_000])
    one.gather([0] * 40).to_frame().with_columns(value=pl.lit("x")).write_parquet(path)
    return path


def rows_without_end(folder: Path) -> Path:
    """20 million rows of one value."""
    path = folder / "settings.parquet"
    pl.select(pl.repeat("a", 20_000_000).alias("setting"), value=pl.lit("x")).write_parquet(path)
    return path


def wide_header(folder: Path) -> Path:
    """A header of 5 MB."""
    path = folder / "settings.csv"
    path.write_text("setting,value," + "x" * 5_000_000 + "\na,b,c\n", encoding="utf8")
    return path


def many_headers(folder: Path) -> Path:
    """A header of a million columns."""
    path = folder / "settings.csv"
    path.write_text("setting,value," + ",".join(f"c{n}" for n in range(1_000_000)) + "\na,b\n", encoding="utf8")
    return path


CRAFTED: dict[str, Callable[[Path], Path]] = {
    "the last cell": cell('r="XFD1048576"'),
    "the last cell, single quotes": cell("r='XFD1048576'"),
    "the last cell, lower case": cell('r="xfd1048576"'),
    "the last cell, blanks about the sign": cell('r = "XFD1048576"'),
    "a column beyond the last, row 60000": cell('r="ALL60000"'),
    "a column of four letters": cell('r="ZZZZ1"'),
    "a shared string of 9 MB in 2,000 cells": shared_string,
    "20,000 sheets on one part": many_sheets,
    "xml 200,000 deep": deep_xml,
    "an old workbook's cell 65535/65535": old_far_cell,
    "computed columns": computed_columns,
    "40 texts of 25 MB": long_texts,
    "20 million rows": rows_without_end,
    "a header of 5 MB": wide_header,
    "a million columns": many_headers,
}
# What costs nothing once it is read with care, and may be read.
HARMLESS: dict[str, Callable[[Path], Path]] = {
    "a cell without a place": cell(""),
    "a formula and three million blanks": formula_and_blanks,
    "20,000 merged areas of the whole sheet": merged_everywhere,
}
