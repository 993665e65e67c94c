"""A declared table widened by the columns that a file brings: one a criterion, a resource, a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import polars as pl

from fansipan.errors import Fault, InvalidInput
from fansipan.tables.columns import Table
from fansipan.tables.delimited import read_delimited
from fansipan.tables.reading import conform
from fansipan.tables.sheet import Sheet

# Given the headers of a file, the further columns to be read, by name.
Extra = Callable[[list[str]], Mapping[str, Any]]


def widened(table: type[Table], extra: Mapping[str, Any]) -> type[Table]:
    """`table` with the columns `extra` (made by `columns.number` and its sisters) after its own."""
    # From the columns, not by inheritance: a column called `name` is hidden behind the table's own name.
    return cast(type[Table], type(f"Wide{table.__name__}", (Table,), {**table.columns(), **extra}))


def read_wide(path: Path | str, table: type[Table], extra: Extra) -> tuple[pl.DataFrame, Sheet, tuple[Fault, ...]]:
    """Read a CSV file as `table` widened by ``extra(headers)``.

    Returns the frame, the sheet it was read from (its `rows` number the frame's rows) and the warnings. Raises
    InvalidInput with every fault of the file at once.
    """
    sheet, faults = read_delimited(Path(path))
    if sheet is None:
        raise InvalidInput(faults)
    reading = conform(sheet, widened(table, extra(sheet.headers)))
    faults = (*faults, *reading.faults)
    if any(fault.severity == "error" for fault in faults):
        raise InvalidInput(faults)
    return reading.frame, sheet, faults
