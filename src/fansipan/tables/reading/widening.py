"""A declared table widened by the columns that a file brings: one a criterion, a resource, a year.

Such a column may have any name whatever: while it is read it goes by a code of its own, so that a criterion called
``columns``, ``filter`` or ``primary_key`` is not taken for a part of the machinery.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import polars as pl

from fansipan.errors import Fault, InvalidInput
from fansipan.tables.columns import Table
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.parsing import clean_text, fold, without_signs
from fansipan.tables.reading.rows import conform, labels_of
from fansipan.tables.reading.sheet import Sheet

# What a spreadsheet writes of a cell formatted as percent.
PERCENT = r"^\s*[+−-]?\d[\d.,\s]*%\s*$"

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
    columns = extra(sheet.headers)
    names = {f"⟦{place}⟧": name for place, name in enumerate(columns)}
    coded = dict(zip(names, columns.values(), strict=True))
    wide = widened(table, coded)
    reading = conform(_without_percent(_coded_headers(sheet, names), wide), wide)
    faults = (*faults, *(_named(fault, names) for fault in reading.faults))
    if any(fault.severity == "error" for fault in faults):
        raise InvalidInput(faults)
    return reading.frame.rename(names), sheet, faults


def _coded_headers(sheet: Sheet, names: Mapping[str, str]) -> Sheet:
    """The sheet with the code of a further column in place of its name, given exactly or, if only one is so like it,
    without case and accents.
    """
    exact = {_same(name): code for code, name in names.items()}
    alike = Counter(fold(name) for name in names.values())
    folded = {fold(name): code for code, name in names.items() if alike[fold(name)] == 1}
    headers = [exact.get(_same(header)) or folded.get(fold(header)) or header for header in sheet.headers]
    return replace(sheet, headers=headers)


def _without_percent(sheet: Sheet, table: type[Table]) -> Sheet:
    """The sheet with ``15%`` as 15 in columns of figures that have no other unit and are in percent throughout.

    Where only some cells have the sign the column stays as it is, to be refused: 15% beside 0.2 may mean two things.
    """
    known, meanings = labels_of(table), table.meanings()
    found = {}
    for position, header in zip(sheet.frame.columns, sheet.headers, strict=True):
        meaning = meanings.get(known.get(fold(header), ""))
        cells = sheet.frame[position]
        if meaning is None or meaning.kind != "number" or meaning.unit not in ("", "%"):
            continue
        filled = clean_text(without_signs(cells)).drop_nulls()
        if len(filled) and filled.str.contains(PERCENT).all():
            found[position] = cells.str.replace(r"\s*%\s*$", "")
    return replace(sheet, frame=sheet.frame.with_columns(**found)) if found else sheet


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def _named(fault: Fault, names: Mapping[str, str]) -> Fault:
    """The fault with the names of the columns in place of their codes."""

    def told(words: Any) -> Any:
        for code, name in names.items() if isinstance(words, str) else ():
            words = words.replace(code, name)
        return words

    params = {key: told(value) for key, value in fault.params.items()}
    place = replace(fault.place, column=told(fault.place.column)) if fault.place else fault.place
    return replace(fault, params=params, place=place)
