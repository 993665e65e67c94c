"""Income tax by date, with incentives and losses carried forward. Rule A35.

The preferred regime is that of the day the project starts and stays with it; the ordinary rate is that of each year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from fansipan.appraisal.decision.law import figure
from fansipan.appraisal.finance.rates import Floats
from fansipan.errors import Refused
from fansipan.texts import both, text

Incentive = Literal["special", "difficult", "park"]
FIRST_YEARS = 3  # without taxable income in these, the relief starts in the fourth year of revenue


@dataclass(frozen=True)
class TaxRegime:
    """`ordinary` one rate a year; `preferred` the rate for `preferred_years` from the first revenue, of which the first
    `exempt` years of taxable income pay nothing and the next `halved` half; `losses` is carried so many years.
    """

    ordinary: tuple[float, ...]
    preferred: float | None = None
    preferred_years: int = 0
    exempt: int = 0
    halved: int = 0
    losses: int = 5


# The figures of each incentive: its rate and for how many years (None: the ordinary one), the exempt, the halved years.
INCENTIVES: dict[Incentive, tuple[str | None, str | None, str, str]] = {
    "special": (
        "tax.income.preferred",
        "tax.income.preferred.years",
        "tax.income.exempt.years",
        "tax.income.halved.years",
    ),
    "difficult": (
        "tax.income.difficult",
        "tax.income.difficult.years",
        "tax.income.difficult.exempt.years",
        "tax.income.difficult.halved.years",
    ),
    "park": (None, None, "tax.income.park.exempt.years", "tax.income.park.halved.years"),
}


def regime(start: date, years: int, *, incentive: Incentive | None) -> TaxRegime:
    """The regime of a project that starts on `start` for `years` calendar years, with the incentive of its place and
    trade: ``special`` (the strongest), ``difficult`` (the middle one), ``park`` (in an industrial park outside these
    places) or none.

    The latest figure carried stands for the years after it. Raises Refused ``finance.no-tax`` for a start before the
    first figure carried, ``finance.no-incentive`` where the law of the day does not know the incentive.
    """
    rates = []
    for year in range(start.year, start.year + years):
        rate = figure("tax.income.standard", max(start, date(year, 1, 1)))
        if rate is None:
            raise Refused("finance.no-tax", year=year)
        rates.append(rate.figure / 100)
    losses = _years("tax.loss.years", start)
    if incentive is None:
        return TaxRegime(tuple(rates), losses=losses)
    name, span, *relief = INCENTIVES[incentive]
    if any(figure(code, start) is None for code in (name, span, *relief) if code):
        code = f"finance.incentive.{incentive}"
        raise Refused("finance.no-incentive", incentive=both(lambda lang: text(code, lang)), on=start)
    exempt, halved = (_years(code, start) for code in relief)
    rate = figure(name, start) if name else None
    preferred = None if rate is None else rate.figure / 100
    return TaxRegime(tuple(rates), preferred, _years(span, start) if span else 0, exempt, halved, losses)


def _years(name: str, on: date) -> int:
    years = figure(name, on)
    return int(years.figure) if years else 0


def income_tax(income: Floats, revenue: Floats, regime: TaxRegime) -> Floats:
    """The tax of each year. `income` before tax and `revenue` are draws x years; losses are used oldest first."""
    draws, years = income.shape
    tax = np.zeros_like(income)
    losses = np.zeros((draws, years))
    first_revenue, first_income = np.full(draws, -1), np.full(draws, -1)
    for year in range(years):
        losses[:, year] = np.maximum(-income[:, year], 0.0)
        left = np.maximum(income[:, year], 0.0)
        for past in range(max(0, year - regime.losses), year):
            used = np.minimum(losses[:, past], left)
            losses[:, past] -= used
            left = left - used
        first_revenue = np.where((first_revenue < 0) & (revenue[:, year] > 0), year, first_revenue)
        late = (first_revenue >= 0) & (year >= first_revenue + FIRST_YEARS)
        first_income = np.where((first_income < 0) & ((left > 0) | late), year, first_income)
        tax[:, year] = left * _rate(regime, year, first_revenue, first_income)
    return tax


def _rate(regime: TaxRegime, year: int, first_revenue: np.ndarray, first_income: np.ndarray) -> Floats:
    rate = np.full(len(first_revenue), regime.ordinary[min(year, len(regime.ordinary) - 1)])
    if regime.preferred is not None:
        within = (first_revenue >= 0) & (year < first_revenue + regime.preferred_years)
        rate = np.where(within, np.minimum(regime.preferred, rate), rate)
    since = np.where(first_income >= 0, year - first_income, -1)
    share = np.where((since >= 0) & (since < regime.exempt), 0.0, 1.0)
    halved = (since >= regime.exempt) & (since < regime.exempt + regime.halved)
    return np.asarray(rate * np.where(halved, 0.5, share), dtype=np.float64)
