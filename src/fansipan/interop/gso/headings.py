"""What a column of the office's tables says: which period, which measure, how firm, from the words above it.

The words are spread over several rows and changed over the years (until July 2018 the first column of products is the
sum of the earlier months, since August 2018 the previous month); the meaning is read from the words,
never from the position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fansipan.periods import Month, Period, Quarter, Year
from fansipan.tables.reading.parsing import fold

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
CUMULATIVE = re.compile(r"(?:^|\s)(\d{1,2}) thang\b(?! \d{1,2}\b)(?: dau)?(?: nam)?(?: nam)?(?:[ /](\d{4}))?")
MONTH = re.compile(r"thang (\d{1,2})(?!\d)(?:\s*[/.-]\s*| nam | )?(?:nam )?(\d{4})?")
DAY = re.compile(r"(?:thoi diem|ngay) (\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
QUARTER = re.compile(r"quy (iv|iii|ii|i|[1-4])\b(?:[^\d]*(\d{4}))?")
YEAR = re.compile(r"nam (\d{4})")
# Months and counts of months written out, and short forms: "Tháng Mười hai", "Chín tháng", "T5/2024", "5T/2024".
NUMBERS = ("mot", "hai", "ba", "tu|bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
SPELT = [
    (re.compile(rf"\bthang (?:{word})\b(?! truoc)"), f"thang {k}")
    for k, word in reversed(list(enumerate(NUMBERS, 1)))
    if word != "nam"
]
SPELT += [(re.compile(r"\bthang nam(?= nam \d{4}|\s*[/.-]\s*\d{4}|$| so voi)"), "thang 5")]
SPELT += [
    (re.compile(rf"(^|uoc tinh |thuc hien |cong don )(?:{word}) thang\b"), rf"\g<1>{k} thang")
    for k, word in reversed(list(enumerate(NUMBERS, 1)))
]
SPELT += [
    (re.compile(r"\bt\.? ?(\d{1,2})(?=\s*[/.-]\s*\d{4})"), r"thang \1"),
    (re.compile(r"\b(\d{1,2}) ?t(?=\s*[/.-]?\s*\d{4})"), r"\1 thang"),
    (re.compile(r"\bso (?=cung|thang|nam|quy)"), "so voi "),
    (re.compile(r"\bki\b"), "ky"),
    (re.compile(r"\b(?:tu )?(?:dau nam )?(?:den|toi) (?:het |cuoi )?thang (\d{1,2})\b"), r"\1 thang"),
    (re.compile(r"\bca nam\b"), "nam"),
    (re.compile(r"\b6 thang cuoi nam\b"), ""),
]
# The days of 2000 to 2050 as spreadsheets count them.
SERIAL = re.compile(r"\b(?:3[7-9]\d{3}|4\d{4}|5[0-4]\d{3})\b")
EPOCH = date(1899, 12, 30)
# Words of figures that are of another kind: planned, or freed of the season.
OF_ANOTHER_KIND = re.compile(r"\bke hoach\b|\bmuc tieu\b|(?<!chua )dieu chinh (?:yeu to )?(?:mua vu|thoi vu)")
# How firm the words say a figure is; else it is an estimate.
FIRM = ((re.compile(r"\bchinh thuc\b"), "final"), (re.compile(r"\bso bo\b|\bthuc hien\b"), "preliminary"))


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
    text = _plain(words)
    if OF_ANOTHER_KIND.search(text):
        return None
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
    return Heading(period, measure, next((status for words, status in FIRM if words.search(text)), "estimate"))


def names_period(words: str) -> bool:
    """Whether the words name a period of their own, before any comparison."""
    return _period(_plain(words).partition("so voi")[0], 2000) is not None


def _plain(words: str) -> str:
    """The words folded, without marks, months in digits."""
    text = " ".join(fold(re.sub(r"[:()%*]", " ", words)).split())
    text = SERIAL.sub(lambda found: _first_of_month(int(found[0])) or found[0], text)
    for spelt, digits in SPELT:
        text = spelt.sub(digits, text)
    return text


def _first_of_month(serial: int) -> str | None:
    """A day that a spreadsheet turned into its number, as words; None unless it was the first of a month.

    "1/7/2013" typed where the month comes first is kept as 7 January: such a day is read with day and month exchanged.
    """
    day = EPOCH + timedelta(days=serial)
    if day.day == 1:
        return f"thoi diem 1/{day.month}/{day.year}"
    return f"thoi diem 1/{day.day}/{day.year}" if day.month == 1 and day.day <= 12 else None


def _period(text: str, year: int | None) -> Period | None:
    """The period that a heading is about: of a cumulative one its last month."""
    if found := DAY.search(text):
        month = _month(found[2], found[3], year)
        # What is in stock on the first of a month is what was left at the end of the one before.
        return month - 1 if month and int(found[1]) == 1 and "ton kho" in text else month
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
    base = _period(after, period.year)
    if isinstance(period, Month) and isinstance(base, Month):
        return {1: "mom", 12: same_period}.get(period.ordinal - base.ordinal)
    if isinstance(period, Quarter) and base == Quarter(period.year - 1, period.quarter):
        return same_period
    if isinstance(base, Year) and base.year == period.year - 1:
        return same_period
    return None
