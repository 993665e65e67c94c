"""What a column of the office's tables says: which period, which measure, how firm, from the words above it.

The words are spread over several rows and changed over the years (until July 2018 the first column of products is the
sum of the earlier months, since August 2018 the previous month); the meaning is read from the words,
never from the position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fansipan.periods import Month, Period, Quarter, Year
from fansipan.tables.parsing import fold

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
CUMULATIVE = re.compile(r"(?:^|\s)(\d{1,2}) thang(?: dau)?(?: nam)?(?: nam)?(?: (\d{4}))?")
MONTH = re.compile(r"thang (\d{1,2})(?:\s*/\s*| nam | )?(?:nam )?(\d{4})?")
DAY = re.compile(r"thoi diem (\d{1,2})/(\d{1,2})/(\d{4})")
QUARTER = re.compile(r"quy (iv|iii|ii|i|[1-4])\b(?:[^\d]*(\d{4}))?")
YEAR = re.compile(r"nam (\d{4})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's meaning: `period`, `measure` (as in official_figures) and status; growth is printed as a ratio."""

    period: Period
    measure: str
    status: str

    @property
    def is_growth(self) -> bool:
        """Whether the column holds a ratio such as 104.75, to be kept as a growth of 4.75 %."""
        return self.measure in ("mom", "yoy", "ytd-yoy")


def read_heading(words: str, year: int | None) -> Heading | None:
    """The meaning of a column from the words above it; None where it is no figure of a period.

    `year` is that of the workbook, for headings that leave it out. An order such as "compared with the same period last
    year: the first quarter" is understood as well.
    """
    text = fold(words.replace(":", " ").replace("(", " ").replace(")", " "))
    before, compared, after = text.partition("so voi")
    if compared and _period(before, year) is None:
        before, after = text, after
    period = _period(before, year)
    if period is None:
        return None
    cumulative = CUMULATIVE.search(before) is not None
    measure = _growth(after, period, cumulative) if compared else _level(period, cumulative)
    if measure is None:
        return None
    return Heading(period, measure, "preliminary" if "thuc hien" in text else "estimate")


def _period(text: str, year: int | None) -> Period | None:
    """The period that a heading is about: of a cumulative one its last month."""
    if found := DAY.search(text):
        return _month(found[2], found[3], year)
    if found := CUMULATIVE.search(text):
        return _month(found[1], found[2] or _last_year_named(text), year)
    if found := QUARTER.search(text):
        named = found[2] or year
        return Quarter(int(named), QUARTERS[found[1]]) if named else None
    if found := MONTH.search(text):
        return _month(found[1], found[2] or _last_year_named(text), year)
    if found := YEAR.search(text):
        return Year(int(found[1]))
    return None


def _last_year_named(text: str) -> str | None:
    found = YEAR.findall(text)
    return found[-1] if found else None


def _month(month: str, named: str | None, year: int | None) -> Month | None:
    chosen = int(named) if named else year
    return Month(chosen, int(month)) if chosen and 1 <= int(month) <= 12 else None


def _level(period: Period, cumulative: bool) -> str:
    return "ytd" if cumulative and isinstance(period, Month) and period.month > 1 else "level"


def _growth(after: str, period: Period, cumulative: bool) -> str | None:
    """The comparison that the words after "compared with" name."""
    same_period = "ytd-yoy" if cumulative and isinstance(period, Month) and period.month > 1 else "yoy"
    if "thang truoc" in after:
        return "mom"
    if "cung ky" in after or "nam truoc" in after:
        return same_period
    base = _period(after, None)
    if isinstance(period, Month) and isinstance(base, Month):
        return {1: "mom", 12: same_period}.get(period.ordinal - base.ordinal)
    if isinstance(base, Year) and base.year == period.year - 1:
        return same_period
    return None
