"""Land by kind as of a date, its checks, and utilities against need."""

from datetime import date

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.notation import percent
from fansipan.zones.infrastructure import infrastructure
from fansipan.zones.land import WITHIN, balance, check_land, latest, printed

ROWS = [
    ("a", "gross", date(2023, 1, 1), 100.0),
    ("a", "industrial", date(2023, 1, 1), 82.82),
    ("a", "leased", date(2023, 1, 1), 50.0),
    ("a", "leased", date(2024, 3, 31), 60.69),
    ("a", "approved", date(2024, 3, 31), 9.0),
    ("b", "gross", date(2023, 1, 1), 50.0),
]
ON = date(2024, 5, 31)
LAND = pl.DataFrame(ROWS, schema=["zone", "kind", "as_of", "hectares"], orient="row")


def test_the_latest_figure_by_the_day():
    assert balance(LAND, "a", date(2024, 3, 30)).get("leased") == 50.0
    found = balance(LAND, "a", date(2024, 3, 31))
    assert (found.get("leased"), found.as_of["leased"], found.get("ready")) == (60.69, date(2024, 3, 31), None)
    assert latest(LAND, date(2022, 12, 31)).is_empty()


def test_occupancy_of_a_zone():
    found = balance(LAND, "a", date(2024, 5, 31))
    assert percent(float(found.occupancy("cluster").rate), 2, "vi") == "84,15%"
    assert found.left == pytest.approx(13.13)
    with pytest.raises(Refused, match="not taken over gross"):
        found.occupancy("cluster", over="gross")


def test_a_zone_without_industrial_land_recorded_has_no_occupancy():
    found = balance(LAND, "b", date(2024, 5, 31))
    assert found.occupancy("cluster") is None
    assert found.left is None


def test_parts_larger_than_their_whole_are_found():
    more = [("a", "approved", date(2024, 4, 30), 30.0), ("b", "industrial", date(2024, 4, 30), 51.0)]
    bad = pl.concat([LAND, pl.DataFrame(more, schema=LAND.schema, orient="row")])
    assert [fault.code for fault in check_land(bad, date(2024, 5, 31))] == [
        "land.taken-over-industrial",
        "land.part-over-whole",
    ]
    assert check_land(LAND, date(2024, 5, 31)) == ()


def test_infrastructure_against_need():
    zones = pl.DataFrame(
        {
            "zone": ["a", "b", "c"],
            "power_capacity": [20.0, 5.0, None],
            "water_capacity": [None, 100.0, 10.0],
            "waste_water_capacity": [50.0, 10.0, 10.0],
        }
    )
    projects = pl.DataFrame(
        {
            "zone": ["a", "a", "b", None],
            "standing": ["operating", "registered", "stopped", "operating"],
            "power": [15.0, 6.0, 9.0, 99.0],
            "water": [10.0, None, 1.0, 1.0],
            "waste_water": [60.0, 1.0, 1.0, 1.0],
        }
    )
    found = {(r["zone"], r["resource"]): r for r in infrastructure(zones, projects).iter_rows(named=True)}
    assert found["a", "power"]["verdict"] == "short"
    assert found["a", "power"]["balance"] == -1.0
    assert found["a", "waste_water"]["verdict"] == "short-now"
    assert (found["a", "water"]["verdict"], found["a", "water"]["silent"]) == ("unknown", 1)
    assert found["b", "power"]["verdict"] == "enough"
    assert found["c", "water"]["need_all"] == 0.0


@pytest.mark.parametrize(
    ("hectares", "vi", "en"),
    [
        (50.0, "50", "50"),
        (6.6, "6,6", "6.6"),
        (315.99, "315,99", "315.99"),
        (0.1234, "0,1234", "0.1234"),
        (1000.5, "1.000,5", "1,000.5"),
        (0.0, "0", "0"),
    ],
)
def test_an_area_prints_whole_in_each_language(hectares, vi, en):
    assert (printed(hectares).in_language("vi"), printed(hectares).in_language("en")) == (vi, en)


def test_land_that_contradicts_itself_is_told_in_words_and_in_the_languages_own_figures():
    land = pl.DataFrame(
        [("a", "industrial", ON, 10.5), ("a", "leased", ON, 50.0)],
        schema=["zone", "kind", "as_of", "hectares"],
        orient="row",
    )
    found = {fault.code: fault for fault in check_land(land, ON)}
    assert found["land.part-over-whole"].message("vi") == (
        "a: đã cho thuê (50 ha) lớn hơn đất công nghiệp theo quy hoạch chi tiết (10,5 ha)."
    )
    assert found["land.taken-over-industrial"].message("en") == (
        "a: land leased and approved exceeds the industrial land by 39.5 ha."
    )


@pytest.mark.parametrize("part", sorted(WITHIN))
def test_no_part_is_larger_than_its_whole(part):
    rows = [("a", part, ON, 10.0001), ("a", WITHIN[part], ON, 10.0)]
    land = pl.DataFrame(rows, schema=["zone", "kind", "as_of", "hectares"], orient="row")
    assert "land.part-over-whole" in {fault.code for fault in check_land(land, ON)}
    whole = land.with_columns(hectares=pl.lit(10.0))
    assert check_land(whole, ON) == ()
