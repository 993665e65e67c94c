"""The land of a zone by kind, as recorded by a date (Rule Z19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.province import Province
from fansipan.tables.declarations.places import LAND_KINDS
from fansipan.texts import Quantity, Words
from fansipan.zones.law.occupancy import Occupancy, occupancy
from fansipan.zones.law.situation import exact
from fansipan.zones.places import parts

KINDS = tuple(kind for kind, _, _ in LAND_KINDS)
LAND_WORDS = {kind: Words(vi, en) for kind, vi, en in LAND_KINDS}
# Hectares are kept to this many decimals.
MOST_PLACES = 4
# What each kind of land lies within: no part is larger than its whole.
WITHIN = {
    "industrial": "gross",
    "cleared": "gross",
    "ready": "cleared",
    "leased": "industrial",
    "approved": "industrial",
    "services": "gross",
    "craft": "industrial",
    "trade": "industrial",
    "support": "industrial",
    "housing": "gross",
}


@dataclass(frozen=True, slots=True)
class LandBalance:
    """The hectares of a zone by kind of land, each the latest recorded by `on`; a kind never recorded is None.

    `as_of` gives the day of each figure, so that figures of different days are not taken for one picture unseen.
    """

    zone: str
    on: date
    hectares: dict[str, float]
    as_of: dict[str, date]

    def get(self, kind: str, otherwise: float | None = None) -> float | None:
        """Hectares of `kind`, or `otherwise` if it was never recorded."""
        return self.hectares.get(kind, otherwise)

    @property
    def left(self) -> float | None:
        """Industrial land neither leased nor approved; None unless industrial and leased land are known."""
        if self.get("industrial") is None or self.get("leased") is None:
            return None
        taken = exact(self.hectares["leased"]) + exact(self.hectares.get("approved", 0.0))
        return float(exact(self.hectares["industrial"]) - taken)

    def occupancy(self, kind: str, over: str = "industrial") -> Occupancy | None:
        """The occupancy of a zone of `kind`, or None if industrial or leased land was never recorded.

        Approved land that was never recorded counts as none. Raises as `occupancy.occupancy` does.
        """
        if not self.hectares.get("industrial") or self.get("leased") is None:
            return None
        return occupancy(
            leased=self.hectares["leased"],
            approved=self.hectares.get("approved", 0.0),
            industrial=self.hectares["industrial"],
            on=self.on,
            kind=kind,
            over=over,
        )


def printed(hectares: float) -> Quantity:
    """An area with as many decimals as it needs to be printed whole."""
    whole = round(hectares, MOST_PLACES)
    return Quantity(hectares, next(n for n in range(MOST_PLACES + 1) if round(hectares, n) == whole))


def latest(zone_land: pl.DataFrame, on: date) -> pl.DataFrame:
    """The rows of `zone_land` in force on `on`: of each zone and kind the one with the latest `as_of`."""
    known = zone_land.filter(pl.col("as_of") <= on).sort("as_of", maintain_order=True)
    return known.group_by("zone", "kind", maintain_order=True).last()


def balance(zone_land: pl.DataFrame, zone: str, on: date) -> LandBalance:
    """The land of `zone` as recorded by `on`."""
    rows = latest(zone_land.filter(pl.col("zone") == zone), on).sort("kind")
    kinds = rows["kind"].to_list()
    return LandBalance(
        zone, on, dict(zip(kinds, rows["hectares"], strict=True)), dict(zip(kinds, rows["as_of"], strict=True))
    )


def land_of(province: Province, zone: str, on: date) -> LandBalance:
    """The land of `zone` as recorded by `on`; a kind never recorded of the zone itself is the sum of its phases'.

    A kind that one of the phases never recorded stays unknown (Rule Z32). The day of a sum is its earliest figure's.
    """
    own = balance(province["zone_land"], zone, on)
    phases = [balance(province["zone_land"], part, on) for part in parts(province["zones"], zone)]
    hectares, as_of = dict(own.hectares), dict(own.as_of)
    for kind in KINDS:
        if phases and kind not in hectares and all(kind in phase.hectares for phase in phases):
            hectares[kind] = float(sum(exact(phase.hectares[kind]) for phase in phases))
            as_of[kind] = min(phase.as_of[kind] for phase in phases)
    return LandBalance(zone, on, hectares, as_of)


def check_land(zone_land: pl.DataFrame, on: date) -> tuple[Fault, ...]:
    """Where a part is larger than its whole, or more land is taken than there is industrial land."""
    found = []
    for zone in zone_land["zone"].unique(maintain_order=True):
        land = balance(zone_land, zone, on)
        for part, whole in WITHIN.items():
            inside, outside = land.get(part), land.get(whole)
            if inside is not None and outside is not None and inside > outside:
                params = {
                    "zone": zone,
                    "part": LAND_WORDS[part],
                    "whole": LAND_WORDS[whole],
                    "inside": printed(inside),
                    "outside": printed(outside),
                }
                found.append(Fault("land.part-over-whole", params, Place("zone_land"), inside))
        if land.left is not None and land.left < 0:
            params = {"zone": zone, "over": printed(-land.left)}
            found.append(Fault("land.taken-over-industrial", params, Place("zone_land"), land.left))
    return tuple(found)
