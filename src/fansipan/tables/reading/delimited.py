"""Text files of rows: CSV with comma, semicolon or tab, in UTF-8 (byte order mark or not) or UTF-16 with its mark."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.tables.reading.sheet import HEADER_ROWS, Sheet, header_index, sheet_of

SEPARATORS = (",", ";", "\t", "|")
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
QUOTED, DECIMAL = re.compile(r'"[^"]*"'), re.compile(r"(?<=\d),(?=\d)")
# The apostrophe that keeps a spreadsheet from taking text for a formula is no part of the text.
GUARD = r"^'('*\s*[=+\-@＝＋－＠]|'*[\t\r\n])"
# A cell of a worksheet holds 32,767 characters; a text file may hold more, up to the size of a book.
MOST_CHARACTERS = 10_000_000
# No sheet has more columns than Excel's; no name of a column is a text of that length.
MOST_COLUMNS, MOST_LINE = 16_384, 1_000_000


def read_delimited(path: Path, known: Collection[str] = ()) -> tuple[Sheet | None, tuple[Fault, ...]]:
    """The cells of a text file; None, with faults, where it cannot be read at all.

    `known` are the folded labels of its table, by which the header is found where titles stand above it.
    """
    cells, faults = read_cells(path)
    if cells is None:
        return None, faults
    return _sheet(cells, path.name, known)


def read_cells(path: Path) -> tuple[list[list[str]] | pl.DataFrame | None, tuple[Fault, ...]]:
    """The cells as a frame of text, or where rows have unlike lengths as lists; None, with faults, if unreadable."""
    place = Place(file=path.name)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None, (Fault("file.missing", {"file": str(path)}, place),)
    except OSError as error:
        return None, (Fault("file.unreadable", {"file": str(path), "reason": error.strerror or "?"}, place),)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, (Fault("file.not-utf8", {"file": path.name}, Place(path.name, row=line)),)
    if "\x00" in words:
        return None, (Fault("file.not-text", {"file": path.name}, place),)
    if not words.strip():
        return None, (Fault("file.empty", {"file": path.name}, place),)
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    first = words.lstrip("\n").partition("\n")[0]
    if len(first) > MOST_LINE or max(map(first.count, SEPARATORS)) >= MOST_COLUMNS:
        return None, (Fault("file.too-wide", {"file": path.name}, place),)
    return _cells(words, path.name)


def _cells(words: str, file: str) -> tuple[list[list[str]] | pl.DataFrame | None, tuple[Fault, ...]]:
    separator = _separator(words)
    try:
        cells = pl.read_csv(
            io.BytesIO(words.encode()), has_header=False, infer_schema=False, separator=separator, quote_char='"'
        )
        return cells.with_columns(pl.all().str.replace(GUARD, "$1")) if "'" in words else cells, ()
    except pl.exceptions.PolarsError:
        return _cells_row_by_row(words, separator, file)


def _separator(words: str) -> str:
    """The separator that stands in most of the first lines, and there most often and equally often.

    Quoted ones do not count. Where semicolons or tabs stand too, a comma between digits is a decimal comma. A list in a
    cell (``1;2;3``) has its marks in the rows but not in the header, so it does not decide.
    """
    lines = [line for line in QUOTED.sub("", words[:100_000]).split("\n") if line.strip()][:HEADER_ROWS]

    def marks(separator: str) -> tuple[int, int]:
        counts = Counter((DECIMAL.sub("", x) if ";" in x or "\t" in x else x).count(separator) for x in lines)
        return len(lines) - counts[0], max(times * count for count, times in counts.items())

    return max(SEPARATORS, key=marks) if lines else ","


def _cells_row_by_row(words: str, separator: str, file: str) -> tuple[list[list[str]] | None, tuple[Fault, ...]]:
    """The slow way, which takes rows of unlike lengths."""
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        rows = csv.reader(io.StringIO(words), delimiter=separator, strict=True)
        return [[re.sub(GUARD, r"\1", cell) for cell in row] for row in rows], ()
    except csv.Error as error:
        return None, (Fault("file.unreadable", {"file": file, "reason": str(error)}, Place(file)),)


def _sheet(cells: list[list[str]] | pl.DataFrame, file: str, known: Collection[str]) -> tuple[Sheet, tuple[Fault, ...]]:
    if isinstance(cells, pl.DataFrame):
        return sheet_of(cells, file=file, known=known), ()
    filled = [(n, row) for n, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    at = header_index([row for _, row in filled[:HEADER_ROWS]], known)
    width = len(filled[at][1])
    long = [n for n, row in filled[at:] if any(cell.strip() for cell in row[width:])]
    faults = tuple(Fault("row.too-long", {"width": width}, Place(file, row=n)) for n in long)
    padded = [(row + [""] * width)[:width] for row in cells]
    frame = pl.DataFrame(padded, schema={str(i): pl.String for i in range(width)}, orient="row")
    return sheet_of(frame, file=file, known=known), faults
