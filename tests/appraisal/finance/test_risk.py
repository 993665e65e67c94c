"""Sensitivity and simulation."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fansipan.appraisal.finance.appraisal import worth
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.risk import sensitivity, simulate
from fansipan.errors import InvalidInput

PLAN = Plan(
    date(2024, 1, 1),
    (100.0, 50.0),
    10,
    volume=10,
    price=10,
    inputs=4,
    fixed=10,
    wages=5,
    debt=0.5,
    interest=0.08,
    debt_years=5,
)


def test_sensitivity_is_ordered_by_swing_and_holds_the_plan_between():
    found, planned = sensitivity(PLAN), worth(PLAN).npv
    assert found["swing"].is_sorted(descending=True)
    factors = found.filter(found["driver"] != "delay")
    assert ((factors["low"] - planned) * (factors["high"] - planned) < 0).all()
    assert found.filter(found["driver"] == "delay")["high"].item() == pytest.approx(planned)


def test_at_the_switch_nothing_is_left():
    switch = dict(sensitivity(PLAN).select("driver", "switch").iter_rows())
    assert worth(replace(PLAN, price=10 * (1 + switch["price"]))).npv == pytest.approx(0, abs=1e-6)
    assert worth(replace(PLAN, inputs=4 * (1 + switch["inputs"]))).npv == pytest.approx(0, abs=1e-6)
    assert switch["price"] < 0 < switch["inputs"]


def test_no_switch_where_nothing_turns_it():
    rich = replace(PLAN, price=1000.0)
    assert dict(sensitivity(rich).select("driver", "switch").iter_rows())["fixed"] is None


def test_simulation_without_spread_is_the_plan():
    found = simulate(PLAN, {}, draws=5)
    assert found.npv == pytest.approx([worth(PLAN).npv] * 5)
    assert found.irr == pytest.approx([worth(PLAN).irr] * 5)
    assert found.least_cover == pytest.approx([worth(PLAN).least_cover] * 5)
    assert set(found.importance()["correlation"]) == {0.0}


def test_simulation_of_the_same_seed_is_the_same():
    spreads = {"price": (0.8, 1.1), "delay": (0.0, 2.0)}
    one, same, other = (simulate(PLAN, spreads, draws=200, seed=seed).npv for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_summary_and_importance():
    found = simulate(PLAN, {"price": (0.6, 1.2), "fixed": (0.98, 1.02)}, draws=4000)
    summary = found.summary()
    assert summary["npv_low"] < summary["npv_middle"] < summary["npv_high"]
    assert summary["loss"] == pytest.approx(np.mean(found.npv < 0))
    assert found.importance()["driver"][0] == "price"
    assert found.importance()["correlation"][0] > 0.95


def test_without_debt_there_is_nothing_to_cover():
    assert simulate(replace(PLAN, debt=0.0), {"price": (0.9, 1.1)}, draws=10).summary()["uncovered"] is None


def test_flows_without_a_rate_are_counted_out():
    assert simulate(replace(PLAN, price=0.1), {}, draws=3).summary()["irr_middle"] is None


@pytest.mark.parametrize(
    "spread", [{"luck": (0.9, 1.1)}, {"price": (1.1, 1.2)}, {"delay": (1.0, 2.0)}, {"price": (-1, 2)}]
)
def test_spreads_that_cannot_be_used(spread):
    with pytest.raises(InvalidInput, match="The spread of"):
        simulate(PLAN, spread)
