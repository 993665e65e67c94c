"""The list calling for investment, to be given to investors: land, utilities, distances, incentives, pictures.

Nothing confidential stands in it: no tenant, no project of a tenant, no price or need of one.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import polars as pl

from fansipan.indicators.scopes import leaves
from fansipan.notation import number
from fansipan.province import Province
from fansipan.report.content import Block, Column, Markup, Page, Section, Table, Words, same, table, words
from fansipan.report.drawings.charts import BAD
from fansipan.report.drawings.map import Mark, province_map, schematic_grounds
from fansipan.report.naming import Names
from fansipan.report.zones.page import choice, totals_table
from fansipan.texts import LANGUAGES
from fansipan.zones.offers.comparison import calling
from fansipan.zones.offers.matching import free_plots

# The first bytes of the pictures that may stand in a page, and what they are.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
RADIUS = 9.0
FACTS = {
    "state": 0,
    "left": 2,
    "power_capacity": 1,
    "water_capacity": 0,
    "waste_water_capacity": 0,
    "border_gate_km": 0,
    "highway_km": 0,
    "labour_nearby": 0,
    "worst_environment_group": 0,
    "incentives": 0,
}
PLANNED = {
    "planned_area": 0,
    "infrastructure_cost": 0,
    "expected_output_low": 0,
    "expected_output_high": 0,
    "expected_jobs": 0,
    "planned_from": 0,
}


def invest_page(province: Province, on: date, pictures: Mapping[str, bytes] | None = None) -> Page:
    """The zones that call for investment as of `on`, side by side and one by one, and the parks planned.

    `pictures` gives the bytes of a zone's picture (PNG or JPEG) by zone; a zone without one has a map of where it lies.
    """
    known = province.known_on(on)
    names, listed = Names(known), calling(known, on)
    sections = [
        Section("list", words("invest.list"), (_side_by_side(listed, names), totals_table(known, on))),
        Section("planned", words("invest.planned"), (_planned(known, names),)),
    ]
    for row in listed.iter_rows(named=True):
        name = names.of("zone", row["zone"])
        blocks = (_picture(known, row["zone"], name, on, pictures or {}), _facts(row, names), *_plots(known, row, on))
        sections.append(Section(row["zone"], name, blocks))
    made_up = known.setting("nature") == "illustrative"
    subtitle = words("invest.subtitle", province=known.setting("name") or "–", day=on)
    notes = (words("invest.note"), *((words("zones-page.note"),) if made_up else ()))
    return Page("invest", words("invest.title"), subtitle, tuple(sections), notes=notes, illustrative=made_up)


def _shown(name: str, value: Any, names: Names) -> Any:
    if name == "state":
        return choice("zone_events", "state", value)
    if name == "worst_environment_group":
        return choice("zones", "worst_environment_group", value)
    if name == "incentives" or value is None:
        return same(value or "–")
    return Words(*(number(value, FACTS[name], lang) for lang in LANGUAGES))


def _side_by_side(listed: pl.DataFrame, names: Names) -> Table:
    """A row a point, a column a zone: figures of one point can be read across."""
    rows = listed.to_dicts()
    heads = [Column(words("zones.column.point"), "text")]
    heads += [Column(names.of("zone", row["zone"]), "text") for row in rows]
    lines = [[words(f"zones.column.{name}"), *(_shown(name, row[name], names) for row in rows)] for name in FACTS]
    return table(words("invest.list.caption", count=len(rows)), heads, lines, name="invest")


def _planned(province: Province, names: Names) -> Table:
    rows = province["zones"].filter(pl.col("planned_from").is_not_null()).sort("planned_from", "zone")
    heads = [Column(words("zones.column.zone"), "text"), Column(words("zones.column.area"), "text")]
    heads += [
        Column(words(f"zones.column.{name}"), "text" if name == "planned_from" else "number", places)
        for name, places in PLANNED.items()
    ]
    heads.append(Column(words("invest.source"), "text"))
    documents = {
        d: Words(t, e)
        for d, t, e in province["documents"]
        .select("document", "title", pl.coalesce("title_en", "title").alias("en"))
        .iter_rows()
    }
    lines = []
    for row in rows.iter_rows(named=True):
        figures = [same(str(row[n])) if n == "planned_from" else row[n] for n in PLANNED]
        source = documents.get(row["document"], same("–"))
        lines.append([names.of("zone", row["zone"]), names.of("area", row["area"]), *figures, source])
    return table(words("invest.planned.caption"), heads, lines, name="planned-zones")


def _facts(row: dict[str, Any], names: Names) -> Table:
    heads = [Column(words("zones.column.point"), "text"), Column(words("zones.column.figure"), "text")]
    lines = [
        [words("zones.column.kind"), choice("zones", "kind", row["kind"])],
        [words("zones.column.area"), names.of("area", row["area"])],
    ]
    lines += [[words(f"zones.column.{name}"), _shown(name, row[name], names)] for name in FACTS]
    return table(words("invest.facts"), heads, lines, name=names.of("zone", row["zone"]).vi)


def _plots(province: Province, row: dict[str, Any], on: date) -> tuple[Block, ...]:
    free = free_plots(province, row["zone"], on)
    if free.is_empty():
        return ()
    heads = [Column(words("plots.column.plot"), "text"), Column(words("plots.column.hectares"), places=2)]
    heads += [
        Column(words(f"zones.column.{name}_capacity"), places=places) for name, places in (("power", 1), ("water", 0))
    ]
    lines = free.select("plot", "hectares", "power", "water").rows()
    return (table(words("invest.plots"), heads, lines, name="vacant-plots"),)


def _picture(province: Province, zone: str, name: Words, on: date, pictures: Mapping[str, bytes]) -> Markup:
    given = pictures.get(zone)
    kind = next((said for head, said in PICTURES.items() if given is not None and given.startswith(head)), None)
    if given is not None and kind is not None:
        drawn = base64.b64encode(given).decode()
        picture = f'<img class="picture" src="data:{kind};base64,{drawn}" alt="{escape(name.vi, quote=True)}">'
        return Markup(picture, name)
    return _where(province, zone, name, on)


def _where(province: Province, zone: str, name: Words, on: date) -> Markup:
    """A map of the province with the zone on it, for a zone without a picture; marked approximate."""
    areas = leaves(province["areas"], on, province.setting("province"))
    names = Names(province)
    placed = province["zones"].filter(pl.col("zone") == zone).drop_nulls(["latitude", "longitude"])
    marks = [
        Mark(row["longitude"], row["latitude"], name, choice("zones", "kind", row["kind"]), BAD, RADIUS)
        for row in placed.iter_rows(named=True)
    ]
    grounds = schematic_grounds(areas, {area: names.of("area", area) for area in areas["area"]})
    alternative = words("invest.where", zone=name)
    return province_map(grounds, marks, alternative, note=words("zones-page.schematic"))
