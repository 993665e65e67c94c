"""Writing a frame by the ending of the file's name: .csv, .xlsx, .parquet or .json; whole or not at all.

A file is written beside its place and then moved there, so that a write that is cut off leaves the old file whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from fansipan.errors import FansipanError

ENDINGS = (".csv", ".xlsx", ".parquet", ".json")
# A worksheet holds 1,048,576 rows; a longer table goes on in a sheet of its own.
ROWS_A_SHEET = 1_000_000


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` to write to; moved over it when the block ends well, removed when it does not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


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
    try:
        with replaced(path) as temporary:
            _WRITERS[path.suffix.lower()](frame, temporary)
    except OSError as error:
        raise FansipanError("file.unwritable", file=str(path), reason=error.strerror or "?") from error
    return path


def split_rows(frame: pl.DataFrame, name: str, most: int = ROWS_A_SHEET) -> Iterator[tuple[str, pl.DataFrame]]:
    """The frame in pieces that fit a worksheet, each with its sheet's name: ``returns``, ``returns (2)``, ..."""
    for piece in range(max(1, -(-frame.height // most))):
        yield name if piece == 0 else f"{name} ({piece + 1})", frame.slice(piece * most, most)


def _csv(frame: pl.DataFrame, path: Path) -> None:
    frame.write_csv(path)


def _parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path)


def _json(frame: pl.DataFrame, path: Path) -> None:
    frame.write_json(path)


def _xlsx(frame: pl.DataFrame, path: Path) -> None:
    import xlsxwriter

    # Figures beyond 15 digits cannot be kept in a worksheet; text that looks like a formula stays text.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(path, options) as book:
        for name, piece in split_rows(frame, "data"):
            piece.write_excel(book, name, table_style="Table Style Light 1", autofit=frame.height <= 100_000)


_WRITERS = {".csv": _csv, ".parquet": _parquet, ".json": _json, ".xlsx": _xlsx}
