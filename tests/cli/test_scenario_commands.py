"""``fansipan scenario list | show | new | project | simulate | compare`` as they are typed, with a quick forecaster."""

import csv
import json
import sys

import polars as pl
import pytest

from fansipan.cli import main
from fansipan.cli.scenario import inputs as scenario_inputs
from fansipan.examples.laocai import build
from fansipan.province import Province
from fansipan.scenario import projection
from scenario.conftest import last_years_month


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("laocai") / "province"
    build().write(path)
    return path


@pytest.fixture
def run(monkeypatch, capsys):
    def quick(*arguments, **options):
        return projection.project(*arguments, forecaster=last_years_month, **options)

    monkeypatch.setattr(scenario_inputs, "project", quick)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words, lang="en"):
        monkeypatch.setattr(sys, "argv", ["fansipan", "scenario", *map(str, words), "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return run


def test_list_names_the_baseline_and_the_examples_cases(run, folder):
    status, told, _ = run("list", folder, "--json")
    assert status == 0
    assert [row["scenario"] for row in json.loads(told)] == ["baseline", "base", "low", "high"]
    assert "Kịch bản thấp" in run("list", folder, lang="vi")[1]


def test_show_tells_reasons_and_from_which_ancestor(run, folder):
    rows = json.loads(run("show", folder, "low", "--json")[1])
    assert [(row["scenario"], row["own"]) for row in rows] == [("base", False), *[("low", True)] * 3]
    assert all(row["reason"] for row in rows)
    status, _, told = run("show", folder, "lowest")
    assert (status, "There is no scenario lowest" in told) == (1, True)


def test_new_adds_a_scenario_and_overwrites_none(run, tmp_path):
    folder = tmp_path / "p"
    build().write(folder)
    change = "multiply industry=20 0.9 2024-07..2024-12 Ore is short"
    made = ("new", folder, "dry", "--name", "Khô hạn", "--name-en", "Drought", "--parent", "low", "--change", change)
    status, told, _ = run(*made)
    assert (status, "1 changes" in told) == (0, True)
    kept = Province.read(folder)["scenario_changes"].filter(scenario="dry").row(0, named=True)
    assert (kept["act"], kept["item"], kept["value"], kept["reason"]) == ("multiply", "20", 0.9, "Ore is short")
    assert (kept["first_month"], kept["last_month"]) == ("2024-07", "2024-12")
    status, _, told = run(*made)
    assert (status, "exists already" in told) == (1, True)


@pytest.mark.parametrize(
    "written", ["double everything", "multiply industry=20 much reason", "grow all 2 reason", "set"]
)
def test_a_change_that_is_not_understood_is_refused_with_the_form(run, folder, written):
    before = (folder / "scenario_changes.csv").read_bytes()
    status, _, told = run("new", folder, "x", "--name", "x", "--change", written)
    assert (status, "multiply industry=20 0.93" in told) == (1, True)
    assert (folder / "scenario_changes.csv").read_bytes() == before


def test_a_parent_that_is_not_there_is_refused(run, folder):
    assert run("new", folder, "x", "--name", "x", "--parent", "nobody")[0] == 1


def test_project_by_section_and_quarter_ends_with_the_whole(run, folder, tmp_path):
    status, _, warned = run("project", folder, "--month", "2024-05", "-o", tmp_path / "p.csv", "--paths", 50)
    assert status == 0
    assert "gypsum-recycling" in warned
    with (tmp_path / "p.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["section"] for row in rows[::4]] == ["B", "C", "D", "E", "total"]
    assert sum(float(row["value"]) for row in rows[:16]) == pytest.approx(sum(float(row["value"]) for row in rows[16:]))
    assert rows[0]["known"] == "true"
    shown = run("project", folder, "--month", "2024-05", "--by", "total", "--period", "year", "--paths", 50, lang="vi")[
        1
    ]
    assert "Năm 2024 nhìn từ 05/2024, kịch bản: Đường cơ sở" in shown


def test_project_since_an_earlier_month_tells_which_return_changed_it(run, folder):
    rows = json.loads(run("project", folder, "--since", "2024-04", "--json")[1])
    assert abs(rows[0]["change"]) >= abs(rows[-1]["change"])
    assert "Arrived less expected" in run("project", folder, "--since", "2024-04")[1]


def test_simulate_tells_distribution_chances_and_drivers(run, folder):
    shown = run("simulate", folder, "--paths", 200, "--measure", "growth", "--scope", "section=C")[1]
    for words in ("Growth of gross output (%), Manufacturing", "Chance of plans and targets", "dry and wet years"):
        assert words in shown
    rows = json.loads(run("simulate", folder, "--paths", 200, "--json")[1])
    assert {row["table"] for row in rows} == {"distribution", "chances", "drivers"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--measure", "profit"), "no measure profit"),
        (("--scope", "C"), "not understood"),
        (("--paths", "0"), "200000"),
        (("--until", "2024-01"), "cannot be projected"),
        (("--month", "2030-01"), "2024-05"),
    ],
)
def test_simulate_refuses(run, folder, options, words):
    status, _, told = run("simulate", folder, *options)
    assert (status, words in told) == (1, True)


def test_compare_puts_the_scenarios_side_by_side(run, folder):
    rows = json.loads(run("compare", folder, "low", "high", "--paths", 100, "--json")[1])
    assert [row["scenario"] for row in rows] == ["low", "high"]
    assert rows[0]["output"] < rows[1]["output"]
    assert "Kịch bản cao" in run("compare", folder, "--paths", 50, lang="vi")[1]


def test_a_plan_published_later_is_not_compared_with(run, folder, tmp_path):
    province = Province.read(folder)
    later = province["plans"].with_columns(published_on=pl.date(2024, 6, 15), document=pl.lit(None, pl.String))
    province.replace(plans=later).write(tmp_path / "province")
    for day, known in (("2024-05-31", False), ("2024-06-15", True)):
        asked = ("base", "--month", "2024-05", "--known-on", day, "--paths", 50, "--json")
        [row] = json.loads(run("compare", tmp_path / "province", *asked)[1])
        assert (row["plan"] is not None, row["chance"] is not None) == (known, known)


@pytest.mark.parametrize(
    "command", [("compare", "late"), ("project", "--scenario", "late"), ("simulate", "--scenario", "late")]
)
def test_a_change_that_does_nothing_is_said(run, folder, tmp_path, command):
    copy = tmp_path / "province"
    Province.read(folder).write(copy)
    changes = [
        "--change",
        "multiply product=cement 1.2 2024-01..2024-03 Past",
        "--change",
        "multiply industry=20 0.9 Ore",
    ]
    run("new", copy, "late", "--name", "Thử", *changes)
    status, _, said = run(command[0], copy, *command[1:], "--paths", 50)
    assert status == 0
    assert "“multiply by 1.2, product Cement (cement), 2024-01 – 2024-03” moves none" in said
    assert said.count("moves none") == 1


def test_the_scenarios_that_ship_do_something(run, folder):
    assert "moves none" not in run("compare", folder, "--paths", 50)[2]


def test_new_refuses_what_could_never_apply(run, folder):
    for change, words in (
        ("multiply product=cemnt 0.9 Ore", "cement"),
        ("multiply product=cement 0.9 2024-09..2024-07 Ore", "2024-09"),
        ("shift industry=20 1.5 Late", "whole months"),
    ):
        status, _, told = run("new", folder, "wrong", "--name", "Sai", "--change", change)
        assert (status, words in told) == (1, True)


@pytest.mark.parametrize("measure", ["gross-output", "share-of-output"])
def test_indicators_of_the_registry_are_measures(run, folder, measure):
    scope = ("--scope", "section=C")
    rows = json.loads(run("simulate", folder, "--measure", measure, *scope, "--paths", 100, "--json")[1])
    year = next(row for row in rows if row["table"] == "distribution" and row["period"] == "2024")
    assert 70 < year["mean"] < 80 if measure == "share-of-output" else year["mean"] > 30_000


def test_indicators_of_zones_and_programmes_are_drawn(run, folder):
    rows = json.loads(run("simulate", folder, "--measure", "clusters", "--json")[1])
    assert [row["period"] for row in rows] == ["2024-Q2", "2024-Q3", "2024-Q4"]
    assert rows[0]["mean"] <= rows[-1]["mean"]
    asked = ("--measure", "programme-submitted", "--scope", "programme=mh-de-an")
    assert "Đã trình" in run("simulate", folder, *asked, lang="vi")[1] or run("simulate", folder, *asked)[0] == 0


def test_a_scope_that_nothing_belongs_to_is_refused(run, folder):
    status, _, told = run("simulate", folder, "--scope", "product=unobtainium", "--paths", 20)
    assert (status, "unobtainium" in told) == (1, True)


def test_project_reconciled_keeps_the_months_reported(run, folder, monkeypatch):
    from fansipan.scenario import reconciled

    def quick(projection, method, earlier):
        return real(projection, method, earlier, forecaster=last_years_month)

    from fansipan.cli.scenario import outlook as scenario_outlook

    real = reconciled.reconcile_projection
    monkeypatch.setattr(scenario_outlook, "reconcile_projection", quick)
    plain, moved = (
        json.loads(run("project", folder, "--by", "total", "--json", "--paths", 50, "--reconcile", method)[1])
        for method in ("bottom-up", "structural")
    )
    assert plain[0]["value"] == moved[0]["value"]
    assert len(plain) == len(moved)
    status, _, told = run("project", folder, "--reconcile", "magic")
    assert (status, "mint" in told) == (1, True)


def test_a_selection_is_shown_by_its_name(run, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    assert "sản phẩm Tinh quặng đồng (copper-concentrate)" in run("show", folder, "low", lang="vi")[1]
    assert "industry Manufacture of chemicals and chemical products (20)" in run("show", folder, "low")[1]


def test_months_may_be_written_the_vietnamese_way(run, folder):
    change = "multiply industry=20 0.9 06/2024..12/2024 Thiếu quặng"
    assert run("new", folder, "thieu", "--name", "Thiếu", "--change", change)[0] == 0
    shown = json.loads(run("show", folder, "thieu", "--json")[1])
    assert (shown[0]["first_month"], shown[0]["last_month"]) == ("2024-06", "2024-12")


def test_months_that_cannot_be_read_are_no_part_of_the_reason(run, folder):
    status, _, told = run("new", folder, "odd", "--name", "x", "--change", "multiply all 0.9 2024.06..2024.12 Dry")
    assert status == 1
    assert "is not understood" in told
