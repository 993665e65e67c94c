"""How the volumes were reported: estimate, preliminary and final, some late, some wrong and mended, some never."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from fansipan.examples.laocai.calibration import Volumes
from fansipan.examples.laocai.lines import LAST, MONTHS, Line
from fansipan.examples.laocai.mishaps import MISSING, Mishap, wrong_quantity
from fansipan.periods import Month

KNOWN_ON = date(2024, 5, 31)
DUE_DAY = 17
# Months between a month and the return of each stage, and how far the figure still moves after it.
STAGES = {"estimate": (0, 0.03), "preliminary": (1, 0.008), "final": (3, 0.0)}
LATE, VERY_LATE = 0.07, 0.015
# Share of the output that came back from customers in the month of a lost sign.
RETURNED = 0.1


@dataclass(frozen=True, slots=True)
class Return:
    """One row of returns before prices: quantities in the product's unit, None where nothing was written."""

    line: Line
    month: Month
    stage: str
    recorded_at: datetime
    quantity: float | None
    sales: float | None
    stock: float | None
    true_quantity: float
    expected_next: float | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change by the department to a field of a return."""

    line: Line
    month: Month
    recorded_at: datetime
    field: str
    before: float
    after: float
    rule: str


@dataclass(frozen=True, slots=True)
class Sending:
    """When an establishment sent its estimate of a month: the day, whether late, and whether only a month later."""

    recorded_at: datetime
    late: bool
    next_month: bool


@cache
def sending(establishment: str, month: Month, seed: int) -> Sending:
    """The estimate's sending, by chance; household aggregates, made by the districts, are on time."""
    chance = Random(f"{seed}/sending/{establishment}/{month}")
    luck, part = chance.random(), chance.random()
    aggregate = establishment.startswith("TT")
    next_month = luck < VERY_LATE and month != LAST and not aggregate
    late = (luck < LATE and not aggregate) or next_month
    day = DUE_DAY + 1 + int(part * 8) if late else DUE_DAY - 8 + int(part * 9)
    at = datetime.combine(date(month.year, month.month, day), time(8 + int(chance.random() * 9), int(part * 60)))
    return Sending(at, late, next_month)


@cache
def stage_moment(establishment: str, month: Month, stage: str, seed: int) -> datetime:
    """When the preliminary or final return of a month was recorded."""
    chance = Random(f"{seed}/{stage}/{establishment}/{month}")
    later = month + STAGES[stage][0]
    day = date(later.year, later.month, 8 + int(chance.random() * 8))
    return datetime.combine(day, time(8 + int(chance.random() * 9), int(chance.random() * 60)))


def returns_of(
    line: Line, stock: Mapping[Month, tuple[float | None, float | None]], volumes: Volumes, seed: int
) -> list[Return]:
    """Every return of a line as it should have been, month by month, each stage that had come by `KNOWN_ON`.

    `stock` gives each month's sales and closing stock. The last stage that had come carries the calibrated volume.
    """
    rows = []
    for month in MONTHS:
        if month not in volumes[line.key]:
            continue
        sent = sending(line.establishment, month, seed)
        moments = {"estimate": sent.recorded_at}
        moments |= {s: stage_moment(line.establishment, month, s, seed) for s in ("preliminary", "final")}
        come = [s for s in STAGES if moments[s].date() <= KNOWN_ON]
        for stage in come:
            if stage == "estimate" and sent.next_month:
                continue
            drift = 0.0 if stage == come[-1] else STAGES[stage][1]
            rows.append(_row(line, month, stage, moments[stage], drift, stock[month], volumes, seed))
    return rows


def _row(
    line: Line,
    month: Month,
    stage: str,
    moment: datetime,
    drift: float,
    stocked: tuple[float | None, float | None],
    volumes: Volumes,
    seed: int,
) -> Return:
    chance = Random(f"{seed}/figures/{stage}/{line.establishment}/{line.product}/{month}")
    factor = 1.0 + drift * (2.0 * chance.random() - 1.1)
    own = volumes[line.key]
    quantity = round(own[month] * factor, line.decimals)
    sales, left = (None if x is None else round(x * factor, line.decimals) for x in stocked)
    ahead = own.get(month + 1)
    expected = (
        None if stage == "final" or ahead is None else round(ahead * (0.97 + 0.05 * chance.random()), line.decimals)
    )
    return Return(line, month, stage, moment, quantity, sales, left, quantity, expected)


def stocks_of(line: Line, volumes: Volumes, seed: int) -> dict[Month, tuple[float | None, float | None]]:
    """Sales and closing stock by month: sales follow output and work off a stock of about half a month."""
    own = volumes[line.key]
    months = [month for month in MONTHS if month in own]
    wanted = 0.5 * line.annual / 12.0
    stock, found = wanted, dict[Month, tuple[float | None, float | None]]()
    for month in months:
        chance = Random(f"{seed}/stock/{line.establishment}/{line.product}/{month}")
        aim = own[month] * (0.96 + 0.08 * chance.random()) + 0.25 * (stock - wanted)
        sold = round(min(max(aim, 0.0), stock + own[month]), line.decimals)
        stock = round(max(stock + own[month] - sold, 0.0), line.decimals)
        found[month] = (sold, stock) if line.stocked else (own[month] if line.block != "H" else None, None)
    return found


def with_mishaps(
    rows: Sequence[Return], mishaps: Sequence[Mishap], volumes: Volumes
) -> tuple[list[Return], list[Edit]]:
    """The returns as they came, and the edits: absent ones taken away, wrong ones put in, mended ones beside them."""
    by_key = {(m.establishment, m.product, m.month): m for m in mishaps}
    came, edits = [], []
    for row in rows:
        mishap = by_key.get((*row.line.key, row.month))
        if mishap is None or mishap.stage not in ("all", row.stage):
            came.append(row)
        elif mishap.kind == "blank":
            came.append(replace(row, quantity=None, sales=None, stock=None, expected_next=None))
        elif mishap.kind not in MISSING:
            wrong = spoilt(row, mishap, volumes)
            came.append(wrong)
            mended_at = _mended_at(mishap, row)
            if mishap.mended_by == "resent" and mended_at:
                came.append(replace(row, recorded_at=mended_at))
            elif mishap.mended_by == "edit" and mended_at:
                edits += _edits(wrong, row, mended_at, mishap.kind)
    return came, edits


def spoilt(row: Return, mishap: Mishap, volumes: Volumes) -> Return:
    """The return as it came: a wrong unit spoils sales and stock too, a lost sign only sales."""
    assert row.quantity is not None
    quantity = wrong_quantity(mishap.kind, row.quantity, row.line, row.month, volumes)
    if mishap.kind == "unit":
        return replace(row, quantity=quantity, sales=_thousandfold(row.sales), stock=_thousandfold(row.stock))
    if mishap.kind == "sign" and row.sales is not None:
        # Goods returned were added to the sales from which they should have been taken.
        return replace(row, sales=round(row.sales + 2.0 * RETURNED * row.quantity, row.line.decimals))
    return replace(row, quantity=quantity)


def _thousandfold(value: float | None) -> float | None:
    return None if value is None else round(value * 1000.0, 6)


def _mended_at(mishap: Mishap, row: Return) -> datetime | None:
    if mishap.mended_on is None:
        return None
    at = datetime.combine(mishap.mended_on, time(15, 30))
    # A mending follows what it mends, whatever chance made of the sending.
    return max(at, row.recorded_at + timedelta(hours=1))


def _edits(wrong: Return, right: Return, at: datetime, rule: str) -> list[Edit]:
    edits = []
    for field in ("quantity", "sales", "stock"):
        before, after = getattr(wrong, field), getattr(right, field)
        if before != after:
            edits.append(Edit(right.line, right.month, at, field, before, after, rule))
    return edits
