"""``fansipan scenario gap`` as it is typed: sentences, tables, JSON, the folder it writes, what it refuses."""

import csv
import json
import shutil
import sys

import polars as pl
import pytest

from fansipan.cli import main
from fansipan.delivery.given import read_chances, read_prices
from fansipan.examples.laocai import build
from fansipan.province import Province
from fansipan.report.growth import data as scenario_data
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
        return projection.project(*arguments, **options | {"forecaster": last_years_month})

    monkeypatch.setattr(scenario_data, "project", quick)
    monkeypatch.setenv("COLUMNS", "220")

    def run(*words, lang="en"):
        monkeypatch.setattr(sys, "argv", ["fansipan", "scenario", "gap", *map(str, words), "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return run


QUICK = ("--paths", 200)


def test_gap_speaks_as_officials_do_in_both_languages(run, folder):
    _, told, _ = run(folder, "--month", "2024-05", *QUICK, lang="vi")
    told = " ".join(told.split())
    assert "5 tháng đầu năm 2024: giá trị sản xuất công nghiệp đạt 17.151,7 tỷ đồng, bằng 92,6% kế hoạch" in told
    assert "kế hoạch, thiếu" in told
    assert "điểm % tăng trưởng cả năm" in told
    assert "7 tháng còn lại cần tăng 17,53% so với cùng kỳ" in told
    _, told, _ = run(folder, "--month", "2024-05", *QUICK)
    told = " ".join(told.split())
    assert "17,151.7 billion đồng, 92.6% of the plan" in told
    assert "need to grow by 17.53%" in told


def test_json_holds_every_table_and_no_figure_that_is_none(run, folder):
    status, told, _ = run(folder, "--json", *QUICK, "--count", 3)
    found = json.loads(told)
    assert status == 0
    assert (found["month"], found["year"], found["known_on"]) == ("2024-05", 2024, "2024-05-31")
    assert len(found["openers"]) == len(found["openers_by_product"]) == 3
    year = [row for row in found["gap"] if row["period"] == "2024"]
    whole = next(row for row in found["total"] if row["period"] == "2024")
    assert sum(row["gap"] for row in year) == pytest.approx(whole["gap"], abs=1e-9)
    assert sum(row["points"] for row in year) == pytest.approx(whole["points"], abs=1e-9)
    assert len(found["sentences"]["vi"]) == len(found["sentences"]["en"]) >= 11
    assert {row["dimension"] for row in found["required"]} == {"total", "section", "product", "establishment"}


def test_a_folder_holds_tables_and_page_that_delivery_can_read(run, folder, tmp_path):
    out = tmp_path / "gap"
    status, told, _ = run(folder, "--month", "2024-05", "--since", "2024-04", *QUICK, "-o", out)
    assert (status, str(len(list(out.iterdir()))) in told) == (0, True)
    assert {"gap.csv", "openers.csv", "measures.csv", "news.csv", "scenario.html"} <= {p.name for p in out.iterdir()}
    assert read_prices(out / "obstacle_prices.csv")["mh-vm-6"][0] > 0
    told = set(read_chances(out / "target_chances.csv"))
    assert told == {"manufacturing-share", "mining-share", "gross-output-2025"}
    with (out / "gap.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {row["period"] for row in rows} == {"2024", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"}


@pytest.mark.parametrize("name", ["gap.csv", "gap.xlsx", "gap.json", "page.html"])
def test_one_file_by_its_ending(run, folder, tmp_path, name):
    status, _, _ = run(folder, *QUICK, "-o", tmp_path / "new" / name)
    assert (status, (tmp_path / "new" / name).stat().st_size > 1000) == (0, True)


def test_one_page_is_written_in_the_language_asked_and_leaves_its_neighbours(run, folder, tmp_path):
    (tmp_path / "scenario.html").write_text("mine")
    status, told, _ = run(folder, *QUICK, "-o", tmp_path / "gap.html")
    assert (status, "gap.html" in told) == (0, True)
    assert (tmp_path / "scenario.html").read_text() == "mine"
    html = (tmp_path / "gap.html").read_text(encoding="utf8")
    assert '<html lang="en"' in html
    assert 'href="gap.html"' in html


@pytest.mark.parametrize("by", ["product", "establishment", "area", "total", "portfolio"])
def test_the_quarters_by_any_part(run, folder, by):
    status, told, _ = run(folder, "--by", by, *QUICK)
    assert (status, "Q1" in told) == (0, True)
    assert ("own plan" in told) == (by in ("product", "establishment"))


def test_a_year_that_is_over_is_held_against_its_plan(run, folder, tmp_path):
    province = Province.read(folder)
    nothing = {"published_on": pl.lit(None, dtype=pl.Date), "document": pl.lit(None, dtype=pl.String)}
    plan = province["plans"].head(1).with_columns(period=pl.lit("2023"), value=pl.lit(47_000.0), **nothing)
    province.replace(plans=pl.concat([province["plans"], plan])).write(tmp_path / "p")
    status, told, _ = run(tmp_path / "p", "--month", "2023-12", "--known-on", "2024-05-31")
    told = " ".join(told.split())
    assert status == 0
    assert "The year 2023 reached 46,100" in told
    assert "remaining" not in told.split("What the remaining months need")[0]


def test_next_year_from_december(run, folder):
    status, told, _ = run(folder, "--month", "2023-12", "--year", 2024, *QUICK)
    assert (status, "52,196.8" in told) == (0, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--month", "2023-05"), "There is no plan of 2023"),
        (("--month", "2023-12"), "There is no plan of 2023"),
        (("--year", "2026"), "Choose the year 2024"),
        (("--month", "2030-01"), "2024-05"),
        (("--month", "soon"), "soon"),
        (("--scenario", "lowest"), "no scenario lowest"),
        (("--month", "2023-12", "--year", "2024", "--scenario", "low"), "2024-01-15"),
        (("--by", "colour"), "section"),
        (("--paths", "0"), "200000"),
        (("-o", "gap.docx"), "gap.docx"),
        (("--count", "0"), "count"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_to_do(run, folder, options, words):
    status, _, told = run(folder, *options)
    assert (status != 0, words in told) == (True, True)


def test_a_province_without_plans_is_told_where_to_enter_them(run, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "p")
    (tmp_path / "p" / "plans.csv").unlink()
    status, _, told = run(tmp_path / "p", lang="vi")
    assert (status, "bảng plans" in told) == (1, True)


def test_a_plan_with_a_wrong_code_is_told_and_the_rest_is_answered(run, folder, tmp_path):
    province = Province.read(folder)
    wrong = province["plans"].filter(pl.col("scope") == "cement").with_columns(scope=pl.lit("cemnt"))
    province.replace(plans=pl.concat([province["plans"], wrong])).write(tmp_path / "p")
    status, _, told = run(tmp_path / "p", *QUICK)
    assert (status, "cemnt" in told) == (0, True)


def test_thresholds_of_the_province_decide(run, folder, tmp_path):
    province = Province.read(folder)
    own = pl.DataFrame({"setting": ["gap_watch", "gap_alarm"], "value": ["50", "40"]})
    province.replace(settings=pl.concat([province["settings"], own], how="diagonal")).write(tmp_path / "p")
    status, told, _ = run(tmp_path / "p", *QUICK)
    assert (status, "No part is below the threshold" in told) == (0, True)


def test_ten_months_of_history_are_enough(run, folder, tmp_path):
    province = Province.read(folder)
    short = {
        name: province[name].filter(pl.col("month") >= "2023-08")
        for name in ("returns", "establishment_returns", "edits")
        if "month" in province[name].columns
    }
    province.replace(**short).write(tmp_path / "p")
    status, told, _ = run(tmp_path / "p", "--month", "2024-05", *QUICK, "--json")
    assert status == 0
    assert next(row for row in json.loads(told)["total"] if row["period"] == "2024")["plan"] == pytest.approx(
        52196.7769
    )


def test_a_month_without_any_return_is_refused_and_the_last_one_is_named(run, folder, tmp_path):
    province = Province.read(folder)
    left = province.replace(returns=province["returns"].filter(pl.col("month") != "2024-03"))
    left.write(tmp_path / "p")
    status, _, told = run(tmp_path / "p", "--month", "2024-03")
    assert (status, "2024-02" in told) == (1, True)
    status, _, told = run(tmp_path / "p", "--month", "2024-05", *QUICK)
    assert status == 0


def test_news_since_a_later_month_are_refused(run, folder):
    status, _, told = run(folder, "--month", "2024-04", "--since", "2024-05")
    assert (status, "cannot be compared" in told) == (1, True)
