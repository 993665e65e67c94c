"""Administrative units through time: which unit stood for which on a day, by successors, never by codes (Rule D17).

A unit that ended is followed to its successor; one that has yet to begin is followed back to the units whose successor
it is. Where that leads to several units, or to none, the answer says so: it is never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import polars as pl

from fansipan.errors import NotFound, Refused

# The levels of units that stand for each other: a district, a city or a town; a commune, a ward or a township.
ALIKE = {
    "province": ("province",),
    "district": ("district", "city", "town"),
    "commune": ("commune", "ward", "township"),
}
LEVELS_ALIKE = {level: levels for levels in ALIKE.values() for level in levels}


def valid_on(areas: pl.DataFrame, on: date) -> pl.DataFrame:
    """The administrative units that existed on `on`."""
    return areas.filter((pl.col("valid_from") <= on) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= on)))


def successor_on(areas: pl.DataFrame, area: str, on: date) -> str:
    """The unit that stands for `area` on `on`: itself while it exists, else its successor, and so on.

    Raises NotFound ``area.unknown``, and Refused ``area.no-successor`` where the chain ends or turns back.
    """
    rows = {row["area"]: row for row in areas.iter_rows(named=True)}
    if area not in rows:
        raise NotFound("area.unknown", name=area)
    seen, unit = set[str](), area
    while unit not in seen:
        seen.add(unit)
        row = rows[unit]
        if row["valid_to"] is None or row["valid_to"] >= on:
            return unit
        if row["successor"] is None or row["successor"] not in rows:
            break
        unit = row["successor"]
    raise Refused("area.no-successor", name=area, on=on)


def standing_for(areas: pl.DataFrame, unit: str, on: date) -> str | None:
    """`unit` while it exists, then its successor, and so on; None for one that is not there or began after `on`."""
    rows = {row["area"]: row for row in areas.iter_rows(named=True)}
    seen: set[str] = set()
    while unit in rows and unit not in seen:
        seen.add(unit)
        row = rows[unit]
        if row["valid_to"] is None or row["valid_to"] >= on:
            return unit if row["valid_from"] <= on else None
        unit = row["successor"]
    return None


class Units:
    """The units of the table `areas` with their chains of successors, for many questions about one table."""

    def __init__(self, areas: pl.DataFrame) -> None:
        self.rows: dict[str, dict[str, Any]] = {row["area"]: row for row in areas.iter_rows(named=True)}
        self.before: dict[str, list[str]] = defaultdict(list)
        for unit, row in self.rows.items():
            if row["successor"] is not None:
                self.before[row["successor"]].append(unit)

    def standing(self, unit: str, on: date) -> frozenset[str]:
        """The units that stand for `unit` on `on`: one after a merger; before it all that were merged; none if lost."""
        return frozenset(self._standing(unit, on, set()))

    def _standing(self, unit: str, on: date, seen: set[str]) -> Iterator[str]:
        if unit not in self.rows or unit in seen:
            return
        seen.add(unit)
        row = self.rows[unit]
        if row["valid_to"] is not None and row["valid_to"] < on:
            yield from () if row["successor"] is None else self._standing(row["successor"], on, seen)
        elif row["valid_from"] is not None and row["valid_from"] > on:
            for earlier in self._alike_before(unit):
                yield from self._standing(earlier, on, seen)
        else:
            yield unit

    def _alike_before(self, unit: str) -> list[str]:
        """Of the units that `unit` succeeded those of its own level: a district that ended in a province is none."""
        alike = LEVELS_ALIKE[self.rows[unit]["level"]]
        return [earlier for earlier in self.before[unit] if self.rows[earlier]["level"] in alike]

    def at_level(self, unit: str | None, levels: Collection[str], on: date) -> frozenset[str | None]:
        """The units of one of `levels` that `unit` is or lies in on `on`, all that it may be; None among them: unknown.

        Where no unit of those levels stands any more on `on` (the districts after 30 June 2025), as they last stood.
        """
        day = self.day_of(levels, on)
        found: set[str | None] = set()
        ahead, seen = list(self.standing(unit, day)) if unit is not None else [], set[str]()
        if not ahead:
            return frozenset([None])
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            row = self.rows[at]
            if row["level"] in levels:
                found.add(at)
                continue
            above = self.standing(row["parent"], day) if row["parent"] is not None else frozenset()
            found |= set() if above else {None}
            ahead += above
        return frozenset(found)

    def unit_at(self, unit: str | None, levels: Collection[str], on: date) -> str | None:
        """The one unit of `levels` that `unit` is or lies in on `on`; None where that is not known for certain."""
        found = self.at_level(unit, levels, on)
        return next(iter(found)) if len(found) == 1 else None

    def nearest_day(self, unit: str, on: date) -> date:
        """`on` where `unit` stands on it, else its last or first day; `on` for a unit that the table does not have."""
        first, last = (self.rows[unit][name] if unit in self.rows else None for name in ("valid_from", "valid_to"))
        return last if last is not None and last < on else first if first is not None and first > on else on

    def day_of(self, levels: Collection[str], on: date) -> date:
        """`on` where a unit of `levels` stands on it or none ended before, else the last day on which one stood."""
        own = [row for row in self.rows.values() if row["level"] in levels]
        ended = [row["valid_to"] for row in own if row["valid_to"] is not None and row["valid_to"] < on]
        stands = any(
            (row["valid_from"] is None or row["valid_from"] <= on)
            and (row["valid_to"] is None or row["valid_to"] >= on)
            for row in own
        )
        return on if stands or not ended else max(ended)
