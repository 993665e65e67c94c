"""The page of a plan: what to build, where and when, what it gives, what flows, what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import floor, isfinite, log10
from typing import Any

import polars as pl

from fansipan.expansion.solve.plan import Plan
from fansipan.expansion.system.definition import System
from fansipan.notation import number
from fansipan.report.content import (
    Block,
    Chart,
    Column,
    Headlines,
    KeyFigure,
    Page,
    Paragraph,
    Quantity,
    Section,
    Table,
    Tone,
    Words,
    same,
    table,
    words,
)
from fansipan.report.drawings.sankey import sankey
from fansipan.report.plan.charts import frontier_chart, stacked_years
from fansipan.report.plan.flows import diagram, element_content, plain, value_content
from fansipan.report.plan.map import builds_map
from fansipan.report.plan.targets import target_blocks, unit_of, verdicts
from fansipan.tables import REGISTRY
from fansipan.texts import LANGUAGES

Frames = Mapping[str, pl.DataFrame]
NEEDS = ("output", "value_added", "jobs", "land", "power", "water", "waste_water")
MOST_ELEMENTS = 3
MOST_NODES = 40  # of the diagram of value: more cannot be read
FOLD = 15  # rows of a table before the rest is folded away
MOST_YEARS = 5  # in the table of utilisation


def plan_page(
    system: System, plan: Plan, frames: Frames, *, extra: Sequence[Section] = (), province: str | None = None
) -> Page:
    """The page of a solved plan of a province's `system`.

    `frames` are those of `answer_frames`; `extra` sections (bottlenecks, other plans, the frontier) follow those of
    the plan itself. `province` names it in the subtitle.
    """
    settings = system.settings
    sections = (
        Section("overview", words("plan-page.overview"), (_overview(system, plan, frames),)),
        Section("targets", words("plan-page.targets"), target_blocks(system, frames)),
        Section("builds", words("plan-page.builds"), _builds(system, frames)),
        Section("years", words("plan-page.years"), _years(system, frames["by_group"])),
        Section("flows", words("plan-page.flows"), _flows(system, frames)),
        Section("utilisation", words("plan-page.utilisation"), (_utilisation(system, frames["utilisation"]),)),
    )
    gap = Quantity(100 * (plan.answer.gap or 0.0), 2, percent=True)
    status = words(f"plan.status.{plan.answer.status}")
    name = words("plan-page.any-province") if province is None else same(province)
    return Page(
        "plan",
        words("plan-page.title", first=settings.first_year, last=settings.last_year),
        words("plan-page.subtitle", province=name, status=status, gap=gap),
        (*sections, *extra),
        illustrative=illustrative(system),
    )


def illustrative(system: System) -> bool:
    """Whether any row of the system's processes is made up."""
    return (system.frames["processes"]["source"] == "illustrative").any()


def _overview(system: System, plan: Plan, frames: Frames) -> Headlines:
    builds, years = frames["builds"], frames["by_group"].group_by("year").agg(pl.col("output", "jobs").sum())
    first, last = years["year"].min(), years["year"].max()
    output = dict(years.select("year", "output").iter_rows())
    jobs = dict(years.select("year", "jobs").iter_rows())
    met, asked = verdicts(system, frames["targets"])
    money = {"value": Quantity(plan.answer.objective, 1)}
    figures = [
        KeyFigure(
            words(f"plan-page.objective.{system.settings.objective}"),
            words("plan-page.money", **money),
            words("plan-page.bound", bound=Quantity(plan.answer.bound, 1)),
        ),
        KeyFigure(
            words("plan-page.built"),
            words("plan-page.built.value", count=builds["project"].n_unique()),
            words("plan-page.built.note", capital=Quantity(float(builds["capital"].sum()), 0)),
        ),
    ]
    if first is not None and output[first]:
        note = words("plan-page.output.note", times=Quantity(output[last] / output[first], 2), first=first)
        value = words("plan-page.money", value=Quantity(output[last], 0))
        figures.append(KeyFigure(words("plan-page.output", year=last), value, note))
        value = words("plan-page.jobs.value", value=Quantity(jobs[last], 0))
        figures.append(KeyFigure(words("plan-page.jobs", year=last), value, same("")))
    if asked:
        told = words("plan-page.targets.value", met=met, all=asked)
        tone: Tone = "good" if met == asked else "warning"
        figures.append(KeyFigure(words("plan-page.targets"), told, same(""), tone))
    return Headlines(tuple(figures))


def _builds(system: System, frames: Frames) -> tuple[Block, ...]:
    builds, openings = frames["builds"], frames["openings"]
    if builds.is_empty():
        return (Paragraph(words("plan-page.builds.none")),)
    rows = [
        [
            plain(system.project(row["project"])),
            system.site(row["site"]),
            str(row["year"]),
            str(row["in_use"]),
            row["lumps"],
            row["capacity"],
            _made(system, row["process"]),
            row["capital"],
        ]
        for row in builds.sort("year", "capital", descending=[False, True]).iter_rows(named=True)
    ]
    heads = [_text("project"), _text("site"), _whole("year"), _whole("in_use"), Column(_head("lumps"), places=0)]
    heads += [Column(_head("capacity"), places=0), _text("per-year"), Column(_head("capital"), places=0)]
    blocks: list[Block] = [table(words("plan-page.builds.caption"), heads, rows, name="builds", fold=FOLD)]
    where = builds_map(system, builds)
    if where is not None:
        blocks.insert(0, where)
    if openings.height:
        opened = [[system.site(zone), stage, str(year), str(in_use)] for zone, stage, year, in_use in openings.rows()]
        heads = [_text("zone"), _text("stage"), _whole("year"), _whole("in_use")]
        blocks.append(table(words("plan-page.openings.caption"), heads, opened, name="openings"))
    return tuple(blocks)


def _made(system: System, process: str) -> Words:
    """What the capacity of a process is measured in: its commodity and unit a year; empty where it makes nothing."""
    code = system.processes[process].get("reference_commodity")
    if code is None or code not in system.commodities:
        return same("")
    return words("plan-page.per-year", name=plain(system.commodity(code)), unit=system.unit(code))


def _years(system: System, by_group: pl.DataFrame) -> tuple[Block, ...]:
    caption = words("plan-page.years.output")
    chart = Chart(caption, lambda lang: stacked_years(by_group, _section_name, lang), caption)
    years = by_group.group_by("year").agg(pl.col(NEEDS).sum()).sort("year")
    last = years["year"].max()
    heads = [Column(_head(n), places=0) for n in NEEDS]
    whole = table(words("plan-page.years.caption"), [_whole("when"), *heads], _years_as_text(years), name="by-year")
    groups = by_group.filter(pl.col("year") == last).group_by("group").agg(pl.col(NEEDS).sum()).sort("group")
    rows = [[_group_name(row[0]), *row[1:]] for row in groups.iter_rows()]
    share = table(words("plan-page.groups.caption", year=last), [_text("group"), *heads], rows, name="by-group")
    return chart, whole, share


def _years_as_text(years: pl.DataFrame) -> list[tuple[Any, ...]]:
    return years.with_columns(pl.col("year").cast(pl.String)).rows()


def _section_name(code: str) -> Words:
    return words(f"name.section.{code}") if code else words("name.none")


def _group_name(code: str) -> Words:
    return REGISTRY["portfolio"].meaning("portfolio_group").choice_words.get(code, words("name.none"))


def _flows(system: System, frames: Frames) -> tuple[Block, ...]:
    year = system.settings.last_year
    tracked = list(dict.fromkeys(row["element"] for row in system.rows("commodity_elements")))[:MOST_ELEMENTS]
    blocks: list[Block] = []
    for element in tracked:
        content = element_content(system, element)
        unit = _mass(system, content)
        name = words("plan-page.flows.element", element=element, year=year, unit=unit)
        drawn = diagram(system, frames, year, content, unit)
        blocks += [Paragraph(name), sankey(*drawn, words("plan-page.flows.alternative", name=name))]
    name = words("plan-page.flows.value", year=year)
    drawn = diagram(system, frames, year, value_content(system), words("plan-page.unit.value"), ends="value")
    if len(drawn[0]) <= MOST_NODES:
        blocks += [Paragraph(name), sankey(*drawn, words("plan-page.flows.alternative", name=name))]
    if frames["elements"].height:
        blocks.append(_elements(frames["elements"]))
    return tuple(blocks)


def _mass(system: System, content: Mapping[str, float]) -> Words:
    """The unit in which an element is counted: that of most of what holds it.

    Contents turn every other unit (a thousand m2 of board, say) into it, or the balance would not close.
    """
    units = Counter(system.unit(code) for code, share in content.items() if share)
    return units.most_common(1)[0][0] if units else words("plan-page.unit.mass")


def _elements(elements: pl.DataFrame) -> Table:
    heads = [_text("element"), *(Column(_head(name), places=1) for name in elements.columns[1:])]
    return table(words("plan-page.elements.caption"), heads, elements.rows(), name="balances")


def _utilisation(system: System, used: pl.DataFrame) -> Table:
    years = _some(sorted(used["year"].unique()))
    wide = {(row["process"], row["year"]): 100 * row["used"] for row in used.iter_rows(named=True)}
    processes = list(dict.fromkeys(used["process"]))
    rows = [[plain(system.process(p)), *(wide.get((p, year)) for year in years)] for p in processes]
    heads = [_text("process"), *(Column(same(str(year)), places=0) for year in years)]
    return table(words("plan-page.utilisation.caption"), heads, rows, name="capacity", fold=FOLD)


def _some(years: list[int]) -> list[int]:
    """At most `MOST_YEARS` of the years, evenly apart, the first and the last among them."""
    if len(years) <= MOST_YEARS:
        return years
    return [years[round(k * (len(years) - 1) / (MOST_YEARS - 1))] for k in range(MOST_YEARS)]


def frontier_section(points: pl.DataFrame, x: Words, y: Words, asked: int) -> Section:
    """The frontier between two measures as a chart of `points` (`frontier_frame`); `asked` is how many were sought."""
    caption = words("plan-page.frontier.caption", x=x, y=y)
    chart = Chart(caption, lambda lang: frontier_chart(points, x.in_language(lang), y.in_language(lang)), caption)
    blocks: list[Block] = [chart]
    if points.height < asked:
        blocks.append(Paragraph(words("plan-page.frontier.fewer", found=points.height, count=asked)))
    return Section("frontier", words("plan-page.frontier"), tuple(blocks))


def _head(name: str) -> Words:
    return words(f"plan-page.column.{name}")


def _text(name: str) -> Column:
    return Column(_head(name), "text")


def _whole(name: str) -> Column:
    """A year: no decimals and no thousands sign, so written as text."""
    return Column(_head(name), "text")


def bottlenecks_section(system: System, found: pl.DataFrame, told: Sequence[Words]) -> Section:
    """The limits most worth relieving, in order; `found` is `bottleneck_frame`'s, `told` names each limit in words."""
    stated = {row["limit"]: row for row in system.rows("limits")}
    rows: list[list[Any]] = []
    for row, name in zip(found.iter_rows(named=True), told, strict=True):
        span = str(row["first_year"])
        span += "" if row["last_year"] == row["first_year"] else f"–{row['last_year']}"
        unit = unit_of(system, stated[row["name"]]) if row.get("name") in stated else same("")
        note = words("plan-page.tied") if row["tied"] else same("")
        prices = [_significant(row[column]) for column in ("more", "less")]
        rows.append([name, span, row["limit"], row["relief"], unit, row["gain"], *prices, note])
    heads = [_text("limit"), _text("years"), Column(_head("bound"), places=0), Column(_head("relief"), places=0)]
    heads += [_text("unit"), Column(_head("gain"), places=0), _text("more"), _text("less"), _text("note")]
    shown = table(words("plan-page.bottlenecks.caption"), heads, rows, name="bottlenecks")
    return Section("bottlenecks", words("plan-page.bottlenecks"), (shown,))


def _significant(value: float | None) -> Words:
    """A price with three digits that count, whatever its size."""
    if value is None or not isfinite(value):
        return words("plan-page.no-plan") if value is not None else same("–")
    places = 0 if value == 0 else max(2 - floor(log10(abs(value))), 0)
    return Words(*(number(value, places, lang) for lang in LANGUAGES))


def raw_page(frames: Frames, plan: Plan, most: int = 100) -> Page:
    """The page of a model that is not a province's, such as an OSeMOSYS folder: its result tables as they are.

    At most `most` rows of each stand on the page.
    """
    status, objective = words(f"plan.status.{plan.answer.status}"), Quantity(plan.answer.objective, 4)
    sections = [Section("overview", status, (Paragraph(words("plan-page.raw.overview", value=objective)),))]
    for name, frame in frames.items():
        if frame.height:
            kinds = [Column(same(c), "number" if frame[c].dtype.is_float() else "text", 4) for c in frame.columns]
            blocks: list[Block] = [table(same(name), kinds, frame.head(most).rows(), name=name)]
            if frame.height > most:
                told = words("plan-page.raw.cut", shown=most, rows=frame.height, name=name)
                blocks.append(Paragraph(told))
            sections.append(Section(name, same(name), tuple(blocks)))
    title = words("plan-page.raw.title")
    return Page("plan", title, status, tuple(sections), illustrative=False)
