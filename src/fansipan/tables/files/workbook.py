"""Reading an Excel workbook, .xlsx or .xls: every sheet that is a table, rows numbered as the spreadsheet shows them.

Stored values of formulas count; formulas that gave an error, or were never computed, and merged cells are faults of
their cells. Hidden sheets are passed over and told, those whose names begin with ``_`` silently. What a file is, is
told by its first bytes, not by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.foreign import Death, Part, WorkbookCells, WorksheetCells, letters, read_fenced
from fansipan.tables.columns import Table
from fansipan.tables.reading.contents import Contents, guess_table, nearest_tables, split_name, table_named
from fansipan.tables.reading.parsing import FORMULA_ERRORS
from fansipan.tables.reading.rows import labels_of
from fansipan.tables.reading.sheet import Sheet, sheet_of
from fansipan.texts import LANGUAGES, text

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ERRORS = {re.sub(r"\W", "", shown).casefold(): shown for shown in FORMULA_ERRORS}
MOST_SPOILT = 2_000
# The sheet of a form that says what its columns take.
GUIDES = tuple(text("template.guide", lang) for lang in LANGUAGES)


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins with `head` is a workbook of either kind (or another zip or OLE file)."""
    return head.startswith((ZIP, OLE))


def read_workbook(path: Path) -> Contents:
    """The tables of a workbook, by the names of its sheets or, where these say nothing, by their headers."""
    try:
        book: WorkbookCells = read_fenced("workbook", path)
    except Death as death:
        return Contents(faults=(refused(death, path),))
    return Contents(faults=book.faults) if book.faults else _tables_in(book, path.name)


def refused(death: Death, path: Path) -> Fault:
    """The fault of a file whose reader has died of it."""
    return Fault(death.code, {"file": path.name}, Place(path.name))


def _tables_in(book: WorkbookCells, file: str) -> Contents:
    sheets: list[tuple[tuple[int, int], type[Table], Sheet]] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, int], str] = {}
    for order, found in enumerate(book.sheets):
        name = found.part.name
        if name.startswith("_") or name in GUIDES:
            continue
        if found.frame is None:
            faults.append(Fault("sheet.unreadable", {"sheet": name}, Place(file, name)))
            continue
        if found.part.hidden:
            faults.append(Fault("sheet.hidden", {"sheet": name}, Place(file, name), severity="warning"))
            continue
        cells = _with_errors(found.frame, found)
        table, told = _table_of(cells, file, name)
        faults += told
        if table is None:
            continue
        number = split_name(name)[1]
        if table_named(name) and (first := seen.setdefault((table.name, number), name)) != name:
            faults.append(Fault("table.twice", {"table": table.name, "first": first}, Place(file, name)))
            continue
        sheets.append(((number, order), table, _sheet(cells, file, found.part, table)))
    if not sheets and not any(f.severity == "error" for f in faults):
        faults.append(Fault("workbook.no-tables", {"file": file}, Place(file)))
    return Contents(tuple((table, sheet) for _, table, sheet in sorted(sheets, key=lambda s: s[0])), tuple(faults))


def _with_errors(cells: pl.DataFrame, found: WorksheetCells) -> pl.DataFrame:
    """The cells with what a spreadsheet shows where a formula failed."""
    for (row, column), kind in found.errors.items():
        cells[row, column] = ERRORS.get(kind.casefold(), "#VALUE!")
    return cells


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
