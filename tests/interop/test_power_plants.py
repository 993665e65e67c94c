"""Checks of power plants: outside the boundary, impossible capacity factors; the twenty real rows find their three."""

import pytest

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
        ("plant.capacity-factor", "Nam Ho"), ("plant.capacity-factor", "Ngoi Xan 2"), ("plant.outside", "Coc Ly"),
    ]  # fmt: skip


def test_a_capacity_factor_of_exactly_one_hundred_percent_is_possible(tmp_path):
    assert check_plants(plants(tmp_path, "A,10,87.6,2016,,\n")) == ()
    fault = check_plants(plants(tmp_path, "A,10,87.7,2016,,\n"), file="plants.csv")[0]
    assert (fault.code, fault.place.row, fault.params["factor"]) == ("plant.capacity-factor", 2, 100.1)


def test_a_plant_without_capacity_is_told(tmp_path):
    assert [f.code for f in check_plants(plants(tmp_path, "A,,5,2016,,\nB,0,5,2016,,\n"))] == ["plant.no-capacity"] * 2


def test_words_in_a_column_of_figures_are_refused(tmp_path):
    with pytest.raises(InvalidInput):
        plants(tmp_path, "A,many,5,2016,,\n")
