"""Where a zone lies on a day, and which zones are parts of another (Rules Z31, Z32)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import polars as pl

from fansipan.areas import LEVELS_ALIKE, Units
from fansipan.errors import Fault, Place
from fansipan.province import Province
from fansipan.texts import Quantity
from fansipan.zones.events import in_force
from fansipan.zones.life_cycle import FORMED

WHOLE = 1.0


class Places:
    """Where every zone of a province lies, by the dated rows of `zone_places`, else by the column `area` of `zones`."""

    def __init__(self, zones: pl.DataFrame, zone_places: pl.DataFrame, areas: pl.DataFrame) -> None:
        self.units = Units(areas)
        self._area = dict(zones.select("zone", "area").iter_rows())
        self._dated: dict[str, list[tuple[str, date, date | None, float | None]]] = {}
        for zone, *place in zone_places.select("zone", "area", "valid_from", "valid_to", "share").iter_rows():
            self._dated.setdefault(zone, []).append((place[0], place[1], place[2], place[3]))

    def of(self, zone: str, on: date) -> list[tuple[str, float | None]]:
        """The areas that `zone` lies in on `on`, each with the share (0 to 1) of it; a share not recorded is None."""
        if zone not in self._dated:
            area = self._area.get(zone)
            return [] if area is None else [(area, WHOLE)]
        there = [
            (area, share)
            for area, first, last, share in self._dated[zone]
            if first <= on and (last is None or last >= on)
        ]
        return [(there[0][0], WHOLE if there[0][1] is None else there[0][1])] if len(there) == 1 else there

    def area_of(self, zone: str, on: date) -> str | None:
        """The one area that `zone` is recorded in on `on`; of several, the column `area` of `zones`."""
        there = self.of(zone, on)
        return there[0][0] if len(there) == 1 else self._area.get(zone)

    def shares(self, zone: str, levels: Collection[str], on: date) -> dict[str | None, float | None]:
        """The units of `levels` that `zone` lies in on `on` and its share in each; the key None: it is not known where.

        A zone of several areas that have become one unit lies whole in it.
        """
        found: dict[str | None, list[float | None]] = {}
        for area, share in self.of(zone, on):
            found.setdefault(self.units.unit_at(area, levels, on), []).append(share)
        if not found:
            return {None: WHOLE}
        if len(found) == 1:
            shares = next(iter(found.values()))
            return {next(iter(found)): WHOLE if None in shares or len(shares) > 1 else shares[0]}
        return {unit: None if None in shares else sum(filter(None, shares)) for unit, shares in found.items()}

    def inside(self, zone: str, unit: str, on: date) -> bool | None:
        """Whether `zone` lies in `unit` on `on`, in part at least; None where it may as well lie in another unit.

        A zone whose place was never recorded, or only as a larger unit, is not inside.
        """
        level = self.units.rows[unit]["level"] if unit in self.units.rows else None
        levels = LEVELS_ALIKE.get(level or "", ())
        found = [self.units.at_level(area, levels, on) for area, _ in self.of(zone, on)]
        if any(one == {unit} for one in found):
            return True
        return None if any(unit in one for one in found) else False

    def elsewhere(self, zone: str, unit: str, on: date) -> bool:
        """Whether `zone` is known to lie in other units than `unit`, which is of their level."""
        levels = LEVELS_ALIKE[self.units.rows[unit]["level"]]
        found = [self.units.at_level(area, levels, on) for area, _ in self.of(zone, on)]
        return bool(found) and all(unit not in one and None not in one for one in found)


def places(province: Province) -> Places:
    """Where the zones of `province` lie."""
    return Places(province["zones"], province["zone_places"], province["areas"])


def wholes(zones: pl.DataFrame) -> dict[str, str]:
    """Every zone with the zone that it is a part of in the end; itself where it is no part."""
    above = {zone: whole for zone, whole in zones.select("zone", "part_of").iter_rows() if whole is not None}

    def whole_of(zone: str) -> str:
        seen = {zone}
        while above.get(zone) is not None and above[zone] not in seen:
            zone = above[zone]
            seen.add(zone)
        return zone

    return {zone: whole_of(zone) for zone in zones["zone"]}


def parts(zones: pl.DataFrame, zone: str) -> list[str]:
    """The phases of `zone`, in the order of the table; none for most."""
    return [part for part, whole in wholes(zones).items() if whole == zone and part != zone]


def log_of_wholes(events: pl.DataFrame, zones: pl.DataFrame) -> pl.DataFrame:
    """The log with phases for what they are: that of the phase formed first stands for a zone without one of its own.

    No other row of a phase is kept: a second phase formed is no further zone.
    """
    whole = wholes(zones)
    if all(zone == root for zone, root in whole.items()):
        return events
    formed = in_force(events).with_columns(formed=pl.col("state").is_in(FORMED))
    first = formed.sort(pl.col("formed").not_(), "happened_on", maintain_order=True)["zone"].unique(maintain_order=True)
    logged, stands = set(first), dict[str, str]()
    for zone in first:
        root = whole.get(zone, zone)
        if root not in logged:
            stands.setdefault(root, zone)
    names = {zone: root for root, zone in stands.items()}
    kept = [zone for zone in logged if whole.get(zone, zone) == zone or zone in names]
    return events.filter(pl.col("zone").is_in(kept)).with_columns(pl.col("zone").replace(names))


def place_faults(zones: pl.DataFrame, zone_places: pl.DataFrame) -> tuple[Fault, ...]:
    """Shares of a zone that make more than the whole on a day; a phase of another kind than its zone, or of itself."""
    return (*_over(zone_places), *_odd_parts(zones))


def _over(zone_places: pl.DataFrame) -> Iterator[Fault]:
    for (zone,), rows in zone_places.group_by("zone", maintain_order=True):
        for day in rows["valid_from"].unique().sort():
            there = rows.filter(
                (pl.col("valid_from") <= day) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= day))
            )
            whole = round(float(there["share"].sum()), 4)
            if whole > WHOLE:
                params = {"zone": zone, "on": day, "share": Quantity(100 * whole, 2)}
                yield Fault("zone-places.over", params, Place("zone_places", column="share"), whole)
                break


def _odd_parts(zones: pl.DataFrame) -> Iterator[Fault]:
    kinds = dict(zones.select("zone", "kind").iter_rows())
    for zone, whole in zones.select("zone", "part_of").drop_nulls().iter_rows():
        if _circles(zone, zones) or (whole in kinds and kinds[whole] != kinds[zone]):
            yield Fault("zone-parts.odd", {"zone": zone, "whole": whole}, Place("zones", column="part_of"), whole)


def _circles(zone: str, zones: pl.DataFrame) -> bool:
    above = dict(zones.select("zone", "part_of").iter_rows())
    at: str | None = zone
    seen: set[str] = set()
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at is not None
