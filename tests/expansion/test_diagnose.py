"""Conflicts that only solving finds: the groups named, nothing superfluous, and the cheapest way out (rule E30)."""

import pytest

from fansipan.expansion.build import build
from fansipan.expansion.compiled import network_of
from fansipan.expansion.diagnose import diagnose


def found(system):
    model = build(network_of(system))
    return diagnose(model, model.arrays(), system.settings.years)


def test_a_floor_and_a_cap_that_cannot_both_stand(copper):
    """12 t over two years need smoke of 2.4; the cap allows 2 in all."""

    def change(tables):
        tables["limits"].append(
            {"limit": "metal", "scope": "province", "measure": "production", "commodity": "metal",
             "comparison": "at-least", "value": 12.0, "total": True}
        )  # fmt: skip

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
        )  # fmt: skip
        tables["limits"].append(
            {"limit": "metal", "scope": "province", "measure": "production", "commodity": "metal",
             "comparison": "at-least", "value": 6.0, "first_year": 2025, "last_year": 2025}
        )  # fmt: skip

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
        )  # fmt: skip

    assert {(group.kind, group.name) for group in found(copper(change)).groups} == {
        ("land", "plot"), ("project_must", "B"),
    }  # fmt: skip


def test_a_plan_that_exists_has_no_conflict(copper):
    assert found(copper()).groups == ()
