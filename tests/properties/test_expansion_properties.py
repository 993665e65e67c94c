"""What holds for every planning system: mass is kept, more room never hurts, money is a scale (rule E36)."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fansipan.expansion.answers.outcome import elements
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.system.definition import System
from fansipan.province import Province
from fansipan.tables import REGISTRY

GOODS = ("ore", "concentrate", "metal")
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def frame(table, rows):
    schema = {name: column.dtype for name, column in REGISTRY[table].columns().items()}
    return pl.DataFrame([dict.fromkeys(schema) | {"source": "illustrative"} | row for row in rows], schema=schema)


@st.composite
def worlds(draw):
    """A chain from ore to metal at one or two sites, with losses, a stock, a lump, prices and a cap, all random."""
    share = st.floats(0.2, 0.95).map(lambda x: round(x, 3))
    price = st.floats(0.5, 9.0).map(lambda x: round(x, 2))
    content = [round(draw(st.floats(0.01, 0.1)), 4), round(draw(st.floats(0.2, 0.4)), 4), 1.0]
    recovery, smelting = draw(share), draw(share)
    far = draw(st.booleans())
    smelter = "hills" if not far else "town"
    return {
        "commodities": [
            {
                "commodity": c,
                "name": c,
                "unit": "t",
                "kind": "ore",
                "balance": draw(st.sampled_from(["equal", "at-least"])),
                "storable": draw(st.booleans()),
                "accounting_price": draw(price),
                "price_2010": 1.0,
            }
            for c in GOODS
        ],
        "commodity_elements": [
            {"commodity": c, "element": "Cu", "content": x} for c, x in zip(GOODS, content, strict=True)
        ],
        "zones": [{"zone": z, "name": z, "kind": "park"} for z in ("hills", "town")],
        "processes": [
            {"process": "mine", "name": "mine", "site": "hills", "reference_commodity": "ore", "capacity": 100.0},
            {
                "process": "mill",
                "name": "mill",
                "site": "hills",
                "reference_commodity": "concentrate",
                "capacity": draw(st.floats(1.0, 5.0).map(lambda x: round(x, 2))),
                "variable_cost": 0.1,
            },
            {
                "process": "smelter",
                "name": "smelter",
                "site": smelter,
                "reference_commodity": "metal",
                "capacity": 0.5,
                "variable_cost": 0.2,
                "life": 3,
            },
        ],
        "process_flows": [
            {"process": "mine", "mode": "dig", "commodity": "ore", "quantity": 1.0},
            {"process": "mill", "mode": "mill", "commodity": "concentrate", "quantity": 1.0},
            {
                "process": "mill",
                "mode": "mill",
                "commodity": "ore",
                "quantity": -round(content[1] / content[0] / recovery, 6),
            },
            {"process": "smelter", "mode": "melt", "commodity": "metal", "quantity": 1.0},
            {
                "process": "smelter",
                "mode": "melt",
                "commodity": "concentrate",
                "quantity": -round(1 / content[1] / smelting, 6),
            },
        ],
        "links": [{"from_site": "hills", "to_site": "town", "commodity": "concentrate", "cost": 0.05, "loss": 0.02}],
        "markets": [
            {"site": smelter, "commodity": "metal", "direction": "sell", "step": 1, "price": draw(price) * 10},
            {
                "site": "hills",
                "commodity": "concentrate",
                "direction": "sell",
                "step": 1,
                "price": draw(price),
                "maximum": 2.0,
            },
        ],
        "candidates": [
            {"candidate": "S2", "process": "smelter", "lump": 0.4, "max_lumps": 2, "capital": draw(price), "lead": 1}
        ],
        "limits": [
            {
                "limit": "cap",
                "name": "cap",
                "scope": "province",
                "measure": "production",
                "commodity": "ore",
                "comparison": "at-most",
                "value": draw(st.floats(1.0, 90.0).map(lambda x: round(x, 2))),
            }
        ],
        "plan_slices": [{"slice": "dry", "order": 1, "hours": 3000.0}, {"slice": "wet", "order": 2, "hours": 5760.0}],
        "plan_settings": [{"setting": "first_year", "value": "2025"}, {"setting": "last_year", "value": "2027"}],
    }


def system(tables):
    return System.of(Province({name: frame(name, rows) for name, rows in tables.items()}))


def solved(tables):
    asked = system(tables)
    return asked, solve_network(network_of(asked), prices=False)


@FEW
@given(worlds())
def test_each_element_that_comes_in_goes_out_or_stays_in_stock(tables):
    asked, plan = solved(tables)
    (row,) = elements(Indexed(asked), plan).to_dicts()
    assert row["closes"] == pytest.approx(0.0, abs=1e-6 * max(row["from_nature"], 1.0))
    assert row["from_nature"] >= row["sold"] - 1e-6


@FEW
@given(worlds(), st.floats(1.01, 3.0))
def test_relaxing_a_limit_never_lowers_the_best(tables, factor):
    _, before = solved(tables)
    tables["limits"][0]["value"] *= factor
    _, after = solved(tables)
    assert after.answer.objective >= before.answer.objective - 1e-6 * max(abs(before.answer.objective), 1.0)


@FEW
@given(worlds())
def test_doubling_prices_and_costs_doubles_the_best(tables):
    _, once = solved(tables)
    for table, columns in (
        ("markets", ["price"]),
        ("links", ["cost"]),
        ("candidates", ["capital"]),
        ("processes", ["variable_cost", "fixed_cost"]),
        ("commodities", ["accounting_price"]),
    ):
        for row in tables[table]:
            for column in (c for c in columns if row.get(c) is not None):
                row[column] *= 2
    _, twice = solved(tables)
    assert twice.answer.objective == pytest.approx(2 * once.answer.objective, rel=1e-5, abs=1e-5)
