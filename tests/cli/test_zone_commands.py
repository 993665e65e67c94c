"""`fansipan zones list | status | test | match | compare` on a small province in a folder."""

import json
import os
import re
import shutil
from datetime import date

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.zones import group as zones
from fansipan.cli.zones.search import file_within
from fansipan.errors import FansipanError
from fansipan.province import Province

SOURCE = {"source": "illustrative"}


@pytest.fixture
def run(monkeypatch):
    """The commands of the group in this process, which is quicker than a process a call."""

    def call(*arguments: object, lang: str = "en"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setenv("COLUMNS", "160")
        app = typer.Typer()
        zones.register(app)
        return CliRunner().invoke(app, ["zones", *map(str, arguments)])

    return call


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    zone = {
        **SOURCE,
        "zone": "ccn-a",
        "name": "Cụm công nghiệp A",
        "name_en": "Cluster A",
        "kind": "cluster",
        "mountain": True,
    }
    land = [
        {**SOURCE, "zone": "ccn-a", "kind": k, "as_of": date(2024, 1, 1), "hectares": h}
        for k, h in [("gross", 60.0), ("industrial", 50.0), ("leased", 29.0)]
    ]
    steps = [
        {
            **SOURCE,
            "zone": "ccn-a",
            "procedure": "expand",
            "step": "notice",
            "act": "started",
            "happened_on": date(2024, 5, 2),
        }
    ]
    events = [{**SOURCE, "zone": "ccn-a", "happened_on": date(2020, 1, 1), "state": "operating"}]
    frames = {"zones": [zone], "zone_land": land, "zone_steps": steps, "zone_events": events}
    path = tmp_path_factory.mktemp("province") / "tinh"
    return Province({name: pl.DataFrame(rows) for name, rows in frames.items()}).write(path)


def test_list_and_status(run, folder):
    shown = json.loads(run("list", folder, "--on", "2024-05-31", "--json").stdout)
    assert [(row["zone"], row["occupancy"], row["overdue"]) for row in shown] == [("ccn-a", 58.0, 1)]
    told = run("status", folder, "ccn-a", "--on", "31/05/2024", lang="vi")
    assert told.exit_code == 0
    assert "quá hạn" in told.stdout


def test_the_law_as_of_two_days(run, folder):
    after = json.loads(run("test", folder, "ccn-a", "--on", "2026-10-01", "--rule", "cluster.expand", "--json").stdout)
    assert after[0]["certainty"] == "summary"
    assert after[0]["parts"][2]["outcome"] == "met"
    before = run("test", folder, "ccn-a", "--on", "2024-04-30", "--rule", "cluster.expand", lang="vi")
    assert before.exit_code == 0
    assert "có hiệu lực vào ngày 30/04/2024" in before.stdout


def test_match_and_compare(run, folder):
    found = json.loads(run("match", folder, "--hectares", 22, "--on", "2024-05-31", "--json").stdout)
    assert (found[0]["verdict"], found[0]["reasons"][1]["sentence"]) == ("unfit", "land: only 21 ha, 22 ha needed")
    side = run("compare", folder, "ccn-a", "--on", "2024-05-31")
    assert "Cluster A" in side.stdout
    assert re.search(r"Industrial land \(ha\)\s+50\s", side.stdout)
    assert re.search(r"Occupancy \(% of industrial land\)\s+58\s", side.stdout)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "{folder}"], "As of which day?"),
        (["list", "{folder}", "--kind", "port", "--on", "2024-05-31"], "no kind of zone port"),
        (["status", "{folder}", "ccn-b", "--on", "2024-05-31"], "no zone with the code ccn-b"),
        (["test", "{folder}", "ccn-a", "--rule", "cluster.grow", "--on", "2024-05-31"], "Nearest"),
        (["match", "{folder}", "--group", "V", "--on", "2024-05-31"], "no environment group V"),
        (["list", "nowhere"], "nowhere"),
    ],
)
def test_bad_questions_are_answered_in_words(run, folder, arguments, words):
    found = run(*(str(a).replace("{folder}", str(folder)) for a in arguments))
    assert isinstance(found.exception, FansipanError)
    assert words in found.exception.describe("en")


def test_a_bad_question_ends_with_status_one_and_no_traceback(fansipan):
    found = fansipan("zones", "list", "nowhere")
    assert found.returncode == 1
    assert "nowhere" in found.stderr
    assert "Traceback" not in found.stderr


def test_plots_after_allotment_say_both_and_the_article(run, tmp_path):
    plots = [
        {
            **SOURCE,
            "plot": "a1",
            "as_of": date(2024, 5, 1),
            "zone": "ccn-a",
            "hectares": 4.0,
            "allotted_on": date(2022, 1, 5),
            "start_due": date(2022, 6, 30),
            "build_due": date(2024, 6, 15),
        },
        {**SOURCE, "plot": "a2", "as_of": date(2024, 5, 1), "zone": "ccn-a", "hectares": 6.0},
    ]
    zone = {**SOURCE, "zone": "ccn-a", "name": "Cụm A", "kind": "cluster"}
    path = Province({"zones": pl.DataFrame([zone]), "plots": pl.DataFrame(plots)}).write(tmp_path / "tinh")
    found = json.loads(run("plots", path, "--on", "2024-05-31", "--json").stdout)
    assert [(z["allotted_rate"], z["used_rate"]) for z in found["zones"]] == [(40.0, 0.0)]
    assert [p["state"] for p in found["plots"]] == ["allotted", "free"]
    assert any("Law 45/2013/QH13, Art. 64.1.i (from memory, to be confirmed)" in told for told in found["told"])
    shown = run("plots", path, "ccn-a", "--on", "2024-08-01", lang="vi").stdout
    assert "điểm i khoản 8 Điều 81" not in shown
    assert "Luật 31/2024/QH15 (theo trí nhớ, cần xác nhận)" in shown


def test_occupancy_by_a_rule_from_memory_says_so(run, folder):
    before = run("list", folder, "--on", "2024-04-30").stdout
    assert "Occupancy of Cluster A follows a rule from memory, to be confirmed." in before
    assert "from memory" not in run("list", folder, "--on", "2024-05-31").stdout
    assert "from memory" in run("status", folder, "ccn-a", "--on", "2024-04-30").stdout


def test_the_list_calling_for_investment_takes_pictures_from_beside_the_tables(run, tmp_path):
    zone = {**SOURCE, "zone": "ccn-a", "name": "Cụm A", "kind": "cluster", "calling": True, "picture": "anh.png"}
    other = {**zone, "zone": "ccn-b", "name": "Cụm B", "picture": "không có.png"}
    path = Province({"zones": pl.DataFrame([zone, other])}).write(tmp_path / "tinh")
    (path / "anh.png").write_bytes(b"\x89PNG\r\n\x1a\n123")
    found = run("invest", path, "--on", "2024-05-31", "-o", tmp_path / "ra")
    assert found.exit_code == 0, found.exception
    html = (tmp_path / "ra" / "invest.html").read_text(encoding="utf8")
    assert html.count("data:image/png;base64,") == 1
    assert "The picture không có.png of ccn-b cannot be read" in found.output


def test_the_next_report_on_clusters(run):
    rows = json.loads(run("reports", "--on", "2025-06-10", "--json").stdout)
    assert [(row["who"], row["due"], row["days_left"]) for row in rows][:2] == [
        ("cutoff", "2025-06-14", 4),
        ("tenants", "2025-06-19", 9),
    ]


@pytest.fixture
def changing(folder, tmp_path):
    path = tmp_path / "tinh"
    shutil.copytree(folder, path)
    return path


def test_the_acts_of_a_procedure_are_recorded_and_the_clock_told(run, changing):
    document = ("--document", "vb-1", "--document-title", "Thông báo")
    by = ("--procedure", "expand", "--by", "Sở", "--day")
    done = run("step", changing, "ccn-a", "notice", "done", *by, "2024-05-08", *document, lang="vi")
    assert done.exit_code == 0, done.exception
    # 15 days from 8 May
    assert "ccn-a: tiếp nhận hồ sơ: đang trong hạn; đến hạn 23/05/2024" in done.stdout
    # 5 working days from Thursday 2 May 2024: 3 May, Saturday 4 May (worked in exchange), 6, 7, 8
    undone = run("step", changing, "ccn-a", "--undo", "--note", "nhầm", *by, "2024-05-08")
    assert "ccn-a: public notice: running; due 2024-05-08" in undone.stdout
    shown = json.loads(run("status", changing, "ccn-a", "--on", "2024-05-31", "--json").stdout)
    assert [row["state"] for row in shown["deadlines"]] == ["overdue"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["notice", "asked"], "does not stop for supplements"),
        (["dossier", "done"], "has not begun"),
        (["dossier", "finished"], "finished"),
        (["survey", "done"], "survey"),
        (["--undo"], "needs its reason"),
        (["notice", "done", "--procedure", "close"], "close"),
    ],
)
def test_acts_that_do_not_fit_are_refused_in_words(run, changing, arguments, words):
    extra = [] if "--procedure" in arguments else ["--procedure", "expand"]
    found = run("step", changing, "ccn-a", *arguments, *extra, "--day", "2024-05-08", "--by", "Sở")
    assert isinstance(found.exception, FansipanError)
    assert words in found.exception.describe("en")
    assert json.loads(run("list", changing, "--on", "2024-05-31", "--json").stdout)[0]["overdue"] == 1


def test_match_tells_much_that_is_unknown_on_one_line(run, folder):
    many = run("match", folder, "--power", 5, "--water", 9, "--highway", 3, "--on", "2024-05-31").stdout
    assert "  ? not known: power to spare, water to spare, distance to the highway" in many
    few = run("match", folder, "--power", 5, "--on", "2024-05-31", lang="vi").stdout
    assert "  ? điện còn lại: chưa có số liệu, cần 5 MW" in few
    assert "  + khu, cụm đang hoạt động" in few


def test_a_map_with_imported_boundaries(run, folder, tmp_path):
    ring = [[104, 22], [104.5, 22], [104.5, 22.5], [104, 22.5], [104, 22]]
    one, several = {"type": "Polygon", "coordinates": [ring]}, {"type": "MultiPolygon", "coordinates": [[ring]]}
    features = [
        {"type": "Feature", "properties": {"fullName": "Xã Một", "code": 12}, "geometry": one},
        {"type": "Feature", "properties": {}, "geometry": several},
    ]
    boundary = tmp_path / "ranh.geojson"
    boundary.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf8")
    found = run("map", folder, "--boundary", boundary, "--on", "2024-05-31", "-o", tmp_path / "ra")
    assert found.exit_code == 0, found.exception
    html = (tmp_path / "ra" / "zones.html").read_text(encoding="utf8")
    assert "Xã Một" in html
    assert html.count('<path class="ground"') == 2
    assert "không phải ranh giới thật" not in html


def test_projects_are_allocated_to_zones(run, tmp_path):
    files = [
        ("suc-chua.csv", "zone,capacity\nA,10\nB,10\n"),
        ("nhu-cau.csv", "project,demand\np,6\nq,6\n"),
        ("chi-phi.csv", "project,zone,cost\np,A,1\np,B,5\nq,A,2\nq,B,3\n"),
    ]
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf8")
    found = run("allocate", *(tmp_path / name for name, _ in files))
    assert found.exit_code == 0, found.output
    assert "A" in found.stdout
    plain = json.loads(run("allocate", *(tmp_path / name for name, _ in files), "--json").stdout)
    assert (plain["status"], plain["objective"]) == ("optimal", 4.0)


@pytest.mark.parametrize("how", ["above", "absolute", "link", "pipe", "folder"])
def test_no_picture_is_taken_from_outside_the_province(run, tmp_path, how):
    png = b"\x89PNG\r\n\x1a\n" + b"secret"
    folder = tmp_path / "province"
    outside = tmp_path / "outside.png"
    outside.write_bytes(png)
    (folder / "inside").mkdir(parents=True)
    (folder / "link.png").symlink_to(outside)
    os.mkfifo(folder / "pipe.png")
    named = {"above": "../outside.png", "absolute": str(outside), "link": "link.png", "pipe": "pipe.png"}
    with pytest.raises(ValueError, match=r"png|inside"):
        file_within(folder, named.get(how, "inside"))
    (folder / "inside" / "own.png").write_bytes(png)
    assert file_within(folder, "inside/own.png").read_bytes() == png


def test_totals_stand_under_the_list_and_alone(run, folder, tmp_path):
    shown = run("list", folder, "--on", "2024-05-31").stdout
    assert "All clusters" in shown
    assert "Occupancy (% of cleared land)" in shown
    assert "All clusters" in run("list", folder, "--on", "2024-05-31", "--calling").stdout
    alone = json.loads(run("list", folder, "--on", "2024-05-31", "--totals", "--json").stdout)
    assert {row["kind"] for row in alone} == {"cluster", "park", "together"}
    plain = json.loads(run("list", folder, "--on", "2024-05-31", "--json").stdout)
    assert all("zone" in row for row in plain)


def test_law_that_no_test_covers_is_named(run, folder):
    told = run("test", folder, "ccn-a", "--on", "2026-12-01").stdout
    assert "to be consulted" in told
    assert "Law on construction (Law 135/2025/QH15 (known from a summary only" in told
    before = run("test", folder, "ccn-a", "--on", "2026-06-30").stdout
    assert "135/2025/QH15" not in before
    assert "to be consulted" not in run("test", folder, "ccn-a", "--on", "2022-07-01").stdout
