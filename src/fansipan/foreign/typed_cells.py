"""The cells of workbooks (.xlsx, .xls) and of the tables of Word documents as they were typed.

A figure that was typed as text (``15.473``) must be told from a number (15.473): which it is decides what it means, so
cells keep their type here: text, number, day, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from fansipan.errors import Fault, Place
from fansipan.foreign.workbook_cells import ENCRYPTED, OLE
from fansipan.foreign.xlsx_package import inspect

Cell = str | float | date | None
MOST_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A sheet, or a table of a document: rows of cells from the first row and column on.

    `merged` are the (first row, first column, last row, last column) of merged ranges, from 0.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TypedCells:
    """The sheets of a file, or the faults for which it is not read; `words` is a document's text beside its tables."""

    sheets: tuple[TypedSheet, ...] = ()
    faults: tuple[Fault, ...] = ()
    words: tuple[str, ...] = ()


def read_typed_cells(path: Path) -> TypedCells:
    """The sheets of a workbook, .xlsx or .xls, told by its first bytes."""
    with path.open("rb") as file:
        old = file.read(8) == OLE
    if not old:
        _, faults = inspect(path)
        if faults:
            return TypedCells(faults=faults)
    elif ENCRYPTED in path.read_bytes():
        return _refused("workbook.password", path)
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [_sheet(book, metadata) for metadata in book.sheets_metadata if "WorkSheet" in str(metadata.typ)]
    except PasswordError:
        return _refused("workbook.password", path)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        # The reader is not Python and may also give up by a panic, which is no Exception.
        return _refused("workbook.damaged", path)
    if sum(len(row) for sheet in sheets for row in sheet.rows) > MOST_CELLS:
        return _refused("file.too-wide", path)
    return TypedCells(tuple(sheets))


def read_document(path: Path) -> TypedCells:
    """The tables of a Word document (.docx), each a sheet named by its number, and the text around them."""
    _, faults = _document_faults(path)
    if faults:
        return TypedCells(faults=faults)
    import docx

    try:
        document = docx.Document(str(path))
    except Exception:
        return _refused("workbook.damaged", path)
    sheets = []
    for order, table in enumerate(document.tables, 1):
        rows = tuple(tuple(cell.text.strip() or None for cell in row.cells) for row in table.rows)
        sheets.append(TypedSheet(str(order), rows))
    return TypedCells(tuple(sheets), words=tuple(p.text for p in document.paragraphs if p.text.strip()))


def _refused(code: str, path: Path) -> TypedCells:
    return TypedCells(faults=(Fault(code, {"file": path.name}, Place(path.name)),))


def _document_faults(path: Path) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Whether the document's package is safe to unpack."""
    import zipfile

    from fansipan.foreign.xlsx_package import MOST_RATIO, RATIO_FROM

    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            for entry in entries:
                if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
                    return (), (Fault("workbook.bomb", {"file": path.name}, Place(path.name)),)
            if "word/document.xml" not in {entry.filename for entry in entries}:
                raise KeyError("word/document.xml")
            words = package.read("word/document.xml")
            if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
                raise ValueError("DOCTYPE")
    except Exception:
        return (), (Fault("workbook.damaged", {"file": path.name}, Place(path.name)),)
    return (), ()


def _sheet(book: Any, metadata: Any) -> TypedSheet:
    sheet = book.get_sheet_by_name(metadata.name)
    rows = tuple(tuple(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False))
    merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return TypedSheet(metadata.name, rows, merged, "Visible" not in str(metadata.visible))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    return str(value) if value is not None else None
