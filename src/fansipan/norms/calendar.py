"""Working days and days off, with the decision that set each (Rule Z2).

The working week of authorities is Monday to Friday. The days off and the Saturdays worked in exchange stand in
``data/days_off.csv``; a year without rows there is not guessed but refused, and so are the days from a row ``unknown``
on: the days off of that time have only been proposed.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from fansipan.errors import Refused
from fansipan.norms.norm import CERTAINTIES, Certainty

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off on a weekday, or a weekend day worked in exchange (`kind` ``off`` or ``working``).

    `kind` ``unknown``: from that day on the days off are not decided yet.
    """

    day: date
    kind: str
    occasion: str
    swapped_with: date | None
    decision: str
    certainty: Certainty


@cache
def special_days() -> dict[date, SpecialDay]:
    """Every day of ``days_off.csv`` by date."""
    written = (files(__package__) / "data" / "days_off.csv").read_text(encoding="utf8")
    return {
        (found := date.fromisoformat(row["day"])): SpecialDay(
            day=found,
            kind=row["kind"],
            occasion=row["occasion"],
            swapped_with=date.fromisoformat(row["swapped_with"]) if row["swapped_with"] else None,
            decision=row["decision"],
            certainty=row["certainty"],  # type: ignore[arg-type]
        )
        for row in csv.DictReader(written.splitlines())
    }


@cache
def years_covered() -> tuple[int, int]:
    """The first and the last year whose days off are known."""
    years = {day.year for day in special_days()}
    return min(years), max(years)


@cache
def unknown_from() -> date:
    """The first day of which it is not known whether authorities work on it."""
    _, last = years_covered()
    return min((s.day for s in special_days().values() if s.kind == "unknown"), default=date(last + 1, 1, 1))


def is_working_day(day: date) -> bool:
    """Whether authorities work on `day`; Refused ``calendar.year-unknown`` where the days off are not known."""
    first, last = years_covered()
    if day >= unknown_from() and day.year <= last:
        raise Refused("calendar.days-unknown", day=day, from_day=unknown_from())
    if not first <= day.year <= last:
        raise Refused("calendar.year-unknown", year=day.year, first=first, last=last)
    special = special_days().get(day)
    return special.kind == "working" if special else day.weekday() < SATURDAY


def next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(start: date, days: int) -> date:
    """The day on which `days` working days after `start` are full; `start` itself is not counted."""
    day = start
    while days > 0:
        day += ONE_DAY
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` and up to `end`, `end` included; 0 if `end` is not after `start`."""
    return sum(is_working_day(start + k * ONE_DAY) for k in range(1, (end - start).days + 1))


def working_days_at_least(start: date, end: date) -> int:
    """As `working_days_between`, but of the days whose days off are not known none is counted: a lower bound."""
    return working_days_between(start, min(end, unknown_from() - ONE_DAY))


def days_relied_on(start: date, end: date) -> tuple[SpecialDay, ...]:
    """The special days after `start` and up to `end`: the decisions that a count over that span rests on."""
    return tuple(special for day, special in sorted(special_days().items()) if start < day <= end)


def certainty_between(start: date, end: date) -> Certainty:
    """How certain a count of days from `start` to `end` is: that of its least certain day off."""
    return max((s.certainty for s in days_relied_on(start, end)), key=CERTAINTIES.index, default="sure")
