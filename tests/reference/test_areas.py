"""Administrative units before and since July 2025, with successors."""

from datetime import date

import polars as pl
import pytest

from fansipan.checks import check_province
from fansipan.province import Province
from fansipan.reference import areas_of, province_named
from fansipan.reference.areas import _all


def test_thirty_four_provinces_of_sixty_three():
    """Resolution 202/2025/QH15: 34 provinces; 3,321 communes, wards and special zones."""
    provinces = _all().filter(level="province")
    assert provinces.filter(pl.col("valid_to").is_null()).height == 34
    assert provinces.filter(pl.col("valid_to").is_not_null()).height == 63
    assert _all().filter(pl.col("valid_to").is_null()).height == 34 + 3321


def test_every_old_unit_has_a_successor_in_force():
    old = _all().filter(pl.col("valid_to").is_not_null())
    assert old["successor"].null_count() == 0
    new = _all().filter(pl.col("valid_to").is_null())["area"]
    assert set(old["successor"]) <= set(new)


@pytest.mark.parametrize("name", ["Lào Cai", "tỉnh Lào Cai", "lao cai", "Yên Bái"])
def test_a_province_by_its_names_old_and_new(name):
    code = province_named(name)
    areas = areas_of(code)
    assert areas.filter(pl.col("area") == code)["name"].item() == "Tỉnh Lào Cai"
    assert set(areas.filter(pl.col("valid_to").is_not_null(), level="province")["name"]) == {
        "Tỉnh Lào Cai",
        "Tỉnh Yên Bái",
    }
    assert areas.filter(pl.col("valid_to").is_null(), pl.col("level") != "province").height == 99


def test_the_areas_of_every_province_stand_in_the_table():
    for code in _all().filter(pl.col("valid_to").is_null(), level="province")["area"]:
        province = Province({"areas": areas_of(code)})
        assert [fault for fault in check_province(province) if fault.severity == "error"] == []
        assert province["areas"].filter(pl.col("valid_from") > date(2025, 6, 30))["valid_to"].null_count() > 0


def test_a_name_that_is_no_province():
    assert province_named("Thị trấn Mường Mây") is None
