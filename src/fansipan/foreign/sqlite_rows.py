"""The rows of a SQLite file's tables. Views, virtual tables and computed columns are not read: they are programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

MOST_VALUE = 1_000_000
# PRAGMA table_xinfo: how a column that is computed is told.
COMPUTED = (2, 3)


@dataclass(frozen=True, slots=True)
class SqliteTable:
    """A table: its name, its rows, and the (column, row from 1) where a column first holds bytes instead of text."""

    name: str
    frame: pl.DataFrame
    binary: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SqliteRows:
    """The tables of a file, those with computed columns by name, and what the library says of the file's damage."""

    tables: tuple[SqliteTable, ...] = ()
    computed: tuple[str, ...] = ()
    damage: str | None = None


def read_sqlite_rows(path: Path) -> SqliteRows:
    """Every table of the file; what was read before damage was met is not lost."""
    found = SqliteRows()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE)
            base.execute("PRAGMA trusted_schema = OFF")
            for name in _table_names(base):
                if _computes(base, name):
                    found = replace(found, computed=(*found.computed, name))
                else:
                    found = replace(found, tables=(*found.tables, _table(base, name)))
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        return replace(found, damage=str(error)[:200])
    return found


def _table_names(base: sqlite3.Connection) -> list[str]:
    found = base.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    return [name for name, sql in found if not name.startswith("sqlite_") and "VIRTUAL" not in (sql or "").upper()[:20]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _computes(base: sqlite3.Connection, name: str) -> bool:
    return any(column[6] in COMPUTED for column in base.execute(f"PRAGMA table_xinfo({_quoted(name)})"))


def _table(base: sqlite3.Connection, name: str) -> SqliteTable:
    found = base.execute(f"SELECT * FROM {_quoted(name)}")
    headers = [column[0] for column in found.description]
    rows = found.fetchall()
    values = {header: [row[at] for row in rows] for at, header in enumerate(headers)}
    return SqliteTable(name, pl.DataFrame({h: _series(v) for h, v in values.items()}), tuple(_binary(values)))


def _series(values: list[Any]) -> pl.Series:
    """Numbers as they are where all are numbers, else everything as text; null where nothing or bytes stand."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds in ({float}, {float, int}):
        return pl.Series(values, dtype=pl.Float64)
    if kinds == {int}:
        return pl.Series(values, dtype=pl.Int64)
    return pl.Series([None if v is None or isinstance(v, bytes) else str(v) for v in values], dtype=pl.String)


def _binary(values: dict[str, list[Any]]) -> Iterator[tuple[str, int]]:
    for header, column in values.items():
        for number, value in enumerate(column, 1):
            if isinstance(value, bytes):
                yield header, number
                break
