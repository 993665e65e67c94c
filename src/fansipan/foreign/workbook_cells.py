"""The cells of an Excel workbook, .xlsx or .xls, as text. What a file is, is told by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.foreign.xlsx_package import Part, inspect, letters

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ERROR = re.compile(r"Error\((\w+)\)")
MOST_SHEETS = 2_000


@dataclass(frozen=True, slots=True)
class WorksheetCells:
    """A worksheet: its cells as text from row 1 on, columns named by their letters; None where it cannot be read.

    `errors` gives the kind of error, as the reader names it, of the (row, column) whose formula failed, from 0.
    """

    part: Part
    frame: pl.DataFrame | None
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkbookCells:
    """The worksheets of a workbook in the order of its tabs, or the faults for which it is not read."""

    sheets: tuple[WorksheetCells, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Unreadable(Exception):
    """The reader of cells gave up."""


def read_workbook_cells(path: Path) -> WorkbookCells:
    """The worksheets of a workbook."""
    with path.open("rb") as file:
        old = file.read(8) == OLE
    content = path.read_bytes()
    parts: tuple[Part, ...] = ()
    if not old:
        parts, faults = inspect(path)
        if faults:
            return WorkbookCells(faults=faults)
    elif ENCRYPTED in content:
        return _refused("workbook.password", path)
    try:
        return _read(content, path, {part.name: part for part in parts})
    except _Unreadable as error:
        return _refused("workbook.password" if "assword" in str(error) else "workbook.damaged", path)


def _refused(code: str, path: Path) -> WorkbookCells:
    return WorkbookCells(faults=(Fault(code, {"file": path.name}, Place(path.name)),))


def _call(function: Any, *arguments: Any, **options: Any) -> Any:
    """Call the reader, which is not Python and may also give up by a panic, which is no Exception."""
    try:
        return function(*arguments, **options)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise _Unreadable(str(error)) from error


def _read(content: bytes, path: Path, parts: dict[str, Part]) -> WorkbookCells:
    import fastexcel

    reader = _call(fastexcel.read_excel, content)
    if len(reader.sheet_names) > MOST_SHEETS:
        return _refused("workbook.damaged", path)
    sheets = []
    for order, name in enumerate(reader.sheet_names):
        if parts and name not in parts:
            continue
        part = parts.get(name, Part(name, hidden=False))
        try:
            sheets.append(_cells(reader, order, part))
        except _Unreadable:
            sheets.append(WorksheetCells(part, None))
    return WorkbookCells(tuple(sheets))


def _cells(reader: Any, order: int, part: Part) -> WorksheetCells:
    sheet = _call(reader.load_sheet, order, header_row=None, skip_rows=0, dtypes="string")
    part = Part(part.name, part.hidden or sheet.visible != "visible", part.first_column, part.merged, part.unvalued)
    if not sheet.width:
        return WorksheetCells(part, pl.DataFrame())
    batch, errors = _call(sheet.to_arrow_with_errors)
    frame = pl.DataFrame(pl.from_arrow(batch))
    names = map(letters, range(part.first_column, part.first_column + frame.width))
    found = {error.position: ERROR.search(error.detail) for error in (errors.errors if errors else ())}
    kinds = {place: kind[1] for place, kind in found.items() if kind and place[0] < frame.height}
    return WorksheetCells(part, frame.rename(dict(zip(frame.columns, names, strict=True))), kinds)
