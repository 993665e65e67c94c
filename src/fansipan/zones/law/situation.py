"""What the law's tests look at: the facts of one zone, or of one proposed, as plain figures."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from fansipan.texts import Language, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The facts of one zone on one date; None is "not known", never zero. Areas in hectares.

    `area` is the zone's whole area, `planned` that of the plan, `asked_area` the whole area after the expansion
    asked for, `established` the day on which the zone was formed. `listed` and `planned_use`: the zone is on the
    approved list, it fits the land-use plan. `existing` counts the clusters or parks already established in the
    area over which occupancy is averaged (district, commune, province), and `existing_industrial`,
    `existing_leased`, `existing_approved` are their sums, `existing_mean` the mean of their own rates (%). Where
    the law leaves it to the province, `averaging_area` is the unit (``district``, ``commune``, ``province``) that
    it has decided to average over, and `mountain_decided` says that it has decided what is mountain area.
    `parks_area` and `parks_housing` are sums over the parks on the province's list. `industrial`, `leased` (sub-
    leased included) and `approved` (for investment, not yet leased) are the zone's own. `character` is ``high-
    tech``, ``ecological``, ``specialised`` or empty.
    """

    area: float | None = None
    planned: float | None = None
    mountain: bool | None = None
    craft_village: bool | None = None
    character: str = ""
    mountain_decided: bool | None = None
    established: date | None = None
    asked_area: float | None = None
    listed: bool | None = None
    planned_use: bool | None = None
    developer: bool | None = None
    averaging_area: str | None = None
    existing: int | None = None
    existing_industrial: float | None = None
    existing_leased: float | None = None
    existing_approved: float | None = None
    existing_mean: float | None = None
    industrial: float | None = None
    leased: float | None = None
    approved: float | None = None
    demand: float | None = None
    infrastructure_working: bool | None = None
    services: float | None = None
    craft: float | None = None
    trade: float | None = None
    support: float | None = None
    housing: float | None = None
    parks_area: float | None = None
    parks_housing: float | None = None
    policy_approved: bool | None = None

    def absent(self, *names: str) -> tuple[str, ...]:
        """Which of the facts `names` are not known."""
        return tuple(name for name in names if getattr(self, name) is None)

    def hectares(self, name: str) -> Fraction:
        """The area `name` as an exact fraction, so that a share of exactly 50 % is 50 % and not nearly so.

        Raises KeyError if it is not known: ask `absent` first.
        """
        known = getattr(self, name)
        if known is None:
            raise KeyError(name)
        return exact(known)


def exact(figure: float) -> Fraction:
    """The figure as its decimal digits stand, not as binary arithmetic nearly keeps it."""
    return Fraction(repr(float(figure)))


def fact_label(name: str, lang: Language) -> str:
    """What a field of `Situation` is called on screens."""
    return text(f"fact.{name}", lang)


FACTS: tuple[str, ...] = tuple(field.name for field in fields(Situation))
