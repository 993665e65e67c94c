"""`fansipan targets | projects | programmes | obstacles | clocks | norms` on the worked example."""

import json

import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.delivery import group as delivery
from fansipan.cli.delivery import targets, units
from fansipan.cli.province import norms
from fansipan.errors import FansipanError
from fansipan.examples import laocai


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return laocai.build().write(tmp_path_factory.mktemp("laocai") / "tinh")


@pytest.fixture
def run(monkeypatch):
    def call(*arguments: object, lang: str = "vi"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setenv("COLUMNS", "220")
        app = typer.Typer()
        for group in (targets, delivery, norms, units):
            group.register(app)
        return CliRunner().invoke(app, [*map(str, arguments)])

    return call


def test_targets_tell_every_unit(run, folder):
    shown = run("targets", folder, "--target", "clusters-2024")
    assert shown.exit_code == 0, shown.exception
    assert "có nguy cơ không đạt" in shown.stdout
    assert "Huyện Si Ma Cai: có nguy cơ không đạt; chưa có cụm nào được đề nghị" in shown.stdout
    plain = json.loads(run("targets", folder, "--published", "--json", "--on", "2024-05-31").stdout)
    assert next(t for t in plain if t["target"] == "clusters-2024")["value"] == 0


def test_projects_show_real_ones_without_made_up_figures(run, folder):
    plain = json.loads(run("projects", folder, "--json").stdout)
    real = [row for row in plain if not row["project"].startswith("mh-")]
    assert len(real) >= 10
    assert all(row["slip"] is None and row["realised"] is None and row["lost_a_month"] is None for row in real)
    assert plain[0]["slip"] == 184
    one = run("projects", folder, "mh-day-dong")
    assert "Các ngày đã ghi cho mốc: vận hành thương mại" in one.stdout


def test_programmes_obstacles_and_clocks(run, folder):
    steps = json.loads(run("programmes", folder, "mh-quy-che", "--json").stdout)
    assert (steps[0]["state"], steps[0]["late"]) == ("late", 31)
    obstacles = json.loads(run("obstacles", folder, "--json").stdout)
    assert [o["obstacle"] for o in obstacles[:2]] == ["mh-vm-5", "mh-vm-2"]
    assert sum(o["to_escalate"] for o in obstacles) == 2
    assert len(json.loads(run("obstacles", folder, "--resolved", "--json").stdout)) == 7
    shown = run("clocks", folder)
    assert "Giấy phép xây dựng" in shown.stdout


def test_norms_by_day_and_through_time(run):
    assert "≤ 100 ha" in run("norms", "cluster.establish.unleased", "--on", "2024-05-01").stdout
    history = json.loads(run("norms", "cluster.establish.unleased", "--json").stdout)
    assert [row["value"] for row in history] == ["< 50 ha", "≤ 100 ha", "≤ 50 ha"]
    assert run("norms", "cluster.clock", "--on", "2024-05-01").exit_code == 0
    assert "no regime" not in run("norms").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["targets", "{folder}", "--target", "zz"], "no target with the code zz"),
        (["projects", "{folder}", "zz"], "nothing with the code zz"),
        (["programmes", "{folder}", "zz"], "nothing with the code zz"),
        (["norms", "cluster.size.min", "--on", "2024-04-30"], "No figure cluster.size.min"),
        (["norms", "zz"], "There is no norm named zz"),
    ],
)
def test_bad_questions_are_answered_in_words(run, folder, arguments, words):
    found = run(*(str(a).replace("{folder}", str(folder)) for a in arguments), lang="en")
    assert isinstance(found.exception, FansipanError), found.output
    assert words in found.exception.describe("en")


def test_verdicts_are_added_to_the_history_and_nothing_else_changes(run, tmp_path):
    from fansipan.province import Province

    path = laocai.build().write(tmp_path / "tinh")
    for _ in range(2):
        found = run("targets", path, "--target", "clusters-2024", "--record", "--json")
        assert found.exit_code == 0, found.exception
    after = Province.read(path)
    assert after["target_verdicts"]["verdict"].unique().to_list() == ["at-risk"]
    assert after["targets"].equals(laocai.build()["targets"])


def test_figures_by_the_units_of_another_day(run, folder):
    rows = json.loads(run("units", folder, "--units-of", "2025-07-01", "--figure", "zones", "--json").stdout)
    assert [(row["area"], row["units"]) for row in rows] == [("15", 6)]
    began = json.loads(run("units", folder, "--units-of", "01/07/2025", "--changes", "--json").stdout)
    assert {row["change"] for row in began} == {"ended", "began"}
    assert "Thành phố Lào Cai" in run("units", folder).stdout


def test_the_history_of_verdicts_is_printed_as_it_was_kept(run, tmp_path):
    path = laocai.build().write(tmp_path / "tinh.sqlite")
    for day in ("2024-04-30", "2024-05-31"):
        assert run("targets", path, "--target", "clusters-2024", "--record", "--on", day).exit_code == 0
    kept = json.loads(run("targets", path, "--history", "--on", "2024-05-31", "--json").stdout)
    assert [(row["as_of"], row["value"]) for row in kept] == [("2024-04-30", 1.0), ("2024-05-31", 1.0)]
    assert len(json.loads(run("targets", path, "--history", "--on", "2024-04-30", "--json").stdout)) == 1


def test_chances_from_a_forecast_decide(run, folder, tmp_path):
    chances = tmp_path / "chances.csv"
    chances.write_text("target,chance\nparks-2024,0.9\n", encoding="utf8")
    found = json.loads(run("targets", folder, "--target", "parks-2024", "--chances", chances, "--json").stdout)[0]
    assert (found["verdict"], found["basis"]) == ("on-track", "forecast")


def test_the_page_of_a_meeting_is_written(run, folder, tmp_path):
    assert run("obstacles", "meeting", folder, "-o", tmp_path, "--days", 60).exit_code == 0
    assert "Diễn biến 60 ngày qua" in (tmp_path / "meeting.html").read_text(encoding="utf8")
