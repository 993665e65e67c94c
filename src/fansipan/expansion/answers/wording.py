"""Limits, conflicts and ways out in sentences, with the names of zones, commodities and years (method rule E30)."""

from __future__ import annotations

from typing import Any

from fansipan.expansion.answers.diagnose import Diagnosis, Relaxation
from fansipan.expansion.answers.groups import DEMANDS, RELIEVABLE
from fansipan.expansion.system.definition import System
from fansipan.texts import Language, Quantity, Words, text

ZONE_LAND = "land|"  # how the land of a zone that opens by stages is named


def amount(value: float | None) -> Quantity:
    """A figure with four digits that count and no zeros behind them: 15, 0,2412, 1.000."""
    return Quantity(value, digits=4)


def group_words(system: System | None, kind: str, name: str, lang: Language) -> str:
    """What a group is, in a few words: ``the limit “smoke”``, ``the licence of Hill``."""
    word = "zone-land" if system is not None and name.startswith(ZONE_LAND) else _word(kind)
    return text(f"plan.group.{word}", lang, **_names(system, kind, name))


def _word(kind: str) -> str:
    limit = RELIEVABLE.get(kind) == "limit"
    return "limit" if limit else kind


def _names(system: System | None, kind: str, name: str) -> dict[str, Any]:
    if system is None:
        parts = name.replace("<", "|").replace("/", "|").split("|")
        return {"name": Words(name, name), "other": Words(parts[-1], parts[-1]), "site": Words(parts[0], parts[0])}
    if kind.startswith("market_"):
        _, place, commodity, _ = name.split("|")
        return {"name": system.commodity(commodity), "site": system.site(place)}
    if kind == "link_most":
        start, end, commodity = name.split("|")
        return {"name": system.commodity(commodity), "site": system.site(start), "other": system.site(end)}
    if kind in ("stock_most", "balance", *DEMANDS):
        place, commodity = name.split("|")
        return {"name": system.commodity(commodity), "site": system.site(place)}
    if kind in ("project_requires", "project_excludes"):
        one, other = name.split("<" if kind == "project_requires" else "/")
        return {"name": system.project(one), "other": system.project(other)}
    if kind.startswith("project_"):
        return {"name": system.project(name)}
    if kind in ("minimum_load", "water_balance") or kind.startswith(("capacity_", "build_", "activity_")):
        return {"name": system.process(name)}
    if kind == "stage_order":
        return {"name": system.site(name.rsplit("|", 1)[0])}
    if kind in ("deposit_licence", "deposit_depletion"):
        return {"name": system.name("deposits", "deposit", name.split("|")[0])}
    if name.startswith(ZONE_LAND):
        return {"name": system.site(name.removeprefix(ZONE_LAND))}
    return {"name": system.name("limits", "limit", name)}


def diagnosis_words(system: System | None, found: Diagnosis, lang: Language) -> list[str]:
    """One sentence for the conflict and one for each part of the cheapest way out."""
    words = dict.fromkeys(group_words(system, group.kind, group.name, lang) for group in found.groups)
    if found.physical:
        named = {"groups": "; ".join(words)} if words else {}
        return [text("plan.diagnose.physical-named" if words else "plan.diagnose.physical", lang, **named)]
    if not words:
        return [text("plan.diagnose.none", lang)]
    told = [text("plan.diagnose.conflict", lang, groups="; ".join(words))]
    return told + [_way_out(system, one, lang) for one in found.relaxations]


def _way_out(system: System | None, one: Relaxation, lang: Language) -> str:
    words = group_words(system, one.group.kind, one.group.name, lang)
    years = ", ".join(str(year) for year in one.years)
    code = "plan.diagnose.way-out" if years else "plan.diagnose.way-out-always"
    params = {"group": words, "amount": amount(one.amount)} | ({"years": years} if years else {})
    return text(code, lang, **params)
