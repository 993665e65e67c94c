"""Months, quarters and years, and the ranges between them.

A period is a small frozen value that sorts, steps and prints as ``2024-05``, ``2024-Q2`` or ``2024``. Tables store
months as the ISO text ``2024-05``, which sorts the same way in every format. As a parameter of words it is written as
each language does; what a person types may be written so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from fansipan.errors import FansipanError
from fansipan.texts import Language

_MONTH = re.compile(r"^(\d{4})(?:-|-?M)(0[1-9]|1[0-2])$")
_QUARTER = re.compile(r"^(\d{4})-?Q([1-4])$")
_MONTH_FIRST = re.compile(r"^(0?[1-9]|1[0-2])/(\d{4})$")
_QUARTER_FIRST = re.compile(r"^(?:quý |Q)?(IV|I{1,3}|[1-4])/(\d{4})$", re.IGNORECASE)
ROMAN = ("I", "II", "III", "IV")
_YEAR = re.compile(r"^(\d{4})$")


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
        """Read ``2024-05``, ``05/2024`` or ``2024M05``; anything else raises FansipanError ``period.unreadable``."""
        if found := _MONTH.match(value.strip()):
            return cls(int(found[1]), int(found[2]))
        if found := _MONTH_FIRST.match(value.strip()):
            return cls(int(found[2]), int(found[1]))
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
    """Read a month (``2024-05``, ``05/2024``), a quarter (``2024-Q2``, ``quý II/2024``, ``Q2/2024``) or a year.

    Anything else raises FansipanError ``period.unreadable``.
    """
    value = value.strip()
    if _MONTH.match(value) or _MONTH_FIRST.match(value):
        return Month.parse(value)
    if found := _QUARTER.match(value):
        return Quarter(int(found[1]), int(found[2]))
    if found := _QUARTER_FIRST.match(value):
        written = found[1].upper()
        return Quarter(int(found[2]), ROMAN.index(written) + 1 if written in ROMAN else int(written))
    if found := _YEAR.match(value):
        return Year(int(found[1]))
    raise FansipanError("period.unreadable", value=value)


def months_of(period: Period) -> list[Month]:
    """The months that `period` covers, in order."""
    return [period] if isinstance(period, Month) else period.months()


def month_range(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included."""
    for ordinal in range(first.ordinal, last.ordinal + 1):
        yield Month.from_ordinal(ordinal)
