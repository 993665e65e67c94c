"""The curve of gap against time, and plans that a time limit ends."""

import json
from math import inf

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.plan import group as plan
from fansipan.cli.plan.search import Search, searching


def test_reports_become_a_curve_and_words(monkeypatch, tmp_path):
    monkeypatch.setenv("FANSIPAN_LANG", "vi")
    told = []
    search = Search(told.append)
    search.record(0.1, inf, 120.0)
    search.record(0.2, 100.0, 110.0)
    assert [one.split(": ", 1)[1] for one in told] == [
        "tốt nhất –, cận 120,00, khoảng cách –%",
        "tốt nhất 100,00, cận 110,00, khoảng cách 10,00%",
    ]
    assert search.frame().select("best", "bound", "gap").rows() == [(None, 120.0, None), (100.0, 110.0, 0.1)]
    assert search.frame()["seconds"].is_sorted()
    search.write(tmp_path)
    assert pl.read_csv(tmp_path / "search.csv").columns == ["seconds", "best", "bound", "gap"]


def test_without_a_terminal_nothing_is_shown(capsys):
    with searching() as search:
        search.record(0.1, 1.0, 1.0)
    assert capsys.readouterr() == ("", "")


def knapsack(folder, items=40):
    """An otoole folder that whole units make hard: each technology one unit of an odd size, demand between."""
    names = [f"T{k}" for k in range(items)]
    rows = {
        "CapacityOfOneTechnologyUnit": [f"R,{t},2020,{31 + 7 * k % 53}.{k:02}" for k, t in enumerate(names)],
        "TotalAnnualMaxCapacity": [f"R,{t},2020,{31 + 7 * k % 53}.{k:02}" for k, t in enumerate(names)],
        "CapitalCost": [f"R,{t},2020,{1 + (k % 7) / 100}" for k, t in enumerate(names)],
    }
    files = {
        "REGION": "VALUE\nR\n",
        "YEAR": "VALUE\n2020\n",
        "TIMESLICE": "VALUE\nA\n",
        "FUEL": "VALUE\nF\n",
        "TECHNOLOGY": "\n".join(["VALUE", *names]),
        "MODE_OF_OPERATION": "VALUE\n1\n",
        "YearSplit": "TIMESLICE,YEAR,VALUE\nA,2020,1\n",
        "DiscountRate": "REGION,VALUE\nR,0\n",
        "OutputActivityRatio": "\n".join(
            ["REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE", *(f"R,{t},F,1,2020,1" for t in names)]
        ),
        "AccumulatedAnnualDemand": "REGION,FUEL,YEAR,VALUE\nR,F,2020,1003.337\n",
    } | {name: "\n".join(["REGION,TECHNOLOGY,YEAR,VALUE", *lines]) for name, lines in rows.items()}
    for name, words in files.items():
        (folder / f"{name}.csv").write_text(words, encoding="utf8")
    return folder


def test_a_plan_not_proven_best_is_feasible_with_its_bound(tmp_path, monkeypatch):
    """With a gap of a half allowed, the first plan found will do; the bound holds whatever it is."""
    monkeypatch.setenv("FANSIPAN_LANG", "en")
    app = typer.Typer()
    plan.register(app)
    run = CliRunner().invoke(
        app, ["plan", "solve", str(knapsack(tmp_path)), "--format", "otoole", "--json", "--gap", "0.5"]
    )
    told = json.loads(run.stdout)
    assert run.exit_code == 0
    assert told["status"] in ("feasible", "optimal")
    assert told["bound"] <= told["objective"]
    assert told["gap"] == pytest.approx((told["objective"] - told["bound"]) / told["objective"], abs=1e-9)
    assert (told["gap"] > 1e-6) == (told["status"] == "feasible")
    assert told["integers"] == 40


def test_standard_output_is_json_alone_though_the_solver_prints(fansipan, tmp_path):
    run = fansipan("plan", "solve", knapsack(tmp_path, 5), "--format", "otoole", "--json", "-o", tmp_path / "out")
    assert json.loads(run.stdout)["status"] == "infeasible"
    assert run.returncode == 2
