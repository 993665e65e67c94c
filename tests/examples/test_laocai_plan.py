"""The planning system of the example: hangs together, conserves mass, carries the published figures, gives its plan."""

from collections import defaultdict

import polars as pl
import pytest

from fansipan.examples import laocai
from fansipan.examples.laocai.foundation import WRITTEN_OUT
from fansipan.expansion.answers import outcome as answers
from fansipan.expansion.answers.baseline import baseline, recorded
from fansipan.expansion.checks.contradictions import contradictions
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.system.definition import TABLES, System
from fansipan.expansion.system.scenarios import in_scenario, scenario_names
from fansipan.expansion.system.slices import with_slices
from fansipan.linear.solver import Options

# Published capacities of LAOCAI's sources, by process: t a year, or MW x 8,760 hours in million kWh.
CAPACITIES = {
    "dap-1": 330_000,
    "smelter-2": 20_000,
    "smelter-1": 10_000,
    "concentrator-a": 100_000,
    "concentrator-b": 35_000,
    "apatite-concentrator-1": 350_000,
    "plaster-1": 850_000,
    "hydro-90": 90 * 8.76,
    "hydro-72": 72 * 8.76,
    "hydro-60": 60 * 8.76,
    "hydro-40": 40 * 8.76,
    "hydro-36": 36 * 8.76,
}
# The plan of October 2022: hectares and infrastructure in billion dong.
PARKS = {"ban-qua": (107, 669), "coc-my-trinh-tuong": (897, 6997), "cam-con": (100, 925), "vo-lao": (200, 1704)}
EXPECTED_FROM = {"ban-qua": 2024, "coc-my-trinh-tuong": 2025, "cam-con": 2026, "vo-lao": 2027}


@pytest.fixture(scope="module")
def province():
    return laocai.build()


@pytest.fixture(scope="module")
def system(province):
    return System.of(province)


def test_it_is_as_large_as_a_province(system):
    assert len({row["site"] for row in system.processes.values()}) >= 15
    assert len(system.commodities) >= 40
    assert len(system.processes) >= 60
    assert len({row["candidate"] for row in system.rows("candidates")}) >= 25
    assert len(system.slices) * len(system.settings.years) == 144
    assert set(scenario_names(system)) == {"low", "base", "high"}
    assert sum(scenario_names(system).values()) == pytest.approx(1.0)


def test_every_row_of_it_is_marked_as_made_up(province):
    tables = [name for name in TABLES if name in WRITTEN_OUT and name not in ("areas", "zones", "projects")]
    assert all(set(province[name]["source"]) <= {"illustrative"} for name in tables)
    named = province["processes"].drop_nulls("name")
    assert named["name"].str.ends_with("(minh họa)").all()
    assert named["name_en"].str.ends_with("(illustrative)").all()


def test_it_passes_every_check_but_for_districts_without_a_planned_cluster(system):
    found = contradictions(system)
    assert {(fault.code, fault.severity) for fault in found} == {("plan.check.target", "warning")}
    assert {fault.value for fault in found} == {"cluster-087", "cluster-085", "cluster-084", "cluster-089"}
    for name in scenario_names(system):
        assert all(fault.severity == "warning" for fault in contradictions(in_scenario(system, name))), name


def test_capacities_are_the_published_ones(system):
    assert {code: system.processes[code]["capacity"] for code in CAPACITIES} == pytest.approx(CAPACITIES)
    steel = next(row for row in system.rows("candidates") if row["candidate"] == "steel-restart")
    assert steel["lump"] * steel["max_lumps"] == 500_000
    assert system.processes["steel-restart"]["capacity"] == 0


def test_parks_have_the_published_hectares_costs_and_years(system):
    area, cost, first = defaultdict(float), defaultdict(float), {}
    for row in system.rows("zone_stages"):
        area[row["zone"]] += row["hectares"]
        cost[row["zone"]] += row["cost"]
        first.setdefault(row["zone"], row["earliest"])
    assert {zone: (area[zone], cost[zone]) for zone in PARKS} == PARKS
    assert {zone: first[zone] for zone in PARKS} == EXPECTED_FROM


def test_prices_are_those_of_the_measures(province, system):
    fixed = dict(
        province["product_prices"].filter(pl.col("price_basis") == "constant-2010").select("product", "price").rows()
    )
    priced = [row for row in system.commodities.values() if row["product"]]
    assert len(priced) > 35
    assert all(row["price_2010"] == pytest.approx(fixed[row["product"]] / 1000) for row in priced)


@pytest.mark.parametrize("element", ["Cu", "P", "S", "Fe"])
def test_no_mode_gives_out_more_of_an_element_than_it_takes_in(system, element):
    content = {r["commodity"]: r["content"] for r in system.rows("commodity_elements") if r["element"] == element}
    mined = {(row["process"], row["block"]) for row in system.rows("deposits")}
    for mode, rows in system.modes.items():
        taken = -sum(min(row["quantity"], 0) * content.get(row["commodity"], 0) for row in rows)
        given = sum(max(row["quantity"], 0) * content.get(row["commodity"], 0) for row in rows)
        if taken and mode not in mined:
            assert 0.75 * taken <= given <= taken + 1e-9 or given == 0 or element == "S", (mode, given / taken)


def test_copper_of_the_published_concentrate_is_about_that_of_the_published_cathode(system):
    """135,000 t of concentrate at 20-25 % of copper feed smelters of 30,000 t: 27,000 to 34,000 t of copper."""
    content = {(r["commodity"], r["element"]): r["content"] for r in system.rows("commodity_elements")}
    assert 0.20 <= content["copper-concentrate", "Cu"] <= 0.25
    copper = 135_000 * content["copper-concentrate", "Cu"]
    assert 0.9 <= copper / 30_000 <= 1.15


def test_the_year_before_the_plan_is_reproduced_by_section(province, system):
    found = baseline(with_slices(system, "quarter"), recorded(dict(province), 2023), 2023)
    whole = found.sections.filter(pl.col("section") == "")
    assert whole["recorded"].item() == pytest.approx(46_100, abs=0.5)
    assert set(found.sections["section"]) == {"B", "C", "D", "E", ""}
    assert found.sections["difference"].abs().max() <= 5.0
    assert found.products["reason"].null_count() == 0
    ore = found.products.filter(pl.col("product") == "apatite-ore")
    assert ore.select("reason", "by").row(0) == ("limit", "apatite-licence")


@pytest.fixture(scope="module")
def solved(system):
    yearly = with_slices(system, "year")
    return yearly, solve_network(network_of(yearly), Options(gap=0.01), prices=False)


def test_a_plan_is_found_with_its_bound_and_closes_its_balances(solved):
    system, plan = solved
    assert plan.solved
    assert plan.answer.gap <= 0.01
    assert plan.answer.bound >= plan.answer.objective
    balance = answers.elements(Indexed(system), plan)
    assert set(balance["element"]) == {"Cu", "P", "S", "Fe"}
    assert (balance["closes"].abs() <= 1e-6 * balance["from_nature"]).all()
    assert (balance["from_nature"] > 0).all()


def test_every_target_has_a_verdict_and_only_what_cannot_be_is_missed(solved):
    system, plan = solved
    verdicts = dict(answers.targets(Indexed(system), plan).group_by("limit").agg(pl.col("met").all()).iter_rows())
    targets = {row["limit"] for row in system.rows("limits") if row["priority"]}
    missed = {limit for limit in targets if not verdicts[limit]}
    unplanned = {f"cluster-{area}" for area in ("087", "085", "084", "089")}
    assert missed == unplanned | {"output-2025", "plan-2024"}
