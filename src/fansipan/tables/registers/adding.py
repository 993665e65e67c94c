"""Rows of filled forms added to tables that never change: what is new, what stood there, what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from fansipan.errors import Fault
from fansipan.tables.columns import REGISTRY
from fansipan.tables.reading.contents import Gathered

MOMENT = "recorded_at"
ROW, THERE, KNOWN = "@row", "@there", "@known"


@dataclass(frozen=True, slots=True)
class Added:
    """What a form brings to one table.

    `frame` is the table with the new rows at its end; `new` counts them, `corrections` those among them that a row of
    the same thing recorded at another moment went before, `known` the rows of the form that stood there already, cell
    for cell.
    """

    table: str
    frame: pl.DataFrame
    new: int
    corrections: int
    known: int


def add_rows(known: Mapping[str, pl.DataFrame], form: Gathered) -> tuple[list[Added], list[Fault]]:
    """The tables of `form`, each with its rows added to what is `known`, and every fault.

    A row whose key stands there with other figures is a fault (``add.differs``, an error): rows are never changed, and
    what was recorded wrongly is recorded again at a later moment. `known` has a frame for every table of the form.
    """
    added, faults = [], []
    for name, frame in form.frames.items():
        against = _against(known[name], frame, name)
        faults += list(_contradictions(against, form, name))
        new = against.filter(pl.col(THERE).is_null()).sort(ROW).select(frame.columns)
        corrections = _corrections(known[name], new, name)
        added.append(Added(name, pl.concat([known[name], new]), new.height, corrections, frame.height - new.height))
    return added, faults


def _against(known: pl.DataFrame, frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows of the form, each beside the known row of the same key, if there is one."""
    keys = REGISTRY[name].primary_key()
    marked = known.with_columns(pl.lit(value=True).alias(THERE))
    return frame.with_row_index(ROW).join(marked, on=keys, how="left", suffix=KNOWN, nulls_equal=True)


def _contradictions(against: pl.DataFrame, form: Gathered, name: str) -> Iterator[Fault]:
    keys = REGISTRY[name].primary_key()
    others = [column for column in REGISTRY[name].column_names() if column not in keys]
    for column in others:
        differs = against.filter(pl.col(THERE), pl.col(column).ne_missing(pl.col(column + KNOWN)))
        for row in differs.iter_rows(named=True):
            params = {"key": "; ".join(str(row[key]) for key in keys), "known": _shown(row[column + KNOWN])}
            yield Fault("add.differs", params, form.place(name, row[ROW], column), row[column])


def _corrections(known: pl.DataFrame, new: pl.DataFrame, name: str) -> int:
    """How many of the new rows speak of a thing and period that the table knew, recorded at another moment."""
    keys = REGISTRY[name].primary_key()
    if MOMENT not in keys:
        return 0
    of = [key for key in keys if key != MOMENT]
    return new.join(known.select(of).unique(), on=of, how="semi", nulls_equal=True).height


def _shown(value: object) -> str:
    return "–" if value is None else str(value)
