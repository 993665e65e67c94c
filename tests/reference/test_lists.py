"""Classes of industry, products and units that ship with the program."""

from fractions import Fraction

import polars as pl
import pytest

from fansipan.classification import lineage
from fansipan.reference import industries, product_named, products, read_unit
from fansipan.reference.lists import key_of


def test_sections_b_to_e_are_whole():
    """Decision 27/2018/QĐ-TTg: 5 + 24 + 1 + 4 divisions; 137 classes of manufacturing, as in ISIC Rev. 4 and more."""
    levels = dict(industries().group_by("level").len().iter_rows())
    assert levels == {"section": 4, "division": 34, "group": 91, "class": 166}
    tree = lineage(industries())
    assert tree.filter(pl.col("section").is_null()).is_empty()
    assert not industries().select("version", "industry").is_duplicated().any()


def test_every_product_has_a_class_and_a_unit_that_is_read():
    classes = set(industries().filter(level="class")["industry"])
    assert set(products()["industry"]) <= classes
    assert [unit for unit in products()["unit"].unique() if read_unit(unit) is None] == []
    assert not products()["product"].is_duplicated().any()
    assert not pl.Series([key_of(name) for name in products()["name"]]).is_duplicated().any()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("TIVI CÁC LOẠI", "Tivi các loại"),
        ("Ti vi các loại", "Tivi các loại"),
        ("Sắt thép các loại", "Sắt, thép các loại"),
        ("xi mang", "Xi măng"),
        ("Clinker", "Clanke"),
    ],
)
def test_a_product_under_its_spellings(said, name):
    assert product_named(said)["name"] == name


@pytest.mark.parametrize(
    ("first", "second", "times"),
    [
        ("1000 tấn", "Nghìn tấn", 1),
        ("1.000 tấn", "tấn", 1000),
        ("Tr. kWh", "triệu kWh", 1),
        ("GWh", "triệu kWh", 1),
        ("m³", "M3", 1),
        ("1000 lít", "m3", 1),
        ("tạ", "kg", 100),
        ("Tỷ đồng", "triệu đồng", 1000),
        ("1000đôi", "đôi", 1000),
    ],
)
def test_units_that_count_the_same(first, second, times):
    assert read_unit(first).per(read_unit(second)) == Fraction(times)


def test_units_that_do_not():
    assert read_unit("cái").per(read_unit("tấn")) is None
    assert read_unit("MW").per(read_unit("MWh")) is None
    assert read_unit("thúng") is None
    assert read_unit("1000") is None
