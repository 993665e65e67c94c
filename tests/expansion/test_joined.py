"""Scenarios side by side in one model (rule E32): the columns, rows and ties of each, and what they then agree on."""

from dataclasses import replace

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.deterministic_equivalent import decisions, joined, same_decisions
from fansipan.expansion.solve.plan import solve_network
from fansipan.linear.solver import solve_arrays


@pytest.fixture
def plan(copper):
    return solve_network(network_of(copper()), prices=False)


def test_decisions_are_the_lumps_of_all_years_or_of_the_early_ones(plan):
    block = plan.model.variables["units"]
    assert list(decisions(plan)) == list(range(block.first, block.first + block.size))
    early = decisions(plan, 2026)
    assert len(early) == block.size // 2
    assert not len(decisions(plan, 2025))


def test_stages_of_zones_are_decisions_too(copper):
    system = copper(lambda t: t.update(zone_stages=[{"zone": "town", "stage": 1, "cost": 0.1, "hectares": 99.0}]))
    found = solve_network(network_of(system), prices=False)
    assert set(range(*found.model.variables["stage"].span.indices(10**6))) <= set(decisions(found))


def test_two_of_the_same_beside_each_other_are_worth_the_same(plan):
    arrays, shared = plan.model.arrays(), decisions(plan)
    both = joined([arrays, arrays], np.array([0.3, 0.7]), [shared, shared])
    assert len(both.cost) == 2 * len(arrays.cost)
    assert len(both.row_lower) == 2 * len(arrays.row_lower) + len(shared)
    assert solve_arrays(both).objective == pytest.approx(plan.answer.objective)


def test_shared_columns_come_out_equal(plan):
    """One scenario would rather build nothing: prices are those of a loss."""
    arrays, shared = plan.model.arrays(), decisions(plan)
    poor = replace(arrays, cost=np.where(arrays.cost > 0, 0.0, arrays.cost))
    answer = solve_arrays(joined([arrays, poor], np.array([0.5, 0.5]), [shared, shared]))
    first, second = np.split(answer.columns, 2)
    assert first[shared] == pytest.approx(second[shared])


@pytest.mark.parametrize("shared", [0, 2])
def test_fewer_shared_decisions_are_never_worse(plan, shared):
    arrays, every = plan.model.arrays(), decisions(plan)
    poor = replace(arrays, cost=np.where(arrays.cost > 0, 0.6 * arrays.cost, arrays.cost))
    weight = np.array([0.5, 0.5])
    tied = solve_arrays(joined([arrays, poor], weight, [every, every])).objective
    free = solve_arrays(joined([arrays, poor], weight, [every[:shared], every[:shared]])).objective
    assert free >= tied - 1e-9


def test_what_decides_on_different_things_cannot_be_joined(copper, plan):
    def without_big(tables):
        tables["candidates"] = [row for row in tables["candidates"] if row["process"] == "small"]

    other = solve_network(network_of(copper(without_big)), prices=False)
    with pytest.raises(Refused):
        same_decisions([plan, other])


def test_constants_of_the_scenarios_are_weighed(plan):
    arrays = plan.model.arrays()
    none = np.empty(0, np.int64)
    both = joined([replace(arrays, offset=10.0), replace(arrays, offset=2.0)], np.array([0.25, 0.75]), [none, none])
    assert both.offset == pytest.approx(4.0)
    assert both.maximise
