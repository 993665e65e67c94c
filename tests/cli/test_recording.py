"""Recording from the command line into a folder, a workbook and a SQLite file: added to, never overwritten."""

import json
import sqlite3
from contextlib import closing
from datetime import date

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.delivery import group as delivery
from fansipan.cli.zones import group as zones
from fansipan.errors import FansipanError
from fansipan.examples import laocai
from fansipan.province import Province

BY = ("--by", "Sở Công Thương", "--at", "2024-06-03T08:00:00")


@pytest.fixture(scope="module")
def example():
    built = laocai.build()
    kept = (
        "settings",
        "areas",
        "documents",
        "zones",
        "zone_events",
        "zone_land",
        "projects",
        "milestones",
        "project_capital",
        "obstacles",
        "obstacle_events",
        "programmes",
        "programme_steps",
        "tasks",
        "investors",
    )
    return Province({name: built[name] for name in kept})


@pytest.fixture(params=["tinh", "tinh.xlsx", "tinh.sqlite"])
def path(request, example, tmp_path):
    return example.write(tmp_path / request.param)


@pytest.fixture
def run(monkeypatch):
    def call(*arguments: object, lang: str = "en"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setenv("COLUMNS", "200")
        app = typer.Typer()
        for group in (zones, delivery):
            group.register(app)
        return CliRunner().invoke(app, [*map(str, arguments)])

    return call


def done(found) -> str:
    assert found.exit_code == 0, found.exception or found.output
    return found.stdout


def test_every_register_is_added_to_and_nothing_else_changes(run, path, example):
    done(
        run(
            "zones",
            "record",
            path,
            "mh-ccn-2",
            "appraised",
            *BY,
            "--document",
            "TTr 12",
            "--document-title",
            "Tờ trình số 12",
            "--day",
            "2024-06-01",
        )
    )
    done(run("zones", "undo", path, "mh-ccn-2", "--by", "Sở", "--reason", "nhầm", "--at", "2024-06-03T09:00:00"))
    done(run("zones", "land", path, "mh-ccn-4", "leased", "18.2", *BY, "--day", "2024-06-01"))
    done(run("projects", "record", path, "mh-lan", "land", "--forecast", "2024-10-31", "--reason", "mặt bằng", *BY))
    done(
        run("projects", "undo", path, "mh-lan", "land", "--by", "Sở", "--reason", "nhầm", "--at", "2024-06-03T09:00:00")
    )
    done(run("projects", "capital", path, "mh-lan", "25.5", *BY, "--day", "2024-05-31"))
    done(
        run(
            "obstacles",
            "raise",
            path,
            "vm-9",
            "Thiếu đất đắp",
            "--kind",
            "construction",
            "--blocks",
            "project:mh-ha-tang-1",
            "--owner",
            "UBND huyện",
            "--due",
            "2024-07-01",
            *BY,
        )
    )
    done(
        run(
            "obstacles",
            "record",
            path,
            "vm-9",
            "priced",
            "--price",
            "2.5",
            "--price-source",
            "ước tính",
            "--by",
            "Sở",
            "--at",
            "2024-06-04T08:00:00",
        )
    )
    done(run("obstacles", "resolve", path, "mh-vm-1", "--note", "đã chi trả", *BY))
    done(run("obstacles", "undo", path, "mh-vm-1", "--by", "Sở", "--reason", "nhầm", "--at", "2024-06-03T09:00:00"))
    done(run("programmes", "record", path, "mh-de-an", "draft", "--done", "2024-06-01", *BY))
    done(
        run(
            "programmes",
            "undo",
            path,
            "mh-de-an",
            "draft",
            "--by",
            "Sở",
            "--reason",
            "nhầm",
            "--at",
            "2024-06-03T09:00:00",
        )
    )
    done(run("programmes", "task", path, "mh-nv-2", "--done", "2024-06-01", *BY))
    after = Province.read(path)
    grown = {
        "zone_events": 2,
        "zone_land": 1,
        "milestones": 2,
        "project_capital": 1,
        "obstacles": 1,
        "obstacle_events": 3,
        "programme_steps": 2,
        "tasks": 1,
        "documents": 1,
    }
    for name in example:
        assert after[name].height == example[name].height + grown.get(name, 0), name
        assert after[name].head(example[name].height).equals(example[name]), name
    then = after.known_on(date(2024, 6, 2))
    assert then["zone_events"].equals(example.known_on(date(2024, 6, 2))["zone_events"])


def test_histories_tell_who_when_from_to_and_what_is_in_force(run, example, tmp_path):
    path = example.write(tmp_path / "tinh")
    done(run("zones", "undo", path, "mh-ccn-2", "--reason", "nhầm", *BY))
    steps = json.loads(done(run("zones", "history", path, "mh-ccn-2", "--json")))
    assert [(s["state"], s["act"], s["in_force"]) for s in steps] == [
        ("listed", None, True),
        ("proposed", None, False),
        ("listed", "undo", False),
    ]
    shown = done(run("zones", "history", path, "mh-ccn-2", lang="vi"))
    assert "03/06/2024 08:00:00" in shown
    assert "nhầm" in shown
    done(run("obstacles", "resolve", path, "mh-vm-1", "--note", "đã chi trả", *BY))
    done(run("obstacles", "undo", path, "mh-vm-1", "--reason", "nhầm", *BY[:2], "--at", "2024-06-03T09:00:00"))
    acts = json.loads(done(run("obstacles", "history", path, "mh-vm-1", "--json")))
    assert [(a["act"], a["in_force"]) for a in acts] == [("escalated", True), ("resolved", False), ("undone", False)]
    tasks = json.loads(done(run("programmes", "tasks", path, "--on", "2024-05-31", "--json")))
    assert (tasks[0]["task"], tasks[0]["late"]) == ("mh-nv-2", 31)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["zones", "record", "{}", "mh-ccn-2", "operating", *BY], "zone.step"),
        (["zones", "record", "{}", "mh-ccn-2", "appraised", *BY], "zone.no-document"),
        (["zones", "record", "{}", "mh-ccn-2", "appraised", *BY, "--document", "x"], "record.document-unknown"),
        (["zones", "record", "{}", "mh-ccn-2", "open", *BY], "zones.no-such-state"),
        (["zones", "record", "{}", "ccn-99", "listed", *BY], "zone.no-such"),
        (
            ["zones", "record", "{}", "mh-ccn-2", "appraised", "--by", "x", "--at", "2999-01-01T00:00:00"],
            "record.future",
        ),
        (["zones", "land", "{}", "mh-ccn-4", "leased", "30", *BY], "land.would-contradict"),
        (["zones", "land", "{}", "mh-ccn-4", "lake", "30", *BY], "zones.no-such-state"),
        (["projects", "record", "{}", "mh-lan", "land", "--actual", "2024-06-01", *BY], "milestone.no-document"),
        (
            ["obstacles", "raise", "{}", "vm", "x", "--kind", "land", "--blocks", "mh-lan", "--owner", "x", *BY],
            "obstacles.blocks.badly-written",
        ),
        (["obstacles", "resolve", "{}", "mh-vm-7", "--note", "x", *BY], "obstacle.ended"),
        (["programmes", "record", "{}", "mh-de-an", "consult", "--done", "2024-06-01", *BY], "step.waits"),
    ],
)
def test_what_may_not_be_recorded_is_refused_and_the_file_left_as_it_was(run, example, tmp_path, arguments, code):
    path = example.write(tmp_path / "tinh.sqlite")
    before = path.read_bytes()
    found = run(*(str(path) if a == "{}" else a for a in arguments))
    assert isinstance(found.exception, FansipanError), found.output
    assert found.exception.code == code
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_exactly_one_kind_of_day(run, example, tmp_path):
    path = example.write(tmp_path / "tinh")
    for days in ([], ["--planned", "2024-06-01", "--actual", "2024-06-01"]):
        assert run("projects", "record", path, "mh-lan", "land", *days, *BY).exit_code != 0


def test_what_would_be_lost_in_writing_is_told_and_nothing_is_written(run, example, tmp_path):
    path = example.write(tmp_path / "tinh.sqlite")
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE phone_book (who TEXT)")
        base.commit()
    found = run("zones", "undo", path, "mh-ccn-2", "--reason", "nhầm", *BY)
    assert found.exception.code == "record.would-lose"
    assert "phone_book" in found.exception.describe("vi")
    folder = example.write(tmp_path / "tinh")
    lines = (folder / "zones.csv").read_text(encoding="utf8").splitlines()
    (folder / "zones.csv").write_text("\n".join(f"{line},x{k}" for k, line in enumerate(lines)), encoding="utf8")
    assert run("zones", "undo", folder, "mh-ccn-2", "--reason", "nhầm", *BY).exception.code == "record.would-lose"


def test_letters_in_the_folder_stay(run, example, tmp_path):
    folder = example.write(tmp_path / "tinh")
    (folder / "ghi chú.txt").write_text("x", encoding="utf8")
    (folder / "phụ lục.csv").write_text("a,b\n1,2\n", encoding="utf8")
    done(run("zones", "undo", folder, "mh-ccn-2", "--reason", "nhầm", *BY))
    assert (folder / "phụ lục.csv").read_text(encoding="utf8") == "a,b\n1,2\n"


def test_two_cannot_write_at_once(run, example, tmp_path):
    folder = example.write(tmp_path / "tinh")
    (tmp_path / ".tinh.lock").touch()
    found = run("zones", "undo", folder, "mh-ccn-2", "--reason", "nhầm", *BY)
    assert found.exception.code == "record.busy"
    assert ".tinh.lock" in found.exception.describe("en")


def test_two_records_at_the_same_moment_are_a_second_apart(run, example, tmp_path):
    folder = example.write(tmp_path / "tinh")
    for reason in ("một", "hai"):
        done(
            run(
                "projects",
                "record",
                folder,
                "mh-lan",
                "land",
                "--forecast",
                "2030-01-01",
                "--reason",
                reason,
                "--by",
                "Sở",
            )
        )
    moments = Province.read(folder)["milestones"].filter(pl.col("reason").is_in(["một", "hai"]))["recorded_at"]
    assert moments[0] < moments[1]


def test_a_parquet_folder_stays_one(run, example, tmp_path):
    folder = example.write(tmp_path / "tinh", "parquet")
    done(run("zones", "undo", folder, "mh-ccn-2", "--reason", "nhầm", *BY))
    assert {p.suffix for p in folder.iterdir()} == {".parquet"}


def test_a_group_without_the_name_of_a_command_lists(run, example, tmp_path):
    folder = example.write(tmp_path / "tinh")
    named, bare = run("obstacles", "list", folder, "--json"), run("obstacles", folder, "--json")
    assert named.stdout == bare.stdout
    assert run("obstacles", "--json", folder).stdout == bare.stdout
    assert "resolve" in run("obstacles", "--help").stdout


def test_all_that_an_obstacle_blocks_is_kept_and_shown(run, path):
    both = ["--blocks", "zone:mh-ccn-4", "--blocks", "project:mh-lan"]
    done(run("obstacles", "raise", path, "vm-2", "Thiếu điện", "--kind", "power", *both, "--owner", "EVN", *BY))
    further = Province.read(path)["obstacle_blocks"].select("obstacle", "blocks_kind", "blocks")
    assert further.rows() == [("vm-2", "project", "mh-lan")]
    listed = json.loads(run("obstacles", "list", path, "--on", "2024-06-30", "--json").stdout)
    found = next(row for row in listed if row["obstacle"] == "vm-2")
    assert (found["blocks"], found["also"]) == ("mh-ccn-4", "project:mh-lan")
