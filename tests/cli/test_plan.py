"""`fansipan plan solve` as a user runs it: statuses, exit codes, JSON alone on standard output, result files."""

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from fansipan import cli

COPPER = Path(__file__).parents[1] / "cases" / "expansion" / "copper"
KEYS = [
    "status",
    "objective",
    "bound",
    "gap",
    "seconds_build",
    "seconds_solve",
    "variables",
    "constraints",
    "integers",
    "messages",
]


@pytest.fixture
def fansipan(monkeypatch, capsys):
    """Run the command line in this process; what it printed and its exit code."""

    def run(*arguments, lang="en"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setattr(sys, "argv", ["fansipan", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        printed = capsys.readouterr()
        return SimpleNamespace(stdout=printed.out, stderr=printed.err, returncode=end.value.code or 0)

    return run


def model(folder, demand=5.0, cost=2.0, unit=0.0, most=-1.0):
    """A technology that makes one fuel, as an otoole folder."""
    files = {
        "REGION": "VALUE\nR\n",
        "YEAR": "VALUE\n2020\n",
        "TIMESLICE": "VALUE\nA\n",
        "TECHNOLOGY": "VALUE\nT\n",
        "FUEL": "VALUE\nF\n",
        "MODE_OF_OPERATION": "VALUE\n1\n",
        "YearSplit": "TIMESLICE,YEAR,VALUE\nA,2020,1\n",
        "DiscountRate": "REGION,VALUE\nR,0\n",
        "OutputActivityRatio": "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE\nR,T,F,1,2020,1\n",
        "AccumulatedAnnualDemand": f"REGION,FUEL,YEAR,VALUE\nR,F,2020,{demand}\n",
        "VariableCost": f"REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE\nR,T,1,2020,{cost}\n",
        "CapacityOfOneTechnologyUnit": f"REGION,TECHNOLOGY,YEAR,VALUE\nR,T,2020,{unit}\n",
        "CapitalCost": "REGION,TECHNOLOGY,YEAR,VALUE\nR,T,2020,1\n",
        "TotalTechnologyAnnualActivityUpperLimit": f"REGION,TECHNOLOGY,YEAR,VALUE\nR,T,2020,{most}\n",
    }
    folder.mkdir(exist_ok=True)
    for name, words in files.items():
        (folder / f"{name}.csv").write_text(words, encoding="utf8")
    return folder


@pytest.mark.parametrize(
    ("changes", "status", "code", "objective"),
    [
        ({}, "optimal", 0, 15.0),
        ({"unit": 4.0}, "optimal", 0, 18.0),
        ({"most": 3.0}, "infeasible", 2, None),
        ({"cost": -2.0}, "unbounded", 2, None),
    ],
)
def test_statuses_and_exit_codes(fansipan, tmp_path, changes, status, code, objective):
    run = fansipan("plan", "solve", model(tmp_path / "m", **changes), "--format", "otoole", "--json")
    told = json.loads(run.stdout)
    assert list(told) == KEYS
    assert (told["status"], run.returncode) == (status, code)
    assert told["objective"] == (None if objective is None else pytest.approx(objective))
    assert (told["gap"] is None) == (objective is None)
    assert told["integers"] == (1 if changes.get("unit") else 0)
    assert told["variables"] > 0
    assert told["constraints"] > 0


def test_faults_are_the_messages_of_an_invalid_model(fansipan, tmp_path):
    folder = model(tmp_path / "m")
    (folder / "CapitalCost.csv").write_text("REGION,TECHNOLOGY,YEAR,VALUE\nR,X,2020,1\nR,T,2020,dear\n")
    run = fansipan("plan", "solve", folder, "--format", "otoole", "--json")
    told = json.loads(run.stdout)
    assert (told["status"], told["objective"], run.returncode) == ("invalid", None, 1)
    assert "CapitalCost.csv, row 2" in told["messages"][1]
    assert "CapitalCost.csv, row 3" in told["messages"][0]


def test_a_folder_that_is_not_there(fansipan, tmp_path):
    run = fansipan("plan", "solve", tmp_path / "none", "--format", "otoole", "--json", lang="vi")
    assert (json.loads(run.stdout)["status"], run.returncode) == ("invalid", 1)
    assert "Không có thư mục" in json.loads(run.stdout)["messages"][0]


def test_an_unknown_format(fansipan, tmp_path):
    run = fansipan("plan", "solve", tmp_path, "--format", "lotus", "--json")
    assert (json.loads(run.stdout)["status"], run.returncode) == ("invalid", 1)


def test_the_answer_in_words_and_its_tables(fansipan, tmp_path):
    run = fansipan("plan", "solve", model(tmp_path / "m"), "--format", "otoole", "-o", tmp_path / "out", lang="vi")
    assert run.returncode == 0
    assert "phương án tối ưu" in run.stdout
    assert "15,0000" in run.stdout
    with (tmp_path / "out" / "new.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == [{"process": "T", "year": "2020", "value": "5.0"}]


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """The copper system of the planning tests, as a folder of a province's tables."""
    folder = tmp_path_factory.mktemp("copper")
    for file in COPPER.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    words = "scenario,change,item,value,probability,source\ncheap,price,metal,0.65,0.5,illustrative\n"
    (folder / "plan_scenarios.csv").write_text(words, encoding="utf8")
    return folder


def test_a_provinces_system_is_solved_for_value(fansipan, province, tmp_path):
    run = fansipan("plan", "solve", province, "--json", "-o", tmp_path / "out")
    told = json.loads(run.stdout)
    assert (told["status"], told["objective"], run.returncode) == ("optimal", pytest.approx(10.0), 0)
    assert told["integers"] == 4
    with (tmp_path / "out" / "builds.csv").open(encoding="utf-8-sig") as stream:
        assert [(row["project"], row["year"], row["lumps"]) for row in csv.DictReader(stream)] == [("S", "2025", "2.0")]
    assert "optimal plan" in (tmp_path / "out" / "index.html").read_text(encoding="utf8")


def test_a_scenario_is_named(fansipan, province):
    told = json.loads(fansipan("plan", "solve", province, "--scenario", "cheap", "--json").stdout)
    assert told["objective"] == pytest.approx(0.0)
    run = fansipan("plan", "solve", province, "--scenario", "dear", "--json")
    assert (json.loads(run.stdout)["status"], run.returncode) == ("invalid", 1)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("bottlenecks",), "1. giới hạn «Hạn mức khí thải» (2025–2026): nới 0,2 thêm được 3,2 tỷ đồng"),
        (("diagnose",), "Không có mâu thuẫn"),
        (("alternatives",), "Lò luyện nhỏ: có mặt trong mọi phương án tốt."),
        (("compare",), "không xây gì mới"),
        (("frontier", "jobs", "objective", "--count", "2"), "260,000"),
    ],
)
def test_the_questions_are_answered_in_words(fansipan, province, question, said):
    run = fansipan("plan", question[0], province, *question[1:], lang="vi")
    assert run.returncode == 0, run.stderr
    assert said in run.stdout


@pytest.mark.parametrize("question", [("bottlenecks",), ("diagnose",), ("alternatives",), ("compare",)])
def test_the_questions_are_answered_as_json(fansipan, province, question):
    assert json.loads(fansipan("plan", *question, province, "--json").stdout) is not None


def test_points_of_the_frontier_that_were_not_found_are_said(fansipan, province, monkeypatch):
    from fansipan.expansion.answers import frontier

    solve, calls = frontier.solve_arrays, []

    def stopped_once(arrays, options):
        calls.append(arrays)
        answer = solve(arrays, options)
        return replace(answer, status="no-plan-found", objective=None) if len(calls) == 4 else answer

    monkeypatch.setattr(frontier, "solve_arrays", stopped_once)
    run = fansipan("plan", "frontier", province, "jobs", "objective", "--count", "3", "--json")
    assert (run.returncode, len(json.loads(run.stdout))) == (0, 2)
    assert "Only 2 of 3 points" in run.stderr


def test_an_unknown_measure_is_refused(fansipan, province):
    run = fansipan("plan", "frontier", province, "happiness", "objective")
    assert run.returncode == 1
    assert "There is no measure happiness" in run.stderr


def test_the_questions_of_an_otoole_folder(fansipan, tmp_path):
    """A cap of 3 on a demand of 5 stands in the way; a cap of 5 is worth nothing more but costs when it shrinks."""
    tight = fansipan("plan", "diagnose", model(tmp_path / "m", most=3.0), "--format", "otoole", "--json")
    told = json.loads(tight.stdout)
    assert told["physical"] is False
    assert [group["kind"] for group in told["groups"]] == ["activity_most", "annual_balance"]
    assert told["relaxations"][0]["amount"] == pytest.approx(2.0)
