"""Areas before and after July 2025 from the published lists: the merger, the end of districts, successors."""

from datetime import date

import polars as pl
import pytest

from fansipan.areas import successor_on
from fansipan.delivery.reorganisation import carried, predecessors_of
from fansipan.errors import InvalidInput
from fansipan.indicators.scopes import units
from fansipan.interop.admin_units import read_reorganisation
from fansipan.interop.geojson import read_boundaries
from fansipan.province import Province

ON, EVE = date(2025, 7, 1), date(2025, 6, 30)
BEFORE = """province,district,ward,provinceCode,districtCode,wardCode,districtLat,districtLon,wardLat,wardLon
Tỉnh A,Huyện Một,Xã Cũ 1,10,080,001,22.0,104.0,22.01,104.01
Tỉnh A,Huyện Một,Thị trấn Cũ 2,10,080,002,22.0,104.0,22.02,104.02
Tỉnh B,Thị xã Hai,Phường Cũ 3,15,132,003,21.5,104.5,21.52,104.52
Tỉnh B,Thị xã Hai,Xã Cũ 4,15,132,004,21.5,104.5,,
"""
AFTER = """province,ward,wardType,provinceCode,wardCode,wardLat,wardLon,wardAreaKm2
Tỉnh A,Xã Mới,Xã,15,002,22.0,104.0,10
Tỉnh A,Phường Mới,Phường,15,003,21.5,104.5,10
"""


@pytest.fixture
def areas(tmp_path) -> pl.DataFrame:
    (tmp_path / "before.csv").write_text(BEFORE, encoding="utf8")
    (tmp_path / "after.csv").write_text(AFTER, encoding="utf-8-sig")
    return read_reorganisation(tmp_path / "before.csv", tmp_path / "after.csv", ON)


def test_levels_validity_and_codes_given_anew(areas):
    rows = {row["area"]: row for row in areas.iter_rows(named=True)}
    assert (rows["002"]["level"], rows["002"]["valid_to"]) == ("township", EVE)
    assert (rows["002-2025"]["level"], rows["002-2025"]["valid_from"]) == ("commune", ON)
    assert (rows["15"]["name"], rows["15-2025"]["name"]) == ("Tỉnh B", "Tỉnh A")
    assert rows["132"]["level"] == "town"
    assert Province({"areas": areas})["areas"].height == areas.height


def test_successors_are_followed_and_what_is_not_known_is_said(areas):
    assert successor_on(areas, "001", ON) == "002-2025"
    assert successor_on(areas, "003", ON) == "003-2025"
    assert successor_on(areas, "080", ON) == "15-2025"
    row = areas.row(by_predicate=pl.col("area") == "004", named=True)
    assert (row["successor"], "Chưa rõ" in row["citation"]) == (None, True)


def test_a_list_without_its_columns_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("ward\nXã\n", encoding="utf8")
    with pytest.raises(InvalidInput, match="provinceCode"):
        read_reorganisation(tmp_path / "x.csv", tmp_path / "x.csv", ON)


@pytest.mark.reference
def test_the_real_lists_of_lao_cai_and_yen_bai(reference_data):
    folder = reference_data / "admin_units"
    boundary = read_boundaries(reference_data / "boundaries" / "laocai_communes_2025.geojson")
    areas = read_reorganisation(
        folder / "laocai_yenbai_legacy_communes.csv", folder / "laocai_2025_communes.csv", ON, boundary
    )
    assert len(units(areas, "all-communes", ON)) == 99
    assert units(areas, "district", ON) == []
    laocai = [unit for unit in units(areas, "all", EVE) if unit.startswith("08")]
    assert len(laocai) == 9
    assert sorted(predecessors_of(areas, "15-2025", EVE)) == ["10", "15"]
    communes = units(areas, "all-communes", EVE)
    figures = pl.DataFrame({"area": communes, "value": [1.0] * len(communes)})
    laid = carried(figures, areas, ON)
    assert laid["value"].sum() == len(communes)
    assert set(laid["area"]) <= set(units(areas, "all-communes", ON))
    assert laid.height >= 95
