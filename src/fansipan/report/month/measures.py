"""The first sections of the month's page: headlines, the sections of industry, the run of months, the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from fansipan.periods import Month
from fansipan.report.content import (
    Chart,
    Column,
    Headlines,
    KeyFigure,
    Paragraph,
    Quantity,
    Section,
    Table,
    Tone,
    Words,
    table,
    words,
)
from fansipan.report.drawings import charts
from fansipan.report.month.call_words import far_off_figures
from fansipan.report.month.data import MonthData, month_words
from fansipan.statistics.comparison import Comparison
from fansipan.statistics.coverage import coverage
from fansipan.statistics.drafts import drafted_share, weights_are_drafts
from fansipan.statistics.editing.headline import total_at_usual
from fansipan.statistics.measures import TOTAL, gross_output, growth_of_output
from fansipan.statistics.plan_progress import percent_of_plan
from fansipan.statistics.production_index import base_year_weights, unreported_weights
from fansipan.texts import Language, both, joined


def headlines(data: MonthData) -> Section:
    """What a leader reads first."""
    figures = [_month(data), _cumulative(data), *_plan_figure(data), *_index(data), *_last_year(data), *_economy(data)]
    return Section("headlines", words("month.headlines"), (Headlines((*figures, _response(data))),))


def _tone(growth: float | None) -> Tone:
    if growth is None:
        return "plain"
    return "good" if growth >= 0 else "bad"


def _one(
    data: MonthData, comparison: Comparison, by: str = TOTAL, code: str = TOTAL, month: Month | None = None
) -> dict:
    """Level and growth of one scope; both None where there is no such scope."""
    grown = growth_of_output(data.output, month or data.month, comparison, by=by).filter(pl.col(by) == code)
    return grown.row(0, named=True) if grown.height else {"level": None, "growth": None}


def _billion(value: float | None, places: int = 1) -> Words:
    return words("unit.billion", value=Quantity(value, places))


def _grown(value: float | None) -> Quantity:
    return Quantity(value, 2, sign=True, percent=True)


def _month(data: MonthData) -> KeyFigure:
    mom, yoy = _one(data, "mom"), _one(data, "yoy")
    note = words("month.note.mom-yoy", mom=_grown(mom["growth"]), yoy=_grown(yoy["growth"]))
    usual = total_at_usual(data.province, data.output, data.month, ("mom", "yoy"))
    if usual is not None:
        note = words(
            "month.note.far-off",
            note=note,
            count=usual.doubted.height,
            figures=joined(far_off_figures(usual.doubted, data.names), "; "),
            level=_billion(usual.level),
            mom=_grown(usual.growth["mom"]),
            yoy=_grown(usual.growth["yoy"]),
        )
    if drafted := drafted_share(data.province, data.output):
        note = words("month.note.draft", note=note, share=Quantity(drafted, 1, percent=True))
    label = words("month.output-of", period=month_words(data.month))
    return KeyFigure(label, _billion(mom["level"]), note, _tone(mom["growth"]))


def _cumulative(data: MonthData) -> KeyFigure:
    ytd = _one(data, "ytd")
    label = words("month.output-cumulative", months=data.month.month, year=data.month.year)
    return KeyFigure(
        label, _billion(ytd["level"]), words("month.note.ytd", growth=_grown(ytd["growth"])), _tone(ytd["growth"])
    )


def _plan_figure(data: MonthData) -> list[KeyFigure]:
    total = percent_of_plan(data.output, data.province["plans"], data.month).filter(pl.col("scope") == TOTAL)
    if total.is_empty() or total["percent"][0] is None:
        return []
    percent = float(total["percent"][0])
    even = data.month.month / 12 * 100
    note = words("month.note.plan", plan=Quantity(total["plan"][0], 1), even=Quantity(even, 1, percent=True))
    value = same_percent(percent, 1)
    return [KeyFigure(words("month.percent-of-plan"), value, note, "good" if percent >= even else "warning")]


def same_percent(value: float | None, places: int) -> Words:
    """A percentage as each language writes it."""
    shown = Quantity(value, places, percent=True)
    return both(shown.in_language)


def _index(data: MonthData) -> list[KeyFigure]:
    if data.index.is_empty():
        return []
    weights = base_year_weights(data.province)
    top = data.index.filter(
        (pl.col("period") == str(data.month)) & pl.col("code").is_in(weights.filter(pl.col("parent").is_null())["code"])
    )
    if top.is_empty() or top["index"].null_count() or top["growth"].null_count():
        return []
    root = top.row(0, named=True)
    note = words("month.note.index", growth=_grown(root["growth"]))
    unreported = unreported_weights(data.province, data.output)["share"].sum()
    if unreported > 0:
        note = words("month.note.index-without", growth=note, share=Quantity(float(unreported), 2, percent=True))
    if weights_are_drafts(weights):
        note = words("month.note.draft-index", note=note)
    label = words("month.index-of", period=month_words(data.month))
    return [KeyFigure(label, words("unit.plain", value=Quantity(root["index"], 1)), note, _tone(root["growth"]))]


def _last_year(data: MonthData) -> list[KeyFigure]:
    """The last whole year: all of industry, and handicraft within it."""
    december = Month(data.month.year - 1, 12)
    figures = []
    for by, code, label in ((TOTAL, TOTAL, "month.output-year"), ("kind", "handicraft", "month.handicraft-year")):
        year = _one(data, "year", by, code, december)
        if year["level"] is not None:
            note = words("month.note.year", growth=_grown(year["growth"]), year=december.year - 1)
            figures.append(
                KeyFigure(words(label, year=december.year), _billion(year["level"], 0), note, _tone(year["growth"]))
            )
    return figures


def _economy(data: MonthData) -> list[KeyFigure]:
    """The share of industry and construction in the economy, as published last before the day known."""
    economy = data.province["economy"].filter(
        (pl.col("sector") == "industry-construction") & (pl.col("measure") == "share")
    )
    if economy.is_empty():
        return []
    last = economy.sort("year").row(-1, named=True)
    note = words("month.note.economy", year=last["year"])
    published = last["source"] == "published"
    return [KeyFigure(words("month.economy-share"), same_percent(last["value"], 2), note, published=published)]


def _response(data: MonthData) -> KeyFigure:
    covered = coverage(data.output, [data.month]).row(0, named=True)
    note = words(
        "month.note.response",
        received=Quantity(covered["received"], 0),
        expected=Quantity(covered["expected"], 0),
        imputed=Quantity(covered["imputed_share"], 2, percent=True),
    )
    return KeyFigure(words("month.response"), same_percent(covered["response"], 1), note)


OUTPUT_COLUMNS = (
    ("month.column.month", "number", 1, None, True),
    ("month.column.mom", "points", 2, None, False),
    ("month.column.yoy", "points", 2, None, False),
    ("month.column.ytd", "number", 1, None, True),
    ("month.column.ytd-base", "number", 1, None, True),
    ("month.column.ytd-growth", "points", 2, "({4}/{5}-1)*100", False),
    ("month.column.contribution", "points", 2, None, True),
)


def output_table(
    data: MonthData, by: str, caption: Words, head: Words, name: str, *, always: tuple[str, ...] = ()
) -> Table:
    """Output of the month and cumulative by a dimension, with growth and contribution, the total last.

    The parts named in `always` have a row even where they made nothing.
    """
    now = {c: growth_of_output(data.output, data.month, c, by=by) for c in ("mom", "yoy", "ytd")}
    ytd = now["ytd"].sort("level", descending=True, nulls_last=True)
    codes = ytd[by].to_list()
    codes += [code for code in always if code not in codes]
    rows = [_output_row(data, by, code, now) for code in codes]
    rows.append(_output_row(data, TOTAL, TOTAL, {c: growth_of_output(data.output, data.month, c) for c in now}))  # type: ignore[arg-type]
    columns = [Column(head, "text"), *(Column(words(h), k, p, f, s) for h, k, p, f, s in OUTPUT_COLUMNS)]  # type: ignore[arg-type]
    return table(caption, columns, rows, strong=frozenset([len(rows) - 1]), name=name)


def _output_row(data: MonthData, by: str, code: str | None, now: dict[str, pl.DataFrame]) -> list[object]:
    same_code = pl.col(by).eq_missing(pl.lit(code, dtype=pl.String))
    found = {c: frame.filter(same_code) for c, frame in now.items()}
    mom, yoy, ytd = (f.row(0, named=True) if f.height else {} for f in found.values())
    return [
        data.names.of(by, code),
        mom.get("level"),
        mom.get("growth"),
        yoy.get("growth"),
        ytd.get("level"),
        ytd.get("base"),
        ytd.get("growth"),
        ytd.get("contribution"),
    ]


def by_section(data: MonthData) -> Section:
    """Gross output by section, with electricity's movement."""
    caption = words("month.sections.caption", months=data.month.month)
    shown = output_table(data, "section", caption, words("month.column.section"), "GTSX")
    return Section("sections", words("month.sections"), (shown,))


def months(data: MonthData) -> Section:
    """Five years of months, by section."""
    levels = gross_output(data.output, by="section")
    rank = (
        levels.group_by("section", maintain_order=True)
        .agg(pl.col("value").sum().alias("all"))
        .sort("all", descending=True, maintain_order=True)["section"]
    )

    def draw(lang: Language) -> Any:
        order = [data.names.of("section", code).in_language(lang) for code in rank]
        named = levels.with_columns(
            pl.col("section")
            .map_elements(lambda c: data.names.of("section", c).in_language(lang), return_dtype=pl.String)
            .alias("part"),
            pl.col("section").map_elements(lambda c: -rank.to_list().index(c), return_dtype=pl.Int64).alias("rank"),
        )
        return charts.stacked_months(
            named.drop("section"), unit=words("unit.axis-billion").in_language(lang), order=order
        )

    caption = words("month.months.caption")
    return Section("months", words("month.months"), (Chart(caption, draw, words("month.months.alternative")),))


def plan(data: MonthData) -> Section:
    """The year's plan by section, and where even progress would stand."""
    progress = percent_of_plan(data.output, data.province["plans"], data.month)
    if progress["plan"].is_null().all():
        return Section("plan", words("month.plan"), (Paragraph(words("month.plan.none", year=data.month.year)),))
    rows = [
        [data.names.of(TOTAL if scope == TOTAL else "section", scope), done, target, percent, remaining]
        for scope, done, target, percent, remaining in progress.select(
            "scope", "done", "plan", "percent", "remaining"
        ).iter_rows()
    ]
    columns = [
        Column(words("month.column.section"), "text"),
        Column(words("month.column.done"), summed=True),
        Column(words("month.column.plan"), summed=True),
        Column(words("month.column.percent"), formula="{1}/{2}*100"),
        Column(words("month.column.remaining"), summed=True),
    ]
    caption = words("month.plan.caption", year=data.month.year)
    shown = table(caption, columns, rows, strong=frozenset([len(rows) - 1]), name="year-plan")
    even = data.month.month / 12 * 100
    picture = Chart(
        words("month.plan.chart", even=Quantity(even, 1)), _plan_chart(rows, even), words("month.plan.alternative")
    )
    return Section("plan", words("month.plan"), (picture, shown))


def _plan_chart(rows: list[list[Any]], even: float) -> Callable[[Language], Any]:
    def draw(lang: Language) -> Any:
        frame = pl.DataFrame({"part": [r[0].in_language(lang) for r in rows], "percent": [r[3] for r in rows]})
        return charts.progress(frame.drop_nulls(), unit=words("month.plan.axis").in_language(lang), mark=even)

    return draw
