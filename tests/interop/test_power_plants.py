"""Checks of power plants: outside the boundary, impossible capacity factors; the twenty real rows find their three."""

import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.province import imports
from fansipan.cli.province.plants import with_capacity_factor
from fansipan.errors import InvalidInput
from fansipan.interop.geojson import read_boundaries
from fansipan.interop.power_plants import check_plants, read_plants

HEADER = "Name,Capacity (MW),Annual Generation (GWh),Year of Data,Latitude,Longitude\n"


def plants(tmp_path, rows: str):
    path = tmp_path / "plants.csv"
    path.write_text(HEADER + rows, encoding="utf8")
    return read_plants(path)


@pytest.mark.reference
def test_the_real_rows_hold_one_plant_outside_and_two_impossible_capacity_factors(reference_data):
    boundary = read_boundaries(reference_data / "boundaries" / "laocai_communes_2025.geojson")
    rows = read_plants(reference_data / "powerplants" / "laocai_yenbai_rows.csv")
    assert rows.height == 20
    found = [(fault.code, fault.params["name"]) for fault in check_plants(rows, boundary)]
    assert sorted(found) == [
        ("plant.capacity-factor", "Nam Ho"),
        ("plant.capacity-factor", "Ngoi Xan 2"),
        ("plant.outside", "Coc Ly"),
    ]


def test_a_capacity_factor_of_exactly_one_hundred_percent_is_possible(tmp_path):
    assert check_plants(plants(tmp_path, "A,10,87.6,2016,,\n")) == ()
    fault = check_plants(plants(tmp_path, "A,10,87.7,2016,,\n"), file="plants.csv")[0]
    assert (fault.code, fault.place.row) == ("plant.capacity-factor", 2)
    assert "hệ số công suất 100,1% vượt 100%" in fault.message("vi")


def test_a_plant_without_capacity_is_told(tmp_path):
    assert [f.code for f in check_plants(plants(tmp_path, "A,,5,2016,,\nB,0,5,2016,,\n"))] == ["plant.no-capacity"] * 2


def test_words_in_a_column_of_figures_are_refused(tmp_path):
    with pytest.raises(InvalidInput):
        plants(tmp_path, "A,many,5,2016,,\n")


SQUARE = json.dumps(
    {"type": "Polygon", "coordinates": [[[104, 22], [104.5, 22], [104.5, 22.5], [104, 22.5], [104, 22]]]}
)


@pytest.fixture
def run(monkeypatch):
    def call(*arguments: object, lang: str = "en"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        app = typer.Typer()
        imports.register(app)
        return CliRunner().invoke(app, ["import", "plants", *map(str, arguments)])

    return call


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "plants.csv"
    path.write_text(
        HEADER + "A,10,50,2016,22.2,104.2\nB,10,90,2016,22.1,104.1\nC,10,,2016,23.9,104.1\n", encoding="utf8"
    )
    return path


@pytest.fixture
def boundary(tmp_path):
    path = tmp_path / "tinh.geojson"
    path.write_text(SQUARE, encoding="utf8")
    return path


def test_the_command_tells_every_plant_that_cannot_be(run, listed, boundary):
    found = run(listed, "--boundary", boundary)
    assert found.exit_code == 1
    assert "plants.csv, row 3: B: a capacity factor of 102.7% is impossible" in found.stdout
    assert "plants.csv, row 4: C: the point (23.9000, 104.1000) lies outside the boundary" in found.stdout
    assert "3 plants read; 2 points to be checked." in found.stdout
    assert "were not checked" not in found.stdout


def test_without_a_boundary_it_says_that_places_were_not_checked(run, listed):
    found = run(listed, lang="vi")
    assert "hệ số công suất 102,7% vượt 100%" in found.stdout
    assert "1 điểm cần kiểm tra. Chưa kiểm tra vị trí" in found.stdout


def test_the_plants_are_written_with_their_capacity_factor(run, listed, tmp_path):
    out = tmp_path / "ra.csv"
    found = run(listed, "--json", "-o", out)
    assert [fault["code"] for fault in json.loads(found.stdout)] == ["plant.capacity-factor"]
    written = pl.read_csv(out)
    assert written["capacity_factor"].round(1).to_list() == [57.1, 102.7, None]


def test_a_clean_list_ends_well(run, tmp_path):
    path = tmp_path / "plants.csv"
    path.write_text(HEADER + "A,10,50,2016,22.2,104.2\n", encoding="utf8")
    assert run(path).exit_code == 0


def test_no_capacity_has_no_factor():
    frame = pl.DataFrame({"capacity": [0.0, None, 5.0], "generation": [1.0, 1.0, 43.8]})
    assert with_capacity_factor(frame)["capacity_factor"].to_list() == [None, None, 100.0]
