"""Printed figures by what they are of, so that checks can look them up: published figures and plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.checks.arithmetic import Printed, printed_unit
from fansipan.checks.subject import Subject
from fansipan.periods import Month, Period, Year, months_of, parse_period
from fansipan.tables.reading.parsing import fold

Scope = tuple[str, str]
RELATIVE = ("%", "phan tram", "percent", "lan", "diem", "point", "points")
NOT_SUMS = ("index", "iip", "rate", "share", "occupancy", "growth")


@dataclass(frozen=True, slots=True)
class Group:
    """What figures have in common that stand in one column of a publication."""

    indicator: str
    period: str
    measure: str
    publisher: str
    status: str
    price_basis: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure and its row (from 0) in its table."""

    value: float
    row: int


class Figures:
    """The published figures of a subject, by group and scope, and its plans."""

    def __init__(self, subject: Subject) -> None:
        self.strict = subject.strict
        self.published: dict[Group, dict[Scope, Entry]] = {}
        for number, row in enumerate(subject.rows("official_figures").iter_rows(named=True)):
            fields = (row[name] for name in Group.__dataclass_fields__)
            scopes = self.published.setdefault(Group(*fields), {})
            scopes[row["scope_kind"], row["scope"]] = Entry(row["value"], number)
        self.plans: dict[tuple[str, str, str | None], dict[Scope, Entry]] = {}
        for number, row in enumerate(subject.rows("plans").iter_rows(named=True)):
            scopes = self.plans.setdefault((row["indicator"], row["period"], row["price_basis"]), {})
            scopes[row["scope_kind"], row["scope"]] = Entry(row["value"], number)
        self.relative = _relative(subject)

    def printed(self, scopes: Mapping[Scope, Entry], scope: Scope) -> Printed:
        """The figure of a scope and its unit: its own when lenient, the finest of its group when strict."""
        value = scopes[scope].value
        finest = min(printed_unit(entry.value) for entry in scopes.values()) if self.strict else None
        return Printed.of(value, finest)

    def column(self, group: Group, measure: str) -> Mapping[Scope, Entry]:
        """The figures of the same publication in another measure, whatever price basis that one names."""
        found: dict[Scope, Entry] = {}
        for other, scopes in self.published.items():
            like = (other.indicator, other.period, other.publisher, other.status)
            if like == (group.indicator, group.period, group.publisher, group.status) and other.measure == measure:
                found |= scopes
        return found

    def amounts(self, group: Group, measure: str, period: str) -> Iterator[Mapping[Scope, Entry]]:
        """The columns of amounts of another period: of the same publisher, when strict of any."""
        for other, scopes in self.published.items():
            wanted = (other.indicator, other.measure, other.period) == (group.indicator, measure, period)
            if wanted and (self.strict or other.publisher == group.publisher):
                yield scopes

    def is_sum(self, indicator: str) -> bool:
        """Whether figures of the indicator add up: not an index, not a rate."""
        return indicator not in self.relative and not any(word in indicator for word in NOT_SUMS)


def year_of(period: str) -> str:
    """The year that a period lies in, as text."""
    return period[:4]


def earlier(period: str, measure: str) -> str | None:
    """The period that a growth measure compares with; None where it makes no sense."""
    parsed = parse_period(period)
    if measure == "mom":
        return str(parsed - 1) if isinstance(parsed, Month) else None
    if isinstance(parsed, Month):
        return str(parsed - 12)
    if isinstance(parsed, Year):
        return f"{parsed.year - 1:04d}"
    return f"{parsed.year - 1:04d}-Q{parsed.quarter}"


def last_day(period: Period) -> date:
    """The last day of a period."""
    return months_of(period)[-1].last_day


def _relative(subject: Subject) -> set[str]:
    """The indicators whose amounts are given in percent or as ratios."""
    figures = (
        subject.rows("official_figures").filter(pl.col("measure").is_in(["level", "ytd"])).select("indicator", "unit")
    )
    rows = pl.concat([figures, subject.rows("plans").select("indicator", "unit")])
    return {indicator for indicator, unit in rows.iter_rows() if unit and fold(unit) in RELATIVE}
