"""What a container (folder, workbook, SQLite file) holds: its sheets, each with the table that it is of, then gathered.

A table may go on over several sheets or files (``returns``, ``returns (2)``); they are put together in that order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.tables.columns import REGISTRY, Table
from fansipan.tables.reading.parsing import fold
from fansipan.tables.reading.rows import MOST_FAULTS, Reading, conform, labels_of
from fansipan.tables.reading.sheet import HEADER_ROWS, Sheet

CONTINUED = re.compile(r"^(.*?)\s*\((\d+)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets of a container with their tables, in reading order, and the faults of the container itself."""

    sheets: tuple[tuple[type[Table], Sheet], ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Checked frames by table name, where each of their rows stands (`origins`: file, sheet, row), and every fault.

    A table without a sheet has no frame. Rows with an error are left out of `frames` and `origins`, not of `every_row`.
    """

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    origins: dict[str, pl.DataFrame] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    every_row: dict[str, pl.DataFrame] = field(default_factory=dict)

    def place(self, table: str, row: int, column: str | None = None) -> Place:
        """Where row `row` (counted from 0) of the frame of `table` stands in the input."""
        file, sheet, number = self.origins[table].row(row)
        return Place(file, sheet, number, column)


def split_name(words: str) -> tuple[str, int]:
    """The name of a sheet or file and its number: ``returns (2)`` is ``("returns", 2)``."""
    found = CONTINUED.match(words.strip())
    return (found[1], int(found[2])) if found else (words.strip(), 1)


def table_named(words: str) -> type[Table] | None:
    """The table whose code or label, in either language, is `words` (a continuation's number set aside)."""
    return _tables_by_name(len(REGISTRY)).get(fold(split_name(words)[0]))


@cache
def _tables_by_name(_declared: int) -> Mapping[str, type[Table]]:
    """Tables by folded code and labels; a worksheet's name holds 31 characters at most."""
    labels = [(name[:cut], t) for t in reversed(REGISTRY.values()) for name in (t.vi, t.en) for cut in (31, None)]
    return {fold(name): table for name, table in [*labels, *((t.name, t) for t in REGISTRY.values())]}


def guess_table(cells: pl.DataFrame) -> type[Table] | None:
    """The one table all of whose required columns some row of `cells` (text) names, and which it names the most of."""
    rows = [{fold(cell) for cell in row if cell} for row in cells.head(2 * HEADER_ROWS).rows()]
    scores: dict[tuple[int, int], list[type[Table]]] = {}
    for table in REGISTRY.values():
        labels = labels_of(table)
        named = max(({labels[cell] for cell in row if cell in labels} for row in rows), key=len, default=set())
        required = {name for name in table.column_names() if table.required(name)}
        if required <= named and len(named) > 1:
            scores.setdefault((len(named), -len(table.column_names())), []).append(table)
    best = scores[max(scores)] if scores else []
    return best[0] if len(best) == 1 else None


def nearest_tables(words: str) -> str:
    """The names of the tables that `words` may have meant, or all of them."""
    known = {fold(name): table.name for table in REGISTRY.values() for name in (table.name, table.vi, table.en)}
    near = get_close_matches(fold(split_name(words)[0]), known, n=3, cutoff=0.5)
    return ", ".join(dict.fromkeys(known[name] for name in near) if near else REGISTRY)


def gather(contents: Contents) -> Gathered:
    """Read every sheet as its table and put the sheets of one table together, with all faults."""
    faults = list(contents.faults)
    readings: dict[str, list[Reading]] = {}
    origins: dict[str, list[pl.DataFrame]] = {}
    for table, sheet in contents.sheets:
        reading = conform(sheet, table)
        faults += reading.faults
        readings.setdefault(table.name, []).append(reading)
        file, name = pl.lit(sheet.file, pl.String).alias("file"), pl.lit(sheet.sheet, pl.String).alias("sheet")
        origins.setdefault(table.name, []).append(pl.select(file, name, reading.rows.alias("row")))
    gathered = Gathered(
        {name: pl.concat([piece.frame for piece in pieces]) for name, pieces in readings.items()},
        {name: pl.concat(pieces) for name, pieces in origins.items()},
        every_row={name: pl.concat([piece.every_row for piece in pieces]) for name, pieces in readings.items()},
    )
    for table_name, pieces in readings.items():
        if len(pieces) > 1:
            faults += _duplicates_across(gathered, table_name)
    return replace(gathered, faults=tuple(faults))


def _duplicates_across(gathered: Gathered, name: str) -> Iterable[Fault]:
    """Keys that stand in more than one sheet of a table; within one sheet `conform` has found them."""
    keys = REGISTRY[name].primary_key()
    frame = pl.concat(
        [gathered.frames[name].select(keys), gathered.origins[name].rename({"row": "@row"})], how="horizontal"
    )
    where = pl.struct("file", "sheet")
    twice = frame.with_row_index("@index").filter(where.n_unique().over(keys) > 1)
    for row in twice.head(MOST_FAULTS).iter_rows(named=True):
        value = "; ".join(str(row[key]) for key in keys)
        yield Fault("row.duplicate", {"keys": ", ".join(keys)}, gathered.place(name, row["@index"]), value)
