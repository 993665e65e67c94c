"""Scenarios and two-stage plans on the copper system, against sums done by hand (rule E32)."""

import pytest

from fansipan.errors import NotFound, Refused
from fansipan.expansion.answers.study import solve_scenarios, study
from fansipan.expansion.answers.uncertainty import two_stage
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.solve.recourse import regret_table
from fansipan.expansion.system.scenarios import in_scenario, scenario_names

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
    own = plans(copper(world))
    found = two_stage(own, {"high": 0.5, "low": 0.5}, before=2027, base=own["high"])
    assert found.common.value == pytest.approx(8.2)
    assert found.perfect.value == pytest.approx(10.0)
    assert found.value_of_information == pytest.approx(1.8)
    # the high plan held in both: (20 + (2 - 6)) / 2 = 8
    assert found.hopeful.value == pytest.approx(8.0)
    assert found.value_of_stochastic_solution == pytest.approx(0.2)
    by_scenario = {name: plan.answer.objective for name, plan in found.plans.items()}
    assert by_scenario == {"high": pytest.approx(17.8), "low": pytest.approx(-1.4)}


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


def with_target(tables):
    """12 t of metal are wanted over both years, but may be missed; smoke lets 10 be made, in the low world as many."""
    world(tables)
    tables["limits"].append(
        {
            "limit": "wanted",
            "scope": "province",
            "measure": "production",
            "commodity": "metal",
            "total": True,
            "comparison": "at-least",
            "value": 12.0,
            "priority": 1,
            "first_year": 2025,
            "last_year": 2026,
        }
    )


def test_targets_come_first_in_the_common_plan_too(copper):
    """10 of 12 t can be made whatever the price, so both worlds build two small smelters: (20 - 4) / 2 = 8."""
    own = plans(copper(with_target))
    found = two_stage(own, {"high": 0.5, "low": 0.5}, before=2027)
    assert found.common.missed[1] == pytest.approx(2 / 12, abs=1e-5)
    assert found.common.value == pytest.approx(8.0, abs=1e-4)
    assert found.perfect.value == pytest.approx(8.0, abs=1e-4)
    held = regret_table({"high": own["high"], "low": own["low"]})
    assert held["missed"].to_list() == pytest.approx([0.0] * 4, abs=1e-5)


def test_builds_of_a_plan_without_the_target_miss_it_elsewhere(copper):
    """The low world's own builds are none where nothing is wanted; held where 12 t are wanted, all 12 are missed."""
    free, bound = plans(copper(world)), plans(copper(with_target))
    table = regret_table({"free": free["low"], "bound": bound["low"]})
    found = {(row["plan"], row["scenario"]): row for row in table.iter_rows(named=True)}
    assert found["free", "bound"]["missed"] == pytest.approx(10 / 12, abs=1e-5)
    assert found["bound", "free"]["regret"] == pytest.approx(4.0, abs=1e-4)


def test_scenarios_of_delay_share_their_decisions(copper):
    """A year's delay halves the use; which columns there are differs, the decisions are the same."""

    def late(tables):
        world(tables)
        tables["plan_scenarios"] = [
            {"scenario": "on-time", "change": "price", "item": "metal", "value": "1", "probability": 0.5},
            {"scenario": "late", "change": "delay", "item": "*", "value": "1", "probability": 0.5},
        ]

    own = plans(copper(late))
    assert own["late"].arrays.cost.size < own["on-time"].arrays.cost.size
    found = two_stage(own, {"on-time": 0.5, "late": 0.5}, before=2027)
    # two small: (16 - 6 + 8 - 3) / 2, the late ones half left at the end
    assert found.common.value == pytest.approx(7.5)
    assert found.value_of_information == pytest.approx(0.0, abs=1e-6)


def test_plans_that_decide_on_different_things_are_refused(copper):
    def one_year_more(tables):
        tables["candidates"][0]["latest"] = 2025

    mixed = {"a": solve_network(network_of(copper())), "b": solve_network(network_of(copper(one_year_more)))}
    with pytest.raises(Refused, match="cannot be planned together"):
        two_stage(mixed, {"a": 0.5, "b": 0.5}, before=2026)


def test_a_study_of_twenty_scenarios_is_the_same_in_parallel(copper):
    def twenty(tables):
        world(tables)
        tables["plan_scenarios"] = [
            {
                "scenario": f"s{k:02}",
                "change": "price",
                "item": "metal",
                "value": str(0.6 + 0.05 * k),
                "probability": 0.05,
            }
            for k in range(20)
        ]

    system, told = copper(twenty), []
    weights = scenario_names(system)
    one = study(system, weights, 2027, progress=told.append)
    many = study(system, weights, 2027, workers=2)
    assert told == [None, *weights]
    assert one.scenarios.equals(many.scenarios)
    assert one.regret.equals(many.regret)
    assert one.builds.equals(many.builds)
    assert one.two_stage.common == many.two_stage.common
    assert one.two_stage.perfect.value > one.two_stage.common.value > one.two_stage.hopeful.value - 1e-9


def test_a_scenario_without_a_plan_is_named(copper):
    def hopeless(tables):
        tables["plan_scenarios"] = [
            {"scenario": "dark", "change": "limit", "item": "smoke", "value": "0", "probability": 1.0}
        ]
        tables["limits"].append(
            {
                "limit": "agreed",
                "scope": "province",
                "measure": "production",
                "commodity": "metal",
                "comparison": "at-least",
                "value": 1.0,
                "first_year": 2026,
                "last_year": 2026,
            }
        )

    system = copper(hopeless)
    with pytest.raises(Refused, match="no plan for: dark"):
        study(system, scenario_names(system))


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
