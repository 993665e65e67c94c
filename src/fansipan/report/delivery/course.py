"""How the verdicts on the province's targets went, month by month of the year."""

from __future__ import annotations

from datetime import date

from fansipan.delivery.targets.evaluation import course
from fansipan.delivery.targets.verdicts import TargetVerdict
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Column, Table, Words, known_words, same, table, words
from fansipan.tables import names_of


def month_ends(on: date) -> list[date]:
    """The last days of the months of the year of `on` that have ended by then, and `on` itself."""
    ends = [Month(on.year, month).last_day for month in range(1, on.month + 1)]
    return sorted({end for end in ends if end < on} | {on})


def course_table(province: Province, on: date) -> Table:
    """A row a target, a column a month: the verdict from what was known then, and the figure where it counts units."""
    days = month_ends(on)
    titles = names_of(province["targets"], "target")
    heads = [Column(words("targets.column.target"), "text"), Column(words("targets.column.reading"), "text")]
    heads += [Column(Words(f"{day:%d/%m}", f"{day:%m-%d}"), "text") for day in days]
    rows = []
    for target, found in course(province, days).items():
        reading = next((v.reading for v in found if v is not None), "")
        rows.append([titles[target], known_words(f"reading.{reading}", same(reading or "–")), *map(_cell, found)])
    return table(words("delivery-page.course.caption"), heads, rows, name="by-month")


def _cell(found: TargetVerdict | None) -> Words:
    if found is None:
        return same("–")
    verdict = words(f"target.{found.verdict}")
    if not found.parts:
        return verdict
    count = f"{found.value:.0f}/{found.needed:.0f}"
    return Words(f"{verdict.vi} ({count})", f"{verdict.en} ({count})")
