"""A sheet of cells: what a CSV file, a worksheet or a table of a SQLite file holds before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells, as text or (from Parquet and from frames made in Python) already typed.

    `frame` has one column a column of the sheet (names are positions) and one row a row that is not blank;
    `rows` gives each row's number as a spreadsheet shows it; `headers` the header cells; `header_row` their row.
    """

    frame: pl.DataFrame
    headers: list[str]
    rows: pl.Series
    file: str | None = None
    sheet: str | None = None
    header_row: int = 1


def sheet_of(cells: pl.DataFrame, *, file: str | None = None, name: str | None = None, first_row: int = 1) -> Sheet:
    """A sheet from cells whose first row that is not blank is the header; blank rows and blank columns fall away.

    `cells` has String columns only; `first_row` is the number of its first row.
    """
    numbered = cells.with_columns(pl.Series("__n__", range(first_row, first_row + cells.height), dtype=pl.Int64))
    filled = numbered.filter(~pl.all_horizontal(pl.exclude("__n__").fill_null("").str.strip_chars() == ""))
    if filled.is_empty():
        return Sheet(pl.DataFrame(), [], pl.Series([], dtype=pl.Int64), file, name, first_row)
    top = filled.row(0, named=True)
    body = filled.slice(1)
    used = [c for c in cells.columns if (top[c] or "").strip() or body[c].fill_null("").str.strip_chars().ne("").any()]
    headers = [" ".join((top[c] or "").split()) for c in used]
    return Sheet(body.select(used), headers, body["__n__"], file, name, top["__n__"])


def sheet_of_frame(frame: pl.DataFrame, *, file: str | None = None, name: str | None = None) -> Sheet:
    """A sheet from a frame whose columns are named; its rows count from 1."""
    rows = pl.Series(range(1, frame.height + 1), dtype=pl.Int64)
    return Sheet(frame, frame.columns, rows, file, name, 0)
