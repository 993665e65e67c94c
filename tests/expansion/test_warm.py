"""A search started from an earlier answer ends where it would have ended, and sooner (rule E40)."""

import json
from dataclasses import replace

import numpy as np
import pytest

from fansipan.errors import InvalidInput, NotFound
from fansipan.expansion.answers.outcome import builds, openings
from fansipan.expansion.constraints.build import build
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import solve_model, solve_network
from fansipan.expansion.solve.warm_start import read_decisions, start_from
from fansipan.linear.solver import Options
from support.province_models import province


def written(folder, system, plan):
    builds(Indexed(system), plan).write_csv(folder / "builds.csv", include_bom=True)
    openings(plan).write_csv(folder / "openings.csv", include_bom=True)
    return folder


@pytest.mark.parametrize("seed", [1, 3, 8, 21])
def test_what_was_best_is_where_the_next_search_starts(make_system, tmp_path, seed):
    system = make_system(province(seed))
    network = network_of(system)
    model = build(network)
    arrays = model.arrays()
    best = solve_network(network, prices=False)
    columns = start_from(network, model, arrays, read_decisions(written(tmp_path, system, best)))
    for name in ("units", "stage"):
        block = model.variables.get(name)
        if block is not None:
            assert columns[block.span] == pytest.approx(best.answer.columns[block.span])
    again = solve_model(network, model, arrays, Options(start=columns), prices=False)
    assert again.answer.objective == pytest.approx(best.answer.objective, rel=1e-5, abs=1e-6)
    assert again.missed == pytest.approx(best.missed, rel=1e-5, abs=1e-5)


def test_a_poor_start_does_no_harm(copper):
    """The big smelter for 7: the search still finds 10."""
    system = copper()
    network = network_of(system)
    model = build(network)
    arrays = model.arrays()
    columns = start_from(network, model, arrays, {"builds": {("big", 2025): 1.0}, "openings": {}})
    assert float(arrays.cost @ columns) == pytest.approx(7.0)
    assert solve_model(network, model, arrays, Options(start=columns)).answer.objective == pytest.approx(10.0)


def test_what_can_no_longer_be_built_is_left_out(copper):
    system = copper()
    network = network_of(system)
    model = build(network)
    decisions = {"builds": {("small", 1999): 1.0, ("gone", 2025): 2.0, ("small", 2025): 1.0}, "openings": {}}
    columns = start_from(network, model, model.arrays(), decisions)
    assert columns[model.variables["units"].span].sum() == pytest.approx(1.0)


def test_decisions_that_break_a_limit_are_no_start(copper):
    """More lumps than the project may have."""
    system = copper()
    network = network_of(system)
    model = build(network)
    decisions = {"builds": {("small", 2025): 9.0}, "openings": {}}
    assert start_from(network, model, model.arrays(), decisions) is None


@pytest.mark.parametrize("columns", [np.zeros(3), None])
def test_columns_of_another_model_are_not_used(copper, columns):
    plan = solve_network(network_of(copper()), Options(start=columns), prices=False) if columns is None else None
    network = network_of(copper())
    model = build(network)
    broken = np.full(len(model.arrays().cost), 99.0)
    found = solve_model(network, model, model.arrays(), replace(Options(), start=broken), prices=False)
    assert found.answer.objective == pytest.approx(10.0)
    assert plan is None or plan.answer.objective == pytest.approx(10.0)


def test_a_folder_without_an_answer_is_refused(tmp_path):
    with pytest.raises(NotFound, match=r"builds\.csv"):
        read_decisions(tmp_path)


@pytest.mark.parametrize("text", ["process,lumps\nsmall,1\n", "process,year,lumps\nsmall,soon,1\n"])
def test_an_answer_that_cannot_be_read_is_refused(tmp_path, text):
    (tmp_path / "builds.csv").write_text(text, encoding="utf8")
    (tmp_path / "openings.csv").write_text("zone,stage,year\n", encoding="utf8")
    with pytest.raises(InvalidInput, match="year"):
        read_decisions(tmp_path)


def test_the_command_starts_from_what_it_wrote(fansipan, tmp_path):
    from pathlib import Path

    copper = Path(__file__).parents[1] / "cases" / "expansion" / "copper"
    first = fansipan("plan", "solve", copper, "--json", "-o", tmp_path / "out")
    again = fansipan("plan", "solve", copper, "--json", "--start", tmp_path / "out", lang="en")
    told = [json.loads(run.stdout) for run in (first, again)]
    assert told[0]["objective"] == told[1]["objective"] == pytest.approx(10.0)
    assert any(message.startswith("Started from") for message in told[1]["messages"])
    lost = fansipan("plan", "solve", copper, "--json", "--start", tmp_path / "nowhere")
    assert lost.returncode == 1
    assert json.loads(lost.stdout)["status"] == "invalid"
