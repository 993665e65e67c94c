"""Scenarios: what each change does, in what order, from which ancestor; what is refused."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month, month_range
from fansipan.scenario.changes import Change, applied, delays_asked, of_quantities, scenario_of, selected
from fansipan.scenario.comparison import under
from fansipan.scenario.projection import project
from scenario.conftest import last_years_month

MONTHS = tuple(month_range(Month(2024, 6), Month(2024, 9)))


def change(act, value, select="all", item=None, first=None, last=None):
    return Change("s", select, item, act, value, first, last, "vì", "because", "illustrative")


def laid_on(lines, quantities, *changes):
    return applied(changes, lines, MONTHS, np.array(quantities, dtype=float))


@pytest.fixture
def two(may):
    """Two lines of the example: one of mining, one of manufacturing."""
    frame = may.lines.frame
    keep = [frame["section"].to_list().index(section) for section in ("B", "C")]
    return replace(may.lines, frame=frame[keep], quantities=may.lines.quantities[keep], imputed=may.lines.imputed[keep])


START = [[10.0, 20.0, 30.0, 40.0], [30.0, 20.0, 10.0, 0.0]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (change("multiply", 1.5), [[15, 30, 45, 60], [45, 30, 15, 0]]),
        (change("add", 4), [[11, 22, 33, 44], [33, 22, 11, 0]]),
        (change("set", 8), [[2, 4, 6, 8], [6, 4, 2, 0]]),
        (change("cap", 20), [[5, 10, 15, 20], [15, 10, 5, 0]]),
        (change("cap", 1000), START),
        (change("cap", 0), [[0] * 4, [0] * 4]),
        (change("shift", 2), [[10, 10, 10, 20], [30, 30, 30, 20]]),
        (change("shift", 0), START),
        (change("shift", 9), [[10] * 4, [30] * 4]),
        (change("multiply", -1), [[0] * 4, [0] * 4]),
        (change("multiply", 2, "industry", "B"), [[20, 40, 60, 80], START[1]]),
        (change("multiply", 2, first=Month(2024, 8)), [[10, 20, 60, 80], [30, 20, 20, 0]]),
        (change("multiply", 2, last=Month(2024, 6)), [[20, 20, 30, 40], [60, 20, 10, 0]]),
        (change("multiply", 2, first=Month(2025, 1)), START),
    ],
)
def test_each_change_does_what_it_says(two, asked, expected):
    assert laid_on(two, START, asked) == pytest.approx(np.array(expected, dtype=float))


def test_what_stands_still_is_set_evenly(two):
    assert laid_on(two, np.zeros((2, 4)), change("set", 6)) == pytest.approx(np.full((2, 4), 3.0))


def test_changes_follow_one_another(two):
    found = laid_on(two, START, change("multiply", 2), change("cap", 60))
    assert found.sum(axis=0) == pytest.approx([60, 60, 60, 60])


@given(st.floats(0, 3), st.floats(0, 100))
def test_the_baseline_is_left_as_it_is_and_nothing_falls_below_zero(may, factor, amount):
    before = may.before.copy()
    scenario = replace(scenario_of_none(), changes=(change("multiply", factor), change("add", -amount)))
    assert under(may, scenario).quantities.min() >= 0
    assert np.array_equal(may.before, before)


def scenario_of_none():
    from fansipan.scenario.changes import Scenario

    return Scenario("s", "s", "s")


def test_a_scenario_takes_its_ancestors_changes_first(laocai):
    low = scenario_of(laocai, "low")
    assert [one.scenario for one in low.changes] == ["base", "low", "low", "low"]
    assert (low.parent, scenario_of(laocai).changes) == ("base", ())


def test_low_is_below_base_is_below_high(laocai, may):
    totals = [
        (under(may, scenario_of(laocai, code)).quantities * may.lines.price()[:, None]).sum()
        for code in ("low", "base", "high")
    ]
    assert totals == sorted(totals)
    assert totals[0] < totals[1] < totals[2]


def test_under_a_scenario_is_what_projecting_it_gives(laocai, may):
    direct = project(laocai, Month(2024, 5), scenario="high", forecaster=last_years_month)
    assert under(may, scenario_of(laocai, "high")).quantities == pytest.approx(direct.quantities)


def test_a_stopped_plant_runs_again_only_under_the_assumption(laocai, may):
    steel = may.lines.places("product", "steel-billet")
    assert under(may, scenario_of(laocai, "high")).quantities[steel, -3:].sum() == pytest.approx(45_000)
    assert not under(may, scenario_of(laocai, "base")).quantities[steel, may.known :].any()


def test_shifting_a_project_moves_its_start_and_not_its_output():
    move = change("shift", 3, "project", "new")
    assert delays_asked((move,), ["old", "new"]).tolist() == [0.0, 3.0]
    assert of_quantities((move, change("multiply", 2))) == (change("multiply", 2),)


def test_what_is_not_there_is_refused(laocai, two):
    with pytest.raises(NotFound, match="lowe"):
        scenario_of(laocai, "lowe")
    with pytest.raises(NotFound, match="cobalt"):
        selected(change("multiply", 2, "product", "cobalt"), two)
    parent = pl.when(pl.col("scenario") == "base").then(pl.lit("low")).otherwise("parent")
    rows = laocai["scenarios"].with_columns(parent.alias("parent"))
    with pytest.raises(Refused, match="low"):
        scenario_of(laocai.replace(scenarios=rows), "low")
