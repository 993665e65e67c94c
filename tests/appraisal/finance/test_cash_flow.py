"""The cash flow of a project worked by hand, by years and months, with delays and debt."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import pyxirr

from fansipan.appraisal.finance.appraisal import worth, worth_of
from fansipan.appraisal.finance.cash_flow import Drivers, cash_flow
from fansipan.appraisal.finance.plan import Plan
from fansipan.errors import InvalidInput

SIMPLE = Plan(date(2024, 1, 1), (100.0,), 4, volume=10, price=10, inputs=4, fixed=10, wages=5, life=4, ramp_up=(0.5,))
BORROWED = replace(SIMPLE, debt=0.5, interest=0.1, debt_years=2)


def test_every_line_by_hand():
    """Half capacity in the first year: revenue 50, inputs 20, running costs 15, depreciation 25: a loss of 10."""
    flow = cash_flow(SIMPLE)
    assert flow.revenue[0].tolist() == [0, 50, 100, 100, 100]
    assert flow.inputs[0].tolist() == [0, 20, 40, 40, 40]
    assert flow.costs[0].tolist() == [0, 15, 15, 15, 15]
    assert flow.depreciation[0].tolist() == [0, 25, 25, 25, 25]
    # Income -10, 20, 20, 20: the loss takes 10 off the second year; 20 %.
    assert flow.unlevered_tax[0].tolist() == pytest.approx([0, 0, 2, 4, 4])
    assert flow.project[0].tolist() == pytest.approx([-100, 15, 43, 41, 41])


def test_worth_of_it():
    found = worth(SIMPLE)
    assert found.npv == pytest.approx(-100 + 15 / 1.1 + 43 / 1.21 + 41 / 1.331 + 41 / 1.4641)
    assert found.irr == pytest.approx(pyxirr.irr([-100, 15, 43, 41, 41]))
    assert found.payback == pytest.approx(3 + 1 / 41)
    assert (found.least_cover, found.equity_npv) == (None, pytest.approx(found.npv))


def test_debt():
    flow = cash_flow(BORROWED)
    assert flow.borrowed[0].tolist() == [50, 0, 0, 0, 0]
    assert flow.interest[0].tolist() == pytest.approx([0, 5, 2.5, 0, 0])
    assert flow.repaid[0].tolist() == [0, 25, 25, 0, 0]
    # Operating 15; income 50 - 20 - 15 - 25 - 5 < 0: no tax; cover 15 / 30.
    assert flow.cover[0, :2].tolist() == pytest.approx([0.5, (45 - flow.tax[0, 2]) / 27.5])
    assert np.isnan(flow.cover[0, 2:]).all()
    assert flow.equity[0, 0] == -50
    assert worth_of(flow).least_cover == pytest.approx(0.5)


def test_money_is_kept():
    """The owners' flow is the project's plus what lenders put in and took out, less the tax that debt saves."""
    flow = cash_flow(replace(BORROWED, working_capital=30, residual=0.2, other_taxes=0.01))
    lenders = flow.borrowed - flow.interest - flow.repaid
    assert flow.equity == pytest.approx(flow.project + lenders + flow.unlevered_tax - flow.tax)
    assert flow.borrowed.sum() == pytest.approx(flow.repaid.sum())
    assert flow.working_capital.sum() == pytest.approx(0)
    assert flow.capital.sum() == pytest.approx(80)


def test_working_capital_is_released_in_the_end():
    flow = cash_flow(replace(SIMPLE, working_capital=36.5))
    assert flow.working_capital[0].tolist() == pytest.approx([0, 5, 5, 0, -10])


def test_growth_and_prices_by_date():
    grown = cash_flow(replace(SIMPLE, ramp_up=(), price_growth=0.1, price_path={2027: 20.0}))
    assert grown.revenue[0].tolist() == pytest.approx([0, 110, 121, 200, 146.41])


def test_months_add_up_to_years():
    by_year, by_month = cash_flow(BORROWED), cash_flow(BORROWED, monthly=True)
    for part in ("revenue", "inputs", "costs", "capital", "depreciation", "borrowed", "repaid"):
        assert getattr(by_month, part).reshape(5, 12).sum(axis=1) == pytest.approx(getattr(by_year, part)[0])
    assert by_month.tax[0, 11::12].sum() == by_month.tax.sum()


def test_rate_beside_one_that_means_nothing():
    """A last month that pays more tax than it earns adds a rate near -100 %; the sum turns once, so one is meant."""
    found = worth(BORROWED, monthly=True)
    assert len(found.rates) == 2
    assert found.rates[0] < -0.99
    assert found.irr == found.rates[1] == pytest.approx(worth(BORROWED).irr, abs=0.01)


def test_two_rates_that_both_could_be_meant_are_none():
    """-100, 230, -132 has 10 % and 20 %."""
    flow, nothing = cash_flow(replace(SIMPLE, years=2)), np.zeros((1, 3))
    parts = dict.fromkeys(("inputs", "costs", "working_capital", "tax", "unlevered_tax"), nothing)
    found = worth_of(replace(flow, revenue=np.array([[0.0, 230.0, -132.0]]), **parts))
    assert found.rates == pytest.approx((0.1, 0.2))
    assert (found.irr, found.equity_irr) == (None, None)


def test_year_of_delay_moves_production_and_not_capital():
    late = cash_flow(SIMPLE, Drivers.as_planned().changed("delay", 1.0))
    assert late.revenue[0].tolist() == [0, 0, 50, 100, 100]
    assert late.capital[0].tolist() == [100, 0, 0, 0, 0]


def test_half_a_year_of_delay_by_months():
    late = cash_flow(SIMPLE, Drivers.as_planned().changed("delay", 0.5), monthly=True)
    assert np.flatnonzero(late.revenue[0])[0] == 18


def test_drivers_multiply_what_they_name():
    two = Drivers.as_planned(2).changed("price", np.array([1.0, 1.2]))
    assert cash_flow(SIMPLE, two).revenue[:, -1].tolist() == pytest.approx([100, 120])


def test_table_has_a_row_a_period():
    table = cash_flow(SIMPLE).table()
    assert table["year"].to_list() == [2024, 2025, 2026, 2027, 2028]
    assert table["project"].sum() == pytest.approx(40)


@pytest.mark.parametrize(
    "wrong",
    [
        {"capital": ()},
        {"capital": (0.0,)},
        {"years": 0},
        {"volume": -1},
        {"ramp_up": (1.5,)},
        {"life": 0},
        {"residual": 2},
        {"debt": 0.5, "debt_years": 0},
        {"discount": -1},
    ],
)
def test_assumptions_that_cannot_be_used(wrong):
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        replace(SIMPLE, **wrong)
