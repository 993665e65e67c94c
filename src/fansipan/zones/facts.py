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
from fansipan.zones.land import LandBalance, balance
from fansipan.zones.law.clusters import PROVINCE_DECIDES
from fansipan.zones.law.situation import Situation
from fansipan.zones.life_cycle import FORMED, STATES

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
    land = balance(province["zone_land"], zone, on)
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
    parks = province["zones"].filter(pl.col("kind") == "park")
    lands = [(row["planned_area"], balance(province["zone_land"], row["zone"], on)) for row in parks.to_dicts()]
    return _sum(land.get("gross", planned) for planned, land in lands), _sum(land.get("housing") for _, land in lands)


def _reached(province: Province, zone: str, on: date) -> list[str]:
    log = in_force(province["zone_events"].filter(pl.col("zone") == zone), on)
    return log.filter(pl.col("state") != "withdrawn")["state"].to_list()


def _existing(province: Province, row: dict[str, Any], on: date, law_on: date) -> dict[str, Any]:
    others = zones_in_scope(province, row, on, law_on=law_on)
    if others is None:
        return {}
    lands = [balance(province["zone_land"], zone, on) for zone in others]
    found: dict[str, Any] = {"existing": len(others)}
    for kind in ("industrial", "leased"):
        found[f"existing_{kind}"] = _sum(land.get(kind) for land in lands)
    found["existing_approved"] = _sum(_approved(land) for land in lands)
    found["existing_mean"] = _mean_rate(lands)
    return found


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
    """The other zones of the same kind that are in law on `on` in the unit over which the law averages.

    None where that cannot be told: the zone's area, or that of another that may lie beside it, is not within a unit of
    the level the law names (a zone whose commune was never recorded is not taken to lie elsewhere).
    """
    stood = states_on(province["zone_events"], on).filter(pl.col("state").is_in(FORMED))["zone"]
    others = province["zones"].filter(
        (pl.col("kind") == row["kind"]) & (pl.col("zone") != row["zone"]) & pl.col("zone").is_in(stood.implode())
    )
    if row["kind"] != "cluster":
        return others["zone"].to_list()
    scope = find("cluster.establish.scope", law_on or on)
    if scope is None or row["area"] is None:
        return None
    named = _averaging(province) if scope.value == PROVINCE_DECIDES else str(scope.value)
    levels = SCOPE_LEVELS.get(named or "")
    if levels is None:
        return None
    areas = province["areas"]
    own = unit_at(areas, row["area"], levels)
    if own is None:
        return None
    found = []
    for zone, area in others.select("zone", "area").iter_rows():
        unit = unit_at(areas, area, levels)
        if unit is None and not _elsewhere(areas, own, area):
            return None
        found += [zone] if unit == own else []
    return found


def _elsewhere(areas: pl.DataFrame, unit: str, area: str | None) -> bool:
    """Whether `unit` is known to lie outside the larger `area`: within another one of the same level."""
    level = areas.filter(pl.col("area") == area)["level"]
    within = None if level.is_empty() else unit_at(areas, unit, (level[0],))
    return within is not None and within != area


def unit_at(areas: pl.DataFrame, area: str | None, levels: Sequence[str]) -> str | None:
    """The unit of one of `levels` that `area` is or lies in; None if there is none."""
    rows = {row["area"]: row for row in areas.select("area", "level", "parent").iter_rows(named=True)}
    seen: set[str] = set()
    while area is not None and area in rows and area not in seen:
        seen.add(area)
        if rows[area]["level"] in levels:
            return area
        area = rows[area]["parent"]
    return None
