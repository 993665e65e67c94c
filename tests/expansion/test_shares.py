"""Targets of structure: a share out of reach is missed by as much as it is, and told as a share (rule E24)."""

import pytest

from fansipan.expansion.answers.outcome import targets
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import solve_network


def with_share(tables, value=0.5, measure="output_share", comparison="at-least", **more):
    """A quarry of 10 t at 1 (2010 prices) stands beside the smelters, which sell metal of 2 a tonne."""
    next(row for row in tables["commodities"] if row["commodity"] == "metal")["price_2010"] = 2.0
    tables["commodities"].append(
        {
            "commodity": "stone",
            "unit": "t",
            "kind": "ore",
            "balance": "equal",
            "price_2010": 1.0,
            "accounting_price": 1.0,
        }
    )
    tables["processes"].append(
        {
            "process": "quarry",
            "site": "town",
            "reference_commodity": "stone",
            "section": "B",
            "capacity": 10.0,
            "min_load": 1.0,
        }
    )
    for row in tables["processes"]:
        row["section"] = row.get("section") or "C"
    tables["process_flows"].append({"process": "quarry", "mode": "cut", "commodity": "stone", "quantity": 1.0})
    tables["markets"].append({"site": "town", "commodity": "stone", "direction": "sell", "step": 1, "price": 0.1})
    tables["limits"].append(
        {
            "limit": "share",
            "scope": "section",
            "item": "C",
            "measure": measure,
            "value": value,
            "comparison": comparison,
            "priority": 1,
        }
        | more
    )


def told(copper, **share):
    system = copper(lambda tables: with_share(tables, **share))
    plan = solve_network(network_of(system))
    rows = targets(Indexed(system), plan).filter(limit="share").to_dicts()
    return plan, rows


def test_a_share_that_is_reached_is_told_as_a_share(copper):
    """5 t of metal a year at 2 beside 10 t of stone at 1: half of the output."""
    plan, rows = told(copper, value=0.5)
    assert plan.missed == {1: pytest.approx(0.0, abs=1e-9)}
    assert [row["year"] for row in rows] == [2025, 2026]
    assert all(row["met"] for row in rows)
    assert [row["done"] for row in rows] == pytest.approx([0.5, 0.5])


def test_a_share_out_of_reach_is_missed_as_a_part_of_itself(copper):
    """0.8 is asked of 20: 16 in manufacturing, 10 is made; 6 short, measured in 0.8 of the 10 that stand today."""
    plan, rows = told(copper, value=0.8)
    assert plan.missed[1] == pytest.approx(2 * 6 / 8, rel=1e-4)
    assert [row["asked"] for row in rows] == [0.8, 0.8]
    assert [row["missed"] for row in rows] == pytest.approx([0.3, 0.3], rel=1e-4)
    assert not any(row["met"] for row in rows)


def test_over_all_years_together_one_row_stands_for_all(copper):
    plan, rows = told(copper, value=0.8, total=True)
    assert [row["year"] for row in rows] == [2026]
    assert rows[0]["done"] == pytest.approx(0.5, rel=1e-4)
    assert plan.missed[1] == pytest.approx(12 / 8, rel=1e-4)


def test_a_ceiling_on_a_share_holds_output_back(copper):
    """At most a third of 15: 5 of metal, 2.5 t a year; hard, as no priority is stated."""
    plan, rows = told(copper, value=1 / 3, comparison="at-most", priority=None)
    assert plan.missed == {}
    assert all(row["done"] <= 1 / 3 + 1e-6 for row in rows)
    assert plan.answer.objective == pytest.approx(2 * 2.5 * 1.6 - 3 + 2 * 10 * 0.1, rel=1e-6)


def test_without_anything_standing_the_shortfall_is_in_money(copper):
    """Nothing exists: shares are measured in billion dong."""
    system = copper(
        lambda tables: tables["limits"].append(
            {
                "limit": "share",
                "scope": "section",
                "item": "Z",
                "measure": "output_share",
                "value": 0.5,
                "comparison": "at-least",
                "priority": 1,
            }
        )
    )
    network = network_of(system)
    assert network.limits.scale[-1] == 1.0
