"""Legal clocks: how a term runs, stops for supplements, resumes and ends (Rules Z3-Z5).

Sources: Civil Code 2015, Articles 147 and 148 (the starting day is not counted; a term that ends on a day off ends with
the next working day); Decree 32/2024/NĐ-CP, Article 10 (the time for supplements is not counted in the appraisal).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from fansipan.errors import Refused
from fansipan.norms.calendar import (
    SpecialDay,
    add_working_days,
    certainty_between,
    days_relied_on,
    next_working_day,
    unknown_from,
    working_days_at_least,
    working_days_between,
    years_covered,
)
from fansipan.norms.norm import Certainty, Norm

Counting = Literal["days", "working days"]
State = Literal["running", "stopped", "overdue", "kept", "missed", "not-known"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the clock: supplements asked for on `asked`, received on `received` (None: still awaited)."""

    asked: date
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a term of `length` (counted as `counting`) that began on `start` ends.

    `due` is None while the clock stands still; `left` is what was still to run at the last stop. `relied_on` are the
    special days that the count used, `certainty` that of the least certain of them. `unknown`: the term ends on a day
    whose days off are not known yet, so that `due` is None although the clock runs.
    """

    start: date
    length: int
    counting: Counting
    due: date | None
    left: int
    stops: tuple[Stop, ...]
    relied_on: tuple[SpecialDay, ...]
    certainty: Certainty
    unknown: bool = False

    def state(self, on: date, done: date | None = None) -> State:
        """Where the term stands as seen on `on`, the act having been done on `done` if it was.

        ``kept`` and ``missed`` once done, else ``stopped``, ``running`` (the due day included) or ``overdue``. A term
        that ends on a day not yet known runs, or is kept, until the first such day; from there on it is ``not-known``.
        """
        if self.unknown:
            acted = done is not None and done <= on
            end = done if acted and done is not None else on
            return "not-known" if end >= unknown_from() else "kept" if acted else "running"
        if done is not None and done <= on:
            return "kept" if self.due is None or done <= self.due else "missed"
        if self.due is None:
            return "stopped"
        return "running" if on <= self.due else "overdue"

    def late(self, on: date, done: date | None = None) -> int:
        """Days past the due day, in the unit the term is counted in; 0 if it is not late, else at least 1.

        A day off after the due day is late although no working day has passed. Of days whose days off are not known
        none is counted: the figure is then a lower bound.
        """
        end = done if done is not None and done <= on else on
        if self.due is None or end <= self.due:
            return 0
        if self.counting == "working days":
            return max(working_days_at_least(self.due, end), 1)
        return (end - self.due).days

    def at_least(self, on: date, done: date | None = None) -> bool:
        """Whether the days of `late` are a lower bound: working days counted into days not yet decided (Rule Z5)."""
        end = done if done is not None and done <= on else on
        late = self.due is not None and end > self.due
        return late and self.counting == "working days" and end >= unknown_from()


def counted(counting: Counting, start: date, end: date) -> int:
    """How many days of a term run after `start` and up to `end` included (Rule Z3)."""
    return working_days_between(start, end) if counting == "working days" else (end - start).days


def ending(counting: Counting, start: date, days: int) -> date:
    """The last day of a term of `days` after `start`, moved on if it is a day off (Rules Z3, Z4)."""
    if counting == "working days":
        return next_working_day(add_working_days(start, days))
    return next_working_day(start + timedelta(days=days))


def check_stops(start: date, stops: Sequence[Stop]) -> None:
    """Refused ``clock.stops-disordered`` unless stops follow one another after `start`, only the last still open."""
    previous: date | None = start
    for stop in stops:
        if previous is None or stop.asked < previous or (stop.received is not None and stop.received < stop.asked):
            raise Refused("clock.stops-disordered", asked=stop.asked)
        previous = stop.received


def deadline(start: date, length: int, counting: Counting, stops: Sequence[Stop] = ()) -> Deadline:
    """The end of a term that began on `start`.

    The starting day is not counted (Z3); an end on a day off moves to the next working day (Z4). A stop (Z5) takes
    effect after the day on which supplements are asked for, and the day on which they come in is not counted either:
    the rest of the term runs from the day after. A request after the term has ended stops nothing.

    An end among days whose days off are not known leaves `due` open and is marked `unknown`.

    Refused ``clock.length`` for a length that is not positive, ``clock.stops-disordered``, ``calendar.year-unknown``.
    """
    if length <= 0:
        raise Refused("clock.length", length=length)
    check_stops(start, stops)
    left, begin, used = length, start, []
    due = known_ending(counting, begin, left)
    for stop in stops:
        if due is not None and stop.asked > due:
            break
        if due is None and stop.asked >= unknown_from():
            break
        used.append(stop)
        left = max(left - counted(counting, begin, stop.asked), 0)
        if stop.received is None:
            due = None
            break
        begin = stop.received
        due = known_ending(counting, begin, left)
    stopped = bool(used) and used[-1].received is None
    last = due or (used[-1].asked if used else start)
    relied, certainty = days_relied_on(start, last), certainty_between(start, last)
    unknown = due is None and not stopped
    return Deadline(start, length, counting, due, left, tuple(used), relied, certainty, unknown=unknown)


def known_ending(counting: Counting, start: date, days: int) -> date | None:
    """As `ending`, None where the term runs into days whose days off are not known yet (Rule Z5)."""
    if start >= unknown_from():
        return None
    try:
        return ending(counting, start, days)
    except Refused:
        if start.year < years_covered()[0]:
            raise
        return None


def term(norm: Norm, start: date, stops: Sequence[Stop] = ()) -> Deadline:
    """The end of the term that `norm` sets (unit ``days`` or ``working days``), begun on `start`.

    Refused ``clock.not-a-term`` for a norm that is not a number of days.
    """
    if norm.unit not in ("days", "working days"):
        raise Refused("clock.not-a-term", name=norm.name, unit=norm.unit)
    return deadline(start, int(norm.figure), norm.unit, stops)  # type: ignore[arg-type]
