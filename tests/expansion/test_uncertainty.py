"""Scenarios and two-stage plans on the copper system, against sums done by hand (rule E32)."""

import pytest

from fansipan.errors import NotFound
from fansipan.expansion.compiled import network_of
from fansipan.expansion.plan import solve_network
from fansipan.expansion.scenarios import in_scenario, scenario_names
from fansipan.expansion.study import solve_scenarios
from fansipan.expansion.uncertainty import regret_table, two_stage

WORLD = [
    {"scenario": "high", "change": "price", "item": "metal", "value": "1.25", "probability": 0.5},
    {"scenario": "low", "change": "price", "item": "metal", "value": "0.65", "probability": 0.5},
]


def world(tables):
    """High: metal at 5, margin 2.6. Low: 2.6, margin 0.2, nothing pays. The candidates may be decided in 2025 only."""
    tables["plan_scenarios"] = WORLD
    for row in tables["candidates"]:
        row["latest"] = 2025


def plans(system):
    return {name: solve_network(network_of(in_scenario(system, name))) for name in scenario_names(system)}


def test_each_scenario_has_its_own_best(copper):
    found = plans(copper(world))
    assert found["high"].answer.objective == pytest.approx(10 * 2.6 - 6)  # two small: 26 - 6
    assert found["low"].answer.objective == pytest.approx(0.0)  # 10 x 0.2 is less than 3


def test_the_two_stage_plan_and_what_knowing_would_be_worth(copper):
    """Shared builds: two small make (26 + 2)/2 - 6 = 8, one small (20.8 + 1.6)/2 - 3 = 8.2. Knowing: (20 +
    0)/2 = 10.
    """
    found = two_stage(plans(copper(world)), {"high": 0.5, "low": 0.5}, before=2027, base="high")
    assert found.expected == pytest.approx(8.2)
    assert found.perfect == pytest.approx(10.0)
    assert found.value_of_information == pytest.approx(1.8)
    # the high plan held in both: (20 + (2 - 6)) / 2 = 8
    assert found.hopeful == pytest.approx(8.0)
    assert found.value_of_stochastic_solution == pytest.approx(0.2)
    assert found.by_scenario == {"high": pytest.approx(17.8), "low": pytest.approx(-1.4)}


def test_decisions_that_need_not_be_shared_are_free(copper):
    found = two_stage(plans(copper(world)), {"high": 0.5, "low": 0.5}, before=2025)
    assert found.value_of_information == pytest.approx(0.0, abs=1e-6)


def test_regret_of_each_plan_in_each_scenario(copper):
    table = {
        (row["plan"], row["scenario"]): row["regret"]
        for row in regret_table(plans(copper(world))).iter_rows(named=True)
    }
    assert table["high", "high"] == pytest.approx(0.0)
    assert table["high", "low"] == pytest.approx(4.0)
    assert table["low", "high"] == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("change", "item", "value", "expected"),
    [
        ("market", "metal", "0.5", 2 * 3 * 1.6 - 3),  # 3 t sold a year from one small smelter
        ("limit", "smoke", "2", 2 * 6 * 1.6 - 6),  # 6 t, the market's most
        ("capital", "*", "0.5", 16 - 3),
        ("delay", "*", "1", 5 * 1.6 - 2 * 3 * 0.5),  # decided 2025, used in 2026 only, half of it left
    ],
)
def test_what_a_scenario_changes(copper, change, item, value, expected):
    def one(tables):
        tables["plan_scenarios"] = [{"scenario": "one", "change": change, "item": item, "value": value}]

    answer = solve_network(network_of(in_scenario(copper(one), "one"))).answer
    assert answer.objective == pytest.approx(expected)


def test_an_unknown_scenario_is_refused_with_those_there_are(copper):
    with pytest.raises(NotFound, match="high, low"):
        in_scenario(copper(world), "middle")


def test_scenarios_in_processes_of_their_own_give_the_same(copper):
    system = copper(world)
    names = [None, *scenario_names(system)]
    one, many = solve_scenarios(system, names), solve_scenarios(system, names, workers=2)
    for name in names:
        assert many[name].answer.objective == one[name].answer.objective
        assert (many[name].answer.columns == one[name].answer.columns).all()
