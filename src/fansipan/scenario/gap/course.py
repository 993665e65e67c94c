"""The course of a year that is held against its plan: months reported, months expected, the year before (Rule GA1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month, month_range
from fansipan.scenario.baseline.lines import Floats, Lines, lines_of
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.projection import Projection
from fansipan.statistics.output_value import Tables

SHAPE_YEARS = 3  # whole years whose mean course through the months is the usual one


@dataclass(frozen=True, eq=False, slots=True)
class Course:
    """One calendar year of every line, lines x 12 months, billion đồng at constant 2010 prices.

    The first `known` months of `outcome` are reported, the others expected; `before` is the same months a year before.
    """

    lines: Lines
    months: tuple[Month, ...]
    known: int
    outcome: Floats
    before: Floats

    @property
    def year(self) -> int:
        """The year."""
        return self.months[0].year


def course_of(projection: Projection) -> Course:
    """The first year of a projection. Raises Refused ``gap.not-a-year`` where it does not reach December."""
    if len(projection.months) < SEASON:
        raise Refused("gap.not-a-year", until=str(projection.months[-1]), year=projection.months[0].year)
    price = projection.lines.price()[:, None]
    outcome, before = projection.quantities[:, :SEASON] * price, projection.year_before[:, :SEASON] * price
    return Course(projection.lines, projection.months[:SEASON], projection.known, outcome, before)


def reported_course(province: Tables, year: int, known_on: date | None = None) -> Course:
    """A year that is over, as reported up to its December. Raises what `compile_output` raises."""
    months = tuple(month_range(Month(year, 1), Month(year, SEASON)))
    lines = lines_of(province, months[-1], known_on)
    price = lines.price()[:, None]
    before = tuple(month + -SEASON for month in months)
    return Course(lines, months, SEASON, lines.of(months) * price, lines.of(before) * price)


def usual_course(course: Course) -> Floats:
    """What each line made last year, laid on the months as usual: lines x 12, billion đồng (Rule GA4).

    Usual is the mean share of each calendar month over up to three whole years before; of a line without a whole year,
    last year's own months.
    """
    total = course.before.sum(axis=1, keepdims=True)
    found, years = np.zeros_like(course.before), np.zeros((len(course.lines), 1))
    for back in range(1, SHAPE_YEARS + 1):
        months = tuple(month + -SEASON * back for month in course.months)
        made, whole = course.lines.of(months), _reported(course.lines, months)
        sums = made.sum(axis=1, keepdims=True)
        counts = whole[:, None] & (sums > 0)
        found += np.where(counts, made / np.where(sums > 0, sums, 1.0), 0.0)
        years += counts
    own = course.before / np.where(total > 0, total, 1.0)
    return total * np.where(years > 0, found / np.maximum(years, 1), own)


def _reported(lines: Lines, months: tuple[Month, ...]) -> NDArray[np.bool_]:
    """Which lines have a figure in every one of `months`."""
    first = months[0].ordinal - lines.start.ordinal
    if first < 0 or first + SEASON > lines.quantities.shape[1]:
        return np.zeros(len(lines), bool)
    known = ~np.isnan(lines.quantities[:, first : first + SEASON])
    return np.asarray(known.all(axis=1), dtype=bool)
