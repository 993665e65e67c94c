"""The yearly model is a relaxation, a start and a bound (rule E26)."""

import pytest

from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.solve.relaxation import can_be_coarse, yearly


def seasons(tables):
    """A dry and a wet half; the smelters stand still for half of the dry one."""
    tables["plan_slices"] = [
        {"slice": "dry", "order": 1, "hours": 4380.0},
        {"slice": "wet", "order": 2, "hours": 4380.0},
    ]
    tables["availability"] = [{"process": p, "slice": "dry", "share": 0.5} for p in ("small", "big")]


def power_by_season(tables):
    """Besides, smelting takes power that a grid gives at 3 MW in either half."""
    seasons(tables)
    tables["commodities"].append({"commodity": "power", "unit": "MWh", "kind": "energy", "balance": "equal"})
    tables["process_flows"] += [
        {"process": p, "mode": "melt", "commodity": "power", "quantity": -8760.0} for p in ("small", "big")
    ]
    tables["markets"].append(
        {"site": "town", "commodity": "power", "direction": "buy", "step": 1, "price": 0.0, "maximum": 1e6}
    )
    tables["limits"].append(
        {"limit": "line", "scope": "site", "item": "town", "measure": "grid", "comparison": "at-most", "value": 3.0}
    )


def test_the_yearly_model_has_one_slice_and_the_same_choices(copper):
    network = network_of(copper(seasons))
    small = yearly(network)
    assert can_be_coarse(network)
    assert not can_be_coarse(small)
    assert small.horizon.length.tolist() == [[1.0, 1.0]]
    assert small.processes.available[:, 0].tolist() == [[0.75, 0.75], [0.75, 0.75]]


@pytest.mark.parametrize("change", [seasons, power_by_season])
def test_the_yearly_best_is_a_bound(copper, change):
    network = network_of(copper(change))
    fine, coarse = solve_network(network), solve_network(yearly(network))
    assert fine.answer.status == "optimal"
    assert coarse.answer.objective >= fine.answer.objective - 1e-6


def test_what_seasons_cost_by_hand(copper):
    """Three quarters usable: two small ones make 6 a year, the cap allows 5: 16 - 6 = 10, as without seasons."""
    assert solve_network(network_of(copper(seasons))).answer.objective == pytest.approx(10.0)
    # 3 MW in each half is 3 t a year of smelting; a wet half at 3 needs one small smelter (4), a dry half at 2 (half of
    # 4): 1.5 + 1 = 2.5 t a year from one small one, 3 t from two or from the big one: 2.5 x 2 x 1.6 - 3 = 5 is best.
    plan = solve_network(network_of(copper(power_by_season)))
    assert plan.answer.objective == pytest.approx(5.0)
    assert plan.answer.status == "optimal"


def test_targets_that_must_be_missed_are_missed_as_little_as_can_be(copper):
    def change(tables):
        seasons(tables)
        for name, value, priority in (("first", 8.0, 1), ("second", 99.0, 2)):
            tables["limits"].append(
                {
                    "limit": name,
                    "scope": "province",
                    "measure": "production",
                    "commodity": "metal",
                    "comparison": "at-least",
                    "value": value,
                    "first_year": 2026,
                    "priority": priority,
                }
            )

    plan = solve_network(network_of(copper(change)))
    assert plan.missed == {1: pytest.approx(3 / 8), 2: pytest.approx(94 / 99)}  # the cap on smoke allows 5


def test_what_nothing_bounds_in_either_model_is_unbounded(copper):
    def change(tables):
        seasons(tables)
        tables["markets"][1]["maximum"] = None
        tables["limits"].clear()
        tables["markets"].append({"site": "town", "commodity": "metal", "direction": "buy", "step": 1, "price": 3.0})

    assert solve_network(network_of(copper(change))).answer.status == "unbounded"
