"""What an indicator is asked for and what it answers: source, scope, span; figure with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from fansipan.periods import Month
from fansipan.province import Province
from fansipan.statistics.output_value import Output, compile_output
from fansipan.texts import Language, text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row that a figure rests on: its table and key, and words for it."""

    table: str
    key: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, lang: Language) -> str:
        """The evidence in words."""
        return text(self.code, lang, **self.params)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in the indicator's unit (None: the tables do not say), its evidence, its parts by unit of the scope."""

    value: float | None
    evidence: tuple[Evidence, ...] = ()
    parts: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is of: a kind (province, area, areas, industry, programme, project, zone ...) and a code."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, both included; figures of a state are as of `end`."""

    start: date
    end: date

    def last_year(self) -> Span:
        """The same span a year earlier (29 February becomes 28 February)."""
        return Span(_year_before(self.start), _year_before(self.end))


def _year_before(day: date) -> date:
    month = Month.of(day).same_month_last_year()
    return month.first_day.replace(day=min(day.day, month.last_day.day))


class Source:
    """A province as known on `on`, with what is costly to compile kept for as long as it is asked."""

    def __init__(self, province: Province, on: date) -> None:
        self.on = on
        self.province = province.known_on(on)

    @cached_property
    def last_month(self) -> Month | None:
        """The last month with a return, or None if there is none."""
        last = self.province["returns"]["month"].max()
        return None if last is None else Month.parse(str(last))

    @cached_property
    def output(self) -> Output | None:
        """Gross output up to `last_month`, as known on `on`; None without returns."""
        if self.last_month is None:
            return None
        return compile_output(self.province, until=self.last_month, known_on=self.on)
