"""What goes wrong with the returns on purpose: planned mishaps of the list, and small ones by chance in estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from fansipan.examples.laocai.calibration import Gaps, Volumes
from fansipan.examples.laocai.forms import Mishaps, read_data
from fansipan.examples.laocai.lines import MONTHS, Line
from fansipan.periods import Month

MISSING = ("absent", "blank")
SMALL_MISHAP = 0.006


@dataclass(frozen=True, slots=True)
class Mishap:
    """One return gone wrong: the row's stage, how it is wrong, and how and when it was mended."""

    establishment: str
    product: str
    month: Month
    stage: str
    kind: str
    mended_by: str | None = None
    mended_on: date | None = None


def planned_mishaps() -> tuple[Mishap, ...]:
    """The mishaps of the example's list, in its order."""
    rows = read_data("mishaps", Mishaps).iter_rows(named=True)
    return tuple(Mishap(**{**row, "month": Month.parse(row["month"])}) for row in rows)


def gaps_of(mishaps: Sequence[Mishap]) -> Gaps:
    """The returns whose quantity never came."""
    return frozenset((m.establishment, m.product, m.month) for m in mishaps if m.kind in MISSING)


def small_mishaps(lines: Sequence[Line], volumes: Volumes, seed: int) -> list[Mishap]:
    """Mishaps by chance in the estimates of earlier months, each mended soon after."""
    found = []
    for line in lines:
        chance = Random(f"{seed}/mishap/{line.establishment}/{line.product}")
        for month in MONTHS[:-1]:
            draws = [chance.random() for _ in range(4)]
            if draws[0] < SMALL_MISHAP and line.block != "H" and volumes[line.key].get(month, 0.0) > 0:
                found.append(_small(line, month, draws[1:]))
    return found


def _small(line: Line, month: Month, draws: Sequence[float]) -> Mishap:
    kind = ("unit", "swapped", "cumulative")[int(draws[0] * 3)]
    # A wrong unit moves the province's total and is seen within the month; a small slip may wait for the next return.
    mended_by = ("resent", "edit", "edit" if kind == "unit" else "next")[int(draws[1] * 3)]
    # After the day on which even the late estimates are in, before the preliminary return comes.
    mended_on = None if mended_by == "next" else date(month.year, month.month, 26) + timedelta(int(draws[2] * 3))
    return Mishap(line.establishment, line.product, month, "estimate", kind, mended_by, mended_on)


def all_mishaps(lines: Sequence[Line], volumes: Volumes, seed: int) -> tuple[Mishap, ...]:
    """The planned mishaps, and those by chance where none was planned."""
    planned = planned_mishaps()
    taken = {(m.establishment, m.product, m.month) for m in planned}
    small = [m for m in small_mishaps(lines, volumes, seed) if (m.establishment, m.product, m.month) not in taken]
    return (*planned, *small)


def wrong_quantity(kind: str, true: float, line: Line, month: Month, volumes: Volumes) -> float:
    """What stood in the return in place of `true`."""
    if kind == "unit":
        return round(true * 1000.0, line.decimals)
    if kind == "cumulative":
        earlier = [volumes[line.key].get(m, 0.0) for m in month.since_january()[:-1]]
        # In January there is nothing to add up: last year's total stood there.
        total = sum(earlier) if earlier else sum(volumes[line.key].get(month - k, 0.0) for k in range(1, 13))
        return round(total + true, line.decimals)
    if kind == "swapped":
        return swap_digits(true, line.decimals)
    return true


def swap_digits(value: float, decimals: int) -> float:
    """`value` with two neighbouring digits exchanged, the pair after the first where it can be."""
    digits = list(f"{value:.{decimals}f}")
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    pairs = list(pairwise(places))
    for i, j in [*pairs[1:], *pairs[:1]]:
        if digits[i] != digits[j]:
            digits[i], digits[j] = digits[j], digits[i]
            return float("".join(digits))
    return round(value + 9 / 10**decimals, decimals)
