"""A due day that was moved is a slip: how often it was moved, how far from the first day it is now (Rule D31)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import polars as pl


@dataclass(frozen=True, slots=True)
class DueDays:
    """The first and the last day set, and how often another than the one before was set (moved back counts too)."""

    first: date | None
    last: date | None
    moves: int

    @property
    def slip(self) -> int:
        """Days from the first due day to the one now in force: negative where it was brought forward, 0 without one."""
        return (self.last - self.first).days if self.first is not None and self.last is not None else 0


def due_days(days: Iterable[date | None]) -> DueDays:
    """The history of one due day from every day set, in the order in which they were recorded.

    A day set where none was is no move; a row without a day leaves the one in force.
    """
    every = [day for day in days if day is not None]
    return DueDays(every[0] if every else None, every[-1] if every else None, sum(a != b for a, b in pairwise(every)))


def due_histories(rows: pl.DataFrame, *key: str) -> dict[tuple[str, ...], DueDays]:
    """The history of the due day of each `key`, from rows of which the one recorded last holds (Rule D21)."""
    recorded = rows.sort("recorded_at", maintain_order=True)
    return {code: due_days(own["due"]) for code, own in recorded.group_by(key, maintain_order=True)}
