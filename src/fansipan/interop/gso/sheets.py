"""The sheets of a workbook as rows of text, and the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fansipan.errors import Fault, InvalidInput, Place, refuse
from fansipan.foreign import Death, WorkbookCells, read_fenced

Cells = list[list[str]]
PLAIN = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
# 104,75 or 1.234,5 typed as text; 1,234 is left alone: it may be a thousand or a fraction.
COMMA = re.compile(r"-?\d+,(\d{1,2}|\d{4,})")
GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+,\d+")
NOTHING = ("", "-", "–", "—", ".", "..", "...", "…", ":", "x", "na", "n/a")
NAME_COLUMNS, MOST_NAMES = 4, 0.6


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet: its name, its rows of text (blank cells as empty text), and whether a reader sees it."""

    name: str
    cells: Cells
    visible: bool


def sheets_of(path: Path) -> Iterator[SheetCells]:
    """The sheets of a .xls or .xlsx file; raises InvalidInput where it cannot be read."""
    if not path.is_file():
        raise InvalidInput([Fault("file.missing", {"file": str(path)}, Place(path.name))])
    try:
        book: WorkbookCells = read_fenced("workbook", path)
    except Death as death:
        raise InvalidInput([Fault(death.code, {"file": path.name}, Place(path.name))]) from death
    refuse(book.faults)
    for sheet in book.sheets:
        if sheet.frame is None:
            raise InvalidInput([Fault("sheet.unreadable", {"sheet": sheet.part.name}, Place(path.name))])
        rows = [[" ".join((cell or "").split()) for cell in row] for row in sheet.frame.iter_rows()]
        yield SheetCells(sheet.part.name, _from_the_names_on(rows), not sheet.part.hidden)


def number(cell: str) -> float | None:
    """The number that a cell holds, as a number or as text with a decimal comma or a percent sign; None for others."""
    text = cell.removesuffix("%").replace(" ", "").replace("\u00a0", "")
    if PLAIN.fullmatch(text):
        return float(text)
    if COMMA.fullmatch(text) or GROUPED.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def says_nothing(cell: str) -> bool:
    """Whether a cell is blank or holds a sign for no figure."""
    return cell.casefold() in NOTHING


def at(row: list[str], position: int) -> str:
    """The cell of a row, empty beyond its end."""
    return row[position] if position < len(row) else ""


def first_row(cells: Cells) -> int | None:
    """The first row of figures: a name followed by a number, below the heading and its row of column numbers."""
    for position, row in enumerate(cells):
        numbers = [n for cell in row[1:] if (n := number(cell)) is not None]
        if row and row[0] and number(row[0]) is None and numbers and not _counts_columns(numbers):
            return position
    return None


def _counts_columns(numbers: list[float]) -> bool:
    """Whether the numbers of a row are those of its columns (1, 2, 3, ...) or years, and so belong to the heading."""
    in_order = len(numbers) > 1 and numbers == [numbers[0] + k for k in range(len(numbers))] and numbers[0] in (1, 2)
    return in_order or all(n.is_integer() and 1990 <= n <= 2100 for n in numbers)


def _from_the_names_on(rows: Cells) -> Cells:
    """The rows without the columns left of the names: blank ones, or one that counts the rows.

    A title that stands there is kept, in the column of the names.
    """
    named = [_names_in(rows, column) for column in range(NAME_COLUMNS)]
    # Units stand beside names: of several columns of words the first is that of the names.
    names = next(column for column, count in enumerate(named) if count >= MOST_NAMES * max(named))
    return [
        [at(row, names) or next((c for c in row[:names] if number(c) is None and c), ""), *row[names + 1 :]]
        for row in rows
    ]


def _names_in(rows: Cells, column: int) -> int:
    """How many rows have words in the column and a number to the right of it."""
    return sum(
        bool(at(row, column)) and number(row[column]) is None and any(number(c) is not None for c in row[column + 1 :])
        for row in rows
    )
