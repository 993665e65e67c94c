"""The loans of a project: drawn with its capital, in đồng and in foreign money. Rule A34b."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.appraisal.finance.measures import per_period
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.rates import Floats


@dataclass(frozen=True)
class Debt:
    """Draws x periods, in billion đồng of the period: what is borrowed, the interest and the principal paid.

    `capitalised` is interest of the building years that goes into the cost of the works and not into the year's costs;
    `exchange_loss` is what repaying costs more than was borrowed; `owed_at_end`, one a draw, is the part of the
    principal that its terms would leave beyond the last period and that therefore falls due with it.
    """

    borrowed: Floats
    interest: Floats
    repaid: Floats
    capitalised: Floats
    exchange_loss: Floats
    owed_at_end: Floats

    def __add__(self, other: Debt) -> Debt:
        return Debt(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def expensed(self) -> Floats:
        """What the year's income bears: interest that is not part of the works' cost, and exchange losses."""
        return self.interest - self.capitalised + self.exchange_loss


def debt_of(plan: Plan, capital: Floats, a_year: int) -> Debt:
    """The loans of `plan` on its `capital` (draws x periods)."""
    lent = np.maximum(capital, 0.0) * plan.debt
    home = _loan(plan, lent * (1 - plan.foreign_debt), a_year, plan.interest, np.ones(capital.shape[1]))
    if plan.foreign_debt == 0:
        return home
    interest = plan.interest if plan.foreign_interest is None else plan.foreign_interest
    yearly = 1 + (plan.devaluation or 0.0)
    exchange = yearly ** (np.arange(capital.shape[1]) / a_year)
    return home + _loan(plan, lent * plan.foreign_debt, a_year, interest, exchange)


def _loan(plan: Plan, lent: Floats, a_year: int, interest: float, exchange: Floats) -> Debt:
    """One loan. Everything is reckoned in its own money, of which one costs `exchange` đồng, 1 in the first period.

    Interest runs on what is owed as a period starts. Principal is repaid in equal parts after the grace; what is
    left when the project ends falls due in its last period.
    """
    drawn = lent / exchange
    repaid, charged, added = np.zeros_like(drawn), np.zeros_like(drawn), np.zeros_like(drawn)
    built, last = plan.construction * a_year, drawn.shape[1] - 1
    first, parts = built + plan.grace * a_year, plan.debt_years * a_year
    rate = per_period(interest, a_year)
    owed, total, left = (np.zeros(len(drawn)) for _ in range(3))
    for period in range(last + 1):
        charged[:, period] = owed * rate
        if period < built and plan.building_interest == "added":
            added[:, period] = charged[:, period]
        owed = owed + drawn[:, period] + added[:, period]
        if period == min(max(first, built), last):
            total = owed.copy()
        if parts and first <= period < first + parts:
            repaid[:, period] = np.minimum(total / parts, owed)
        if period == last:
            left = owed - repaid[:, period]
            left[left < 1e-9 * (total + owed)] = 0.0  # the last bits of a debt repaid
            repaid[:, period] += left
        owed = owed - repaid[:, period]
        owed[owed < 1e-9 * total] = 0.0
    # Repaying costs more than was borrowed where the money owed has risen: held against the average rate drawn at.
    units, value = (drawn + added).sum(axis=1), (lent + added * exchange).sum(axis=1)
    worth = np.divide(value, units, out=np.ones(len(drawn)), where=units > 0)
    building = np.arange(last + 1) < built
    capitalised = charged * building * (plan.building_interest != "paid")
    return Debt(
        borrowed=lent + added * exchange,
        interest=charged * exchange,
        repaid=repaid * exchange,
        capitalised=capitalised * exchange,
        exchange_loss=repaid * (exchange - worth[:, None]),
        owed_at_end=left * exchange[-1],
    )
