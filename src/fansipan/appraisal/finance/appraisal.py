"""What a project is worth to its owners and lenders: the figures of one cash flow. Rules A30 to A33."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.appraisal.finance.cash_flow import CashFlow, cash_flow
from fansipan.appraisal.finance.measures import net_present_value, payback
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.rates import internal_rates


@dataclass(frozen=True)
class Worth:
    """NPV in billion đồng, rates a year (0.12 is 12 %; all of them, rising, none where there is none), times in years.

    `irr` is the single rate; of several, the only positive one where the sum of the flow turns from loss to gain once
    (Norstrøm 1972, A sufficient condition for a unique nonnegative internal rate of return, Journal of Financial and
    Quantitative Analysis 7); else None. The covers are None without debt. `owed_at_end` is what the loan's terms leave
    beyond the last period, in billion đồng: it is paid back there, and the figures hold on that.
    """

    npv: float
    irr: float | None
    rates: tuple[float, ...]
    equity_npv: float
    equity_irr: float | None
    payback: float | None
    discounted_payback: float | None
    least_cover: float | None
    mean_cover: float | None
    owed_at_end: float = 0.0


def worth(plan: Plan, *, monthly: bool | None = None) -> Worth:
    """The figures of `plan` as planned, from a cash flow by years or by months (as the plan says without)."""
    return worth_of(cash_flow(plan, monthly=monthly))


def worth_of(flow: CashFlow, draw: int = 0) -> Worth:
    """The figures of one draw of a cash flow."""
    project, equity = flow.project[draw], flow.equity[draw]
    rates, own = _annual(project, flow.periods_a_year), _annual(equity, flow.periods_a_year)
    cover = flow.cover[draw]
    served = cover[~np.isnan(cover)]
    return Worth(
        npv=float(net_present_value(project, flow.rate)[0]),
        irr=_one_rate(project, rates),
        rates=rates,
        equity_npv=float(net_present_value(equity, flow.rate)[0]),
        equity_irr=_one_rate(equity, own),
        payback=_years(project, 0.0, flow.periods_a_year),
        discounted_payback=_years(project, flow.rate, flow.periods_a_year),
        least_cover=float(served.min()) if len(served) else None,
        mean_cover=float(served.mean()) if len(served) else None,
        owed_at_end=float(flow.debt.owed_at_end[draw]),
    )


def _one_rate(flow: np.ndarray, rates: tuple[float, ...]) -> float | None:
    if len(rates) == 1:
        return rates[0]
    total = np.sign(np.cumsum(flow))
    turns = np.count_nonzero(np.diff(total[total != 0]))
    positive = [rate for rate in rates if rate > 0]
    return positive[0] if len(positive) == 1 and turns == 1 else None


def _annual(flow: np.ndarray, a_year: int) -> tuple[float, ...]:
    return tuple(float((1 + rate) ** a_year - 1) for rate in internal_rates(flow).of(0))


def _years(flow: np.ndarray, rate: float, a_year: int) -> float | None:
    periods = float(payback(flow, rate)[0])
    return None if np.isnan(periods) else periods / a_year
