"""The occupancy rate of a zone, its denominator named (Rule Z7; Decree 32/2024/NĐ-CP, Art. 2.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fansipan.errors import Refused
from fansipan.norms import Norm, value
from fansipan.zones.law.situation import exact

DENOMINATORS = ("gross", "industrial", "cleared", "ready")


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Hectares leased, sub-leased or approved for investment, over the industrial land of the detailed plan.

    `rate` is in percent and exact; `unleased` is the industrial land without a lease, in hectares.
    """

    occupied: Fraction
    industrial: Fraction
    leased: Fraction
    norm: Norm
    denominator: str = "industrial"

    @property
    def rate(self) -> Fraction:
        """The occupancy rate, in percent."""
        return 100 * self.occupied / self.industrial

    @property
    def unleased(self) -> Fraction:
        """Industrial land not leased, approved or not."""
        return self.industrial - self.leased

    @property
    def left(self) -> Fraction:
        """Industrial land neither leased nor approved."""
        return self.industrial - self.occupied


def occupancy(
    *, leased: float, approved: float, industrial: float, on: date, kind: str = "cluster", over: str = "industrial"
) -> Occupancy:
    """The occupancy of one zone, or of several taken together, from hectares.

    `over` names the denominator asked for: any but the law's is refused (``occupancy.denominator``). Refused
    ``occupancy.no-industrial-land`` without industrial land, ``occupancy.over-whole`` if more is taken than there is,
    ``occupancy.negative`` for a negative area, ``norm.no-regime`` on a day without a rule.
    """
    norm = value(f"{'cluster' if kind == 'cluster' else 'park'}.occupancy.denominator", on)
    if over != norm.value:
        raise Refused("occupancy.denominator", asked=over, right=norm.value, norm=norm)
    if min(leased, approved, industrial) < 0:
        raise Refused("occupancy.negative", figure=min(leased, approved, industrial))
    if industrial == 0:
        raise Refused("occupancy.no-industrial-land")
    taken = exact(leased) + exact(approved)
    if taken > exact(industrial):
        raise Refused("occupancy.over-whole", taken=float(taken), industrial=industrial)
    return Occupancy(taken, exact(industrial), exact(leased), norm)


def average(zones: Sequence[Occupancy]) -> Fraction:
    """The average occupancy of several zones, in percent: all land taken over all industrial land (Rule Z8).

    Refused ``occupancy.no-industrial-land`` for no zones.
    """
    if not zones:
        raise Refused("occupancy.no-industrial-land")
    return 100 * sum((z.occupied for z in zones), Fraction()) / sum((z.industrial for z in zones), Fraction())


def simple_mean(zones: Sequence[Occupancy]) -> Fraction:
    """The mean of the zones' own rates, told beside `average` where the two lie on either side of a bound (Z8)."""
    if not zones:
        raise Refused("occupancy.no-industrial-land")
    return sum((z.rate for z in zones), Fraction()) / len(zones)
