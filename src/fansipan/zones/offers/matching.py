"""An investor's needs against the zones and plots of a province, with reasons for and against (Rule Z25)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import polars as pl

from fansipan.notation import number
from fansipan.province import Province
from fansipan.tables.declarations.places import ENVIRONMENT_GROUPS
from fansipan.texts import Language, text
from fansipan.zones.events import state_on
from fansipan.zones.infrastructure import RESOURCES, infrastructure
from fansipan.zones.land import LandBalance, land_of
from fansipan.zones.life_cycle import FORMED, STATE_WORDS
from fansipan.zones.plots import plots_on

GROUPS = tuple(group for group, _, _ in ENVIRONMENT_GROUPS)  # I is the heaviest on the environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an investor looks for; None is "no need said". Hectares, MW, m3 a day, workers, kilometres at most."""

    hectares: float | None = None
    power: float | None = None
    water: float | None = None
    waste_water: float | None = None
    labour: float | None = None
    border_gate_km: float | None = None
    highway_km: float | None = None
    environment_group: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One point for (`yes`), against (`no`) or not known (`unknown`): what is needed against what there is."""

    point: str
    verdict: Literal["yes", "no", "unknown"]
    needed: float | str | None
    found: float | str | None
    silent: int = 0

    def sentence(self, lang: Language) -> str:
        """The reason in words, with how many projects have not said what they need (`silent`)."""
        needed, found = (_shown(value, lang) for value in (self.needed, self.found))
        said = text(f"match.{self.point}.{self.verdict}", lang, needed=needed, found=found)
        return f"{said}{text('match.silent', lang, count=self.silent)}" if self.silent else said


@dataclass(frozen=True, slots=True)
class Match:
    """A zone held against a request: its reasons, and the free plots large enough (or that together are)."""

    zone: str
    reasons: tuple[Reason, ...]
    plots: tuple[str, ...]

    @property
    def verdict(self) -> Literal["fits", "unknown", "unfit"]:
        """``unfit`` with a reason against, else ``unknown`` if a point is not known, else ``fits``."""
        found = {reason.verdict for reason in self.reasons}
        return "unfit" if "no" in found else "unknown" if "unknown" in found else "fits"

    def count(self, verdict: str) -> int:
        """How many reasons are of `verdict`."""
        return sum(reason.verdict == verdict for reason in self.reasons)


def match(province: Province, request: Request, on: date) -> list[Match]:
    """Every zone against the request, the fitting ones first, then those with the fewest points against and unknown.

    Only what a zone may publish is used: land, utilities, distances, its trade; nothing of its tenants.
    """
    found = [_match(province, row, request, on) for row in province["zones"].iter_rows(named=True)]
    return sorted(found, key=lambda m: (m.count("no"), m.count("unknown"), -m.count("yes"), m.zone))


def _match(province: Province, zone: dict[str, Any], request: Request, on: date) -> Match:
    plots = free_plots(province, zone["zone"], on)
    left = float(plots["hectares"].sum()) if plots.height else _free_land(land_of(province, zone["zone"], on))
    state = state_on(province["zone_events"], zone["zone"], on)
    reasons = [_state(state), *_at_least("hectares", request.hectares, left)]
    for need, (spare, silent) in _spare(province, zone["zone"]).items():
        reasons += [replace(r, silent=silent) for r in _at_least(need, getattr(request, need), spare)]
    reasons += _at_least("labour", request.labour, zone["labour_nearby"])
    reasons += _at_most("border_gate_km", request.border_gate_km, zone["border_gate_km"])
    reasons += _at_most("highway_km", request.highway_km, zone["highway_km"])
    reasons += _group(request.environment_group, zone["worst_environment_group"])
    reasons += _trade(province, request.industry, zone)
    return Match(zone["zone"], tuple(reasons), _enough(plots, request.hectares))


def _state(state: str | None) -> Reason:
    if state is None:
        return Reason("state", "unknown", None, None)
    return Reason("state", "yes" if state in FORMED else "no", None, state)


def _at_least(point: str, needed: float | None, found: float | None) -> list[Reason]:
    if needed is None:
        return []
    return [Reason(point, "unknown" if found is None else "yes" if found >= needed else "no", needed, found)]


def _at_most(point: str, needed: float | None, found: float | None) -> list[Reason]:
    if needed is None:
        return []
    return [Reason(point, "unknown" if found is None else "yes" if found <= needed else "no", needed, found)]


def _group(needed: str | None, taken: str | None) -> list[Reason]:
    """A zone that takes projects up to group I takes all; one that takes group III takes III and IV."""
    if needed is None:
        return []
    if taken is None:
        return [Reason("environment_group", "unknown", needed, None)]
    return [Reason("environment_group", "yes" if GROUPS.index(needed) >= GROUPS.index(taken) else "no", needed, taken)]


def _trade(province: Province, industry: str | None, zone: dict[str, Any]) -> list[Reason]:
    """Neighbours of the same division speak for a zone; none speaks neither way, and is left out."""
    if industry is None:
        return []
    there = province["projects"].filter((pl.col("zone") == zone["zone"]) & pl.col("industry").is_not_null())["industry"]
    same = [code for code in there if code[:2] == industry[:2]]
    return [Reason("industry", "yes", industry, float(len(same)))] if same else []


def _free_land(land: LandBalance) -> float | None:
    """Ready land, but no more than the industrial land left; the land left where no ready land is recorded."""
    ready, left = land.get("ready"), land.left
    return left if ready is None else ready if left is None else min(ready, max(left, 0.0))


def _spare(province: Province, zone: str) -> dict[str, tuple[float | None, int]]:
    """By utility what its capacity leaves beside the needs of all projects (Rule Z20), and how many say no need."""
    own = infrastructure(province["zones"].filter(pl.col("zone") == zone), province["projects"])
    found = {name: (spare, silent) for name, spare, silent in own.select("resource", "balance", "silent").iter_rows()}
    return {name: (found[name][0], found[name][1] if found[name][0] is not None else 0) for name in RESOURCES}


def free_plots(province: Province, zone: str, on: date) -> pl.DataFrame:
    """The plots of `zone` that may be let as of `on`: without a tenant, and cleared where that was recorded."""
    own = plots_on(province["plots"].filter(pl.col("zone") == zone), on)
    return own.filter(pl.col("state").is_in(["free", "taken-back"]) & pl.col("ready").fill_null(value=True))


def _enough(plots: pl.DataFrame, hectares: float | None) -> tuple[str, ...]:
    """The smallest single plot that is large enough; else the fewest, largest first, that together are; else none."""
    if hectares is None:
        return tuple(plots.sort("plot")["plot"])
    single = plots.filter(pl.col("hectares") >= hectares).sort("hectares", "plot")
    if single.height:
        return (single["plot"][0],)
    largest = plots.sort("hectares", "plot", descending=[True, False])
    total, chosen = 0.0, list[str]()
    for plot, size in largest.select("plot", "hectares").iter_rows():
        total, chosen = total + size, [*chosen, plot]
        if total >= hectares:
            return tuple(chosen)
    return ()


def _shown(value: float | str | None, lang: Language) -> str:
    if isinstance(value, str):
        return STATE_WORDS[value].in_language(lang) if value in STATE_WORDS else value
    return number(value, 2 if value is not None and value != int(value) else 0, lang)
