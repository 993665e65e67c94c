"""A province as one SQLite file: a table a table, its columns and keys as declared, dates as ISO text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import FansipanError, Fault, Place
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
    """The tables of a SQLite file, by their names. Views and virtual tables are not read: they are programs."""
    sheets: list[tuple[type[Table], Sheet]] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            for name in _table_names(base):
                place = Place(path.name, name)
                table = table_named(name)
                if table is None:
                    params = {"name": name, "near": nearest_tables(name)}
                    faults.append(Fault("table.unknown", params, place, severity="warning"))
                elif (first := seen.setdefault(table.name, name)) != name:
                    faults.append(Fault("table.twice", {"table": table.name, "first": first}, place))
                else:
                    frame, told = _read_table(base, path.name, name)
                    faults += told
                    sheets.append((table, sheet_of_frame(frame, file=path.name, name=name)))
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        place = Place(path.name)
        return Contents(faults=(*faults, Fault("database.damaged", {"file": path.name}, place, str(error))))
    if not sheets:
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


def _table_names(base: sqlite3.Connection) -> list[str]:
    found = base.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    return [name for name, sql in found if not name.startswith("sqlite_") and "VIRTUAL" not in (sql or "").upper()[:20]]


def _read_table(base: sqlite3.Connection, file: str, name: str) -> tuple[pl.DataFrame, list[Fault]]:
    quoted = name.replace('"', '""')
    found = base.execute(f'SELECT * FROM "{quoted}"')
    headers = [column[0] for column in found.description]
    rows = found.fetchall()
    columns, faults = {}, []
    for at, header in enumerate(headers):
        values = [row[at] for row in rows]
        faults += list(_binary(values, Place(file, name, None, header)))
        columns[header] = _series(values)
    return pl.DataFrame(columns), faults


def _series(values: list[Any]) -> pl.Series:
    """Numbers as they are where all are numbers, else everything as text; null where nothing or bytes stand."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds in ({float}, {float, int}):
        return pl.Series(values, dtype=pl.Float64)
    if kinds == {int}:
        return pl.Series(values, dtype=pl.Int64)
    return pl.Series([None if v is None or isinstance(v, bytes) else str(v) for v in values], dtype=pl.String)


def _binary(values: list[Any], place: Place) -> Iterator[Fault]:
    for number, value in enumerate(values, 1):
        if isinstance(value, bytes):
            yield Fault("cell.binary", {"column": place.column}, Place(place.file, place.sheet, number, place.column))
            return
