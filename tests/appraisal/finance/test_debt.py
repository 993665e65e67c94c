"""Loans that outlive the project, foreign money, interest while building, VAT, land rent. Rules A34b, A34c."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.appraisal.finance.appraisal import worth
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.finance.plan import Plan
from fansipan.errors import InvalidInput

BASE = Plan(
    date(2024, 1, 1),
    (60.0, 40.0),
    4,
    volume=10,
    price=10,
    inputs=3,
    fixed=5,
    life=4,
    debt=0.5,
    interest=0.1,
    debt_years=2,
)


def test_a_loan_longer_than_the_production_years_is_paid_back_in_the_last():
    flow = cash_flow(replace(BASE, debt_years=8))
    assert flow.repaid[0].tolist() == pytest.approx([0, 0, 6.25, 6.25, 6.25, 31.25])
    assert flow.debt.owed_at_end[0] == pytest.approx(25)
    assert flow.interest[0].tolist() == pytest.approx([0, 3, 5, 4.375, 3.75, 3.125])
    assert worth(replace(BASE, debt_years=8)).owed_at_end == pytest.approx(25)
    assert worth(BASE).owed_at_end == 0


def test_grace_beyond_the_life_repays_all_at_the_end():
    flow = cash_flow(replace(BASE, grace=9))
    assert flow.repaid[0].tolist() == pytest.approx([0, 0, 0, 0, 0, 50])
    assert flow.debt.owed_at_end[0] == pytest.approx(50)


@pytest.mark.parametrize(("over", "owed"), [(3, 0), (4, 0), (5, 10)])
def test_the_border_of_what_is_left(over, owed):
    """Four years of production: three and four years of repayment end in time, of five a fifth is left."""
    assert worth(replace(BASE, debt_years=over)).owed_at_end == pytest.approx(owed)


def test_owners_never_gain_from_a_loan_at_their_own_rate_without_tax():
    """At 10 % the loan is worth nothing to who discounts at 10 %, however long: only the tax it saves is left."""
    for years in (1, 3, 8, 40):
        for grace in (0, 2, 30):
            flow = cash_flow(replace(BASE, debt_years=years, grace=grace))
            lenders = (flow.borrowed - flow.interest - flow.repaid)[0]
            assert (lenders / 1.1 ** np.arange(6)).sum() == pytest.approx(0, abs=1e-9)


@given(
    years=st.integers(1, 30),
    grace=st.integers(0, 12),
    foreign=st.floats(0, 1),
    fall=st.floats(-0.2, 0.4),
    interest=st.floats(0, 0.3),
    building=st.sampled_from(["paid", "asset", "added"]),
    monthly=st.booleans(),
)
def test_what_is_lent_comes_back_with_interest(years, grace, foreign, fall, interest, building, monthly):
    """In its own money every loan is worth nothing at its own rate, whatever its terms."""
    plan = replace(BASE, debt_years=years, grace=grace, interest=interest, building_interest=building)
    plan = replace(plan, foreign_debt=foreign, foreign_interest=interest, devaluation=fall)
    flow = cash_flow(plan, monthly=monthly)
    time = np.arange(flow.revenue.shape[1]) / flow.periods_a_year
    home = (flow.borrowed - flow.interest - flow.repaid)[0]
    both = (1 + interest) ** time
    if foreign == 0:
        assert (home / both).sum() == pytest.approx(0, abs=1e-7)
    elif foreign == 1:
        assert (home / (1 + fall) ** time / both).sum() == pytest.approx(0, abs=1e-7)
    assert (flow.repaid >= 0).all()
    assert (flow.interest >= 0).all()


def test_foreign_money_that_rises_costs_more_and_the_loss_is_deducted():
    flow = cash_flow(replace(BASE, capital=(100.0,), foreign_debt=1.0, foreign_interest=0.0, devaluation=0.1))
    assert flow.borrowed[0].tolist() == [50, 0, 0, 0, 0]
    assert flow.repaid[0].tolist() == pytest.approx([0, 27.5, 30.25, 0, 0])
    assert flow.debt.exchange_loss[0].tolist() == pytest.approx([0, 2.5, 5.25, 0, 0])
    # Income 100 - 30 - 5 - 25 = 40 a year, less the losses; 20 %.
    assert flow.tax[0].tolist() == pytest.approx([0, 7.5, 6.95, 8, 8])


@pytest.mark.parametrize(
    ("building", "borrowed", "tax"),
    [("paid", [30, 20], [0, 0, 6.4]), ("asset", [30, 20], [0, 0, 6.85]), ("added", [30, 23], [0, 0, 6.79])],
)
def test_interest_while_building(building, borrowed, tax):
    """3 is due in the second year: a loss carried on; or depreciated by 0.75 a year; or lent too, interest 5.3."""
    flow = cash_flow(replace(BASE, building_interest=building))
    assert flow.borrowed[0, :2].tolist() == pytest.approx(borrowed)
    assert flow.interest[0, 1] == pytest.approx(3)
    assert flow.tax[0, :3].tolist() == pytest.approx(tax)


@pytest.mark.parametrize(("months", "flow"), [(0, [0, 0, 0]), (12, [6, -2, -4]), (13, [6, 4, -6]), (100, [6, 4, 0])])
def test_vat_comes_back(months, flow):
    found = cash_flow(replace(BASE, vat=0.1, vat_refund=months)).vat[0]
    assert found[:3].tolist() == pytest.approx(flow)
    assert found.sum() == pytest.approx(0)
    assert worth(replace(BASE, vat=0.1, vat_refund=months)).npv <= worth(BASE).npv


def test_land_rent_is_free_while_building_and_in_the_first_years():
    free = cash_flow(replace(BASE, land=2.0, land_rent=0.5, rent_free=2)).costs - cash_flow(BASE).costs
    assert free[0].tolist() == pytest.approx([0, 0, 0, 0, 1, 1])
    slow = replace(BASE, capital=(10.0,) * 5, land=2.0, land_rent=0.5)
    assert (cash_flow(slow).costs - cash_flow(replace(slow, land_rent=0.0)).costs)[0, :6].tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("devaluation", {"foreign_debt": 0.5}),
        ("foreign_debt", {"foreign_debt": 1.5, "devaluation": 0.0}),
        ("land_rent", {"land_rent": 1.0}),
        ("grace", {"grace": -1}),
        ("vat", {"vat": -0.1}),
    ],
)
def test_an_assumption_that_lacks_its_other_half_is_refused_by_name(name, changes):
    with pytest.raises(InvalidInput, match=f"assumption {name} "):
        replace(BASE, **changes)
