"""Indicators of zones: how many exist, how many were formed in a span."""

from __future__ import annotations

import polars as pl

from fansipan.indicators.figure import Evidence, Figure, Scope, Source, Span
from fansipan.indicators.scopes import own_zones, units, zones_of
from fansipan.tables import names_of
from fansipan.texts import Words
from fansipan.zones.events import formed_between, states_on
from fansipan.zones.life_cycle import FORMED, state_words
from fansipan.zones.places import log_of_wholes


def clusters_formed(source: Source, scope: Scope, span: Span) -> Figure:
    """Clusters whose first state in law (established or later) falls in the span, by unit of the scope."""
    return _formed(source, scope, span, "cluster")


def parks_formed(source: Source, scope: Scope, span: Span) -> Figure:
    """Parks formed in the span: their infrastructure project got its policy approval (Decree 35/2022/NĐ-CP)."""
    return _formed(source, scope, span, "park")


def clusters(source: Source, scope: Scope, span: Span) -> Figure:
    """Clusters in law at the end of the span, by unit of the scope."""
    return _existing(source, scope, span, "cluster")


def parks(source: Source, scope: Scope, span: Span) -> Figure:
    """Parks in law at the end of the span."""
    return _existing(source, scope, span, "park")


def _formed(source: Source, scope: Scope, span: Span, kind: str) -> Figure:
    names, papers = zone_names(source), names_of(source.province["documents"], "document", "title", "title_en")
    told = {}
    for zone, day, document in formed_between(_log(source), span.start, span.end).iter_rows():
        paper = papers.get(document, Words("–", "–"))
        params = {"zone": names.get(zone, Words(zone, zone)), "day": day, "document": paper}
        told[zone] = Evidence("zone_events", zone, "evidence.formed", params)
    return _by_unit(source, scope, span, kind, told)


def _existing(source: Source, scope: Scope, span: Span, kind: str) -> Figure:
    names = zone_names(source)
    standing = states_on(_log(source), span.end).filter(pl.col("state").is_in(FORMED))
    told = {}
    for zone, state, since in standing.select("zone", "state", "since").iter_rows():
        params = {"zone": names.get(zone, Words(zone, zone)), "state": state_words([state]), "since": since}
        told[zone] = Evidence("zone_events", zone, "evidence.exists", params)
    return _by_unit(source, scope, span, kind, told)


def zone_names(source: Source) -> dict[str, Words]:
    """The names of the zones by their code."""
    return names_of(source.province["zones"], "zone")


def _by_unit(source: Source, scope: Scope, span: Span, kind: str, told: dict[str, Evidence]) -> Figure:
    province = source.province
    if scope.kind == "province":
        return _counted(told, own_zones(province, kind, span.end))
    if scope.kind != "areas":
        return _counted(told, zones_of(province, scope.code, kind, span.end))
    asked = units(province["areas"], scope.code, span.start, province.setting("province"))
    inside = {unit: zones_of(province, unit, kind, span.end) for unit in asked}
    parts = {unit: _counted(told, zones) for unit, zones in inside.items()}
    whole = _counted(told, list(dict.fromkeys(zone for zones in inside.values() for zone in zones)))
    return Figure(whole.value, whole.evidence, parts)


def _log(source: Source) -> pl.DataFrame:
    """The steps of zones, a phase's for what it is: no further zone (Rule Z32)."""
    return log_of_wholes(source.province["zone_events"], source.province["zones"])


def _counted(told: dict[str, Evidence], inside: list[str]) -> Figure:
    evidence = tuple(told[zone] for zone in inside if zone in told)
    return Figure(float(len(evidence)), evidence)
