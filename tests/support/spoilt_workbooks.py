"""Workbooks spoilt in every way that people and machines spoil them: each function takes a folder and a random source.

Each writes one file and returns its path. What comes out is not known to be faulty: some are only unusual.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from openpyxl.styles import PatternFill

from support.sound_province import sheets

FRENCH = ["établissement", "produit", "mois", "enregistré", "statut", "quantité", "valeur", "origine"]
VIETNAMESE = [
    "Mã cơ sở",
    "Mã sản phẩm",
    "Tháng báo cáo",
    "Thời điểm ghi nhận",
    "Trạng thái số liệu",
    "Sản lượng",
    "Giá trị (giá hiện hành)",
    "Nguồn",
]
WRONG = [
    "x",
    -5,
    True,
    date(2024, 5, 1),
    datetime(1899, 12, 30),
    1e300,
    "1,234",
    "49,5",
    "#REF!",
    " ",
    "2024-13",
    "nan",
    "١٢٣",
    "😀",
    "a" * 32_000,
    0.1 + 0.2,
    -1e-9,
    "=",
    "'",
    "31/02/2024",
    "1e999",
    "\t\n",
    "０７",
]


def book_of(cells: dict[str, list[list]]) -> openpyxl.Workbook:
    """A workbook of cells by sheet; text that begins with = stays text."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in cells.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                cell = sheet.cell(r, c, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    return book


def saved(book: openpyxl.Workbook, folder: Path, name: str = "tỉnh.xlsx") -> Path:
    """The workbook written into the folder."""
    path = folder / name
    book.save(path)
    return path


def wrong_types(folder: Path, chance: random.Random) -> Path:
    """Cells replaced by what does not belong there."""
    cells = sheets()
    for _ in range(chance.randint(1, 12)):
        rows = cells[chance.choice(list(cells))]
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(WRONG)
    return saved(book_of(cells), folder)


def merged_cells(folder: Path, chance: random.Random) -> Path:
    """Ranges merged in the body, the header or both."""
    book = book_of(sheets())
    for _ in range(chance.randint(1, 4)):
        top, left = chance.randint(1, 12), chance.randint(1, 6)
        book["returns"].merge_cells(
            start_row=top, end_row=top + chance.randint(0, 4), start_column=left, end_column=left + chance.randint(0, 2)
        )
    return saved(book, folder)


def shuffled_headers(folder: Path, chance: random.Random) -> Path:
    """Columns in another order, some left out, one said twice."""
    cells = sheets()
    for name, rows in cells.items():
        order = list(range(len(rows[0])))
        chance.shuffle(order)
        order = order[: chance.randint(len(order) - 1, len(order))] + ([order[0]] if chance.random() < 0.2 else [])
        cells[name] = [[row[i] for i in order] for row in rows]
    return saved(book_of(cells), folder)


def translated_headers(folder: Path, chance: random.Random) -> Path:
    """Headers in Vietnamese, in capitals without accents, or in a language that nobody here speaks."""
    cells = sheets()
    headers = chance.choice(
        [VIETNAMESE, [h.upper() for h in VIETNAMESE], FRENCH, ["Đ"] * 8, [None] * 8, list(range(8))]
    )
    cells["returns"][0] = list(headers)
    if chance.random() < 0.5:
        cells[chance.choice(["Báo cáo sản phẩm tháng", "Sheet1", "bao cao san pham thang"])] = cells.pop("returns")
    return saved(book_of(cells), folder)


def titles_above(folder: Path, chance: random.Random) -> Path:
    """Titles, blank rows, a second header, a row that numbers the columns."""
    cells = sheets()
    head, *body = cells["returns"]
    above = [["BÁO CÁO", *[None] * 7], [None] * 8, ["Đơn vị:", "tấn", *[None] * 6], ["Số", *[None] * 7]]
    numbering = [["A", "B", "C", 1, 2, 3, 4, 5]] if chance.random() < 0.5 else []
    second = [VIETNAMESE] if chance.random() < 0.5 else []
    cells["returns"] = [*above[: chance.randint(1, 4)], *second, head, *numbering, *body]
    return saved(book_of(cells), folder)


def duplicates(folder: Path, chance: random.Random) -> Path:
    """Rows that stand twice, in one sheet or in a second one."""
    cells = sheets()
    rows = cells["returns"]
    extra = [list(chance.choice(rows[1:])) for _ in range(chance.randint(1, 5))]
    if chance.random() < 0.5:
        cells[chance.choice(["returns (2)", "Monthly returns", "Returns 2"])] = [rows[0], *extra]
    else:
        rows += extra
    return saved(book_of(cells), folder)


def decimal_commas(folder: Path, chance: random.Random) -> Path:
    """Figures as text, in every style there is."""
    cells = sheets()
    for row in cells["returns"][1:]:
        whole, part = divmod(round(row[5] * 100), 100)
        row[5] = chance.choice(
            [f"{whole},{part:02d}", f"{whole:,}.{part:02d}", f"1.{whole:03d},5", f"{whole:,}", f"{whole} "]
        )
    return saved(book_of(cells), folder)


def blank_rows(folder: Path, chance: random.Random) -> Path:
    """Blank rows by the hundred thousand, styled or not, before, between or after the rows."""
    count = chance.choice([1_000, 10_000, 100_000])
    path = saved(book_of(sheets()), folder)
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(30, min(count, 1_048_000)))
    return rezipped(
        path, "xl/worksheets/sheet5.xml", lambda words: words.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    )


def far_cells(folder: Path, chance: random.Random) -> Path:
    """A cell at the other end of the sheet, or beyond it."""
    path = saved(book_of(sheets()), folder)
    far = chance.choice(["XFD1048576", "Z1048576", "ZZZ5", "A99999999", "XFD1", "C1048576", "IV70000"])
    row = re.sub("[A-Z]", "", far)
    cell = f'<row r="{row}"><c r="{far}"><v>1</v></c></row></sheetData>'.encode()
    return rezipped(path, "xl/worksheets/sheet5.xml", lambda words: words.replace(b"</sheetData>", cell))


def zip_bomb(folder: Path, chance: random.Random) -> Path:
    """A part that unpacks to far more than it should, said or unsaid in the directory of the zip."""
    path = saved(book_of(sheets()), folder)
    big = b"<worksheet><sheetData>" + b" " * chance.choice([30_000_000, 60_000_000]) + b"</sheetData></worksheet>"
    rezipped(path, chance.choice(["xl/worksheets/sheet5.xml", "xl/sharedStrings.xml", "xl/new.xml"]), lambda _: big)
    if chance.random() < 0.5:
        content = bytearray(path.read_bytes())
        at = content.find(len(big).to_bytes(4, "little"), len(content) // 2)
        content[at : at + 4] = (1000).to_bytes(4, "little")
        path.write_bytes(content)
    return path


def formulas(folder: Path, chance: random.Random) -> Path:
    """Formulas with a value, without one, with an error, with empty text."""
    cells = sheets()
    book = book_of(cells)
    for _ in range(chance.randint(1, 5)):
        cell = book["returns"].cell(chance.randint(2, 21), chance.randint(1, 8))
        cell.value = chance.choice(["=1+1", "=SUM(F2:F4)", "=F2/0", '=IF(1=1,"","x")', "=nonsense("])
    path = saved(book, folder)
    value = chance.choice([b"<v>1002.5</v>", b"<v></v>", b"<v/>", b"", b"<v>#REF!</v>"])
    kind = b' t="e"' if b"#" in value else chance.choice([b"", b' t="str"'])

    def valued(words: bytes) -> bytes:
        return re.sub(
            rb"<c ([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>",
            rb"<c \1" + kind + rb"><f>\2</f>" + value + rb"</c>",
            words,
        )

    return rezipped(path, "xl/worksheets/sheet5.xml", valued)


def password(folder: Path, chance: random.Random) -> Path:
    """A workbook that asks for a password, under one of three names."""
    plain = saved(book_of(sheets()), folder, "plain.xlsx")
    path = folder / chance.choice(["tỉnh.xlsx", "tỉnh.xls", "returns.csv"])
    with plain.open("rb") as source, path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("mật khẩu", target)
    plain.unlink()
    return path


def false_name(folder: Path, chance: random.Random) -> Path:
    """Something else under the name of a workbook, or a workbook under another name."""
    contents = [
        b"establishment,product\n1,2\n",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"{}",
        bytes(range(256)) * 9,
        "Mã\x00".encode("utf-16"),
        b"SQLite format 3\x00" + bytes(90),
        b"PAR1" + bytes(50) + b"PAR1",
        b"%PDF-1.7",
    ]
    name = chance.choice(["tỉnh.xlsx", "tỉnh.xls", "returns.csv", "tỉnh.sqlite", "returns.parquet"])
    path = folder / name
    if chance.random() < 0.3:
        return saved(book_of(sheets()), folder, "a.xlsx").rename(path)
    path.write_bytes(chance.choice(contents))
    return path


def cut_off(folder: Path, chance: random.Random) -> Path:
    """A file that was not fetched to its end, or lacks its beginning."""
    path = saved(book_of(sheets()), folder)
    content = path.read_bytes()
    at = chance.randrange(len(content))
    path.write_bytes(content[:at] if chance.random() < 0.7 else content[at:])
    return path


def flipped_bytes(folder: Path, chance: random.Random) -> Path:
    """Bytes changed in the zip, or in one part before it is zipped again."""
    path = saved(book_of(sheets()), folder)

    def flipped(content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)

    if chance.random() < 0.5:
        path.write_bytes(flipped(path.read_bytes()))
        return path
    with zipfile.ZipFile(path) as package:
        part = chance.choice(package.namelist())
    return rezipped(path, part, flipped)


def missing_parts(folder: Path, chance: random.Random) -> Path:
    """A part left out, doubled, or one that declares entities."""
    path = saved(book_of(sheets()), folder)
    with zipfile.ZipFile(path) as package:
        part = chance.choice(package.namelist())
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    return rezipped(
        path, part, chance.choice([lambda _: None, lambda words: bomb, lambda words: b"", lambda words: words * 2])
    )


def hidden_sheets(folder: Path, chance: random.Random) -> Path:
    """Sheets hidden, charts and sheets without cells among them."""
    book = book_of(sheets())
    for name in chance.sample(book.sheetnames, chance.randint(1, 4)):
        book[name].sheet_state = chance.choice(["hidden", "veryHidden"])
    book.create_chartsheet("Biểu đồ")
    book.create_sheet("Trống")
    return saved(book, folder)


def odd_dates(folder: Path, chance: random.Random) -> Path:
    """Numbers shown as dates that are no days, dates where none belong."""
    book = book_of(sheets())
    for _ in range(chance.randint(1, 8)):
        cell = book[chance.choice(["returns", "areas"])].cell(chance.randint(2, 3), chance.randint(1, 6))
        cell.value = chance.choice([0, -1, 1e10, 60, 2958466, 45413.999999, 0.5, 1e-9])
        cell.number_format = chance.choice(["dd/mm/yyyy", "hh:mm", "[h]:mm", "mm/yyyy"])
    return saved(book, folder)


def odd_text(folder: Path, chance: random.Random) -> Path:
    """Control characters, escapes, unseen and decomposed letters, cells styled far and wide."""
    odd = [
        "_x0000_",
        "_xD800_",
        "a\u200bb",
        "e\u0302",
        "\ufeff007",
        "007\u00a0",
        "x" * 32_767,
        "a\r\nb",
        "\u202e",
        "007 · Mỏ",
    ]
    cells = sheets()
    for _ in range(chance.randint(1, 6)):
        rows = cells[chance.choice(list(cells))]
        rows[chance.randrange(1, len(rows))][chance.randrange(2)] = chance.choice(odd)
    book = book_of(cells)
    book["returns"].cell(40, 200).fill = PatternFill("solid", fgColor="FF0000")
    return saved(book, folder)


def old_format(folder: Path, chance: random.Random) -> Path:
    """A workbook of the old kind, sound, cut or under the new name."""
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets().items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if chance.random() < 0.005:
                    sheet.row(r).set_cell_error(c, 0x17)
                else:
                    sheet.write(r, c, value, style if isinstance(value, date) else xlwt.Style.default_style)
    buffer = io.BytesIO()
    book.save(buffer)
    content = bytearray(buffer.getvalue())
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        content = content[: chance.randrange(len(content))]
    path = folder / chance.choice(["tỉnh.xls", "tỉnh.xlsx"])
    path.write_bytes(content)
    return path


def rezipped(path: Path, part: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The package with one part changed (or, for None, left out), or added where it was not there."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, words in parts.items():
            if words is not None:
                package.writestr(name, words)
    return path


SPOILERS = (
    wrong_types,
    merged_cells,
    shuffled_headers,
    translated_headers,
    titles_above,
    duplicates,
    decimal_commas,
    blank_rows,
    far_cells,
    zip_bomb,
    formulas,
    password,
    false_name,
    cut_off,
    flipped_bytes,
    missing_parts,
    hidden_sheets,
    odd_dates,
    odd_text,
    old_format,
)
