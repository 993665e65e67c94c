"""What must hold of every province's plan, tried on random ones that use every planning table (rule E36).

Room never hurts, money is a scale, and nothing depends on the order of rows, on the unit in which a commodity is
counted, or on how finely a year of equal days is cut.
"""

import copy
import random

import polars as pl
import pytest

from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.system.definition import System
from fansipan.province import Province
from fansipan.tables import REGISTRY
from support.province_models import province

SEEDS = (1, 2, 3, 5, 8, 21)
MONEY = {
    "markets": ("price",),
    "links": ("cost",),
    "candidates": ("capital",),
    "zone_stages": ("cost",),
    "processes": ("fixed_cost", "variable_cost"),
    "commodities": ("accounting_price", "price_2010"),
}


def frame(table, rows):
    schema = {name: column.dtype for name, column in REGISTRY[table].columns().items()}
    filled = [dict.fromkeys(schema) | {"source": "illustrative"} | row for row in rows]
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in filled], schema=schema)


def plan_of(tables):
    system = System.of(Province({name: frame(name, rows) for name, rows in tables.items()}))
    return solve_network(network_of(system), prices=False)


def value(tables):
    return plan_of(tables).answer.objective


def without_targets(seed):
    """A random province in which nothing is elastic, so that its value is all there is to look at."""
    tables = province(seed)
    tables["limits"] = [row for row in tables["limits"] if not row.get("priority")]
    return tables


@pytest.mark.parametrize("seed", SEEDS)
def test_more_room_never_hurts(seed):
    tables = without_targets(seed)
    before = value(tables)
    for row in tables["limits"]:
        if row["comparison"] == "at-most":
            kept, row["value"] = row["value"], row["value"] * 1.4
            assert value(tables) >= before - 1e-6 * max(abs(before), 1.0), row["limit"]
            row["value"] = kept


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lump_more_and_a_wider_road_never_hurt(seed):
    tables = without_targets(seed)
    before = value(tables)
    wider = copy.deepcopy(tables)
    for row in wider["candidates"]:
        row["max_lumps"] += 1
    for row in wider["links"]:
        row["capacity"] = None
    assert value(wider) >= before - 1e-6 * max(abs(before), 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_doubling_all_money_doubles_the_value(seed):
    tables = without_targets(seed)
    tables["limits"] = [row for row in tables["limits"] if row["measure"] != "budget"]
    before = value(tables)
    for table, columns in MONEY.items():
        for row in tables[table]:
            row.update({name: 2 * row[name] for name in columns if row.get(name) is not None})
    assert value(tables) == pytest.approx(2 * before, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_says_nothing(seed):
    tables = province(seed)
    before = plan_of(tables)
    shuffled = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in tables.items()}
    after = plan_of(shuffled)
    assert after.answer.objective == pytest.approx(before.answer.objective, rel=1e-4, abs=1e-6)
    assert after.missed == pytest.approx(before.missed, rel=1e-5, abs=1e-5)


def in_kilograms(tables, commodity):
    """The same province with one commodity counted in thousandths: amounts grow, prices shrink."""
    for row in tables["process_flows"]:
        row["quantity"] *= 1000 if row["commodity"] == commodity else 1
    for table, columns in (("markets", ("minimum", "maximum")), ("links", ("capacity",))):
        for row in tables[table]:
            if row["commodity"] == commodity:
                row.update({name: row[name] * 1000 for name in columns if row.get(name) is not None})
                name = "price" if table == "markets" else "cost"
                row[name] = None if row.get(name) is None else row[name] / 1000
    for row in (row for row in tables["commodities"] if row["commodity"] == commodity):
        row["unit"] = "kg"
        for name in ("accounting_price", "price_2010"):
            row[name] = None if row[name] is None else row[name] / 1000
        if row.get("stock_limit") is not None:
            row["stock_limit"] *= 1000
    for row in tables["limits"]:
        row["value"] *= 1000 if row.get("commodity") == commodity else 1


@pytest.mark.parametrize("commodity", ["metal", "acid", "tea"])
@pytest.mark.parametrize("seed", SEEDS[:4])
def test_the_unit_of_a_commodity_says_nothing(seed, commodity):
    tables = without_targets(seed)
    before = value(tables)
    in_kilograms(tables, commodity)
    assert value(tables) == pytest.approx(before, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("parts", [2, 5])
@pytest.mark.parametrize("seed", SEEDS[:4])
def test_a_year_of_equal_days_may_be_cut_as_one_likes(seed, parts):
    """Without months that differ (the dam apart) slices of one kind add up to the year."""
    tables = without_targets(seed)
    tables["hydro_inflow"], tables["availability"] = [], []
    tables["plan_slices"] = []
    whole = value(tables)
    hours = [8760.0 * (k + 1) / (parts * (parts + 1) / 2) for k in range(parts)]
    tables["plan_slices"] = [{"slice": f"s{k}", "order": k, "hours": length} for k, length in enumerate(hours, 1)]
    assert value(tables) == pytest.approx(whole, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_target_takes_is_never_gained_by_it(seed):
    """With targets first, value is at most what it is without them."""
    tables = province(seed)
    with_targets = plan_of(tables)
    assert with_targets.answer.objective <= value(without_targets(seed)) + 1e-6
    assert all(short >= 0 for short in with_targets.missed.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bound_is_always_told_and_never_below_the_value(seed):
    answer = plan_of(province(seed)).answer
    assert answer.bound >= answer.objective - 1e-6 * max(abs(answer.objective), 1.0)
    assert answer.gap <= 1e-6 or answer.status == "feasible"
