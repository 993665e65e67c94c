"""What printed figures can and cannot be at once (rules C7-C12): arithmetic of intervals, without tables.

A printed figure stands for every number that rounds to it: half a printed unit to either side. Figures contradict each
other only where no such numbers agree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

# Room for the last bits of binary arithmetic, beside half units that are many orders larger.
SLACK = 1e-9
POWERS = (3, -3, 6, -6)
LESSER_POWERS = (1, -1, 2, -2)


def printed_unit(value: float) -> float:
    """The unit that a figure was printed to, as far as its own digits say: 26.1 to 0.1, 46100 to 1."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return 10.0 ** min(int(exponent), 0)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure and the unit that it was printed to."""

    value: float
    unit: float

    @classmethod
    def of(cls, value: float, unit: float | None = None) -> Printed:
        """A figure printed to `unit`, or to the unit that its digits show."""
        return cls(value, printed_unit(value) if unit is None else unit)

    @property
    def low(self) -> float:
        """The least number that rounds to the figure."""
        return self.value - self.unit / 2

    @property
    def high(self) -> float:
        """The greatest number that rounds to the figure."""
        return self.value + self.unit / 2


def parts_gap(total: Printed, parts: Sequence[Printed]) -> float | None:
    """Rule C7: the sum of the parts less the total, where it is more than half a printed unit per term; else None.

    17,151.7 and parts that sum to 17,151.8 agree: five terms printed to 0.1 leave room for 0.25.
    """
    gap = math.fsum(part.value for part in parts) - total.value
    room = math.fsum(term.unit / 2 for term in (total, *parts))
    return gap if abs(gap) > room + SLACK * abs(total.value) else None


def percent_gap(percent: Printed, part: Printed, whole: Printed) -> float | None:
    """Rule C8: the percentage that the amounts give, where it cannot be the printed one; else None.

    The whole is above zero. 17,151.7 of 52,196.8 is 32.86, not 26.1.
    """
    low, high = sorted(100 * p / w for p in (part.low, part.high) for w in (max(whole.low, 1e-300), whole.high))[::3]
    apart = low > percent.high + SLACK * abs(percent.high) or high < percent.low - SLACK * abs(percent.low)
    return 100 * part.value / whole.value if apart else None


def growth_gap(growth: Printed, now: Printed, before: Printed) -> float | None:
    """Rule C8: the growth in percent that the amounts give, where it cannot be the printed one; else None."""
    ratio = percent_gap(Printed(growth.value + 100, growth.unit), now, before)
    return None if ratio is None else ratio - 100


def is_ratio(growth: Printed, now: Printed, before: Printed) -> bool:
    """Rule C11: whether a growth contradicts its amounts but is their ratio: 104.75 where growth is 4.75."""
    return growth_gap(growth, now, before) is not None and percent_gap(growth, now, before) is None


@dataclass(frozen=True, slots=True)
class PlanGap:
    """What the sections say of the year's plan: the plan itself and the percentage of it that the total has reached."""

    plan: float
    percent: float


def plan_gap(total: Printed, percent: Printed, sections: Sequence[tuple[Printed, Printed]]) -> PlanGap | None:
    """Rule C10: the plan that the sections' amounts and percentages give, where the total's own cannot be the same.

    Each of `sections` is an amount and its percentage of the section's plan (above zero). Parts of 1,167.8 at 43.54 %,
    13,843.6 at 34.89 %, 2,010.8 at 21.14 % and 129.6 at 39.88 % give 52,196.8, of which 17,151.7 is 32.9 %, not 26.1.
    """
    low = math.fsum(100 * amount.low / share.high for amount, share in sections)
    high = math.fsum(100 * amount.high / max(share.low, 1e-300) for amount, share in sections)
    if low <= 100 * total.high / max(percent.low, 1e-300) and 100 * total.low / percent.high <= high:
        return None
    plan = math.fsum(100 * amount.value / share.value for amount, share in sections)
    return PlanGap(plan, 100 * total.value / plan)


def misplaced_power(value: float, others: Sequence[float], *, strict: bool) -> int | None:
    """Rule C12: the power of ten by which a figure must be multiplied to be like the others of its own history.

    None where it is like them, or like them at no power of ten. Lenient looks for thousands and millions ("49,5" read
    as 49.5 where the others are some 49,500), strict for single and double places too. Needs four others above zero.
    """
    history = sorted(other for other in others if other > 0)
    if value <= 0 or len(history) < 4:
        return None
    middle = median(history)
    room = 2.0 if strict else 3.0
    if middle / room <= value <= middle * room or history[0] / 3 <= value <= history[-1] * 3:
        return None
    powers = (*POWERS, *LESSER_POWERS) if strict else POWERS
    return next((k for k in powers if middle / room <= value * 10.0**k <= middle * room), None)
