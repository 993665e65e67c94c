"""`fansipan plan uncertainty`, the tables of bottlenecks, and the prices that obstacles get from them."""

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.plan import group as plan
from fansipan.errors import InvalidInput, NotFound, Refused

COPPER = Path(__file__).parents[1] / "cases" / "expansion" / "copper"
SCENARIOS = """scenario,change,item,value,probability,source
high,price,metal,1.25,0.5,illustrative
low,price,metal,0.65,0.5,illustrative
"""


@pytest.fixture
def province(tmp_path):
    """The copper system with two scenarios, and an obstacle behind the cap on smoke."""
    for file in COPPER.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "plan_scenarios.csv").write_text(SCENARIOS, encoding="utf8")
    with (tmp_path / "limits.csv").open(encoding="utf-8-sig") as stream:
        rows = [row | {"obstacle": "VM-01"} for row in csv.DictReader(stream)]
    with (tmp_path / "limits.csv").open("w", encoding="utf8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path


@pytest.fixture
def run(monkeypatch):
    def call(*arguments: object, lang: str = "vi"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        app = typer.Typer()
        plan.register(app)
        return CliRunner().invoke(app, ["plan", *map(str, arguments)], catch_exceptions=True)

    return call


def test_the_study_as_json(run, province):
    told = json.loads(run("uncertainty", province, "--before", 2027, "--json").stdout)
    assert (told["before"], told["expected"], told["perfect_information"]) == (
        2027,
        pytest.approx(8.2),
        pytest.approx(10.0),
    )
    assert told["base_plan"] == pytest.approx(8.0)
    assert told["value_of_information"] == pytest.approx(1.8)
    assert told["value_of_stochastic_solution"] == pytest.approx(0.2)
    assert [(one["project"], one["year"], one["lumps"]) for one in told["builds"]] == [("S", 2025, 1.0)]
    assert [round(one["regret"], 6) for one in told["regret"]] == [0.0, 4.0, 20.0, 0.0]


def test_the_study_in_words_and_as_tables(run, province, tmp_path):
    said = run("uncertainty", province, "-o", tmp_path / "out").stdout
    assert "giá trị của thông tin hoàn hảo: 1,250" in said
    assert "tiếc nuối" in said
    assert "regret" not in said
    assert "value of perfect information: 1.250" in run("uncertainty", province, lang="en").stdout
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["builds.csv", "regret.csv", "scenarios.csv"]


def test_some_scenarios_only(run, province):
    told = json.loads(run("uncertainty", province, "--scenario", "high", "--json").stdout)
    assert [one["scenario"] for one in told["scenarios"]] == ["high"]
    assert told["value_of_information"] == pytest.approx(0.0, abs=1e-9)
    assert isinstance(run("uncertainty", province, "--scenario", "dear").exception, NotFound)


def test_without_scenarios_there_is_nothing_to_study(run, province):
    (province / "plan_scenarios.csv").unlink()
    assert isinstance(run("uncertainty", province).exception, Refused)


def test_a_bottleneck_in_words(run, province):
    said = run("bottlenecks", province).stdout
    assert "giới hạn «Hạn mức khí thải» (2025–2026): nới 0,2 thêm được 3,2 tỷ đồng" in said
    assert "đúng trong khoảng 0 đến 1,2" in said


def test_obstacles_get_their_price_from_the_limit_that_names_them(run, province, tmp_path):
    """A relief worth 3.2 over two years is 3.2 / 24 a month, undiscounted."""
    from fansipan.delivery.given import read_prices

    told = json.loads(run("bottlenecks", province, "--json", "-o", tmp_path / "out").stdout)
    assert [one["obstacle"] for one in told] == ["VM-01"]
    prices = read_prices(tmp_path / "out" / "obstacle_prices.csv")
    assert prices == {"VM-01": (pytest.approx(3.2 / 24), "E37")}


def test_a_table_of_prices_without_its_columns_is_refused(tmp_path):
    from fansipan.delivery.given import read_prices

    (tmp_path / "prices.csv").write_text("obstacle,price\nVM-01,1\n", encoding="utf8")
    with pytest.raises(InvalidInput, match="price_source"):
        read_prices(tmp_path / "prices.csv")
