"""`fansipan areas`: two published lists become one table of areas with successors, for another day if asked."""

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.province import areas
from fansipan.errors import InvalidInput

BEFORE = """province,district,ward,provinceCode,districtCode,wardCode,districtLat,districtLon,wardLat,wardLon
Tỉnh A,Huyện Một,Xã Cũ 1,10,080,001,22.0,104.0,22.01,104.01
Tỉnh A,Huyện Một,Thị trấn Cũ 2,10,080,002,22.0,104.0,22.45,104.45
"""
AFTER = """province,ward,wardType,provinceCode,wardCode,wardLat,wardLon,wardAreaKm2
Tỉnh B,Xã Mới,Xã,15,011,22.0,104.0,10
Tỉnh B,Phường Mới,Phường,15,012,22.5,104.5,10
"""
# The ground of the new commune 012 alone: it holds the old 002.
GROUND = """{"type": "Feature", "properties": {"code": "012"}, "geometry": {"type": "Polygon", "coordinates":
[[[104.4, 22.4], [104.6, 22.4], [104.6, 22.6], [104.4, 22.6], [104.4, 22.4]]]}}"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    for name, content in (("truoc.csv", BEFORE), ("sau.csv", AFTER), ("ranh.geojson", GROUND)):
        (tmp_path / name).write_text(content, encoding="utf8")

    def call(*arguments: object, lang: str = "vi"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        app = typer.Typer()
        app.command("other")(lambda: None)
        areas.register(app)
        return CliRunner().invoke(app, ["areas", *map(str, arguments)])

    return call


def test_the_table_has_both_lists_and_the_successors(run, tmp_path):
    out = tmp_path / "areas.csv"
    found = run(tmp_path / "truoc.csv", tmp_path / "sau.csv", "--boundary", tmp_path / "ranh.geojson", "-o", out)
    assert found.exit_code == 0, found.exception
    assert "Đã ghi 7 dòng vào" in found.stdout
    rows = {row["area"]: row for row in pl.read_csv(out, infer_schema=False).iter_rows(named=True)}
    assert (rows["001"]["successor"], rows["002"]["successor"]) == ("011-2025", "012-2025")
    assert "nằm trong ranh giới mới" in rows["002"]["citation"]
    assert "gần nhất" in rows["001"]["citation"]
    assert (rows["080"]["successor"], rows["080"]["valid_to"]) == ("15-2025", "2025-06-30")


def test_another_day_marks_the_codes_with_its_year(run, tmp_path):
    out = tmp_path / "areas.csv"
    run(tmp_path / "truoc.csv", tmp_path / "sau.csv", "--on", "01/01/2026", "-o", out)
    rows = {row["area"]: row for row in pl.read_csv(out, infer_schema=False).iter_rows(named=True)}
    assert rows["011-2026"]["valid_from"] == "2026-01-01"
    assert rows["10"]["valid_to"] == "2025-12-31"


def test_the_help_shows_the_day_as_a_day(run):
    told = run("--help").output
    assert "2025-07-01" in told
    assert "00:00:00" not in told


def test_lists_in_the_wrong_order_are_refused(run, tmp_path):
    found = run(tmp_path / "sau.csv", tmp_path / "truoc.csv", "-o", tmp_path / "x.csv")
    assert isinstance(found.exception, InvalidInput)
    assert not (tmp_path / "x.csv").exists()
