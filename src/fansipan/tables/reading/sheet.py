"""A sheet of cells: what a CSV file, a worksheet or a table of a SQLite file holds before anything is understood.

The header need not be the first row: titles, units and the national motto may stand above it. It is the row, among the
first that are not blank, that names the most columns of the table; where several do so alike, the lowest of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from fansipan.tables.reading.parsing import fold

# How far down, in rows that are not blank, a header is looked for.
HEADER_ROWS = 30
NUMBER = "row of the sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells, as text or (from Parquet and from frames made in Python) already typed.

    `frame` has one column a column of the sheet (names are positions) and one row a row that is not blank;
    `rows` gives each row's number as a spreadsheet shows it; `headers` the header cells; `header_row` their row.
    `spoilt` gives the fault code of cells, by column of `frame` and number of row, that do not hold what they seem to.
    """

    frame: pl.DataFrame
    headers: list[str]
    rows: pl.Series
    file: str | None = None
    sheet: str | None = None
    header_row: int = 1
    spoilt: Mapping[tuple[str, int], str] = field(default_factory=dict)


def sheet_of(
    cells: pl.DataFrame,
    *,
    file: str | None = None,
    name: str | None = None,
    first_row: int = 1,
    known: Collection[str] = (),
) -> Sheet:
    """A sheet from cells; blank rows and blank columns fall away, and what stands above the header.

    `cells` has String columns only; `first_row` is the number of its first row; `known` are the folded labels of the
    table, by which the header is found; without them it is the first row that is not blank.
    """
    # A stray cell at the end of its row makes a sheet of thousands of columns without anything in them.
    cells = cells.select(column.name for column in cells if column.null_count() < cells.height)
    if not cells.width:
        return Sheet(pl.DataFrame(), [], pl.Series([], dtype=pl.Int64), file, name, first_row)
    numbered = cells.with_columns(pl.Series(NUMBER, range(first_row, first_row + cells.height), dtype=pl.Int64))
    filled = numbered.filter(~pl.all_horizontal(pl.exclude(NUMBER).fill_null("").str.strip_chars() == ""))
    if filled.is_empty():
        return Sheet(pl.DataFrame(), [], pl.Series([], dtype=pl.Int64), file, name, first_row)
    tops = [[_plain(cell) for cell in row] for row in filled.drop(NUMBER).head(HEADER_ROWS).rows()]
    at = header_index(tops, known)
    # A file of no declared columns is no printed form: its row A, 1, 2, 3 is data.
    body = filled.slice(at + 1 + (_numbering_rows(tops[at + 1 :]) if known else 0))
    blank = {c: not body[c].fill_null("").str.strip_chars().ne("").any() for c in cells.columns}
    headers = dict(zip(cells.columns, _completed(tops, at, known), strict=True))
    used = [c for c in cells.columns if headers[c] or not blank[c]]
    return Sheet(body.select(used), [headers[c] for c in used], body[NUMBER], file, name, filled[NUMBER][at])


def sheet_of_frame(frame: pl.DataFrame, *, file: str | None = None, name: str | None = None) -> Sheet:
    """A sheet from a frame whose columns are named; its rows count from 1."""
    rows = pl.Series(range(1, frame.height + 1), dtype=pl.Int64)
    return Sheet(frame, frame.columns, rows, file, name, 0)


def header_index(rows: list[list[str]], known: Collection[str]) -> int:
    """Which of `rows` (cells as text) is the header: the one that names the most columns, the lowest of several.

    Where several rows name one column each, the first row is: a word of the data was taken for a label.
    """
    named = [len({fold(cell) for cell in row} & set(known)) for row in rows]
    most = max(named)
    best = [i for i, count in enumerate(named) if count == most]
    return 0 if most == 0 or (most == 1 and len(best) > 1) else best[-1]


def _plain(cell: str | None) -> str:
    return " ".join((cell or "").split())


def _completed(rows: list[list[str]], at: int, known: Collection[str]) -> list[str]:
    """The header, its blank cells filled from a label just above: cells merged over two rows of headers."""
    above = rows[at - 1] if at else [""] * len(rows[at])
    return [cell or (over if fold(over) in known else "") for cell, over in zip(rows[at], above, strict=True)]


def _numbering_rows(rows: list[list[str]]) -> int:
    """1 where the row under the header only numbers the columns (A, B, 1, 2, 3), as printed forms do, else 0.

    Three cells are too few to tell: 1, 2, 3 may be a code, its parent and a weight.
    """
    cells = [cell.strip("()") for cell in rows[0] if cell] if rows else []
    figures = [cell for cell in cells if cell.isdecimal()]
    letters = [cell for cell in cells if not cell.isdecimal()]
    counts = [str(n) for n in range(1, len(figures) + 1)]
    return int(
        len(cells) > 3 and len(figures) >= 3 and figures == counts and letters == list("ABCDEFGH"[: len(letters)])
    )
