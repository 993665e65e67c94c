"""Targets with their verdicts and limits with how far they are used, for the page of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from fansipan.expansion.answers.wording import group_words
from fansipan.expansion.system.definition import Row, System
from fansipan.notation import number
from fansipan.report.content import Block, Column, Paragraph, Words, same, table, words
from fansipan.texts import LANGUAGES, joined

UNITS = {
    "land": "ha",
    "power": "MW",
    "grid": "MW",
    "water": "water",
    "waste_water": "water",
    "labour": "people",
    "budget": "money",
    "output": "money",
    "value_added": "money",
    "clusters": "clusters",
    "parks": "parks",
}
COUNTS = ("clusters", "parks")
SHARES = {"output_share": "output", "value_share": "value_added"}
FULL = 99.95  # percent of a limit that counts as all of it


def target_blocks(system: System, frames: Mapping[str, pl.DataFrame]) -> tuple[Block, ...]:
    """A table of targets (what may be missed), a row each with its verdict, and one of the limits that bind."""
    targets, by_group = frames["targets"], frames["by_group"]
    if targets.is_empty():
        return (Paragraph(words("plan-page.targets.none")),)
    stated = {row["limit"]: row for row in system.rows("limits")}
    soft = [code for code, row in stated.items() if row["priority"] is not None]
    blocks: list[Block] = []
    rows = [_target(system, stated[code], targets.filter(pl.col("limit") == code), by_group) for code in soft]
    shown = [row for row in rows if row]
    if shown:
        heads = [
            _text("target"),
            _text("when"),
            _number("asked", 1),
            _number("done", 1),
            _text("unit"),
            _text("verdict"),
        ]
        blocks.append(table(words("plan-page.targets.caption"), heads, shown, name="targets"))
        blocks += _stand_ins(system, frames, soft)
    hard = land_open(system, frames).filter(~pl.col("limit").is_in(soft))
    names = list(dict.fromkeys(hard["limit"]))
    kept = [_limit(system, stated.get(code), code, hard.filter(pl.col("limit") == code)) for code in names]
    kept = [row for row in kept if row[1]]
    if kept:
        heads = [_text("limit"), _number("limit-value", 1), _text("unit"), _number("used", 0), _text("full-years")]
        kept.sort(key=lambda row: -row[3])
        blocks.append(table(words("plan-page.limits.caption"), heads, kept, name="limits"))
    return tuple(blocks)


def _target(system: System, row: Row, years: pl.DataFrame, by_group: pl.DataFrame) -> list[Any]:
    """The year in which a target is missed by most, else its last year; empty where it has no year in the plan."""
    if years.is_empty():
        return []
    worst = years.sort("missed", "year", descending=True).row(0, named=True)
    asked, done = worst["asked"], worst["done"]
    if row["measure"] in SHARES:
        asked, done = 100.0 * row["value"], _share(row, by_group, worst["year"])
    met = bool(years["met"].all())
    verdict = words("plan-page.met" if met else "plan-page.missed")
    name = system.name("limits", "limit", row["limit"])
    figures = [_count(value) if row["measure"] in COUNTS else value for value in (asked, done)]
    return [name, _span(years["year"].to_list()), *figures, unit_of(system, row), verdict]


def _count(value: float) -> Words:
    """A count, which has no decimals."""
    return Words(*(number(value, 0, lang) for lang in LANGUAGES))


def _stand_ins(system: System, frames: Mapping[str, pl.DataFrame], soft: list[str]) -> list[Block]:
    """Where zones are counted for a target: which of those opened stand for no real one, and prove nothing of any."""
    counted = any(row["measure"] in COUNTS for row in system.rows("limits") if row["limit"] in soft)
    made_up = dict(system.frames["zones"].select("zone", "source").iter_rows())
    zones = [code for code in dict.fromkeys(frames["openings"]["zone"]) if made_up.get(code) == "illustrative"]
    if not counted or not zones:
        return []
    names = joined(map(system.site, zones), "; ")
    return [Paragraph(words("plan-page.targets.stand-ins", zones=names), "warning")]


def _share(row: Row, by_group: pl.DataFrame, year: int) -> float:
    """A section's or group's share of output or value added in a year, percent."""
    now, measure = by_group.filter(pl.col("year") == year), SHARES[row["measure"]]
    inside = now.filter(pl.col(row["scope"]) == row["item"]) if row["scope"] in ("section", "group") else now
    part, whole = (float(frame[measure].sum()) for frame in (inside, now))
    return 100.0 * part / whole if whole else 0.0


def land_open(system: System, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The limits by year, those of a zone's land as hectares open and hectares used."""
    zones = {row["limit"]: row["item"] for row in system.rows("limits") if row["measure"] == "land"}
    need = {code: row["land"] or 0.0 for code, row in system.processes.items()}
    sites = {code: row["site"] for code, row in system.processes.items()}
    size = {(row["zone"], str(row["stage"])): row["hectares"] for row in system.rows("zone_stages")}
    held = [
        (sites[p], year, need[p] * amount)
        for p, year, amount in frames["utilisation"].select("process", "year", "capacity").iter_rows()
    ]
    opened = [
        (zone, year, size[zone, stage])
        for zone, stage, year in frames["openings"].select("zone", "stage", "in_use").iter_rows()
    ]
    rows = []
    for row in frames["targets"].iter_rows(named=True):
        zone = zones.get(row["limit"]) or row["limit"].removeprefix("land|")
        if row["limit"] in zones or row["limit"].startswith("land|"):
            row["asked"] += sum(hectares for at, year, hectares in opened if at == zone and year <= row["year"])
            row["done"] = sum(hectares for at, year, hectares in held if at == zone and year == row["year"])
        rows.append(row)
    return pl.DataFrame(rows, schema=frames["targets"].schema)


def _limit(system: System, row: Row | None, code: str, years: pl.DataFrame) -> list[Any]:
    """A limit at its tightest year: what it is, how much of it is used, and in which years all of it."""
    used = years.with_columns(
        share=pl.when(pl.col("asked") > 0).then(100.0 * pl.col("done") / pl.col("asked")).otherwise(0.0)
    )
    tightest = used.sort("share", descending=True).row(0, named=True)
    full = used.filter(pl.col("share") >= FULL)["year"].to_list()
    name = (
        Words(*(group_words(system, "land", code, lang) for lang in LANGUAGES))
        if row is None
        else system.name("limits", "limit", code)
    )
    unit = words("plan-page.unit.ha") if row is None else unit_of(system, row)
    return [name, tightest["asked"], unit, tightest["share"], same(spans(full) if full else "–")]


def unit_of(system: System, row: Row) -> Words:
    """The unit in which a limit is stated."""
    if row["measure"] in SHARES:
        return same("%")
    if row["measure"] in UNITS:
        return words(f"plan-page.unit.{UNITS[row['measure']]}")
    return system.unit(row["commodity"]) if row["commodity"] else same("")


def spans(years: list[int]) -> str:
    """Years as spans: ``2026–2028, 2031``."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{min(years)}–{max(years)}"


def verdicts(system: System, targets: pl.DataFrame) -> tuple[int, int]:
    """How many limits that may be missed are met in every year, and how many there are."""
    soft = [row["limit"] for row in system.rows("limits") if row["priority"] is not None]
    whole = targets.filter(pl.col("limit").is_in(soft)).group_by("limit").agg(pl.col("met").all())
    return int(whole["met"].sum()), whole.height


def _text(name: str) -> Column:
    return Column(words(f"plan-page.column.{name}"), "text")


def _number(name: str, places: int) -> Column:
    return Column(words(f"plan-page.column.{name}"), places=places)
