"""Cash flows written out again in plain loops, and held against pyxirr; prices by year; months."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import pyxirr

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.finance.appraisal import worth
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.finance.measures import net_present_value
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.rates import internal_rates
from fansipan.appraisal.finance.risk import sensitivity
from fansipan.errors import InvalidInput

BASE = Plan(
    date(2024, 1, 1),
    (100.0, 60.0),
    6,
    volume=10,
    price=12,
    inputs=4,
    fixed=8,
    wages=6,
    life=5,
    ramp_up=(0.6,),
    price_growth=0.02,
    cost_growth=0.03,
    working_capital=40,
    residual=0.1,
    other_taxes=0.01,
)
HEAD = "alternative,start,years,capital_1,volume,price\n"


def by_hand(plan):
    """The project's flow of an ordinary taxpayer without debt, year by year, as a clerk would on paper."""
    flow, held, losses = [], 0.0, []
    spent = sum(plan.capital)
    depreciation = spent * (1 - plan.residual) / plan.life
    for year in range(plan.horizon):
        since = year - len(plan.capital)
        use = 0.0 if since < 0 else plan.ramp_up[since] if since < len(plan.ramp_up) else 1.0
        price = plan.price_path.get(plan.start.year + year, plan.price * (1 + plan.price_growth) ** year)
        grown = (1 + plan.cost_growth) ** year
        revenue = use * plan.volume * price
        paid = use * plan.volume * plan.inputs * grown + revenue * plan.other_taxes
        paid += (plan.fixed + plan.wages) * grown if use > 0 else 0.0
        written_off = depreciation if 0 <= since < plan.life else 0.0
        income = revenue - paid - written_off
        taxable = max(income, 0.0)
        losses = [(at, left) for at, left in losses if year - at <= 5]
        for at, (when, left) in enumerate(losses):
            used = min(left, taxable)
            taxable -= used
            losses[at] = (when, left - used)
        losses += [(year, -income)] if income < 0 else []
        needed = 0.0 if year == plan.horizon - 1 else revenue * plan.working_capital / 365
        capital = plan.capital[year] if year < len(plan.capital) else 0.0
        back = plan.residual * spent if year == plan.horizon - 1 else 0.0
        flow.append(revenue - paid - 0.2 * taxable - capital - (needed - held) + back)
        held = needed
    return flow


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"price": 9.0},
        {"price": 5.0},
        {"price_path": {2027: 20.0, 2028: 3.0}},
        {"working_capital": 0.0, "residual": 0.0},
        {"capital": (30.0, 30.0, 100.0), "ramp_up": (0.3, 0.7)},
    ],
)
def test_every_year_written_out_again(changes):
    plan = replace(BASE, **changes)
    flow = by_hand(plan)
    assert cash_flow(plan).project[0].tolist() == pytest.approx(flow)
    found = worth(plan)
    assert found.npv == pytest.approx(flow[0] + sum(c / 1.1**t for t, c in enumerate(flow) if t))
    if len(found.rates) == 1:
        assert found.irr == pytest.approx(pyxirr.irr(flow), abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_random_ordinary_flows_equal_pyxirr(seed):
    random = np.random.default_rng(seed)
    flows = np.abs(random.normal(50, 30, (40, 15)))
    flows[:, : 1 + seed % 3] *= -random.uniform(2, 20, (40, 1))
    rates = internal_rates(flows).rate
    assert rates.tolist() == pytest.approx([pyxirr.irr(row) for row in flows], abs=1e-9)
    npv = net_present_value(flows, 0.08)
    assert npv.tolist() == pytest.approx([pyxirr.npv(0.08, row) for row in flows], rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_every_rate_of_flows_of_any_sign_makes_them_worth_nothing(seed):
    flows = np.random.default_rng(seed).normal(size=(60, 9)).round(2)
    found = internal_rates(flows)
    for owner, rate in zip(found.owner, found.every, strict=True):
        discounted = flows[owner] / (1 + rate) ** np.arange(9)
        assert abs(discounted.sum()) <= 1e-7 * np.abs(discounted).sum()


@pytest.mark.parametrize("seed", range(5))
def test_rates_that_flows_were_made_from_are_all_found(seed):
    """A polynomial with known roots: 5 %, 20 % and 60 %, times a random scale."""
    rates = np.array([0.05, 0.2, 0.6])
    scale = np.random.default_rng(seed).uniform(1, 1000)
    flow = np.polynomial.polynomial.polyfromroots(1 / (1 + rates)) * scale
    assert internal_rates(flow).of(0) == pytest.approx(rates.tolist(), abs=1e-9)


def test_the_change_at_which_nothing_is_left_leaves_nothing():
    for row in sensitivity(BASE).iter_rows(named=True):
        if row["switch"] is not None:
            name = {"inputs": "inputs", "price": "price"}.get(row["driver"])
            if name:
                changed = replace(BASE, **{name: getattr(BASE, name) * (1 + row["switch"])})
                assert worth(changed).npv == pytest.approx(0, abs=1e-6)


def test_months_from_the_plan_earn_a_little_earlier_within_the_year():
    monthly, yearly = worth(replace(BASE, monthly=True)), worth(BASE)
    assert monthly.npv != pytest.approx(yearly.npv)
    assert monthly.npv == pytest.approx(worth(BASE, monthly=True).npv)
    assert cash_flow(replace(BASE, monthly=True)).revenue.shape == (1, 12 * BASE.horizon)
    assert cash_flow(replace(BASE, monthly=True)).revenue.sum() == pytest.approx(cash_flow(BASE).revenue.sum())


def test_months_and_prices_from_the_folder(folder):
    files = folder(
        finance=HEAD[:-1] + ",monthly\nA,2024-01-01,4,100,10,6,có\nB,2024-01-01,4,100,10,6,\n",
        finance_prices="alternative,year,price\nA,2026,9\n",
    )
    plans = read_decision(files).plans
    assert (plans["A"].monthly, plans["B"].monthly) == (True, False)
    assert (plans["A"].price_path, plans["B"].price_path) == ({2026: 9.0}, {})
    assert cash_flow(plans["A"]).revenue[0, 24:36].sum() == pytest.approx(90)


@pytest.mark.parametrize(
    ("row", "code"),
    [("C,2026,9", "finance.prices-alone"), ("A,2020,9", "finance.prices-year"), ("A,2030,9", "finance.prices-year")],
)
def test_prices_that_cannot_be_used(folder, row, code):
    files = folder(finance=HEAD + "A,2024-01-01,4,100,10,6\n", finance_prices=f"alternative,year,price\n{row}\n")
    with pytest.raises(InvalidInput) as caught:
        read_decision(files)
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.file, fault.place.row) == (code, "finance_prices.csv", 2)
