"""The plans of a year as figures of every month: of a year, its quarters and months, in đồng (Rules GA2, GA3).

A plan is of output at constant 2010 prices, of a product's volume (times its price of 2010) or of growth on the year
before. Where a year and some of its quarters or months are planned, those stand and the rest is laid on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from fansipan.errors import Fault, Place
from fansipan.periods import Month, Quarter, Year, parse_period
from fansipan.scenario.baseline.lines import Floats, unit_prices
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.gap.course import Course
from fansipan.statistics.output_value import Tables

OUTPUT, VOLUME, GROWTH = "gross-output", "output-volume", "gross-output-growth"
# Scopes whose plans are laid on lines; plans of the others are told beside them.
LAID = ("province", "industry", "product", "establishment")
Node = tuple[str, str]
Span = Year | Quarter | Month
TORN = 0.001  # of a plan: parts that differ from it by more are told


@dataclass(frozen=True, eq=False, slots=True)
class Promises:
    """What is planned of each node (kind of scope and code) by period, billion đồng, and what cannot be used."""

    planned: Mapping[Node, Mapping[Span, float]]
    faults: tuple[Fault, ...]


def promises_of(province: Tables, course: Course) -> Promises:
    """The plans of the year of `course`, as the tables of `province` hold them.

    The province has one node, ``("province", "")``. A plan of output goes before one of volume, and that before one of
    growth. Faults tell plans of products without a price and of scopes that the tables do not know.
    """
    basis = pl.col("price_basis").is_null() | (pl.col("price_basis") == "constant-2010")
    asked = province["plans"].filter(
        basis & pl.col("indicator").is_in([OUTPUT, VOLUME, GROWTH]) & pl.col("scope_kind").is_in(LAID)
    )
    prices = dict(unit_prices(province, course.months[-1]).select("product", "constant").iter_rows())
    faults: list[Fault] = []
    found: dict[Node, dict[Span, float]] = {}
    for indicator in (OUTPUT, VOLUME, GROWTH):
        for row in asked.filter(pl.col("indicator") == indicator).iter_rows(named=True):
            period = parse_period(row["period"])
            if period.year != course.year:
                continue
            fault = _fault(province, row, prices)
            if fault is not None:
                faults.append(fault)
                continue
            node = (row["scope_kind"], "" if row["scope_kind"] == "province" else row["scope"])
            value = _worth(row, course, node, period, prices)
            if value is not None:
                found.setdefault(node, {}).setdefault(period, value)
    faults += [fault for node, planned in found.items() for fault in _torn(node, planned)]
    return Promises(found, tuple(faults))


def _fault(province: Tables, row: dict[str, Any], prices: Mapping[str, float | None]) -> Fault | None:
    place = Place(file="plans", column="scope")
    known = {
        "product": ("products", "product"),
        "industry": ("industries", "industry"),
        "establishment": ("establishments", "establishment"),
    }
    table, column = known.get(row["scope_kind"], ("", ""))
    if table and row["scope"] not in set(province[table][column]):
        return Fault("gap.plan-of-unknown", {"scope": row["scope"], "table": table}, place, severity="warning")
    if row["indicator"] == VOLUME and (row["scope_kind"] != "product" or prices.get(row["scope"]) is None):
        return Fault("gap.plan-without-price", {"scope": row["scope"]}, place, severity="warning")
    return None


def _torn(node: Node, planned: Mapping[Span, float]) -> Iterator[Fault]:
    """A warning for a year or quarter whose parts are all planned and do not add up to it."""
    for period, value in planned.items():
        if isinstance(period, Month):
            continue
        months = {m for m in period.months() if m in planned}
        quarters = [q for q in planned if isinstance(q, Quarter) and isinstance(period, Year)]
        whole = months | {m for q in quarters for m in q.months()}
        parts = sum(planned[q] for q in quarters) + sum(
            planned[m] for m in months if not any(m in q.months() for q in quarters)
        )
        if whole == set(period.months()) and abs(parts - value) > TORN * abs(value):
            told = {"scope": ":".join(filter(None, node)), "period": str(period), "parts": round(parts, 1)}
            yield Fault("gap.plan-torn", told | {"value": round(value, 1)}, Place(file="plans"), severity="warning")


def _worth(
    row: dict[str, Any], course: Course, node: Node, period: Span, prices: Mapping[str, float | None]
) -> float | None:
    """The plan in billion đồng; None for a growth of what made nothing the year before."""
    if row["indicator"] == OUTPUT:
        return float(row["value"])
    if row["indicator"] == VOLUME:
        return float(row["value"]) * float(prices[row["scope"]] or 0.0)
    before = course.before[places(course, node)][:, within(course.months, period)].sum()
    return float(before) * (1 + row["value"] / 100) if before > 0 else None


def places(course: Course, node: Node) -> np.ndarray:
    """Which lines belong to a node."""
    kind, code = node
    return np.ones(len(course.lines), bool) if kind == "province" else course.lines.places(kind, code)


def within(months: tuple[Month, ...], period: Span) -> np.ndarray:
    """Which of `months` a period holds."""
    return np.array(
        [month in period.months() if not isinstance(period, Month) else month == period for month in months], bool
    )


def laid_out(planned: Mapping[Span, float], shape: Floats, months: tuple[Month, ...]) -> Floats:
    """A plan of a year, of quarters or months, as a figure of every month; NaN where nothing is planned.

    Months planned stand; what their quarter leaves goes to its other months by `shape`, and what the quarters leave of
    the year to the other quarters. What is left is never below zero.
    """
    found = np.full(SEASON, np.nan)
    for at, month in enumerate(months):
        if month in planned:
            found[at] = planned[month]
    for period in sorted((p for p in planned if not isinstance(p, Month)), key=lambda p: isinstance(p, Year)):
        inside = within(months, period)
        free = inside & np.isnan(found)
        rest = max(planned[period] - float(np.nansum(found[inside])), 0.0)
        found[free] = rest * _portions(shape[free])
    return found


def _portions(shape: Floats) -> Floats:
    whole = shape.sum()
    return shape / whole if whole > 0 else np.full(len(shape), 1.0 / max(len(shape), 1))
