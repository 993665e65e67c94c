"""The page of the growth scenario: where the year ends, what opens the gap, what would close it, how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from fansipan.report.content import (
    Block,
    Chart,
    Headlines,
    KeyFigure,
    Page,
    Paragraph,
    Quantity,
    Section,
    Tone,
    Words,
    words,
)
from fansipan.report.drawings import charts
from fansipan.report.growth.charts import Fan, cases_chart, fan_chart
from fansipan.report.growth.data import Outlook, ScenarioData
from fansipan.report.growth.gap_sections import gap_sections
from fansipan.report.growth.tables import (
    chance,
    chances_table,
    changes_table,
    comparison_table,
    drivers_table,
    news_table,
    written_month,
)
from fansipan.report.naming import Names
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.gap.measured import required, table
from fansipan.scenario.paths.figures import growth
from fansipan.scenario.paths.later import later_end, out_of_reach
from fansipan.scenario.projection import MOST_MONTHS
from fansipan.texts import Language

# Products whose chance is shown on the page; the rest stand in the tables written.
MOST_CHANCES = 12


def scenario_page(data: ScenarioData) -> Page:
    """The page of what was gathered."""
    sections = [Section("overview", words("outlook-page.overview"), tuple(_overview(data)))]
    if data.outlook is not None:
        sections.append(Section("months", words("outlook-page.months"), _months(data)))
        sections.append(Section("cases", words("outlook-page.cases"), tuple(_cases(data.outlook))))
    sections += gap_sections(data)
    if data.outlook is not None:
        sections += [
            Section("chances", words("outlook-page.chances"), tuple(_chances(data, data.outlook))),
            Section("drivers", words("outlook-page.drivers"), _drivers(data.outlook)),
            Section("news", words("outlook-page.news"), tuple(_news(data, data.outlook))),
            Section("assumptions", words("outlook-page.assumptions"), tuple(_assumptions(data.outlook, data.names))),
        ]
    made_up = data.province.setting("nature") == "illustrative"
    notes = [words("outlook-page.note.method")]
    if made_up:
        notes.insert(0, words("outlook-page.note.illustrative"))
    name = data.province.setting("name") or "–"
    subtitle = words(
        "outlook-page.subtitle",
        province=name,
        year=data.course.year,
        month=written_month(data.month),
        day=data.known_on,
    )
    return Page(
        "scenario", words("outlook-page.title"), subtitle, tuple(sections), illustrative=made_up, notes=tuple(notes)
    )


def _rate(value: float | None, places: int = 2) -> Quantity:
    return Quantity(value, places, sign=True, percent=True)


def _plain(value: Quantity) -> Words:
    return words("unit.plain", value=value)


def _overview(data: ScenarioData) -> Iterator[Block]:
    figures = [_year(data), _growth(data)]
    if data.gap is not None:
        figures.insert(1, _of_plan(data))
        figures += [*_chance(data), *_required(data)]
    yield Headlines(tuple(figures))
    if data.gap is None:
        yield Paragraph(words("gap.no-plan-no-page", year=data.course.year), "warning")


def _year(data: ScenarioData) -> KeyFigure:
    value = words("unit.billion", value=Quantity(float(data.course.outcome.sum()), 1))
    note = Words("", "")
    if data.outlook is not None:
        low95, low, high, high95 = (Quantity(v, 0) for v in np.quantile(_totals(data), (0.025, 0.1, 0.9, 0.975)))
        note = words("outlook-page.interval", low=low, high=high, low95=low95, high95=high95)
    return KeyFigure(words("outlook-page.year", year=data.course.year), value, note)


def _totals(data: ScenarioData) -> np.ndarray:
    assert data.outlook is not None
    return data.outlook.simulation.output()[:, :SEASON].sum(axis=1)


def _of_plan(data: ScenarioData) -> KeyFigure:
    assert data.gap is not None
    row = table(data.gap, (), "year").row(0, named=True)
    tone: Tone = "good" if row["gap"] >= 0 else "bad" if row["percent"] < data.thresholds.alarm else "warning"
    gap, points = Quantity(row["gap"], 1, sign=True), Quantity(row["points"], 2, sign=True)
    return KeyFigure(
        words("outlook-page.of-plan", plan=Quantity(row["plan"], 1)),
        _plain(Quantity(row["percent"], 1, percent=True)),
        words("outlook-page.gap", gap=gap, points=points),
        tone,
    )


def _growth(data: ScenarioData) -> KeyFigure:
    course = data.course
    known = course.known
    now = float(growth(course.outcome.sum(keepdims=True), course.before.sum(keepdims=True)).item())
    early = float(
        growth(course.outcome[:, :known].sum(keepdims=True), course.before[:, :known].sum(keepdims=True)).item()
    )
    given = {"months": known, "so_far": _rate(early)}
    if data.gap is None:
        note = words("outlook-page.growth.no-plan", **given)
    else:
        planned = table(data.gap, (), "year")["growth_planned"][0]
        note = words("outlook-page.growth.note", planned=_rate(planned), **given)
    return KeyFigure(words("outlook-page.growth"), _plain(_rate(now)), note, "good" if now >= 0 else "bad")


def _chance(data: ScenarioData) -> Iterator[KeyFigure]:
    if data.outlook is None or data.gap is None:
        return
    share = float((_totals(data) >= float(data.gap.plan.sum())).mean())
    shown = chance(share)
    note = words("outlook-page.chance.note", paths=Quantity(data.outlook.simulation.paths, 0))
    tone: Tone = "good" if share >= 0.8 else "warning" if share >= 0.5 else "bad"
    yield KeyFigure(words("outlook-page.chance"), Words(f"{shown.vi}%", f"{shown.en}%"), note, tone)


def _required(data: ScenarioData) -> Iterator[KeyFigure]:
    assert data.gap is not None
    row = required(data.gap).row(0, named=True)
    if row["required"] is not None:
        note = words("outlook-page.required.note", expected=_rate(row["expected"]))
        tone: Tone = "good" if row["expected"] >= row["required"] else "bad"
        yield KeyFigure(words("outlook-page.required"), _plain(_rate(row["required"])), note, tone)


def fan_of(data: ScenarioData) -> Fan:
    """The fan of the year's months."""
    assert data.outlook is not None
    course = data.course
    plan = None if data.gap is None else data.gap.plan.sum(axis=0)
    return Fan(
        [str(month) for month in course.months],
        course.known,
        course.outcome.sum(axis=0),
        data.outlook.simulation.output()[:, :SEASON],
        plan,
        course.before.sum(axis=0),
    )


def _months(data: ScenarioData) -> tuple[Block, ...]:
    fan, totals = fan_of(data), _totals(data)
    low, high = np.quantile(totals, (0.1, 0.9))
    alternative = words(
        "outlook-page.fan.alternative",
        month=written_month(data.month),
        mean=Quantity(float(totals.mean()), 1),
        low=Quantity(low, 1),
        high=Quantity(high, 1),
    )
    whole = fan.cumulative()
    return (
        Chart(words("outlook-page.fan"), lambda lang: fan_chart(fan, lang), alternative),
        Chart(words("outlook-page.fan.cumulative"), lambda lang: fan_chart(whole, lang, height=260), alternative),
    )


def _cases(outlook: Outlook) -> Iterator[Block]:
    told = {scenario.code: Words(scenario.name, scenario.name_en) for scenario in outlook.scenarios}
    frame = outlook.cases.sort("output")
    plans = frame["plan"].drop_nulls()

    def draw(lang: Language) -> object:
        named = frame.with_columns(pl.Series("part", [told[code].in_language(lang) for code in frame["scenario"]]))
        return cases_chart(named, float(plans[0]) if len(plans) else None, lang)

    yield Chart(words("outlook-page.cases.chart"), draw, words("outlook-page.cases.alternative"))
    yield comparison_table(frame, outlook.scenarios, outlook.projection)


def _chances(data: ScenarioData, outlook: Outlook) -> Iterator[Block]:
    frame = outlook.chances
    products = frame.filter(pl.col("scope_kind") == "product").sort("chance")
    rest = frame.filter(pl.col("scope_kind") != "product")
    yield chances_table(pl.concat([rest, products.head(MOST_CHANCES)]), data.names)
    yield from _later(data, outlook)
    if products.height > MOST_CHANCES:
        yield Paragraph(words("outlook-page.chances.more", count=products.height - MOST_CHANCES))


def _later(data: ScenarioData, outlook: Outlook) -> Iterator[Block]:
    """What stands behind the chances of targets due in later years, and which have none."""
    end = later_end(outlook.projection, data.province)
    if end is not None:
        yield Paragraph(words("outlook-page.chances.later", year=data.course.year, last=end.year))
    far = out_of_reach(outlook.projection, data.province)
    if far:
        names = data.province["targets"].filter(pl.col("target").is_in(far)).select("name", "name_en").rows()
        told = Words("; ".join(vi for vi, _ in names), "; ".join(en or vi for vi, en in names))
        yield Paragraph(words("outlook-page.chances.out-of-reach", most=MOST_MONTHS, targets=told))


def _drivers(outlook: Outlook) -> tuple[Block, ...]:
    alone = outlook.drivers.filter(~pl.col("driver").is_in(["all", "together"])).sort("share", descending=True)

    def draw(lang: Language) -> object:
        parts = [words(f"scenario.driver.{driver}").in_language(lang) for driver in alone["driver"]]
        return charts.signed_bars(pl.DataFrame({"part": parts, "value": alone["share"]}), unit="%", number=".1f")

    caption = words("outlook-page.drivers.chart")
    return Chart(caption, draw, caption), drivers_table(outlook.drivers)


def _news(data: ScenarioData, outlook: Outlook) -> Iterator[Block]:
    if outlook.news is None or outlook.since is None:
        yield Paragraph(words("outlook-page.news.none"))
        return
    sums = {name: float(outlook.news[name].sum()) for name in ("revised", "arrived", "outlook", "change")}
    parts = {name: Quantity(sums[name], 1, sign=True) for name in ("revised", "arrived", "outlook")}
    side = "up" if sums["change"] >= 0 else "down"
    yield Paragraph(
        words(
            f"outlook-page.news.lead-{side}",
            earlier=written_month(outlook.since),
            later=written_month(data.month),
            change=Quantity(abs(sums["change"]), 1),
            **parts,
        )
    )
    yield news_table(outlook.news, data.names, outlook.since, data.month, 10)


def _assumptions(outlook: Outlook, names: Names) -> Iterator[Block]:
    for scenario in outlook.scenarios:
        if scenario.changes:
            yield changes_table(scenario, names)
