"""The page of zones: where they are, how full, what the law says, what is used of what was allotted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from fansipan.indicators.scopes import leaves
from fansipan.province import Province
from fansipan.report.content import Block, Column, Page, Paragraph, Section, Table, Words, at_least, same, table, words
from fansipan.report.drawings.charts import PALETTE, QUIET
from fansipan.report.drawings.map import Ground, Mark, province_map, schematic_grounds
from fansipan.report.naming import Names
from fansipan.report.zones.law import law_blocks
from fansipan.report.zones.plot_words import plot_paragraphs
from fansipan.tables import REGISTRY
from fansipan.zones.infrastructure import infrastructure
from fansipan.zones.life_cycle import FORMED
from fansipan.zones.plots import utilisation
from fansipan.zones.procedures import deadlines
from fansipan.zones.standing import standing
from fansipan.zones.totals import FIGURES, KINDS, TOGETHER, totals

KIND_COLOURS = {"economic-zone": PALETTE[3], "park": PALETTE[0], "cluster": PALETTE[1]}


def zones_page(province: Province, on: date, boundaries: Sequence[Ground] = ()) -> Page:
    """The zones of the province as of `on`; with real `boundaries` where they were imported, else a schematic map."""
    known = province.known_on(on)
    names = Names(known)
    stand = standing(known, on)
    sections = [
        Section("map", words("zones-page.map"), (zone_map(known, stand, names, boundaries, on),)),
        Section("standing", words("zones-page.standing"), (*_standing(stand, names), totals_table(known, on))),
        Section("law", words("zones-page.law"), law_blocks(known, stand, names, on)),
        Section("infrastructure", words("zones-page.infrastructure"), (_utilities(known, names),)),
        Section("plots", words("zones-page.plots"), _plots(known, names, on)),
    ]
    if known["zone_steps"].height:
        sections.append(Section("clocks", words("zones-page.clocks"), (_clocks(known, names, on),)))
    made_up = known.setting("nature") == "illustrative"
    subtitle = words("zones-page.subtitle", province=known.setting("name") or "–", day=on)
    return Page(
        "zones",
        words("zones-page.title"),
        subtitle,
        tuple(sections),
        notes=(words("zones-page.note"),) if made_up else (),
        illustrative=made_up,
    )


def choice(table_name: str, column: str, value: str | None) -> Words:
    """The words of a choice by its value."""
    return REGISTRY[table_name].meaning(column).choice_words.get(value or "", same(value or "–"))


def zone_map(province: Province, stand: pl.DataFrame, names: Names, boundaries: Sequence[Ground], on: date) -> Any:
    """Zones on the ground: filled where in law, hollow grey where not, named under the pointer."""
    areas = leaves(province["areas"], on, province.setting("province"))
    grounds = list(boundaries) or schematic_grounds(areas, {area: names.of("area", area) for area in areas["area"]})
    states = {row["zone"]: row for row in stand.iter_rows(named=True)}
    placed = province["zones"].drop_nulls(["latitude", "longitude"]).iter_rows(named=True)
    marks = [_mark(row, states[row["zone"]], names) for row in placed]
    note = None if boundaries else words("zones-page.schematic")
    legend = [(colour, choice("zones", "kind", kind)) for kind, colour in KIND_COLOURS.items()]
    legend.append((QUIET, words("zones-page.legend.not-formed")))
    alternative = words("zones-page.map.alternative", count=len(marks))
    return province_map(grounds, marks, alternative, note=note, legend=legend)


def _mark(row: dict[str, Any], state: dict[str, Any], names: Names) -> Mark:
    kind = choice("zones", "kind", row["kind"])
    step = choice("zone_events", "state", state["state"]) if state["state"] else words("match.state.unknown")
    told = Words(f"{kind.vi}, {step.vi}", f"{kind.en}, {step.en}")
    colour = KIND_COLOURS[row["kind"]] if state["state"] in FORMED else QUIET
    return Mark(row["longitude"], row["latitude"], names.of("zone", row["zone"]), told, colour)


def _standing(stand: pl.DataFrame, names: Names) -> tuple[Block, ...]:
    figures = ["gross", "industrial", "leased", "approved", "occupancy", "published_occupancy", "left", "used_rate"]
    heads = [Column(words(f"zones.column.{n}"), "text") for n in ("zone", "kind", "area", "state")]
    heads += [Column(words(f"zones.column.{n}"), places=2) for n in figures]
    rows = [
        [
            names.of("zone", r["zone"]),
            choice("zones", "kind", r["kind"]) if r["part_of"] is None else words("zones-page.phase"),
            names.of("area", r["area"]),
            choice("zone_events", "state", r["state"]),
            *(r[f] for f in figures),
        ]
        for r in stand.iter_rows(named=True)
    ]
    shown = table(words("zones-page.standing.caption"), heads, rows, name="zones")
    return (shown, *occupancy_notes(stand, names))


def totals_table(province: Province, on: date) -> Table:
    """All clusters and all parks together, each figure with the number of zones that it is of (Rule Z34)."""
    found = {(row["kind"], row["figure"]): row for row in totals(province, on).iter_rows(named=True)}
    kinds = (*KINDS, TOGETHER)
    heads = [Column(words("zones-page.totals.of"), "text")]
    for kind in kinds:
        heads += [Column(words(f"zones.totals.{kind}"), places=2), Column(words("zones.totals.known"), "text")]
    rows: list[list[Any]] = []
    for figure in FIGURES:
        cells: list[Any] = [words(f"zones.column.{figure}")]
        for row in (found[kind, figure] for kind in kinds):
            cells += [row["value"], same(f"{row['known']}/{row['zones']}")]
        rows.append(cells)
    return table(words("zones.totals.caption", on=on), heads, rows, name="zone-totals")


def occupancy_notes(stand: pl.DataFrame, names: Names) -> list[Paragraph]:
    """A paragraph for each way in which rules of occupancy are less than sure: which zones, and how certain."""
    told = stand.filter(pl.col("occupancy_certainty").is_in(["summary", "memory"]))
    found = []
    for (certainty,), rows in told.group_by("occupancy_certainty", maintain_order=True):
        zones = [names.of("zone", zone) for zone in rows["zone"]]
        said = Words(*(", ".join(zone.in_language(lang) for zone in zones) for lang in ("vi", "en")))
        certain = words(f"norm.certainty.{certainty}")
        found.append(Paragraph(words("zones-page.from-memory", zones=said, certainty=certain), "warning"))
    return found


def _utilities(province: Province, names: Names) -> Table:
    found = infrastructure(province["zones"], province["projects"]).filter(pl.col("verdict") != "unknown")
    heads = [Column(words("zones.column.zone"), "text"), Column(words("zones.column.resource"), "text")]
    heads += [Column(words(f"zones.column.{n}"), places=1) for n in ("capacity", "need_now", "need_all", "balance")]
    heads.append(Column(words("zones.column.verdict"), "text"))
    rows = [
        [
            names.of("zone", r["zone"]),
            words(f"resource.{r['resource']}"),
            r["capacity"],
            r["need_now"],
            r["need_all"],
            r["balance"],
            words(f"capacity.{r['verdict']}"),
        ]
        for r in found.iter_rows(named=True)
    ]
    return table(words("zones-page.infrastructure.caption"), heads, rows, name="infrastructure")


def _plots(province: Province, names: Names, on: date) -> tuple[Block, ...]:
    used = utilisation(province["plots"], on)
    figures = ["plots", "hectares", "allotted", "used", "allotted_rate", "used_rate", "not_started", "idle"]
    heads = [Column(words("zones.column.zone"), "text")]
    heads += [
        Column(words(f"zones-page.plots.{n}"), places=0 if n in ("plots", "not_started", "idle") else 2)
        for n in figures
    ]
    rows = [[names.of("zone", r["zone"]), *(r[f] for f in figures)] for r in used.iter_rows(named=True)]
    blocks: list[Block] = [table(words("zones-page.plots.caption"), heads, rows, name="plots")]
    return (*blocks, *plot_paragraphs(province["plots"], on))


def _clocks(province: Province, names: Names, on: date) -> Table:
    heads = [
        Column(words(f"zones.column.{n}"), "number" if n == "late" else "text", 0)
        for n in ("zone", "step", "due", "done_on", "state", "late", "certainty")
    ]
    rows = [
        [
            names.of("zone", r["zone"]),
            choice("zone_steps", "step", r["step"]),
            r["due"],
            r["done_on"],
            words(f"clock.{r['state']}"),
            at_least(r["late"]) if r["at_least"] else r["late"],
            words(f"norm.certainty.{r['certainty']}") if r["certainty"] else None,
        ]
        for r in deadlines(province["zone_steps"], on).iter_rows(named=True)
    ]
    return table(words("zones-page.clocks.caption", day=on), heads, rows, name="terms")
