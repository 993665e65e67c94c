"""A province as one SQLite file: a table a table, its columns and keys as declared, dates as ISO text."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import polars as pl

from fansipan.errors import FansipanError, Fault, Place
from fansipan.foreign import Death, SqliteRows, read_fenced
from fansipan.tables.columns import REGISTRY, Table
from fansipan.tables.files.writing import replaced
from fansipan.tables.reading.contents import Contents, nearest_tables, table_named
from fansipan.tables.reading.sheet import Sheet, sheet_of_frame

MAGIC = b"SQLite format 3\x00"
TYPES = {"number": "REAL", "integer": "INTEGER", "flag": "INTEGER"}
FORMS = {"day": "%Y-%m-%d", "moment": "%Y-%m-%d %H:%M:%S%.f"}
# 'F', 'n', 's', 'p': how the file says whose it is (PRAGMA application_id).
APPLICATION = 0x466E7370


def read_sqlite(path: Path) -> Contents:
    """The tables of a SQLite file, by name. Views, virtual tables and computed columns are programs and not read."""
    sheets: list[tuple[type[Table], Sheet]] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    try:
        rows: SqliteRows = read_fenced("sqlite", path)
    except Death as death:
        return Contents(faults=(Fault(death.code, {"file": path.name}, Place(path.name)),))
    for found in rows.tables:
        place = Place(path.name, found.name)
        table = table_named(found.name)
        if table is None:
            params = {"name": found.name, "near": nearest_tables(found.name)}
            faults.append(Fault("table.unknown", params, place, severity="warning"))
        elif (first := seen.setdefault(table.name, found.name)) != found.name:
            faults.append(Fault("table.twice", {"table": table.name, "first": first}, place))
        else:
            sheets.append((table, sheet_of_frame(found.frame, file=path.name, name=found.name)))
            faults += [
                Fault("cell.binary", {"column": column}, Place(path.name, found.name, row, column))
                for column, row in found.binary
            ]
    faults += [Fault("database.computed", {"table": name}, Place(path.name, name)) for name in rows.computed]
    if rows.damage is not None:
        return Contents(faults=(*faults, Fault("database.damaged", {"file": path.name}, Place(path.name), rows.damage)))
    if not sheets and not rows.computed:
        faults.append(Fault("database.no-tables", {"file": path.name}, Place(path.name)))
    return Contents(tuple(sheets), tuple(faults))


def write_sqlite(frames: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write the frames, by table name, to one SQLite file, whole or not at all.

    Raises FansipanError ``file.unwritable``.
    """
    try:
        with replaced(path) as temporary, closing(sqlite3.connect(temporary)) as base:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute(f"PRAGMA application_id = {APPLICATION}")
            for name, frame in frames.items():
                _write_table(base, REGISTRY[name], frame)
            base.commit()
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FansipanError("file.unwritable", file=str(path), reason=reason) from error


def create_statement(table: type[Table]) -> str:
    """The SQL that makes the table, with its key and which columns must be filled."""
    columns = [
        f'"{name}" {TYPES.get(meaning.kind, "TEXT")}{"" if table.nullable(name) else " NOT NULL"}'
        for name, meaning in table.meanings().items()
    ]
    key = ", ".join(f'"{name}"' for name in table.primary_key())
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, f"PRIMARY KEY ({key})"])})'


def _write_table(base: sqlite3.Connection, table: type[Table], frame: pl.DataFrame) -> None:
    base.execute(create_statement(table))
    texts = [
        pl.col(name).dt.to_string(FORMS[meaning.kind])
        for name, meaning in table.meanings().items()
        if meaning.kind in FORMS
    ]
    marks = ", ".join("?" * frame.width)
    base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', frame.with_columns(texts).iter_rows())
