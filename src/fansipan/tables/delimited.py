"""Text files of rows: CSV with comma, semicolon or tab, in UTF-8 (byte order mark or not) or UTF-16 with its mark."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.tables.sheet import Sheet, sheet_of

SEPARATORS = (",", ";", "\t", "|")
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_delimited(path: Path) -> tuple[Sheet | None, tuple[Fault, ...]]:
    """The cells of a text file; None, with faults, where it cannot be read at all."""
    place = Place(file=path.name)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None, (Fault("file.missing", {"file": str(path)}, place),)
    except OSError as error:
        return None, (Fault("file.unreadable", {"file": path.name, "reason": error.strerror or "?"}, place),)
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
    return _cells(words.replace("\r\n", "\n").replace("\r", "\n"), path.name)


def _cells(words: str, file: str) -> tuple[Sheet | None, tuple[Fault, ...]]:
    head = next(line for line in words.split("\n") if line.strip())
    separator = max(SEPARATORS, key=head.count)
    try:
        cells = pl.read_csv(
            io.BytesIO(words.encode()), has_header=False, infer_schema=False, separator=separator, quote_char='"'
        )
    except pl.exceptions.PolarsError:
        return _cells_row_by_row(words, separator, file)
    return sheet_of(cells, file=file), ()


def _cells_row_by_row(words: str, separator: str, file: str) -> tuple[Sheet | None, tuple[Fault, ...]]:
    """The slow way, which can say which row is broken."""
    try:
        rows = list(csv.reader(io.StringIO(words), delimiter=separator, strict=True))
    except csv.Error as error:
        return None, (Fault("file.unreadable", {"file": file, "reason": str(error)}, Place(file)),)
    width = len(next(r for r in rows if any(c.strip() for c in r)))
    long = [n for n, r in enumerate(rows, 1) if any(c.strip() for c in r[width:])]
    faults = tuple(Fault("row.too-long", {"width": width}, Place(file, row=n)) for n in long)
    padded = [(r + [""] * width)[:width] for r in rows]
    cells = pl.DataFrame(padded, schema={str(i): pl.String for i in range(width)}, orient="row")
    return sheet_of(cells, file=file), faults
