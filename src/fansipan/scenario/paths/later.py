"""Targets due after the projected year: how far to project to answer them, and their chances (Rule P16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from fansipan.periods import Month
from fansipan.province import Province
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.paths.chances import ANSWERED, PARTS, chances
from fansipan.scenario.paths.simulation import Simulation
from fansipan.scenario.projection import MOST_MONTHS, Projection


def later_end(projection: Projection, province: Province) -> Month | None:
    """The last month to project to for the targets due after the span of `projection`; None where there are none.

    That is December of the latest year in which a target that a simulation answers is due, no more than 36 months
    after the last month reported.
    """
    return max((end for _, end in _due_later(projection, province) if _within(projection, end)), default=None)


def out_of_reach(projection: Projection, province: Province) -> list[str]:
    """The codes of the targets that are due too far away to be projected, in the order of the table."""
    return [str(row["target"]) for row, end in _due_later(projection, province) if not _within(projection, end)]


def later_chances(far: Simulation, near: Projection, province: Province) -> pl.DataFrame:
    """The chances of plans and targets of the years after the span of `near`, in the columns of `chances`.

    `far` simulates a projection made at the same time as `near`, to `later_end`. Targets without a day belong to the
    span of `near`.
    """
    last = near.months[-1]
    undated = province["targets"].filter(pl.col("due").is_null())["target"]
    found = chances(far, province).filter(pl.col("period").str.slice(0, 4).cast(pl.Int32) > last.year)
    return found.filter((pl.col("source") != "target") | ~pl.col("item").is_in(undated.implode()))


def _due_later(projection: Projection, province: Province) -> Iterator[tuple[dict[str, Any], Month]]:
    """The targets due after the span that a simulation answers, each with December of its year."""
    for row in province["targets"].iter_rows(named=True):
        answered = row["indicator"] in ANSWERED and row["scope_kind"] in PARTS
        if answered and row["due"] is not None and row["due"] > projection.months[-1].last_day:
            yield row, Month(row["due"].year, SEASON)


def _within(projection: Projection, end: Month) -> bool:
    return end.ordinal - projection.month.ordinal <= MOST_MONTHS
