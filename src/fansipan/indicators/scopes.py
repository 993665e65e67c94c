"""Which administrative units a scope means, by the units valid on its own date (Rule D2)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.errors import NotFound

# The words that a scope of kind ``areas`` may use, and the levels they mean.
LEVELS = {
    "district": ("district",),
    "all": ("district", "city", "town"),
    "commune": ("commune",),
    "all-communes": ("commune", "ward", "township"),
}


def valid_on(areas: pl.DataFrame, on: date) -> pl.DataFrame:
    """The administrative units that existed on `on`."""
    return areas.filter((pl.col("valid_from") <= on) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= on)))


def leaves(areas: pl.DataFrame, on: date, province: str | None = None) -> pl.DataFrame:
    """Of the units that existed on `on` those that no other of them lies in: the finest that the table knows.

    `province` keeps to those of one province, as `units` does.
    """
    stood = valid_on(areas, on)
    finest = stood.filter(~pl.col("area").is_in(stood["parent"].drop_nulls().implode()), pl.col("level") != "province")
    own = None if province is None else standing_for(areas, province, on)
    if own is None:
        return finest
    return finest.filter(pl.Series([within(areas, unit, own) for unit in finest["area"]], dtype=pl.Boolean))


def units(areas: pl.DataFrame, word: str, on: date, province: str | None = None) -> list[str]:
    """The codes of the units that `word` means, of those that existed on `on`, in the order of the table.

    `province` keeps to the units of that province, or of the one that had succeeded it by `on`, where the table holds
    several (a merger's lists do); a code that the table does not have, or that began later, keeps none out.

    Raises NotFound ``scope.areas-unknown`` for another word.
    """
    if word not in LEVELS:
        raise NotFound("scope.areas-unknown", name=word, known=", ".join(LEVELS))
    found = valid_on(areas, on).filter(pl.col("level").is_in(LEVELS[word]))["area"].to_list()
    own = None if province is None else standing_for(areas, province, on)
    return found if own is None else [unit for unit in found if within(areas, unit, own)]


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


def within(areas: pl.DataFrame, area: str | None, unit: str) -> bool:
    """Whether `area` is `unit` or lies in it."""
    parents = dict(areas.select("area", "parent").iter_rows())
    seen: set[str] = set()
    while area is not None and area not in seen:
        if area == unit:
            return True
        seen.add(area)
        area = parents.get(area)
    return False


def zones_of(zones: pl.DataFrame, areas: pl.DataFrame, unit: str, kind: str) -> list[str]:
    """The zones of `kind` that lie in `unit`."""
    placed = zones.filter(pl.col("kind") == kind).select("zone", "area").iter_rows()
    return [zone for zone, area in placed if within(areas, area, unit)]
