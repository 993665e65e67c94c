"""The facts that the law's tests look at, read from a province's tables as of a day."""

from datetime import date

import polars as pl
import pytest

from fansipan.areas import Units
from fansipan.errors import NotFound, Refused
from fansipan.province import Province
from fansipan.zones.facts import situation, zone_row, zones_in_scope
from fansipan.zones.standing import standing, verdicts

ON = date(2024, 5, 31)


def rows(*given: dict) -> pl.DataFrame:
    return pl.DataFrame([{"source": "illustrative", **row} for row in given])


def land(zone: str, **hectares: float) -> list[dict]:
    return [{"zone": zone, "kind": kind, "as_of": date(2024, 1, 31), "hectares": ha} for kind, ha in hectares.items()]


@pytest.fixture(scope="module")
def province() -> Province:
    areas = [
        {"area": "10", "name": "Tỉnh A", "level": "province", "parent": None},
        {"area": "h1", "name": "Huyện Một", "level": "district", "parent": "10"},
        {"area": "h2", "name": "Huyện Hai", "level": "district", "parent": "10"},
        {"area": "x1", "name": "Xã Một", "level": "commune", "parent": "h1"},
        {"area": "x2", "name": "Xã Hai", "level": "commune", "parent": "h1"},
    ]
    zones = [
        {"zone": "ccn-1", "name": "Cụm Một", "kind": "cluster", "area": "x1", "mountain": True},
        {"zone": "ccn-2", "name": "Cụm Hai", "kind": "cluster", "area": "x2"},
        {"zone": "ccn-3", "name": "Cụm Ba", "kind": "cluster", "area": "h2"},
        {
            "zone": "ccn-new",
            "name": "Cụm Mới",
            "kind": "cluster",
            "area": "x1",
            "planned_area": 40.0,
            "mountain": True,
            "character": "craft-village",
            "developer": "dn-1",
            "planned_use": True,
        },
        {"zone": "kcn-1", "name": "Khu Một", "kind": "park", "area": "h1"},
        {"zone": "kkt", "name": "Khu kinh tế", "kind": "economic-zone", "area": None},
    ]
    events = [
        {"zone": "ccn-1", "happened_on": date(2020, 1, 1), "state": "operating"},
        {"zone": "ccn-2", "happened_on": date(2021, 1, 1), "state": "operating"},
        {"zone": "ccn-3", "happened_on": date(2021, 1, 1), "state": "operating"},
        {"zone": "ccn-new", "happened_on": date(2024, 2, 1), "state": "listed"},
        {"zone": "kcn-1", "happened_on": date(2019, 1, 1), "state": "established"},
    ]
    hectares = [
        *land("ccn-1", gross=70, industrial=60, leased=20, approved=5),
        *land("ccn-2", industrial=50, leased=45),
        *land("ccn-3", industrial=40, leased=40),
        *land("kcn-1", industrial=100, leased=120),
    ]
    return Province(
        {
            "areas": rows(*({**a, "valid_from": date(2019, 1, 1)} for a in areas)),
            "zones": rows(*zones),
            "zone_events": rows(*events),
            "zone_land": rows(*hectares),
        }
    )


def decided(province, unit):
    """The province with its decision on the unit over which occupancy is averaged."""
    row = {"setting": "cluster-averaging-area", "value": unit}
    known = province["settings"]
    return province.replace(
        settings=pl.concat([known, pl.DataFrame([row]).match_to_schema(known.schema, missing_columns="insert")])
    )


def test_a_decision_that_names_no_unit_is_refused(province):
    with pytest.raises(Refused, match="is no unit over which occupancy is averaged"):
        situation(decided(province, "huyện"), "ccn-new", ON)


def test_the_clusters_of_the_same_district_then_of_the_same_commune(province):
    new = zone_row(province, "ccn-new")
    assert zones_in_scope(province, new, date(2025, 6, 30)) == ["ccn-1", "ccn-2"]
    assert zones_in_scope(province, new, date(2025, 7, 1)) is None  # until the province has decided
    assert zones_in_scope(decided(province, "commune"), new, date(2025, 7, 1)) == ["ccn-1"]
    assert zones_in_scope(decided(province, "district"), new, date(2025, 7, 1)) == ["ccn-1", "ccn-2"]
    assert zones_in_scope(decided(province, "province"), new, date(2026, 9, 14)) == ["ccn-1", "ccn-2", "ccn-3"]
    assert zones_in_scope(decided(province, "province"), new, date(2026, 9, 15)) == ["ccn-1"]  # by law
    assert zones_in_scope(province, new, date(2026, 9, 15)) == ["ccn-1"]
    assert zones_in_scope(province, new, date(2020, 6, 1)) == ["ccn-1"]
    assert zones_in_scope(province, new, date(2017, 7, 14)) is None
    assert zones_in_scope(province, zone_row(province, "ccn-3"), date(2025, 7, 1)) is None
    assert zones_in_scope(province, zone_row(province, "kcn-1"), ON) == []


def test_the_facts_of_a_cluster(province):
    found = situation(province, "ccn-new", ON)
    assert (found.area, found.planned, found.listed, found.developer) == (40, 40, True, True)
    assert (found.existing, found.existing_industrial) == (2, 110)
    assert (found.existing_leased, found.existing_approved, found.policy_approved) == (65, 5, False)
    assert (found.mountain, found.craft_village, found.industrial) == (True, True, None)
    before = situation(province, "ccn-new", date(2024, 1, 31))
    assert before.listed is None


def test_land_that_was_never_recorded_is_not_known_but_no_approval_beside_a_lease_is_none(province):
    found = situation(province, "ccn-2", ON)
    assert (found.leased, found.approved, found.services, found.mountain) == (45, 0.0, None, None)


def test_units(province):
    known = Units(province["areas"])
    assert known.unit_at("x1", ("district",), ON) == "h1"
    assert known.unit_at("x1", ("ward",), ON) is None
    assert known.unit_at(None, ("district",), ON) is None
    assert known.unit_at("nowhere", ("district",), ON) is None


def test_where_every_zone_stands(province):
    found = {row["zone"]: row for row in standing(province, ON).iter_rows(named=True)}
    assert len(found) == 6
    assert found["ccn-1"]["occupancy"] == pytest.approx(100 * 25 / 60)
    assert (found["ccn-1"]["left"], found["ccn-1"]["state"], found["ccn-1"]["overdue"]) == (35, "operating", 0)
    assert found["kkt"]["state"] is None
    # more land leased than there is: no rate is printed; the checks of land name the fault
    assert found["kcn-1"]["occupancy"] is None


def test_verdicts_of_a_zone(province):
    found = {v.rule: v for v in verdicts(province, "ccn-new", ON)}
    assert found["cluster.establish"].outcome == "met"
    assert found["cluster.size"].outcome == "met"
    assert [type(v) for v in verdicts(province, "ccn-new", date(2024, 4, 30), ("cluster.expand",))] == [Refused]
    assert verdicts(province, "kkt", ON) == []


def test_an_unknown_zone_gives_the_nearest(province):
    with pytest.raises(NotFound, match="ccn-1"):
        situation(province, "ccn1", ON)


def test_a_cluster_whose_commune_was_never_recorded_is_not_taken_to_lie_elsewhere(province):
    known = province["zones"].with_columns(
        area=pl.when(pl.col("zone") == "ccn-2").then(pl.lit("h1")).otherwise(pl.col("area"))
    )
    coarse = Province({**{name: province[name] for name in ("areas", "zone_events", "zone_land")}, "zones": known})
    coarse = decided(coarse, "commune")
    new = zone_row(coarse, "ccn-new")
    assert zones_in_scope(coarse, new, date(2025, 6, 30)) == ["ccn-1", "ccn-2"]
    assert zones_in_scope(coarse, new, date(2025, 7, 1)) is None  # ccn-2 lies somewhere in the same district
    told = "\n".join(verdicts(coarse, "ccn-new", date(2025, 7, 1), ("cluster.establish",))[0].lines("vi"))
    assert "chưa rõ từng cụm thuộc xã nào: ghi mã xã ở cột area của bảng zones" in told


def test_an_empty_character_is_an_ordinary_cluster_and_not_an_open_question(province):
    assert situation(province, "ccn-2", ON).craft_village is False


@pytest.mark.parametrize(
    ("handed_in", "decided_on", "outcome"),
    [
        (date(2026, 9, 14), None, "undecided"),  # 5 to 10 ha: what is mountain area was the province's to decide
        (date(2026, 9, 15), None, "met"),
        (None, None, "met"),
        (date(2026, 9, 14), date(2026, 9, 30), "met"),  # decided: a further step needs a dossier of its own
    ],
)
def test_a_dossier_is_tested_by_the_law_of_its_own_day(province, handed_in, decided_on, outcome):
    acts = [("dossier", "started", handed_in), ("decision", "done", decided_on)]
    steps = pl.DataFrame(
        [
            {"zone": "ccn-9", "procedure": "establish", "step": step, "act": act, "happened_on": day}
            for step, act, day in acts
            if day is not None
        ],
        schema=dict.fromkeys(("zone", "procedure", "step", "act"), pl.String) | {"happened_on": pl.Date},
    )
    zone = rows({"zone": "ccn-9", "name": "Cụm Chín", "kind": "cluster", "area": "x1", "planned_area": 7.0})
    small = province.replace(
        zones=zone.with_columns(mountain=True), zone_steps=steps.with_columns(source=pl.lit("illustrative"))
    )
    (found,) = verdicts(small, "ccn-9", date(2026, 10, 1), ("cluster.size",))
    assert found.outcome == outcome
    said = "the rules of the day the dossier was handed in, 2026-09-14" in "\n".join(found.lines("en"))
    assert said == (outcome == "undecided")
