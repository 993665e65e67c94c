"""`fansipan plan diagnose` on systems that contradict themselves before anything is solved."""

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.plan import group as plan

COPPER = Path(__file__).parents[1] / "cases" / "expansion" / "copper"


@pytest.fixture
def broken(tmp_path):
    """The copper system with a negative lump, and acid that nobody takes."""
    for file in COPPER.glob("*.csv"):
        with file.open(encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
        if file.name == "markets.csv":
            rows = [row for row in rows if row["commodity"] != "acid"]
        if file.name == "candidates.csv":
            rows[0]["lump"] = "-4"
        with (tmp_path / file.name).open("w", encoding="utf8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


@pytest.mark.parametrize(("lang", "taken"), [("vi", "Axit sunfuric do"), ("en", "Sulphuric acid that")])
@pytest.mark.parametrize("command", ["diagnose", "solve"])
def test_every_contradiction_is_named_at_once(broken, monkeypatch, command, lang, taken):
    monkeypatch.setenv("FANSIPAN_LANG", lang)
    app = typer.Typer()
    plan.register(app)
    run = CliRunner().invoke(app, ["plan", command, str(broken), "--json", "--lang", lang])
    told = json.loads(run.stdout)
    assert (told["status"], run.exit_code) == ("invalid", 1)
    assert any(taken in line for line in told["messages"])
    assert any("-4" in line for line in told["messages"])
