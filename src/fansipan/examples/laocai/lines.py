"""The lines of production: an establishment's making of a product, and its latent monthly volumes before calibration.

Only sums, products and quotients of floats in a fixed order, and Python's own generator seeded by text: the same
bytes on every machine.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from fansipan.examples.laocai.forms import Goods, Lines, read_data, read_declared, read_settings
from fansipan.periods import Month, month_range

FIRST, LAST = Month(2019, 1), Month(2024, 5)
MONTHS = tuple(month_range(FIRST, LAST))
TREND_START = Month(2018, 7)
RUSH_DAYS = 21
UPKEEP = 0.97


@dataclass(frozen=True, slots=True)
class Line:
    """What one establishment makes of one product.

    `block` is the group that is calibrated together: B, C, D, E, or H for handicraft; `industry` the class; `price`
    in million đồng of 2010 a unit; `annual` the usual volume and `capacity` the design capacity a year; `opened` and
    `closed` the months between which it runs.
    """

    establishment: str
    product: str
    block: str
    industry: str
    price: float
    decimals: int
    stocked: bool
    annual: float
    profile: str
    trend: str
    capacity: float | None
    opened: Month
    closed: Month

    @property
    def key(self) -> tuple[str, str]:
        """Establishment and product."""
        return self.establishment, self.product

    def most_in(self, month: Month) -> float:
        """What the design capacity lets through in the month, with a little kept back for upkeep."""
        days = monthrange(month.year, month.month)[1]
        return UPKEEP * self.capacity * days / 365.0 if self.capacity else float("inf")

    def runs(self, month: Month) -> bool:
        """Whether the establishment is open in `month`."""
        return self.opened <= month <= self.closed


@cache
def all_lines() -> tuple[Line, ...]:
    """Every line of the example in order of establishment and product."""
    table = read_data("lines", Lines).join(read_data("goods", Goods), on="product", maintain_order="left")
    classes = read_declared("products").select("product", "industry")
    makers = read_declared("establishments").select("establishment", "kind", "opened_on", "closed_on")
    rows = table.join(classes, on="product", maintain_order="left").join(
        makers, on="establishment", maintain_order="left"
    )
    rows = rows.sort("establishment", "product")
    return tuple(_line(row) for row in rows.iter_rows(named=True))


def _line(row: Mapping[str, Any]) -> Line:
    return Line(
        row["establishment"],
        row["product"],
        "H" if row["kind"] == "handicraft" else section_of(row["industry"]),
        row["industry"],
        row["price"],
        row["decimals"],
        row["stocked"],
        row["annual"],
        row["profile"],
        row["trend"],
        row["capacity"],
        max(FIRST, Month.of(row["opened_on"])) if row["opened_on"] else FIRST,
        Month.of(row["closed_on"]) if row["closed_on"] else LAST + 1,
    )


def section_of(industry: str) -> str:
    """The section of a class of mining, manufacturing, electricity or water: B, C, D or E."""
    if not industry[0].isdigit():
        return industry
    division = int(industry[:2])
    return "B" if division < 10 else "C" if division < 35 else "D" if division == 35 else "E"


def latent_volumes(line: Line, seed: int) -> dict[Month, float]:
    """The line's volume in each month it runs, up to the month after the last: trend, season, Tết, events, chance."""
    profile = read_settings("patterns")["profile"][line.profile]
    chance = Random(f"{seed}/{line.establishment}/{line.product}")
    volumes, drift = {}, 0.0
    for month in month_range(FIRST, LAST + 1):
        # Chance with a memory: a good month tends to be followed by a good one.
        drift = 0.5 * drift + profile["noise"] * (chance.random() + chance.random() - 1.0)
        if line.runs(month):
            usual = line.annual / 12.0 * level("trend", line.trend, month) * _season(line.profile, month)
            wished = usual * _happenings(line, month) * (1.0 + drift) * _shared(line.profile, month, seed)
            volumes[month] = min(wished, line.most_in(month))
    return volumes


@cache
def level(kind: str, name: str, month: Month) -> float:
    """The `trend` or `price` of a name in a month, on straight lines between the middles of the years."""
    levels: list[float] = read_settings("patterns")[kind][name]
    position = month.ordinal - TREND_START.ordinal
    year, within = position // 12, position % 12
    return levels[year] + (levels[year + 1] - levels[year]) * within / 12.0


@cache
def _season(name: str, month: Month) -> float:
    """The month's share of the year, what Tết takes from it in days without work, what the rush before it adds."""
    patterns = read_settings("patterns")
    profile, first = patterns["profile"][name], patterns["tet"][str(month.year)]
    closed = sum(Month.of(first + timedelta(days=k)) == month for k in range(-1, profile["closed"] - 1))
    rush = sum(Month.of(first - timedelta(days=k)) == month for k in range(2, 2 + RUSH_DAYS))
    days = monthrange(month.year, month.month)[1]
    return profile["season"][month.month - 1] * (1.0 + (profile["rush"] * rush - closed) / days)


@cache
def _shared(name: str, month: Month, seed: int) -> float:
    """The chance that all lines of a profile have in common: the month's rain, the trade's demand."""
    chance = Random(f"{seed}/shared/{name}/{month}")
    return 1.0 + read_settings("patterns")["profile"][name]["shared"] * (chance.random() + chance.random() - 1.0)


@cache
def _events() -> tuple[tuple[Month, Mapping[str, Any]], ...]:
    return tuple((Month.parse(event["from"]), event) for event in read_settings("patterns")["event"])


def events_of(line: Line, month: Month) -> list[tuple[float, str]]:
    """What happened to the line in the month: each event's factor and reason."""
    found = []
    for start, event in _events():
        step = month.ordinal - start.ordinal
        concerned = line.establishment in event.get("establishments", ()) or line.product in event.get("products", ())
        if step < 0 or not concerned:
            continue
        factors = event["factor"]
        if step < len(factors):
            found.append((factors[step], event["reason"]))
        elif event.get("stays"):
            found.append((factors[-1], event["reason"]))
    return found


def _happenings(line: Line, month: Month) -> float:
    factor = 1.0
    for part, _ in events_of(line, month):
        factor *= part
    return factor
