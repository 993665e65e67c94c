"""Any container of tables: what stands at a path, told by its first bytes, and writing by the ending of a name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from fansipan.errors import FansipanError, Fault, Place
from fansipan.tables.columns import REGISTRY, Table
from fansipan.tables.files.folder import Format, read_folder, read_parquet, write_folder
from fansipan.tables.files.sqlite_file import MAGIC, read_sqlite, write_sqlite
from fansipan.tables.files.workbook import is_workbook, read_workbook
from fansipan.tables.files.workbook_writing import write_workbook
from fansipan.tables.reading.contents import Contents, guess_table, nearest_tables, table_named
from fansipan.tables.reading.delimited import read_cells, read_delimited
from fansipan.tables.reading.rows import labels_of
from fansipan.tables.reading.sheet import HEADER_ROWS
from fansipan.texts import Language

SQLITE = (".sqlite", ".sqlite3", ".db")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
# Endings that somebody who names a file, not a folder, would write.
OTHERS = (".csv", ".parquet", ".json", ".txt", ".doc", ".docx", ".pdf", ".zip", ".tsv", ".html", *WORKBOOKS[1:])
PARQUET = b"PAR1"
LABELS: Language = "vi"  # a province's own workbook carries the labels that its office reads


def read_contents(path: Path) -> Contents:
    """The tables of a folder, a workbook, a SQLite file, or one CSV or Parquet file; faults, never an exception."""
    if path.is_dir():
        return read_folder(path)
    try:
        with path.open("rb") as file:
            head = file.read(16)
        return _read_file(path, head)
    except FileNotFoundError:
        return Contents(faults=(Fault("file.missing", {"file": str(path)}, Place(path.name)),))
    except OSError as error:
        reason = error.strerror or "?"
        return Contents(faults=(Fault("file.unreadable", {"file": path.name, "reason": reason}, Place(path.name)),))


def write_container(frames: Mapping[str, pl.DataFrame], path: Path, form: Format = "csv") -> None:
    """Write frames by table name: ``.xlsx`` a workbook, ``.sqlite`` or ``.db`` a SQLite file, no ending a folder.

    Tables without rows are left out, so that all three read back alike; with no rows at all the settings stand alone.
    Raises FansipanError ``file.format-unknown`` or ``file.unwritable``.
    """
    suffix = path.suffix.lower()
    filled = {name: frames[name] for name in REGISTRY if name in frames and frames[name].height}
    some = filled or {"settings": REGISTRY["settings"].create_empty()}
    if path.is_dir():
        write_folder(frames, path, form)
    elif suffix == ".xlsx":
        write_workbook(some, path, LABELS)
    elif suffix in SQLITE:
        write_sqlite(some, path)
    elif suffix in OTHERS:
        known = ", ".join((".xlsx", *SQLITE))
        raise FansipanError("file.format-unknown", file=path.name, suffix=path.suffix, known=known)
    else:
        write_folder(some, path, form)


def _read_file(path: Path, head: bytes) -> Contents:
    suffix = path.suffix.lower()
    if head.startswith(MAGIC):
        return read_sqlite(path)
    if is_workbook(head):
        return read_workbook(path)
    if suffix in WORKBOOKS:
        code = "file.empty" if not head else "file.not-workbook"
        return Contents(faults=(Fault(code, {"file": path.name}, Place(path.name)),))
    if suffix in SQLITE:
        return Contents(faults=(Fault("database.damaged", {"file": path.name}, Place(path.name)),))
    return _read_single(path, parquet=head.startswith(PARQUET) or suffix == ".parquet")


def _read_single(path: Path, *, parquet: bool) -> Contents:
    """One CSV or Parquet file, its table told by its name or else by its headers."""
    told: tuple[Fault, ...] = ()
    table = table_named(path.stem)
    if table is None:
        table, told = _guess(path, parquet=parquet)
    if table is None:
        return Contents(faults=told)
    sheet, faults = read_parquet(path) if parquet else read_delimited(path, labels_of(table))
    return Contents(((table, sheet),) if sheet else (), (*told, *faults))


def _guess(path: Path, *, parquet: bool) -> tuple[type[Table] | None, tuple[Fault, ...]]:
    if parquet:
        sheet, faults = read_parquet(path)
        cells = pl.DataFrame([sheet.headers], orient="row") if sheet else None
    else:
        rows, faults = read_cells(path)
        cells = _frame(rows) if isinstance(rows, list) else rows
    if cells is None:
        return None, faults
    table = guess_table(cells)
    if table is None:
        params = {"name": path.name, "near": nearest_tables(path.stem)}
        return None, (Fault("table.unknown", params, Place(path.name)),)
    params = {"sheet": path.name, "table": table.name}
    return table, (Fault("sheet.guessed", params, Place(path.name), severity="warning"),)


def _frame(rows: list[list[str]]) -> pl.DataFrame:
    wide = max(map(len, rows))
    return pl.DataFrame([row + [""] * (wide - len(row)) for row in rows[: 2 * HEADER_ROWS]], orient="row")
