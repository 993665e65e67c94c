"""Which administrative units a scope means, by the units valid on its own date (Rule D2)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.areas import Units, standing_for, valid_on
from fansipan.errors import NotFound, Refused
from fansipan.province import Province
from fansipan.zones.places import places, wholes

# The words that a scope of kind ``areas`` may use, and the levels they mean.
LEVELS = {
    "district": ("district",),
    "all": ("district", "city", "town"),
    "commune": ("commune",),
    "all-communes": ("commune", "ward", "township"),
}


def leaves(areas: pl.DataFrame, on: date, province: str | None = None) -> pl.DataFrame:
    """Of the units that existed on `on` those that no other of them lies in: the finest that the table knows.

    `province` keeps to those of one province, as `units` does.
    """
    stood = valid_on(areas, on)
    finest = stood.filter(~pl.col("area").is_in(stood["parent"].drop_nulls().implode()), pl.col("level") != "province")
    own = None if province is None else standing_for(areas, province, on)
    if own is None:
        return finest
    inside = lying_in(areas, own, on)
    return finest.filter(pl.Series([unit in inside for unit in finest["area"]], dtype=pl.Boolean))


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
    inside = set(found) if own is None else lying_in(areas, own, on)
    return [unit for unit in found if unit in inside]


def lying_in(areas: pl.DataFrame, province: str, on: date) -> set[str]:
    """The units that lie in `province` on `on`, also where the unit above them has ended and another stands for it."""
    known = Units(areas)
    return {unit for unit in known.rows if known.unit_at(unit, ("province",), on) == province}


def zones_of(province: Province, unit: str, kind: str, on: date) -> list[str]:
    """The zones of `kind` that lie in `unit`, in part at least; a phase of a zone is no zone (Rules Z31, Z32).

    As of `on`, or of the day nearest to it on which `unit` stood.

    Raises Refused ``scope.zone-unplaced`` for a zone that may lie in `unit` or in another: a new commune's zone, asked
    for a day on which the communes merged into it lay in several.
    """
    where = places(province)
    on = where.units.nearest_day(unit, on)
    inside = {zone: where.inside(zone, unit, on) for zone in _of_kind(province["zones"], kind)}
    _all_placed([zone for zone, lies in inside.items() if lies is None], unit, on)
    return [zone for zone, lies in inside.items() if lies]


def own_zones(province: Province, kind: str, on: date) -> list[str]:
    """The zones of `kind` of the province itself on `on`: all but those known to lie in another province that day.

    The province is the one the setting ``province`` names, or what stood for it on `on`; a table without that setting
    is one province's. Raises Refused ``scope.province-several`` where the setting names a province that had yet to be
    merged from several, and ``scope.zone-unplaced`` as `zones_of` does.
    """
    zones, where, named = _of_kind(province["zones"], kind), places(province), province.setting("province")
    stood = where.units.standing(named, on) if named is not None else frozenset[str]()
    if not stood:
        return zones
    if len(stood) > 1:
        raise Refused("scope.province-several", name=named, on=on, known=", ".join(sorted(stood)))
    own = next(iter(stood))
    _all_placed([zone for zone in zones if where.inside(zone, own, on) is None], own, on)
    return [zone for zone in zones if not where.elsewhere(zone, own, on)]


def _of_kind(zones: pl.DataFrame, kind: str) -> list[str]:
    whole = wholes(zones)
    return [zone for zone in zones.filter(pl.col("kind") == kind)["zone"] if whole[zone] == zone]


def _all_placed(unplaced: list[str], unit: str, on: date) -> None:
    if unplaced:
        raise Refused("scope.zone-unplaced", zones=", ".join(unplaced), unit=unit, on=on)
