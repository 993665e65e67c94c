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


def units(areas: pl.DataFrame, word: str, on: date) -> list[str]:
    """The codes of the units that `word` means, of those that existed on `on`, in the order of the table.

    Raises NotFound ``scope.areas-unknown`` for another word.
    """
    if word not in LEVELS:
        raise NotFound("scope.areas-unknown", name=word, known=", ".join(LEVELS))
    return valid_on(areas, on).filter(pl.col("level").is_in(LEVELS[word]))["area"].to_list()


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
