"""When reports on industrial clusters are due (Circular 14/2024/TT-BCT, Decree 139/2025/NĐ-CP; Rule Z26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fansipan.errors import Refused
from fansipan.norms import Norm, find, next_working_day, value

HALVES = ("first", "second")
WHO = ("cutoff", "tenants", "districts", "department")
# Who reports once a year besides, where the law of that year says so (Decree 139/2025/NĐ-CP, Art. 20).
YEARLY = ("communes", "province")


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A day in the round of one half-year's report: what falls on it, for whom, by which figure of the law.

    `day` is the last day allowed: the day before where the law says "before" (comparison ``<``). `works_on` is the
    working day to which it moves where it is a day off (Civil Code 2015, Art. 148.5; Rule Z4), itself where it is none,
    and None where the days off of that time are not decided yet. A cut-off of figures moves nowhere.
    """

    year: int
    half: str
    who: str
    day: date
    norm: Norm
    works_on: date | None

    @property
    def moved(self) -> bool:
        """Whether the last day is another than the law's own, because that one is a day off."""
        return self.works_on is not None and self.works_on != self.day


def report_days(year: int, half: str) -> list[ReportDay]:
    """The cut-off and the last days of tenants and developers, districts and the department for one half of `year`.

    With the second half the last days of the communes' and the province's yearly reports, in years that have them.
    Raises Refused ``norm.no-regime`` for a half-year that no rule carried here covers.
    """
    found = [_day(year, half, who) for who in WHO]
    if half == "second":
        yearly = {who: find(f"cluster.report.{who}.year", _end(year, half)) for who in YEARLY}
        found += [_of_norm(year, half, who, norm) for who, norm in yearly.items() if norm is not None]
    return found


def next_report(on: date) -> list[ReportDay]:
    """The round whose half-year is the first to end on `on` or later.

    Raises Refused ``norm.no-regime`` where no rule is carried for the end of that half-year.
    """
    return report_days(on.year, "first" if on <= _end(on.year, "first") else "second")


def _end(year: int, half: str) -> date:
    return date(year, 6, 30) if half == "first" else date(year, 12, 31)


def _day(year: int, half: str, who: str) -> ReportDay:
    # The figure in force at the end of the half is the one that its report follows.
    return _of_norm(year, half, who, value(f"cluster.report.{who}.{half}", _end(year, half)))


def _of_norm(year: int, half: str, who: str, norm: Norm) -> ReportDay:
    month, day = map(int, str(norm.value).split("-"))
    named = date(year, month, day)
    last = named - timedelta(days=1) if norm.comparison == "<" else named
    return ReportDay(year, half, who, last, norm, last if who == "cutoff" else _working(last))


def _working(day: date) -> date | None:
    try:
        return next_working_day(day)
    except Refused:
        return None
