"""Months, quarters and years, and the ranges between them.

A period is a small frozen value that sorts, steps and prints as ``2024-05``, ``2024-Q2`` or ``2024``. Tables store
months as the ISO text ``2024-05``, which sorts the same way in every format. As a parameter of words it is written as
each language does; what a person types may be written so too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from fansipan.errors import FansipanError
from fansipan.texts import Language

# How months, quarters and years are written elsewhere; digits are the ten of ASCII, so that no other script's year
# slips in.
_NAMED = r"(?:tháng\s*|thang\s*|t\.?\s*|m)?"


def _patterns(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_MONTH_FORMS = _patterns(
    r"^(?P<y>[0-9]{4})\s*(?:[-/]|-?\s*M)\s*(?P<m>[0-9]{1,2})$",
    r"^(?P<y>[0-9]{4})\.(?P<m>[0-9]{2})$",
    r"^(?P<y>[0-9]{4})(?P<m>0[1-9]|1[0-2])$",
    # the first or the last day of a month, as spreadsheets and statistical programs write it
    r"^(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$",
    _NAMED + r"(?P<m>[0-9]{1,2})\s*(?:[-/.]|\s+năm\s+|\s+nam\s+)\s*(?P<y>[0-9]{4})$",
    r"^(?P<d>01|1)[-/.](?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})$",
    r"^(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-]+(?P<y>[0-9]{4})$",
    r"^(?P<y>[0-9]{4})[\s-]+(?P<n>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$",
)
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_QUARTER_FORMS = _patterns(
    r"^(?P<y>[0-9]{4})\s*-?\s*(?:Q|quý\s*|quy\s*)(?P<q>[1-4]|IV|I{1,3})$",
    r"^(?:quý\s*|quy\s*|q)?(?P<q>IV|I{1,3}|[1-4])\s*[-/]\s*(?P<y>[0-9]{4})$",
    r"^(?:quý\s*|quy\s*|q)(?P<q>IV|I{1,3}|[1-4])\s+(?:năm\s+|nam\s+)?(?P<y>[0-9]{4})$",
)
ROMAN = ("I", "II", "III", "IV")
_YEAR = re.compile(r"^(?:năm\s+|nam\s+)?(?P<y>[0-9]{4})$", re.IGNORECASE)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month; `Month(2024, 5)` prints as ``2024-05``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9999):
            raise FansipanError("period.unreadable", value=f"{self.year}-{self.month}")

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read a month as people and programs write: ``2024-05``, ``05/2024``, ``T5/2024``, ``2024M05``, ``May 2024``
        and so on.

        The day of a date is passed over where it is the first or the last of its month. Anything else raises
        FansipanError ``period.unreadable``: what is left open (``2024.1``, October or January) too.
        """
        text = unicodedata.normalize("NFC", value).strip()
        for form in _MONTH_FORMS:
            if found := form.match(text):
                parts = found.groupdict()
                number = _ENGLISH.index(parts["n"].lower()) + 1 if parts.get("n") else int(parts["m"])
                year, day = int(parts["y"]), parts.get("d")
                if not (1 <= number <= 12 and year >= 1):
                    break
                month = cls(year, number)
                if day is None or int(day) in (1, month.last_day.day):
                    return month
        raise FansipanError("period.unreadable", value=value)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        """Months since year 0, so that differences of ordinals are differences in months."""
        return self.year * 12 + self.month - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Self:
        """The inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    def __add__(self, months: int) -> Self:
        return type(self).from_ordinal(self.ordinal + months)

    def __sub__(self, months: int) -> Self:
        return self + -months

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def in_language(self, lang: Language) -> str:
        """The month within words: ``05/2024`` (vi) or ``2024-05`` (en)."""
        return f"{self.month:02d}/{self.year:04d}" if lang == "vi" else str(self)

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return (self + 1).first_day - timedelta(days=1)

    @property
    def quarter(self) -> Quarter:
        """The quarter that holds the month."""
        return Quarter(self.year, (self.month + 2) // 3)

    def same_month_last_year(self) -> Self:
        """Twelve months earlier."""
        return self - 12

    def since_january(self) -> list[Self]:
        """The months of the cumulative period: January of the year up to this month."""
        return [type(self)(self.year, m) for m in range(1, self.month + 1)]


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter; prints as ``2024-Q2``."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"

    def in_language(self, lang: Language) -> str:
        """The quarter within words: ``quý II/2024`` (vi) or ``Q2 2024`` (en)."""
        return f"quý {ROMAN[self.quarter - 1]}/{self.year}" if lang == "vi" else f"Q{self.quarter} {self.year}"

    def months(self) -> list[Month]:
        """Its three months in order."""
        return [Month(self.year, 3 * self.quarter - 2 + k) for k in range(3)]


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A calendar year; prints as ``2024``."""

    year: int

    def __str__(self) -> str:
        return f"{self.year:04d}"

    def months(self) -> list[Month]:
        """Its twelve months in order."""
        return [Month(self.year, m) for m in range(1, 13)]


Period = Month | Quarter | Year


def parse_period(value: str) -> Period:
    """Read a month (see `Month.parse`), a quarter (``2024-Q2``, ``quý II/2024``, ``Q2/2024``) or a year (``2024``).

    Anything else raises FansipanError ``period.unreadable``.
    """
    text = unicodedata.normalize("NFC", value).strip()
    if found := _YEAR.match(text):
        return _year(found["y"], value)
    for form in _QUARTER_FORMS:
        if found := form.match(text):
            written = found["q"].upper()
            quarter = ROMAN.index(written) + 1 if written in ROMAN else int(written)
            return Quarter(_year(found["y"], value).year, quarter)
    return Month.parse(value)


def _year(digits: str, value: str) -> Year:
    if int(digits) < 1:
        raise FansipanError("period.unreadable", value=value)
    return Year(int(digits))


def months_of(period: Period) -> list[Month]:
    """The months that `period` covers, in order."""
    return [period] if isinstance(period, Month) else period.months()


def month_range(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included."""
    for ordinal in range(first.ordinal, last.ordinal + 1):
        yield Month.from_ordinal(ordinal)
