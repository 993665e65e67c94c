"""The cash flow of a project, for one set of assumptions or for thousands at once. Rule A34.

Everything is draws x periods. Periods are years or months from the start; the tax of a year falls in its last period.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fansipan.appraisal.decision.law import figure
from fansipan.appraisal.finance.debt import Debt, debt_of
from fansipan.appraisal.finance.measures import debt_cover, per_period
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.rates import Floats
from fansipan.appraisal.finance.tax import TaxRegime, income_tax, regime

DAYS = 365


@dataclass(frozen=True)
class Drivers:
    """What multiplies the plan's assumptions, one a draw: 1 is as planned; `delay` is years of production lost."""

    price: Floats
    volume: Floats
    inputs: Floats
    fixed: Floats
    capital: Floats
    delay: Floats

    @classmethod
    def as_planned(cls, draws: int = 1) -> Drivers:
        """Everything as the plan says, `draws` times."""
        one = np.ones(draws)
        return cls(one, one, one, one, one, np.zeros(draws))

    def changed(self, name: str, factor: Floats | float) -> Drivers:
        """The same with one driver multiplied by `factor` (for ``delay``: with so many years added)."""
        parts = {key: getattr(self, key) for key in self.__dataclass_fields__}
        parts[name] = parts[name] + factor if name == "delay" else parts[name] * factor
        return Drivers(**parts)


@dataclass(frozen=True)
class CashFlow:
    """Draws x periods, in billion đồng: money in is positive except in columns that are named for what is paid.

    `project` is before financing (tax as if there were no debt), `equity` what is left to the owners; `available` and
    `service` make the debt cover. `rate` is the discount rate per period.
    """

    plan: Plan
    periods_a_year: int
    rate: float
    revenue: Floats
    inputs: Floats
    costs: Floats
    depreciation: Floats
    capital: Floats
    working_capital: Floats
    vat: Floats
    debt: Debt
    tax: Floats
    unlevered_tax: Floats

    @property
    def operating(self) -> Floats:
        """Revenue less everything paid to run the works."""
        return self.revenue - self.inputs - self.costs

    @property
    def project(self) -> Floats:
        """The flow of the project before financing."""
        return self.operating - self.unlevered_tax - self.capital - self.working_capital - self.vat

    @property
    def equity(self) -> Floats:
        """The flow to the owners."""
        return self.available - self.working_capital - self.vat - self.capital + self.borrowed - self.service

    @property
    def borrowed(self) -> Floats:
        """What lenders pay in, interest added to the loan among it."""
        return self.debt.borrowed

    @property
    def interest(self) -> Floats:
        """Interest due."""
        return self.debt.interest

    @property
    def repaid(self) -> Floats:
        """Principal repaid."""
        return self.debt.repaid

    @property
    def available(self) -> Floats:
        """Cash from which debt is served: what operation leaves after tax. Working capital has lenders of its own."""
        return self.operating - self.tax

    @property
    def service(self) -> Floats:
        """Interest and principal due."""
        return self.interest + self.repaid

    @property
    def cover(self) -> Floats:
        """Debt cover of each year of production, draws x years: nan where nothing is due.

        While the works are built nothing is earned and the owners pay the interest.
        """
        years = (len(self.revenue), -1, self.periods_a_year)
        available, service = (part.reshape(years).sum(axis=2) for part in (self.available, self.service))
        return debt_cover(available, service)[:, self.plan.construction :]

    def table(self, draw: int = 0) -> pl.DataFrame:
        """One draw as a table, a row a period: the year and every part."""
        names = (
            "revenue",
            "inputs",
            "costs",
            "operating",
            "depreciation",
            "capital",
            "working_capital",
            "vat",
            "borrowed",
            "interest",
            "repaid",
            "tax",
            "project",
            "equity",
        )
        count = self.revenue.shape[1]
        years = [self.plan.start.year + period // self.periods_a_year for period in range(count)]
        return pl.DataFrame({"period": range(count), "year": years} | {n: getattr(self, n)[draw] for n in names})


def cash_flow(plan: Plan, drivers: Drivers | None = None, *, monthly: bool | None = None) -> CashFlow:
    """The cash flow of `plan` under each of the `drivers` (as planned without), by years or by months, as `monthly`
    says, else as the plan does.

    Raises Refused where the tax law of the plan's years is not carried.
    """
    drivers = drivers or Drivers.as_planned()
    a_year = 12 if (plan.monthly if monthly is None else monthly) else 1
    capacity = _capacity(plan, drivers, a_year)
    growth = np.arange(capacity.shape[1]) // a_year
    revenue = capacity * drivers.volume[:, None] * _prices(plan, growth) * drivers.price[:, None] * plan.volume / a_year
    costs_grow = (1 + plan.cost_growth) ** growth
    made = capacity * drivers.volume[:, None] * plan.volume / a_year * costs_grow
    inputs = made * plan.inputs * drivers.inputs[:, None]
    producing = capacity > 0
    running = producing * (plan.fixed + plan.wages) / a_year * costs_grow * drivers.fixed[:, None]
    costs = made * plan.other_variable + running + revenue * plan.other_taxes + _land_rent(plan, producing, a_year)
    capital = _spent(plan, a_year, capacity.shape[1]) * drivers.capital[:, None]
    depreciation = _depreciation(plan, producing, capital.sum(axis=1) * (1 - plan.residual), a_year)
    debt = debt_of(plan, capital, a_year)
    financed = debt.expensed + _depreciation(plan, producing, debt.capitalised.sum(axis=1), a_year)
    vat = _vat(plan, capital, a_year)
    held = revenue * a_year * plan.working_capital / DAYS
    held[:, -1] = 0.0
    capital[:, -1] -= plan.residual * capital.sum(axis=1)
    law = regime(plan.start, plan.horizon, incentive=plan.tax_incentive)
    operating = revenue - inputs - costs
    before_interest = operating - depreciation
    tax = _yearly_tax(before_interest - financed, revenue, a_year, law)
    unlevered = _yearly_tax(before_interest, revenue, a_year, law)
    return CashFlow(
        plan,
        a_year,
        per_period(plan.discount, a_year),
        revenue,
        inputs,
        costs,
        depreciation,
        capital,
        np.diff(held, axis=1, prepend=0.0),
        vat,
        debt,
        tax,
        unlevered,
    )


def _capacity(plan: Plan, drivers: Drivers, a_year: int) -> Floats:
    """The share of capacity in use: nothing while building, the ramp-up from the (delayed) start, then 1."""
    began = plan.construction * a_year + np.round(drivers.delay * a_year).astype(int)
    since = np.arange(plan.horizon * a_year) - began[:, None]
    steps = np.repeat(np.append(plan.ramp_up, 1.0), a_year)
    return np.where(since < 0, 0.0, steps[np.clip(since, 0, len(steps) - 1)])


def _prices(plan: Plan, growth: np.ndarray) -> Floats:
    years = plan.start.year + growth
    grown = plan.price * (1 + plan.price_growth) ** growth
    return np.array([plan.price_path.get(int(year), price) for year, price in zip(years, grown, strict=True)])


def _spent(plan: Plan, a_year: int, periods: int) -> Floats:
    """Capital by period, the year's in equal parts, one row."""
    spent = np.zeros(periods)
    spent[: plan.construction * a_year] = np.repeat(np.array(plan.capital) / a_year, a_year)
    return spent[None]


def _depreciation(plan: Plan, producing: np.ndarray, cost: Floats, a_year: int) -> Floats:
    """Equal parts of a `cost` (one a draw) over the life from the first production."""
    since = np.cumsum(producing, axis=1)
    return np.where(producing & (since <= plan.life * a_year), cost[:, None] / (plan.life * a_year), 0.0)


def _vat(plan: Plan, capital: Floats, a_year: int) -> Floats:
    """VAT paid on capital, and less than nothing when it comes back: at the latest in the last period."""
    paid = np.maximum(capital, 0.0) * plan.vat
    wait, last = -(-plan.vat_refund * a_year // 12), capital.shape[1] - 1
    refunded = np.zeros_like(paid)
    for period in range(last + 1):
        refunded[:, min(period + wait, last)] += paid[:, period]
    return paid - refunded


def _land_rent(plan: Plan, producing: np.ndarray, a_year: int) -> Floats:
    """The rent of the land in each period, free for the first years of building and of production."""
    if plan.land_rent == 0:
        return np.zeros(producing.shape)
    free = figure("land.rent.building.years", plan.start)
    building = 0 if free is None else int(free.figure) * a_year
    since = np.cumsum(producing, axis=1)
    due = np.where(since > 0, since > plan.rent_free * a_year, np.arange(producing.shape[1]) >= building)
    return due * (plan.land_rent * plan.land / a_year)


def _yearly_tax(income: Floats, revenue: Floats, a_year: int, law: TaxRegime) -> Floats:
    """Tax of each year's income, in the year's last period."""
    years = (len(income), -1, a_year)
    tax = np.zeros_like(income)
    tax[:, a_year - 1 :: a_year] = income_tax(
        income.reshape(years).sum(axis=2), revenue.reshape(years).sum(axis=2), law
    )
    return tax
