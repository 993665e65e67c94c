"""Edits from the command line: proposed, accepted, recorded, taken back; rows only added, refusals with reasons."""

import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.statistics import edits
from fansipan.errors import FansipanError
from fansipan.examples import laocai
from fansipan.province import Province

BY = ("--by", "Sở Công Thương", "--at", "2024-06-03T08:00:00")


@pytest.fixture(scope="module")
def unedited():
    """The example as it came in: its slips stand in the returns, nobody has edited any."""
    built = laocai.build()
    return built.replace(edits=built["edits"].clear())


@pytest.fixture
def path(unedited, tmp_path):
    return unedited.write(tmp_path / "tinh")


@pytest.fixture
def run(monkeypatch):
    def call(*arguments, lang="en"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setenv("COLUMNS", "250")
        app = typer.Typer()
        edits.register(app)
        return CliRunner().invoke(app, ["edits", *map(str, arguments)])

    return call


def done(found) -> str:
    assert found.exit_code == 0, found.exception or found.output
    return found.stdout


def refusal(found, lang="en") -> str:
    assert isinstance(found.exception, FansipanError), found.output
    return found.exception.describe(lang)


def test_what_is_proposed_is_accepted_by_establishment_and_then_proposed_no_more(run, path, unedited):
    proposed = json.loads(done(run("propose", path, "--month", "2024-05", "--json")))
    assert {"CS32", "CS11"} & {row["establishment"] for row in proposed}
    first = proposed[0]["establishment"]
    done(run("accept", path, first, "--month", "2024-05", *BY))
    kept = Province.read(path)
    own = [row for row in proposed if row["establishment"] == first]
    assert kept["edits"].select("field", "before", "after", "rule", "office").rows() == [
        (row["field"], row["before"], row["after"], row["rule"], "Sở Công Thương") for row in own
    ]
    assert kept.replace(edits=unedited["edits"]) == unedited
    left = json.loads(done(run("propose", path, "--month", "2024-05", "--json")))
    assert first not in {row["establishment"] for row in left}
    done(run("accept", path, "--all", "--month", "2024-05", "--by", "Sở", "--at", "2024-06-03T09:00:00"))
    assert Province.read(path)["edits"].height == len(proposed)
    assert "No slip of May 2024" in done(run("propose", path, "--month", "2024-05"))


def test_a_recorded_edit_takes_what_stood_before_and_can_be_taken_back(run, path):
    stood = Province.read(path).returns.filter(pl.col("establishment") == "CS12", pl.col("month") == "2024-05")
    arguments = ("CS12", "yellow-phosphorus", "2024-05", "quantity")
    done(run("record", path, *arguments, 3356, "--reason", "cơ sở xác nhận", *BY))
    done(run("undo", path, "HC001", "--reason", "nhầm cơ sở", "--by", "Sở", "--at", "2024-06-03T09:00:00"))
    rows = Province.read(path)["edits"].select("edit", "before", "after", "rule", "reason").rows()
    before = stood["quantity"][0]
    assert rows == [
        ("HC001", before, 3356.0, "confirmed", "cơ sở xác nhận"),
        ("HC002", 3356.0, before, "undone", "HC001 taken back: nhầm cơ sở"),
    ]
    told = done(run("list", path, "--month", "2024-05", lang="vi"))
    assert "hủy hiệu chỉnh" in told
    assert "03/06/2024 08:00" in told
    assert done(run("list", path, "--month", "2024-04", "--json")).strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("accept", *BY), "No establishment was named"),
        (("accept", "CS01", *BY), "No edit is proposed for: CS01"),
        (("undo", "HC9", "--reason", "x", *BY), "There is no edit HC9"),
        (
            ("record", "CS99", "ore", "2024-05", "quantity", "1", "--reason", "x", *BY),
            "There is no return of ore of CS99",
        ),
        (("accept", "--all", "--month", "2024-07", *BY), "2024-07"),
        (("list", "--month", "tháng 5"), "tháng 5"),
    ],
)
def test_refusals(run, path, arguments, told):
    command, *others = arguments
    month = () if "--month" in others or command != "accept" else ("--month", "2024-05")
    found = run(command, path, *others, *month)
    assert told in refusal(found)
    assert Province.read(path)["edits"].is_empty()
