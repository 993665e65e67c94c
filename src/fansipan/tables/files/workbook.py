"""Reading an Excel workbook, .xlsx or .xls: every sheet that is a table, rows numbered as the spreadsheet shows them.

Stored values of formulas count; formulas that gave an error, or were never computed, and merged cells are faults of
their cells. Hidden sheets are passed over and told, those whose names begin with ``_`` silently. What a file is, is
told by its first bytes, not by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.tables.columns import Table
from fansipan.tables.files.xlsx_package import Part, inspect, letters
from fansipan.tables.reading.contents import Contents, guess_table, nearest_tables, split_name, table_named
from fansipan.tables.reading.parsing import FORMULA_ERRORS
from fansipan.tables.reading.rows import labels_of
from fansipan.tables.reading.sheet import Sheet, sheet_of
from fansipan.texts import LANGUAGES, text

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ERROR = re.compile(r"Error\((\w+)\)")
ERRORS = {re.sub(r"\W", "", shown).casefold(): shown for shown in FORMULA_ERRORS}
MOST_SPOILT = 2_000
# The sheet of a form that says what its columns take.
GUIDES = tuple(text("template.guide", lang) for lang in LANGUAGES)


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins with `head` is a workbook of either kind (or another zip or OLE file)."""
    return head.startswith((ZIP, OLE))


def read_workbook(path: Path) -> Contents:
    """The tables of a workbook, by the names of its sheets or, where these say nothing, by their headers."""
    content = path.read_bytes()
    if content.startswith(OLE):
        if ENCRYPTED in content:
            return _refused("workbook.password", path)
        parts: tuple[Part, ...] = ()
    else:
        parts, faults = inspect(path)
        if faults:
            return Contents(faults=faults)
    try:
        return _read(content, path.name, {part.name: part for part in parts})
    except _Unreadable as error:
        code = "workbook.password" if "assword" in str(error) else "workbook.damaged"
        return _refused(code, path)


class _Unreadable(Exception):
    """The reader of cells gave up."""


def _refused(code: str, path: Path) -> Contents:
    return Contents(faults=(Fault(code, {"file": path.name}, Place(path.name)),))


def _call(function: Any, *arguments: Any, **options: Any) -> Any:
    """Call the reader, which is not Python and may also give up by a panic, which is no Exception."""
    try:
        return function(*arguments, **options)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise _Unreadable(str(error)) from error


def _read(content: bytes, file: str, parts: dict[str, Part]) -> Contents:
    import fastexcel

    reader = _call(fastexcel.read_excel, content)
    sheets: list[tuple[tuple[int, int], type[Table], Sheet]] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, int], str] = {}
    for order, name in enumerate(reader.sheet_names):
        if name.startswith("_") or name in GUIDES or (parts and name not in parts):
            continue
        part = parts.get(name, Part(name, hidden=False))
        try:
            cells, hidden = _cells(reader, order, part)
        except _Unreadable:
            faults.append(Fault("sheet.unreadable", {"sheet": name}, Place(file, name)))
            continue
        if hidden:
            faults.append(Fault("sheet.hidden", {"sheet": name}, Place(file, name), severity="warning"))
            continue
        table, told = _table_of(cells, file, name)
        faults += told
        if table is None:
            continue
        number = split_name(name)[1]
        if table_named(name) and (first := seen.setdefault((table.name, number), name)) != name:
            faults.append(Fault("table.twice", {"table": table.name, "first": first}, Place(file, name)))
            continue
        sheets.append(((number, order), table, _sheet(cells, file, part, table)))
    if not sheets and not any(f.severity == "error" for f in faults):
        faults.append(Fault("workbook.no-tables", {"file": file}, Place(file)))
    return Contents(tuple((table, sheet) for _, table, sheet in sorted(sheets, key=lambda s: s[0])), tuple(faults))


def _cells(reader: Any, order: int, part: Part) -> tuple[pl.DataFrame, bool]:
    """The cells as text, from row 1 on, columns named by their letters; and whether the sheet is hidden."""
    sheet = _call(reader.load_sheet, order, header_row=None, skip_rows=0, dtypes="string")
    hidden = part.hidden or sheet.visible != "visible"
    if hidden or not sheet.width:
        return pl.DataFrame(), hidden
    batch, errors = _call(sheet.to_arrow_with_errors)
    frame = pl.DataFrame(pl.from_arrow(batch))
    cells = frame.rename(dict(zip(frame.columns, map(letters, _positions(part, frame.width)), strict=True)))
    for error in errors.errors if errors else ():
        row, column = error.position
        kind = ERROR.search(error.detail)
        if kind and row < cells.height:
            shown = ERRORS.get(kind[1].casefold(), "#VALUE!")
            cells[row, column] = shown
    return cells, hidden


def _positions(part: Part, width: int) -> range:
    return range(part.first_column, part.first_column + width)


def _table_of(cells: pl.DataFrame, file: str, name: str) -> tuple[type[Table] | None, list[Fault]]:
    place = Place(file, name)
    if table := table_named(name):
        return table, []
    if cells.is_empty():
        return None, []
    if table := guess_table(cells):
        return table, [Fault("sheet.guessed", {"sheet": name, "table": table.name}, place, severity="warning")]
    return None, [Fault("table.unknown", {"name": name, "near": nearest_tables(name)}, place, severity="warning")]


def _sheet(cells: pl.DataFrame, file: str, part: Part, table: type[Table]) -> Sheet:
    sheet = sheet_of(cells, file=file, name=part.name, known=labels_of(table))
    spoilt = {(letters(column), row): "cell.formula-unvalued" for row, column in part.unvalued}
    spoilt |= dict(_merged(part, sheet))
    return Sheet(sheet.frame, sheet.headers, sheet.rows, file, part.name, sheet.header_row, spoilt)


def _merged(part: Part, sheet: Sheet) -> Iterator[tuple[tuple[str, int], str]]:
    """The cells of merged ranges below the header: whose row the value is of is not certain."""
    last = max(sheet.rows, default=0)
    count = 0
    for top, bottom, left, right in part.merged:
        for row in range(max(top, sheet.header_row + 1), min(bottom, last) + 1):
            for column in range(left, right + 1):
                count += 1
                if count > MOST_SPOILT:
                    return
                yield (letters(column), row), "cell.merged"
