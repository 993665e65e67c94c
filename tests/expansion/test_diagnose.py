"""Conflicts that only solving finds: the groups named, nothing superfluous, and the cheapest way out (rule E30)."""

from dataclasses import replace

import numpy as np
import pytest

from fansipan.expansion.answers.diagnose import diagnose
from fansipan.expansion.answers.groups import DECIDED, groups_of
from fansipan.expansion.answers.wording import amount, diagnosis_words
from fansipan.expansion.constraints.build import build
from fansipan.expansion.network.compilation import network_of
from fansipan.linear.keys import Keys
from fansipan.linear.model import Model
from fansipan.linear.solver import solve_arrays


def found(system):
    model = build(network_of(system))
    return diagnose(model, model.arrays(), system.settings.years)


def test_a_floor_and_a_cap_that_cannot_both_stand(copper):
    """12 t over two years need smoke of 2.4; the cap allows 2 in all."""

    def change(tables):
        tables["limits"].append(
            {
                "limit": "metal",
                "scope": "province",
                "measure": "production",
                "commodity": "metal",
                "comparison": "at-least",
                "value": 12.0,
                "total": True,
            }
        )

    told = found(copper(change))
    assert {group.name for group in told.groups} == {"smoke", "metal"}
    assert sum(one.amount for one in told.relaxations) > 0
    assert not told.physical


def test_a_conflict_that_only_whole_units_cause(copper):
    """A budget of 3.5 a year builds one small smelter a year; 6 t in the first year need two. With parts it could."""

    def change(tables):
        tables["limits"][0]["value"] = 9.0
        tables["limits"].append(
            {"limit": "purse", "scope": "province", "measure": "budget", "comparison": "at-most", "value": 4.6}
        )
        tables["limits"].append(
            {
                "limit": "metal",
                "scope": "province",
                "measure": "production",
                "commodity": "metal",
                "comparison": "at-least",
                "value": 6.0,
                "first_year": 2025,
                "last_year": 2025,
            }
        )

    told = found(copper(change))
    assert {group.name for group in told.groups} == {"purse", "metal"}
    purse = next((one for one in told.relaxations if one.group.name == "purse"), None)
    metal = next((one for one in told.relaxations if one.group.name == "metal"), None)
    # either 1.4 more money (of 4.6) or 2 t less (of 6): the money is the smaller part of its limit
    assert purse is not None
    assert purse.amount == pytest.approx(1.4)
    assert purse.years == (2025,)
    assert metal is None


def test_a_must_build_and_land(copper):
    def change(tables):
        tables["candidates"][1]["must"] = True
        tables["limits"].append(
            {"limit": "plot", "scope": "site", "item": "town", "measure": "land", "comparison": "at-most", "value": 7.0}
        )

    assert {(group.kind, group.name) for group in found(copper(change)).groups} == {
        ("land", "plot"),
        ("project_must", "B"),
    }


def test_a_plan_that_exists_has_no_conflict(copper):
    assert found(copper()).groups == ()


def add(tables, table, **row):
    tables.setdefault(table, []).append(row)


def agreed(tables, commodity="metal", minimum=6.0):
    next(row for row in tables["markets"] if row["commodity"] == commodity)["minimum"] = minimum


def road_too_narrow(tables):
    """6 t of metal a year are agreed; they need 12 t of ore, the road carries 8."""
    tables["limits"] = []
    agreed(tables)
    next(row for row in tables["markets"] if row["commodity"] == "ore")["site"] = "hills"
    add(tables, "zones", zone="hills", kind="cluster", name="Cụm Đồi", name_en="Hills")
    add(tables, "links", from_site="hills", to_site="town", commodity="ore", capacity=8.0)


def stack_too_small(tables):
    """The agreed sale leaves 3 t of acid a year, for which there is room for 4 in all."""
    tables["limits"] = []
    agreed(tables)
    tables["markets"] = [row for row in tables["markets"] if row["commodity"] != "acid"]
    next(row for row in tables["commodities"] if row["commodity"] == "acid").update(storable=True, stock_limit=4.0)


def disposal_too_small(tables):
    tables["limits"] = []
    agreed(tables)
    next(row for row in tables["markets"] if row["commodity"] == "acid")["maximum"] = 2.0


def ore_runs_out(tables):
    """12 t of metal in two years need 24 t of ore; 20 are in the ground and none can be bought."""
    tables["limits"] = []
    agreed(tables)
    tables["markets"] = [row for row in tables["markets"] if row["commodity"] != "ore"]
    add(tables, "processes", process="mine", site="town", reference_commodity="ore", capacity=99.0)
    add(tables, "process_flows", process="mine", mode="top", commodity="ore", quantity=1.0)
    add(tables, "deposits", deposit="Sườn Tây", block="top", order=1, commodity="ore", tonnes=20.0, process="mine")


def too_few_lumps(tables):
    tables["limits"] = []
    agreed(tables)
    tables["candidates"] = [row for row in tables["candidates"] if row["process"] == "small"]
    tables["candidates"][0]["max_lumps"] = 1


def needs_what_is_excluded(tables):
    """The agreed sale needs both smelters, which exclude each other."""
    tables["limits"] = []
    agreed(tables)
    next(row for row in tables["markets"] if row["commodity"] == "metal")["minimum"] = 12.0
    next(row for row in tables["markets"] if row["commodity"] == "metal")["maximum"] = None
    tables["candidates"][0]["excludes"] = "B"


@pytest.mark.parametrize(
    ("plant", "kinds", "named"),
    [
        (road_too_narrow, {"market_least", "link_most"}, ("Hills", "Copper concentrate")),
        (stack_too_small, {"market_least", "stock_most"}, ("the storage of Sulphuric acid",)),
        (disposal_too_small, {"market_least", "market_most"}, ("the market for Sulphuric acid",)),
        (ore_runs_out, {"market_least", "deposit_depletion"}, ("Sườn Tây",)),
        (too_few_lumps, {"market_least", "project_most"}, ("the most lumps of Small smelter",)),
        (needs_what_is_excluded, {"market_least", "project_excludes"}, ("exclude each other",)),
    ],
)
def test_the_groups_of_a_conflict_are_named_in_both_languages(copper, plant, kinds, named):
    system = copper(plant)
    told = found(system)
    assert kinds <= {group.kind for group in told.groups}
    (conflict, *ways) = diagnosis_words(system, told, "en")
    assert all(word in conflict for word in named), conflict
    assert len(ways) == len(told.relaxations) >= 1
    assert diagnosis_words(system, told, "vi")[0].startswith("Không thể cùng lúc giữ: ")


@pytest.mark.parametrize("plant", [road_too_narrow, stack_too_small, disposal_too_small, ore_runs_out, too_few_lumps])
def test_nothing_in_a_conflict_is_superfluous(copper, plant):
    """Each group let go on its own leaves a plan for the rest of the conflict."""
    system = copper(plant)
    model = build(network_of(system))
    arrays = model.arrays()
    arrays = replace(arrays, cost=np.zeros_like(arrays.cost))
    told = diagnose(model, arrays, system.settings.years)
    others = [
        one
        for one in groups_of(model, DECIDED)
        if (one.kind, one.name) not in {(group.kind, group.name) for group in told.groups}
    ]
    for left_out in told.groups:
        lower, upper = arrays.row_lower.copy(), arrays.row_upper.copy()
        for group in (left_out, *others):
            lower[group.rows], upper[group.rows] = group.dropped(arrays.row_lower, arrays.row_upper)
        assert solve_arrays(replace(arrays, row_lower=lower, row_upper=upper)).objective is not None


@pytest.mark.parametrize("plant", [road_too_narrow, stack_too_small, disposal_too_small, ore_runs_out])
def test_the_way_out_leads_out(copper, plant):
    """With its groups let go as far as the relaxation says, there is a plan."""
    system = copper(plant)
    model = build(network_of(system))
    arrays = model.arrays()
    lower, upper = arrays.row_lower.copy(), arrays.row_upper.copy()
    for one in diagnose(model, arrays, system.settings.years).relaxations:
        rows = one.group.rows
        lower[rows], upper[rows] = one.group.relaxed(arrays.row_lower, arrays.row_upper, one.amount + 1e-6)
    assert solve_arrays(replace(arrays, row_lower=lower, row_upper=upper)).objective is not None


@pytest.mark.parametrize(("rank", "gives"), [(1, "smoke"), (3, "metal")])
def test_what_matters_least_gives_way(copper, rank, gives):
    """2 t need 0.4 of smoke, 0.2 is allowed: the cap is the nearer way out, unless the floor is of a later rank."""

    def change(tables):
        tables["limits"][0]["value"] = 0.2
        add(
            tables,
            "limits",
            limit="metal",
            scope="province",
            measure="production",
            commodity="metal",
            comparison="at-least",
            value=2.0,
        )

    system = copper(change)
    model = build(network_of(system))
    told = diagnose(model, model.arrays(), system.settings.years, priority={"smoke": 1, "metal": rank})
    assert {one.group.name for one in told.relaxations} == {gives}


@pytest.mark.parametrize(
    ("value", "lang", "shown"),
    [
        (15.0, "vi", "15"),
        (0.24123, "vi", "0,2412"),
        (1234.5, "vi", "1.235"),
        (1000.0, "en", "1,000"),
        (0.5, "en", "0.5"),
        (float("inf"), "vi", "∞"),
        (0.0, "en", "0"),
        (None, "en", "–"),
        (-2.5, "en", "−2.5"),
    ],
)
def test_figures_in_sentences_have_no_idle_zeros(value, lang, shown):
    assert amount(value).in_language(lang) == shown


def test_two_groups_of_one_kind_and_name_are_told():
    """Floors of 3 under ceilings of 2, every row under the same name, as where two policies are copied from one."""
    keys = Keys(("process", "year"), (2, 2), (np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])))
    model = Model({"process": ("plant", "plant"), "year": ("2025", "2026")})
    block = model.add_variables("capacity", keys)
    own = [(np.arange(4), block.number(np.arange(4)), 1.0)]
    model.add_rows("capacity_most", keys, own, upper=2.0)
    model.add_rows("capacity_least", keys, own, lower=3.0)
    told = diagnose(model, model.arrays(), (2025, 2026))
    assert {(group.kind, group.name) for group in told.groups} == {
        ("capacity_most", "plant"),
        ("capacity_least", "plant"),
    }
    assert sum(one.amount for one in told.relaxations) == pytest.approx(4.0)
