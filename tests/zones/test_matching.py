"""An investor's needs against zones and plots, zones side by side, the list calling for investment."""

from datetime import date

import polars as pl
import pytest

from fansipan.errors import NotFound
from fansipan.province import Province
from fansipan.zones.offers.comparison import calling, compare
from fansipan.zones.offers.matching import Request, match

ON = date(2024, 5, 31)


def rows(*given: dict) -> pl.DataFrame:
    return pl.DataFrame([{"source": "illustrative", **row} for row in given])


def plot(code: str, zone: str, hectares: float, **more) -> dict:
    return {"plot": code, "zone": zone, "hectares": hectares, "as_of": date(2024, 1, 1), **more}


@pytest.fixture(scope="module")
def province() -> Province:
    zones = [
        {
            "zone": "a",
            "name": "Khu A",
            "name_en": "Park A",
            "kind": "park",
            "power_capacity": 50.0,
            "water_capacity": 900.0,
            "border_gate_km": 12.5,
            "highway_km": 3.0,
            "worst_environment_group": "II",
            "calling": True,
            "incentives": "Miễn tiền thuê đất 7 năm",
        },
        {"zone": "b", "name": "Khu B", "kind": "park", "power_capacity": 5.0, "worst_environment_group": "III"},
        {"zone": "c", "name": "Khu C", "kind": "park"},
    ]
    events = [
        {"zone": "a", "happened_on": date(2020, 1, 1), "state": "operating"},
        {"zone": "b", "happened_on": date(2020, 1, 1), "state": "operating"},
        {"zone": "c", "happened_on": date(2022, 1, 1), "state": "planned"},
    ]
    projects = [
        {
            "project": "p1",
            "name": "Dự án",
            "kind": "production",
            "zone": "a",
            "industry": "2420",
            "power": 30.0,
            "water": 100.0,
            "standing": "operating",
        }
    ]
    plots = [
        plot("A1", "a", 4.0),
        plot("A2", "a", 6.0),
        plot("A3", "a", 9.0),
        plot("A4", "a", 20.0, ready=False),
        plot("A5", "a", 7.0, allotted_on=date(2023, 1, 1)),
        plot("B1", "b", 3.0),
    ]
    return Province(
        {"zones": rows(*zones), "zone_events": rows(*events), "projects": rows(*projects), "plots": rows(*plots)}
    )


def test_a_zone_that_fits_comes_first_with_the_smallest_plot_that_is_large_enough(province):
    asked = Request(hectares=5, power=20, water=500, border_gate_km=15, environment_group="II", industry="2410")
    found = match(province, asked, ON)
    assert [(m.zone, m.verdict) for m in found] == [("a", "fits"), ("c", "unfit"), ("b", "unfit")]
    assert found[0].plots == ("A2",)
    assert [r.point for r in found[0].reasons] == [
        "state",
        "hectares",
        "power",
        "water",
        "border_gate_km",
        "environment_group",
        "industry",
    ]


def test_reasons_against_are_told_with_figures(province):
    against = {r.point: r.sentence("en") for r in match(province, Request(hectares=5, power=20), ON)[2].reasons}
    assert against == {
        "state": "the zone is operating",
        "hectares": "land: only 3 ha, 5 ha needed",
        "power": "power to spare: only 5 MW, 20 MW needed",
    }
    planned = match(province, Request(), ON)[-1]
    assert planned.reasons[0].sentence("vi") == "khu, cụm chưa được thành lập: trong quy hoạch"


def test_what_is_not_known_is_neither_for_nor_against(province):
    found = {m.zone: m for m in match(province, Request(water=10), ON)}
    assert found["b"].verdict == "unknown"
    assert found["b"].count("unknown") == 1


def test_several_plots_where_no_single_one_is_large_enough(province):
    assert match(province, Request(hectares=14), ON)[0].plots == ("A3", "A2")
    assert match(province, Request(hectares=19), ON)[0].plots == ("A3", "A2", "A1")
    # a plot that is not cleared is not offered
    assert match(province, Request(hectares=19.5), ON)[0].plots == ()


def test_a_heavier_environment_group_than_the_zone_takes_is_against_it(province):
    asked = {g: match(province, Request(environment_group=g), ON) for g in ("I", "II", "III", "IV")}
    groups = {g: {m.zone: m for m in found} for g, found in asked.items()}
    assert [groups[g]["a"].verdict for g in groups] == ["unfit", "fits", "fits", "fits"]
    assert [groups[g]["b"].verdict for g in groups] == ["unfit", "unfit", "fits", "fits"]


def test_zones_side_by_side(province):
    found = {row["point"]: row for row in compare(province, ["b", "a"], ON).to_dicts()}
    assert list(found["power_spare"]) == ["point", "b", "a"]
    assert (found["power_spare"]["a"], found["power_spare"]["b"], found["water_spare"]["b"]) == (20.0, 5.0, None)
    with pytest.raises(NotFound, match="There is no zone with the code zz"):
        compare(province, ["a", "zz"], ON)


def test_the_list_calling_for_investment_names_no_tenant(province):
    found = calling(province, ON)
    assert found["zone"].to_list() == ["a"]
    assert found["incentives"].to_list() == ["Miễn tiền thuê đất 7 năm"]
    assert not {"project", "investor", "plots"} & set(found.columns)


def with_land(land: dict[str, float], *projects: dict, **zone) -> Province:
    row = {"zone": "a", "name": "Khu A", "kind": "cluster", **zone}
    areas = [
        {"zone": "a", "kind": kind, "as_of": date(2024, 1, 1), "hectares": hectares} for kind, hectares in land.items()
    ]
    return Province(
        {
            "zones": rows(row),
            "zone_land": rows(*areas)
            if areas
            else rows({"zone": "b", "kind": "gross", "as_of": date(2024, 1, 1), "hectares": 1.0}),
            "zone_events": rows({"zone": "a", "happened_on": date(2020, 1, 1), "state": "operating"}),
            **({"projects": rows(*projects)} if projects else {}),
        }
    )


def reason(province: Province, point: str, **asked):
    found = match(province, Request(**asked), ON)[0]
    return next(r for r in found.reasons if r.point == point)


@pytest.mark.parametrize(
    ("land", "found"),
    [
        ({"industrial": 30.0, "leased": 20.0, "approved": 2.0}, 8.0),
        # ready land that has been let since is not offered again
        ({"industrial": 30.0, "leased": 20.0, "approved": 2.0, "ready": 12.0}, 8.0),
        ({"industrial": 30.0, "leased": 20.0, "approved": 2.0, "ready": 5.0}, 5.0),
        ({"industrial": 30.0, "leased": 31.0, "ready": 5.0}, 0.0),
        ({"ready": 5.0}, 5.0),
        ({"gross": 40.0}, None),
        ({}, None),
    ],
)
def test_land_offered_is_what_is_ready_and_still_left(land, found):
    assert reason(with_land(land), "hectares", hectares=1.0).found == found


def project(code: str, **more) -> dict:
    return {
        "project": code,
        "name": code,
        "kind": "production",
        "zone": "a",
        "standing": "operating",
        "power": None,
        **more,
    }


def test_utilities_to_spare_count_every_project_but_those_stopped():
    given = with_land(
        {},
        project("p1", power=10.0),
        project("p2", power=4.0, standing="stopped"),
        project("p3", power=6.0, standing="registered"),
        power_capacity=20.0,
    )
    assert reason(given, "power", power=4.0).found == 4.0
    assert reason(given, "power", power=4.0).verdict == "yes"
    assert reason(given, "power", power=4.01).verdict == "no"


def test_projects_that_have_not_said_their_need_are_told():
    given = with_land({}, project("p1", power=10.0), project("p2"), project("p3"), power_capacity=20.0)
    told = reason(given, "power", power=5.0)
    assert (told.found, told.silent) == (10.0, 2)
    assert told.sentence("vi") == "điện còn lại: có 10 MW, cần 5 MW (2 dự án trong khu chưa khai nhu cầu)"
    assert told.sentence("en").endswith("(2 projects there have not said what they need)")
    # where the capacity is not known there is nothing to be exact about
    assert (
        reason(with_land({}, project("p1")), "power", power=5.0).sentence("en")
        == "power to spare: not known, 5 MW needed"
    )


@pytest.mark.parametrize(("needed", "verdict"), [(12.5, "yes"), (12.4, "no")])
def test_a_distance_at_its_bound_is_near_enough(province, needed, verdict):
    found = {m.zone: m for m in match(province, Request(border_gate_km=needed), ON)}
    assert {r.point: r.verdict for r in found["a"].reasons}["border_gate_km"] == verdict


def test_nothing_of_a_tenant_is_told_but_that_its_division_is_there(province):
    told = " ".join(
        r.sentence(lang)
        for m in match(province, Request(hectares=1, industry="2420"), ON)
        for r in m.reasons
        for lang in ("vi", "en")
    )
    assert "p1" not in told
    assert "Dự án" not in told
