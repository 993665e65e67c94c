"""Income tax: incentives by date, losses carried forward."""

from datetime import date

import numpy as np
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.finance.tax import TaxRegime, income_tax, regime
from fansipan.errors import Refused

FLAT = TaxRegime((0.2,) * 20, losses=5)
PREFERRED = TaxRegime((0.2,) * 20, 0.1, preferred_years=15, exempt=4, halved=9, losses=5)


def tax(income, law=FLAT, revenue=None):
    income = np.array([income], dtype=float)
    earned = np.ones_like(income) if revenue is None else np.array([revenue], dtype=float)
    return income_tax(income, earned, law)[0].tolist()


def test_ordinary_rate():
    assert tax([100, 50]) == [20, 10]


def test_losses_are_used_oldest_first_for_five_years():
    assert tax([-100, 60, 60]) == [0, 0, 4]
    assert tax([-100, 0, 0, 0, 0, 100, 100]) == [0, 0, 0, 0, 0, 0, 20]
    assert tax([-100, 0, 0, 0, 0, 0, 100]) == [0, 0, 0, 0, 0, 0, 20]


def test_relief_runs_from_the_first_income():
    assert tax([100] * 16, PREFERRED) == pytest.approx([0] * 4 + [5] * 9 + [10] * 2 + [20])


def test_relief_starts_in_the_fourth_year_of_revenue_at_the_latest():
    found = tax([-1, -1, -1, -1, 1000], PREFERRED)
    assert found == [0] * 5  # the fourth and fifth years are the first two of four exempt ones
    assert tax([-1] * 7 + [1000], PREFERRED)[-1] == pytest.approx((1000 - 5) * 0.05)


def test_preferred_years_run_from_the_first_revenue():
    law = TaxRegime((0.2,) * 20, 0.1, preferred_years=2, losses=5)
    assert tax([100, 100, 100, 100], law, revenue=[0, 1, 1, 1])[1:] == pytest.approx([10, 10, 20])


def test_regime_by_date():
    assert regime(date(2024, 7, 1), 3, incentive=None).ordinary == (0.2, 0.2, 0.2)
    found = regime(date(2024, 7, 1), 3, incentive="special")
    assert (found.preferred, found.preferred_years, found.exempt, found.halved, found.losses) == (0.1, 15, 4, 9, 5)


def test_law_that_is_not_carried_is_refused():
    with pytest.raises(Refused, match="2001"):
        regime(date(2001, 1, 1), 2, incentive=None)


def test_a_difficult_place_has_the_middle_incentive_by_date():
    """From memory, to be confirmed: 17 % for ten years, two exempt and four halved."""
    found = regime(date(2024, 1, 1), 15, incentive="difficult")
    assert (found.preferred, found.preferred_years, found.exempt, found.halved) == (0.17, 10, 2, 4)
    tax = income_tax(np.full((1, 15), 100.0), np.full((1, 15), 100.0), found)
    assert tax[0].tolist() == pytest.approx([0, 0, *[8.5] * 4, *[17] * 4, *[20] * 5])


def test_the_incentive_comes_from_the_folder(folder):
    files = folder(
        finance="alternative,start,years,capital_1,volume,price,preferred,incentive\n"
        "A,2024-01-01,8,100,10,9,có,\nB,2024-01-01,8,100,10,9,,difficult\nC,2024-01-01,8,100,10,9,không,\n"
    )
    plans = read_decision(files).plans
    assert [plans[name].tax_incentive for name in "ABC"] == ["special", "difficult", None]
    paid = [cash_flow(plans[name]).tax.sum() for name in "ABC"]
    assert paid[0] < paid[1] < paid[2]


def test_a_park_gives_two_and_four_years_at_the_ordinary_rate_until_the_law_of_2025():
    """Decree 218/2013 Art. 16.3, from memory; Law 67/2025: from 2025-10-01 a park alone gives nothing."""
    law = regime(date(2025, 9, 30), 10, incentive="park")
    assert tax([100] * 8, law) == pytest.approx([0, 0, 10, 10, 10, 10, 20, 20])
    with pytest.raises(Refused, match="knows no income tax incentive for industrial parks"):
        regime(date(2025, 10, 1), 10, incentive="park")
