"""The facts of a zone that the law's tests look at, read from the tables of a province as of a day (Rule Z24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

import polars as pl

from fansipan.errors import NotFound, Refused
from fansipan.norms import find
from fansipan.province import Province
from fansipan.zones.events import in_force, states_on
from fansipan.zones.land import LandBalance, land_of
from fansipan.zones.law.clusters import PROVINCE_DECIDES
from fansipan.zones.law.situation import Situation
from fansipan.zones.life_cycle import FORMED, STATES
from fansipan.zones.places import Places, log_of_wholes, places, wholes

# The levels of an administrative unit that the law's two scopes name.
AVERAGING = "cluster-averaging-area"  # the setting that holds the province's decision: a key of SCOPE_LEVELS
MOUNTAIN = "cluster-mountain-decision"  # the setting that names the province's decision on what is mountain area
SCOPE_LEVELS = {
    "district": ("district", "city", "town"),
    "commune": ("commune", "ward", "township"),
    "province": ("province",),
}


def zone_row(province: Province, zone: str) -> dict[str, Any]:
    """The row of `zones`; NotFound ``zone.no-such`` with the nearest codes."""
    found = province["zones"].filter(pl.col("zone") == zone)
    if found.is_empty():
        near = nearest(zone, province["zones"]["zone"].to_list())
        raise NotFound("zone.no-such", name=zone, near=near)
    return found.row(0, named=True)


def nearest(name: str, known: Sequence[str]) -> str:
    """The known names nearest to `name`, in one text; an en dash if there is none at all."""
    return ", ".join(get_close_matches(name, known, n=3, cutoff=0.3) or list(known)[:3]) or "–"


def situation(province: Province, zone: str, on: date, *, law_on: date | None = None) -> Situation:
    """What the tables say of `zone` on `on`; what they do not say stays None.

    A zone counts as on the approved list once its log shows that state or a later one. The clusters already there are
    those in law on that day in the same district (from 1 July 2025: the unit that the province decided on, setting
    `cluster-averaging-area`; from 15 September 2026: commune), the parks those of the province. `law_on` is the day
    whose law says over which unit, where it is not `on`.
    """
    row = zone_row(province, zone)
    land = land_of(province, zone, on)
    reached = _reached(province, zone, on)
    parks_area, parks_housing = _all_parks(province, on)
    area = land.get("gross") if land.get("gross") is not None else row["planned_area"]
    return Situation(
        area=area,
        planned=row["planned_area"],
        mountain=row["mountain"],
        mountain_decided=True if province.setting(MOUNTAIN) else None,
        established=established(province, zone, on),
        asked_area=row["asked_area"],
        planned_use=row["planned_use"],
        craft_village=row["character"] == "craft-village",  # an empty character is an ordinary zone
        character=row["character"] or "",
        listed=None if not reached else any(STATES.index(s) >= STATES.index("listed") for s in reached),
        developer=True if row["developer"] else None,
        averaging_area=_averaging(province),
        **_existing(province, row, on, law_on or on),
        industrial=land.get("industrial"),
        leased=land.get("leased"),
        approved=land.get("approved", 0.0 if land.get("leased") is not None else None),
        demand=row["demand"],
        infrastructure_working=row["shared_works"],
        services=land.get("services"),
        craft=land.get("craft"),
        trade=land.get("trade"),
        support=land.get("support"),
        housing=land.get("housing"),
        policy_approved=None if not reached else any(state in FORMED for state in reached),
        parks_area=parks_area,
        parks_housing=parks_housing,
    )


def _averaging(province: Province) -> str | None:
    """The unit over which the province has decided that occupancy is averaged; None where no decision is recorded.

    Raises Refused ``zone.averaging-unknown`` for a unit that is none.
    """
    decided = province.setting(AVERAGING)
    if decided is not None and decided not in SCOPE_LEVELS:
        raise Refused("zone.averaging-unknown", setting=AVERAGING, value=decided, known=", ".join(SCOPE_LEVELS))
    return decided


def established(province: Province, zone: str, on: date) -> date | None:
    """The first day on which the log shows `zone` formed; None if it does not."""
    log = in_force(province["zone_events"].filter(pl.col("zone") == zone), on)
    return cast(date | None, log.filter(pl.col("state").is_in(FORMED))["happened_on"].min())


def _all_parks(province: Province, on: date) -> tuple[float | None, float | None]:
    """Area and housing land of the parks on the province's list together (Decree 35/2022/NĐ-CP, Art. 9)."""
    whole = wholes(province["zones"])
    parks = province["zones"].filter(pl.col("kind") == "park").select("zone", "planned_area").iter_rows()
    lands = [(planned, land_of(province, zone, on)) for zone, planned in parks if whole[zone] == zone]
    return _sum(land.get("gross", planned) for planned, land in lands), _sum(land.get("housing") for _, land in lands)


def _reached(province: Province, zone: str, on: date) -> list[str]:
    log = in_force(province["zone_events"].filter(pl.col("zone") == zone), on)
    return log.filter(pl.col("state") != "withdrawn")["state"].to_list()


def _existing(province: Province, row: dict[str, Any], on: date, law_on: date) -> dict[str, Any]:
    others = shares_in_scope(province, row, on, law_on=law_on)
    if others is None:
        return {}
    lands = {zone: land_of(province, zone, on) for zone in others}
    found: dict[str, Any] = {"existing": len(others)}
    for kind in ("industrial", "leased"):
        found[f"existing_{kind}"] = _sum(_part(lands[zone].get(kind), share) for zone, share in others.items())
    found["existing_approved"] = _sum(_part(_approved(lands[zone]), share) for zone, share in others.items())
    found["existing_mean"] = _mean_rate(list(lands.values()))
    return found


def _part(hectares: float | None, share: float | None) -> float | None:
    return None if hectares is None or share is None else hectares * share


def _mean_rate(lands: list[LandBalance]) -> float | None:
    """The mean of the zones' own rates, percent; None where one cannot be told."""
    rates = []
    for land in lands:
        whole, leased = land.get("industrial"), land.get("leased")
        if not whole or leased is None:
            return None
        rates.append(100 * (leased + land.hectares.get("approved", 0.0)) / whole)
    return sum(rates) / len(rates) if rates else None


def _approved(land: LandBalance) -> float | None:
    return land.get("approved", None if land.get("leased") is None else 0.0)


def _sum(parts: Any) -> float | None:
    known = list(parts)
    return None if not known or any(part is None for part in known) else float(sum(known))


def zones_in_scope(
    province: Province, row: dict[str, Any], on: date, *, law_on: date | None = None
) -> list[str] | None:
    """The zones of `shares_in_scope`; None where that cannot be told."""
    found = shares_in_scope(province, row, on, law_on=law_on)
    return None if found is None else list(found)


def shares_in_scope(
    province: Province, row: dict[str, Any], on: date, *, law_on: date | None = None
) -> dict[str, float | None] | None:
    """The other zones of the same kind in law on `on` in the unit over which the law averages, with the share in it.

    The unit is the one in force on `on`, by successors: clusters of communes that have been merged are averaged
    together (Rule Z31). A phase of a zone is no other zone. None where it cannot be told: the zone's place, or that of
    another that may lie beside it, is not within one unit of the level the law names (a zone whose commune was never
    recorded is not taken to lie elsewhere). A share that was never recorded is None.
    """
    log = log_of_wholes(province["zone_events"], province["zones"])
    stood = set(states_on(log, on).filter(pl.col("state").is_in(FORMED))["zone"])
    whole, where = wholes(province["zones"]), places(province)
    alike = province["zones"].filter(pl.col("kind") == row["kind"])["zone"].to_list()
    others = [z for z in alike if whole[z] == z and z in stood and z != whole.get(row["zone"], row["zone"])]
    if row["kind"] != "cluster":
        return {zone: 1.0 for zone in others if not in_other_province(province, where, zone, on)}
    levels = _levels(province, law_on or on)
    own = None if levels is None else _own_unit(where, row, levels, on)
    if levels is None or own is None:
        return None
    found: dict[str, float | None] = {}
    for zone in others:
        shares = where.shares(zone, levels, on)
        if None in shares and not _elsewhere(where, own, zone, on):
            return None
        found |= {zone: shares[own]} if own in shares else {}
    return found


def _levels(province: Province, on: date) -> tuple[str, ...] | None:
    """The levels of unit over which the law of `on` averages; None where no law is carried, or none is decided."""
    scope = find("cluster.establish.scope", on)
    if scope is None:
        return None
    named = _averaging(province) if scope.value == PROVINCE_DECIDES else str(scope.value)
    return SCOPE_LEVELS.get(named or "")


def _own_unit(where: Places, row: dict[str, Any], levels: Sequence[str], on: date) -> str | None:
    """The one unit of `levels` that the zone of `row` lies in; None where that is not known, or it lies in several."""
    own = where.shares(row["zone"], levels, on)
    return next(iter(own)) if len(own) == 1 else None


def in_other_province(province: Province, where: Places, zone: str, on: date) -> bool:
    """Whether `zone` is known to lie in another province than the one the setting ``province`` names, on `on`."""
    named = province.setting("province")
    own = where.units.standing(named, on) if named is not None else frozenset[str]()
    return len(own) == 1 and where.elsewhere(zone, next(iter(own)), on)


def _elsewhere(where: Places, unit: str, zone: str, on: date) -> bool:
    """Whether `unit` is known to lie outside the larger units that `zone` is recorded in, on their own last day."""
    outside = []
    for area, _ in where.of(zone, on):
        row = where.units.rows.get(area)
        if row is None:
            return False
        day = on if row["valid_to"] is None else min(on, row["valid_to"])
        within = where.units.at_level(unit, (row["level"],), day)
        outside.append(None not in within and area not in within)
    return bool(outside) and all(outside)
