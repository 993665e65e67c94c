"""Writing a frame by the ending of the file's name: .csv, .xlsx, .parquet or .json; whole or not at all.

A file is written beside its place and then moved there, so that a write that is cut off leaves the old file whole. The
same content gives the same bytes, whenever it is written; text that a spreadsheet would take for a formula stays text.
"""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from errno import EISDIR, EPERM
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs

from fansipan.errors import FansipanError

ENDINGS = (".csv", ".xlsx", ".parquet", ".json")
# A worksheet holds 1,048,576 rows; a longer table goes on in a sheet of its own.
ROWS_A_SHEET = 1_000_000
# The day that every workbook says it was made: the same content gives the same file.
MADE = datetime(2024, 1, 1)
BOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
# What a spreadsheet takes for a formula in a CSV file; figures and a lone sign are none.
_FORMULA, _FIGURE = r"^'*\s*[=+\-@＝＋－＠]|^'*[\t\r\n]", r"^[+\-]?[\d.,\s]*(?:[eE][+\-]?\d+)?$"


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` to write to; moved over it when the block ends well, removed when it does not.

    Links are followed; what is no plain file (a folder, a device) is never replaced. Raises FansipanError
    ``file.unwritable`` with the system's reason, also where a library wraps that in an error of its own.
    """
    temporary = None
    try:
        target = path.resolve()
        _check_plain(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        if path.suffix.lower() == ".docx":
            _without_clock(temporary)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    except FansipanError:
        raise
    except Exception as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise FansipanError("file.unwritable", file=str(path), reason=reason) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _check_plain(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        raise PermissionError(EPERM, os.strerror(EPERM))


def _reason(error: BaseException | None) -> str | None:
    """The system's reason at the root of `error`; None where it is no error of writing."""
    while error is not None:
        if isinstance(error, OSError):
            return error.strerror or str(error) or "?"
        if isinstance(error, pl.exceptions.PolarsError) and "os error" in str(error):
            return str(error)
        error = error.__cause__ or error.__context__
    return None


def _without_clock(path: Path) -> None:
    """The packed file anew, its parts without the time at which they were packed."""
    with zipfile.ZipFile(path) as packed:
        parts = [(part.filename, packed.read(part)) for part in packed.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """An xlsxwriter workbook for `path`, written whole or not at all, with no clock in it and text never a formula.

    Raises FansipanError ``file.unwritable``.
    """
    import xlsxwriter

    with replaced(path) as temporary, xlsxwriter.Workbook(temporary, BOOK_OPTIONS) as book:
        book.set_properties({"created": MADE})
        yield book


def check_ending(path: Path | str) -> Path:
    """The path, if its ending can be written; raises FansipanError ``file.format-unknown`` before any work is done."""
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise FansipanError("file.format-unknown", file=path.name, suffix=path.suffix or "?", known=", ".join(ENDINGS))
    return path


def write_frame(frame: pl.DataFrame, path: Path | str) -> Path:
    """Write `frame` in the format of the file's ending and return the path.

    Figures are written unrounded. Raises FansipanError ``file.format-unknown`` or ``file.unwritable``.
    """
    path = check_ending(path)
    if path.suffix.lower() == ".xlsx":
        with workbook(path) as book:
            _fill(book, frame)
    else:
        with replaced(path) as temporary:
            _WRITERS[path.suffix.lower()](frame, temporary)
    return path


def write_csv(frame: pl.DataFrame, path: Path) -> Path:
    """Write `frame` as a CSV file that Excel opens with its Vietnamese letters right, and return the path.

    Raises FansipanError ``file.unwritable``.
    """
    with replaced(path) as temporary:
        neutral(frame).write_csv(temporary, include_bom=True)
    return path


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before text that a spreadsheet would take for a formula (reading takes it off)."""
    marked = [
        pl.when(pl.col(name).str.contains(_FORMULA) & ~pl.col(name).str.contains(_FIGURE))
        .then("'" + pl.col(name))
        .otherwise(name)
        .alias(name)
        for name in frame.select(cs.string()).columns
    ]
    names = pl.Series("name", frame.columns, pl.String)
    formulas = names.str.contains(_FORMULA) & ~names.str.contains(_FIGURE)
    return frame.with_columns(marked).rename({name: f"'{name}" for name in names.filter(formulas)})


def split_rows(frame: pl.DataFrame, name: str, most: int = ROWS_A_SHEET) -> Iterator[tuple[str, pl.DataFrame]]:
    """The frame in pieces that fit a worksheet, each with its sheet's name: ``returns``, ``returns (2)``, ..."""
    for piece in range(max(1, -(-frame.height // most))):
        yield name if piece == 0 else f"{name} ({piece + 1})", frame.slice(piece * most, most)


def _csv(frame: pl.DataFrame, path: Path) -> None:
    neutral(frame).write_csv(path)


def _parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path)


def _json(frame: pl.DataFrame, path: Path) -> None:
    frame.write_json(path)


def _fill(book: Any, frame: pl.DataFrame) -> None:
    # Figures beyond 15 digits cannot be kept in a worksheet.
    for name, piece in split_rows(frame, "data"):
        piece.write_excel(book, name, table_style="Table Style Light 1", autofit=frame.height <= 100_000)


_WRITERS = {".csv": _csv, ".parquet": _parquet, ".json": _json}
