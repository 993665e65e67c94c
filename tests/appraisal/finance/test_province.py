"""The province's view of a project."""

from dataclasses import replace
from datetime import date

import pytest

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.province import province_view

PLAN = Plan(
    date(2024, 1, 1),
    (100.0,),
    4,
    volume=10,
    price=10,
    inputs=4,
    fixed=10,
    wages=5,
    life=4,
    jobs=50,
    land=3,
    energy=1200,
    emissions=600,
    other_taxes=0.02,
)


def test_figures_by_hand():
    view = province_view(PLAN, fit=Fit("priority", plan_value=12.5))
    assert (view.output, view.value_added, view.value_added_share) == (100, 60, 0.6)
    assert (view.value_added_per_job, view.value_added_per_hectare) == (1.2, 20)
    assert (view.capital_per_job, view.energy_per_value_added, view.emissions_per_value_added) == (2, 20, 10)
    # Income 100 - 40 - 15 - 2 - 25 = 18 a year: income tax 3.6 and 2 of revenue.
    assert view.budget == pytest.approx(sum(5.6 / 1.1**year for year in range(1, 5)))
    assert (view.group, view.plan_value) == ("priority", 12.5)


def test_nothing_to_divide_by_is_none():
    view = province_view(replace(PLAN, jobs=0, land=0, inputs=11))
    assert (view.value_added_per_job, view.value_added_per_hectare, view.capital_per_job) == (None, None, None)
    assert view.energy_per_value_added is None
