"""Opening a file as sheets of typed cells: composed letters, single blanks, old fonts converted and counted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fansipan.errors import Fault, InvalidInput, Place, refuse
from fansipan.foreign import Cell, Death, TypedCells, TypedSheet, letters, read_fenced
from fansipan.tables.reading.delimited import read_cells
from fansipan.tables.reading.old_fonts import Font, converted_from, old_text

BOOKS, DOCUMENTS, TEXTS = (".xlsx", ".xlsm", ".xls"), (".docx",), (".csv", ".tsv", ".txt")
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
# A soft hyphen is seen by nobody, but in TCVN3 it is the letter ư.
HYPHEN = "\u00ad"
# From so many cells of an old font on, and none in Unicode, the rest of the sheet is in it too.
SURE = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of a file: its cells from the first row and column on, cleaned; texts beside a document's tables."""

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    beside: tuple[str, ...] = ()

    def at(self, row: int, column: int) -> Cell:
        """The cell, None beyond the sheet."""
        return self.rows[row][column] if 0 <= row < len(self.rows) and column < len(self.rows[row]) else None

    def place(self, row: int, column: int | None = None) -> Place:
        """Where a cell stands, as a spreadsheet shows it: sheet, row from 1, letters of the column."""
        name = letters(column) if column is not None else None
        return Place(self.file, self.sheet or None, row + 1, name)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)


def open_file(path: Path) -> tuple[list[Grid], list[Fault]]:
    """The sheets of a workbook, document or text file, and what is told of them.

    Raises InvalidInput where the file cannot be read or is of no known kind.
    """
    ending = path.suffix.lower()
    if not path.is_file():
        raise InvalidInput([Fault("file.missing", {"file": str(path)}, Place(path.name))])
    if ending in BOOKS:
        found = _fenced("cells", path)
    elif ending in DOCUMENTS:
        found = _fenced("document", path)
    elif ending in TEXTS:
        found = _text(path)
    else:
        raise InvalidInput([Fault("intake.kind-unknown", {"file": path.name}, Place(path.name))])
    refuse(found.faults)
    grids, faults = [], []
    for sheet in found.sheets:
        if sheet.hidden:
            params = {"sheet": sheet.name}
            faults.append(Fault("intake.hidden", params, Place(path.name, sheet.name), severity="warning"))
        elif any(cell is not None for row in sheet.rows for cell in row):
            grid, told = _grid(path.name, sheet, found.words)
            grids.append(grid)
            faults += told
    if not grids:
        raise InvalidInput([Fault("file.empty", {"file": path.name}, Place(path.name)), *faults])
    return grids, faults


def _fenced(format: str, path: Path) -> TypedCells:
    try:
        found: TypedCells = read_fenced(format, path)
    except Death as death:
        raise InvalidInput([Fault(death.code, {"file": path.name}, Place(path.name))]) from death
    return found


def _text(path: Path) -> TypedCells:
    cells, faults = read_cells(path)
    if cells is None:
        return TypedCells(faults=faults)
    rows = cells if isinstance(cells, list) else cells.rows()
    return TypedCells((TypedSheet("", tuple(tuple(cell or None for cell in row) for row in rows)),))


def _grid(file: str, sheet: TypedSheet, beside: tuple[str, ...]) -> tuple[Grid, list[Fault]]:
    rows = [[_clean(cell) for cell in row] for row in sheet.rows]
    fonts = Counter(found.font for text in _texts(rows) if (found := old_text(text)))
    faults = []
    if fonts:
        (font, count), *_ = fonts.most_common()
        unicode = any(not old_text(text) and _has_marks(text) for text in _texts(rows))
        whole = count >= SURE and not unicode
        rows = [[_converted(cell, font if whole else None) for cell in row] for row in rows]
        params = {"font": font, "count": count, "sheet": sheet.name or file}
        faults.append(Fault("intake.old-font", params, Place(file, sheet.name or None), severity="warning"))
    rows = [[cell.replace(HYPHEN, "") if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Grid(file, sheet.name, tuple(map(tuple, rows)), sheet.merged, tuple(map(str, beside))), faults


def _clean(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", cell)).split())
    return text or None


def _texts(rows: list[list[Cell]]) -> Iterator[str]:
    return (cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii())


def _has_marks(text: str) -> bool:
    """Whether the text has letters that only Vietnamese in Unicode has."""
    return re.search("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]", text) is not None


def _converted(cell: Cell, font: Font | None) -> Cell:
    if not isinstance(cell, str) or cell.isascii():
        return cell
    if font is not None:
        return converted_from(cell, font)
    found = old_text(cell)
    return found.converted if found else cell


def is_day(cell: Cell) -> bool:
    """Whether a cell holds a day."""
    return isinstance(cell, date)
