"""What the months show once the season and Tết are taken out, and how earlier figures were revised since."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from fansipan.errors import NotAvailable, Refused
from fansipan.periods import Month, month_range
from fansipan.report.content import Block, Chart, Column, Paragraph, Quantity, Section, Words, table, words
from fansipan.report.drawings import charts
from fansipan.report.month.data import MonthData, month_words
from fansipan.report.month.revisions import revised_table, summary_table, triangle_table
from fansipan.statistics.measures import TOTAL, gross_output
from fansipan.statistics.seasonal.adjust import adjust
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.comparison import compare_direct_indirect
from fansipan.statistics.seasonal.verdict import verdict
from fansipan.statistics.vintages.revisions import revised_by, revision_summary, revision_triangle
from fansipan.texts import Language, both, joined

RECENT = 13
TRIANGLE_MONTHS = 6
MOST_RETURNS = 12


def trend(data: MonthData) -> Section:
    """Output as it is, seasonally adjusted and its trend; the adjusted sum of sections beside the adjusted total."""
    levels = gross_output(data.output)
    try:
        total = _adjusted(levels.filter(pl.col(TOTAL) == TOTAL))
    except (NotAvailable, Refused) as reason:
        why = Words(reason.describe("vi"), reason.describe("en"))
        return Section("trend", words("month.trend"), (Paragraph(words("month.trend.none", reason=why)),))
    notes = joined([verdict(total, stability=False), *(both(note.message) for note in total.notes)], ". ")
    blocks: list[Block] = [_lines(total), _said(total), Paragraph(words("month.trend.quality", verdict=notes))]
    indirect = _indirect(data, total)
    if indirect is not None:
        blocks.append(indirect)
    blocks.append(_recent(total))
    return Section("trend", words("month.trend"), tuple(blocks))


def _adjusted(levels: pl.DataFrame) -> Adjustment:
    ordered = levels.sort("month")
    first = Month.parse(ordered["month"][0])
    return adjust(ordered["value"].to_numpy().astype(np.float64), first, stability=False)


def _months(total: Adjustment) -> list[str]:
    return [str(total.start + k) for k in range(len(total.original))]


def _lines(total: Adjustment) -> Chart:
    named = {
        "month.trend.original": total.original,
        "month.trend.adjusted": total.parts.adjusted,
        "month.trend.trend": total.parts.trend,
    }

    def draw(lang: Language) -> Any:
        parts = [
            pl.DataFrame(
                {"month": _months(total), "part": [words(code).in_language(lang)] * len(series), "value": series}
            )
            for code, series in named.items()
        ]
        order = [words(code).in_language(lang) for code in named]
        return charts.lines(pl.concat(parts), unit=words("unit.axis-billion").in_language(lang), order=order)

    return Chart(words("month.trend.caption"), draw, words("month.trend.alternative"))


def _said(total: Adjustment) -> Paragraph:
    """The month on the month before once adjusted, and whether Tết was found to move it."""
    adjusted = total.parts.adjusted
    change = (adjusted[-1] / adjusted[-2] - 1) * 100
    code = "month.trend.with-tet" if total.windows else "month.trend.without-tet"
    return Paragraph(words(code, growth=Quantity(float(change), 2, sign=True, percent=True)))


def _indirect(data: MonthData, total: Adjustment) -> Paragraph | None:
    """How far the sum of the adjusted sections lies from the adjusted total; None where a section cannot be
    adjusted.
    """
    levels = gross_output(data.output, by="section")
    try:
        parts = {s: _adjusted(levels.filter(pl.col("section") == s)) for s in levels["section"].unique().drop_nulls()}
        found = compare_direct_indirect(total, parts, dict.fromkeys(parts, 1.0))
    except Refused:
        return None
    return Paragraph(
        words(
            "month.trend.indirect",
            mean=Quantity(found.mean_difference, 2, percent=True),
            largest=Quantity(found.largest_difference, 2, percent=True),
        )
    )


def _recent(total: Adjustment) -> Block:
    parts = total.parts
    last = range(max(0, len(total.original) - RECENT), len(total.original))
    rows = [
        [
            month_words(total.start + k),
            total.original[k],
            parts.adjusted[k],
            _growth(parts.adjusted, k),
            parts.trend[k],
            (parts.holiday[k] - 1) * 100 if total.multiplicative else parts.holiday[k],
        ]
        for k in reversed(last)
    ]
    columns = [
        Column(words("month.column.of-month"), "text"),
        Column(words("month.trend.original")),
        Column(words("month.trend.adjusted")),
        Column(words("month.trend.on-previous"), "points", 2),
        Column(words("month.trend.trend")),
        Column(words("month.trend.tet" if total.multiplicative else "month.trend.tet-amount"), "points", 2),
    ]
    return table(words("month.trend.table"), columns, rows, name="seasonal")


def _growth(series: Any, k: int) -> float | None:
    return float((series[k] / series[k - 1] - 1) * 100) if k > 0 else None


def revisions(data: MonthData) -> Section:
    """The last months as known at the end of each of them, the size of revisions, and what moved the month before."""
    shown = list(month_range(data.month - (TRIANGLE_MONTHS - 1), data.month))
    triangle = revision_triangle(data.province, shown, [m.last_day for m in shown[:-1]] + [data.known_on])
    if triangle["known_on"].n_unique() < 2:
        return Section("revisions", words("month.revisions"), (Paragraph(words("month.revisions.none")),))
    blocks: list[Block] = [triangle_table(triangle), summary_table(revision_summary(triangle))]
    before = data.month - 1
    moved = revised_by(data.province, before, before.last_day, data.known_on)
    if moved.height:
        head = moved.head(MOST_RETURNS)
        blocks.append(revised_table(head, data.names, month_words(before), before.last_day, data.known_on))
    return Section("revisions", words("month.revisions"), tuple(blocks))
