"""Zones through a reorganisation: by the unit in force on the day, by successors; dated places; phases (Z31, Z32)."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.areas import Units
from fansipan.delivery.unit_figures import unit_figures
from fansipan.errors import Refused
from fansipan.indicators import Scope, Source, Span, compute
from fansipan.indicators.scopes import own_zones, units, zones_of
from fansipan.province import Province
from fansipan.zones.checks import zone_faults
from fansipan.zones.facts import situation, zone_row, zones_in_scope
from fansipan.zones.land import land_of
from fansipan.zones.places import log_of_wholes, places
from fansipan.zones.standing import standing

FIRST, END, START, LATER = date(2019, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 10, 1)
# Codes that share letters with each other, with their districts and with the units of the other province.
CODES = ("01", "010", "0101", "01-2025", "10", "101", "1", "x01", "01x", "001")


def table(rows, **also):
    return pl.DataFrame([{"source": "illustrative", **also, **row} for row in rows], infer_schema_length=None)


def unit(area, level, parent, *, last=None, successor=None, first=FIRST):
    whole = {"area": area, "name": f"Đơn vị {area}", "level": level, "parent": parent, "valid_from": first}
    return {**whole, "valid_to": last, "successor": successor}


def merged(communes, merger, *, districts=("h1", "h2"), province="P"):
    """Old communes by district, and what each became; districts end, as in July 2025."""
    rows = [unit(province, "province", None)]
    rows += [unit(district, "district", province, last=END, successor=province) for district in districts]
    rows += [unit(code, "commune", district, last=END, successor=merger[code]) for code, district in communes.items()]
    new = dict.fromkeys(merger.values())
    return [*rows, *(unit(code, "commune", province, first=START) for code in new)]


def clusters(where):
    return [{"zone": zone, "name": zone, "kind": "cluster", "area": area} for zone, area in where.items()]


def operating(zones, day=date(2020, 1, 1)):
    return [{"zone": zone, "happened_on": day, "state": "operating"} for zone in zones]


def province(areas, zones, **tables):
    log = operating([zone["zone"] for zone in zones])
    return Province(
        {
            "areas": table(areas),
            "zones": table(zones),
            "zone_events": table(tables.pop("events", log)),
            **{name: pl.DataFrame(rows) if name == "settings" else table(rows) for name, rows in tables.items()},
        }
    )


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_two_old_communes_in_one_new_are_averaged_together(data):
    old = data.draw(st.lists(st.sampled_from(CODES), min_size=3, max_size=6, unique=True))
    one, two = data.draw(st.permutations(old))[:2]
    joined = "chung"
    communes = {code: data.draw(st.sampled_from(["h1", "h2"])) for code in old}
    merger = {code: joined if code in (one, two) else f"moi-{code}" for code in old}
    recorded = {f"ccn-{code}": data.draw(st.sampled_from([code, merger[code]])) for code in old}
    whole = province(merged(communes, merger), clusters(recorded))
    row = zone_row(whole, f"ccn-{one}")
    assert zones_in_scope(whole, row, LATER) == [f"ccn-{two}"]
    others = [code for code in old if code not in (one, two)]
    for code in others:
        assert zones_in_scope(whole, zone_row(whole, f"ccn-{code}"), LATER) == []
    # Before the merger the districts count, whichever code was recorded - as far as it can be known.
    before = zones_in_scope(whole, row, END)
    beside = {f"ccn-{code}" for code in old if communes[code] == communes[one] and code != one}
    if communes[one] == communes[two]:
        assert before is not None
        assert set(before) == beside
    elif recorded[f"ccn-{one}"] == joined:
        assert before is None
    # A target by commune counts both in the new one.
    assert zones_of(whole, joined, "cluster", LATER) == [z for z in recorded if z in (f"ccn-{one}", f"ccn-{two}")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_province_counts_its_own_zones_only(data):
    """Any pair of provinces that became one: before, each its own; afterwards both."""
    own, other, new = data.draw(st.permutations(CODES))[:3]
    areas = [
        unit(own, "province", None, last=END, successor=new),
        unit(other, "province", None, last=END, successor=new),
        unit(new, "province", None, first=START),
    ]
    where = {}
    for k, home in enumerate(data.draw(st.lists(st.sampled_from([own, other]), min_size=1, max_size=5))):
        areas += [
            unit(f"xa{k}", "commune", home, last=END, successor=f"moi{k}"),
            unit(f"moi{k}", "commune", new, first=START),
        ]
        where[f"ccn-{k}"] = (home, data.draw(st.sampled_from([f"xa{k}", f"moi{k}", home])))
    whole = province(
        areas,
        clusters({zone: area for zone, (_, area) in where.items()}),
        settings=[{"setting": "province", "value": own}],
    )
    assert own_zones(whole, "cluster", END) == [zone for zone, (home, _) in where.items() if home == own]
    assert own_zones(whole, "cluster", START) == list(where)
    for day, count in ((END, sum(home == own for home, _ in where.values())), (START, len(where))):
        found = compute("clusters", Source(whole, day), Scope("province", own), Span(day, day))
        assert found.value == count


def test_the_new_province_before_it_was_one_is_a_question():
    areas = [
        unit("10", "province", None, last=END, successor="15n"),
        unit("15", "province", None, last=END, successor="15n"),
        unit("15n", "province", None, first=START),
        unit("y", "commune", "15n", first=START),
    ]
    named = [{"setting": "province", "value": "15n"}]
    whole = province(areas, clusters({"ccn-1": "10"}), settings=named)
    with pytest.raises(Refused, match="the province 15n did not exist yet: there were 10, 15"):
        own_zones(whole, "cluster", END)
    assert own_zones(whole, "cluster", START) == ["ccn-1"]


def test_a_zone_that_may_have_lain_in_either_is_a_question():
    areas = merged({"a": "h1", "b": "h2"}, {"a": "y", "b": "y"})
    whole = province(areas, clusters({"ccn-1": "y"}))
    with pytest.raises(Refused, match="ccn-1 may have lain in h1 or in another unit"):
        zones_of(whole, "h1", "cluster", LATER)
    told = whole.replace(zone_places=table([{"zone": "ccn-1", "area": "b", "valid_from": FIRST}]))
    assert zones_of(told, "h1", "cluster", LATER) == []
    assert zones_of(told, "h2", "cluster", LATER) == ["ccn-1"]


def test_a_commune_that_outlived_its_district_lies_in_what_stands_for_it():
    areas = [
        unit("10", "province", None, last=END, successor="15"),
        unit("15", "province", None, first=START),
        unit("086", "district", "10", last=END, successor="15"),
        unit("kept", "commune", "086"),
    ]
    assert Units(table(areas)).unit_at("kept", ("province",), START) == "15"
    assert Units(table(areas)).unit_at("kept", ("province",), END) == "10"
    assert Units(table(areas)).unit_at("kept", ("district",), LATER) == "086"  # as districts last stood
    assert units(table(areas), "commune", START, "10") == ["kept"]


AREAS = merged({"a": "h1", "b": "h1", "c": "h2"}, {"a": "y1", "b": "y2", "c": "y2"})
LAND = [
    {"zone": zone, "kind": kind, "as_of": FIRST, "hectares": hectares}
    for zone, kinds in {"ccn-2": {"industrial": 40.0, "leased": 10.0}}.items()
    for kind, hectares in kinds.items()
]


@pytest.mark.parametrize(
    ("places_of", "on", "existing", "industrial"),
    [
        ([("c", None, None, None)], LATER, 1, 40.0),
        ([("a", None, None, None)], LATER, 0, None),
        ([("a", None, None, 0.25), ("c", None, None, 0.75)], LATER, 1, 30.0),  # a quarter lies in another commune
        ([("a", None, None, None), ("c", None, None, None)], LATER, 1, None),  # how much is not recorded
        ([("b", None, None, 0.5), ("c", None, None, 0.5)], LATER, 1, 40.0),  # two old communes, one new
        ([("a", None, date(2026, 9, 30), None), ("c", date(2026, 10, 1), None, None)], LATER, 1, 40.0),
        ([("a", None, date(2026, 10, 1), None), ("c", date(2026, 10, 2), None, None)], LATER, 0, None),
    ],
)
def test_a_place_has_dates_and_may_be_several_areas_or_part_of_one(places_of, on, existing, industrial):
    rows = [
        {"zone": "ccn-2", "area": area, "valid_from": first or FIRST, "valid_to": last, "share": share}
        for area, first, last, share in places_of
    ]
    zones = clusters({"ccn-1": "b", "ccn-2": None})
    whole = province(AREAS, zones, zone_places=rows, zone_land=LAND)
    facts = situation(whole, "ccn-1", on)
    assert (facts.existing, facts.existing_industrial) == (existing, industrial)


def test_a_zone_in_two_districts_is_one_zone_in_their_sum():
    rows = [{"zone": "ccn-1", "area": area, "valid_from": FIRST} for area in ("a", "c")]
    whole = province(AREAS, clusters({"ccn-1": None}), zone_places=rows)
    found = compute("clusters", Source(whole, END), Scope("areas", "all"), Span(END, END))
    assert {unit: part.value for unit, part in found.parts.items()} == {"h1": 1.0, "h2": 1.0}
    assert found.value == 1.0


def test_a_zone_of_two_communes_has_no_one_average():
    rows = [{"zone": "ccn-1", "area": area, "valid_from": FIRST} for area in ("a", "c")]
    whole = province(AREAS, clusters({"ccn-1": None, "ccn-2": "a"}), zone_places=rows)
    assert zones_in_scope(whole, zone_row(whole, "ccn-1"), LATER) is None


def test_shares_above_the_whole_and_odd_phases_are_told():
    rows = [{"zone": "ccn-1", "area": area, "valid_from": FIRST, "share": 0.6} for area in ("a", "c")]
    zones = [
        *clusters({"ccn-1": "a"}),
        {"zone": "kcn", "name": "K", "kind": "park", "part_of": "ccn-1"},
        {"zone": "self", "name": "S", "kind": "park", "part_of": "self"},
    ]
    told = zone_faults({"zones": table(zones), "zone_places": table(rows).with_columns(valid_to=pl.lit(None, pl.Date))})
    assert [fault.message("en") for fault in told] == [
        "ccn-1: its shares by area on 2019-01-01 add up to 120.00 %.",
        "kcn cannot be a phase of ccn-1: it is of another kind, or a phase of itself.",
        "self cannot be a phase of self: it is of another kind, or a phase of itself.",
    ]


PHASES = [
    {"zone": "kcn", "name": "Khu", "kind": "park", "area": "h1", "part_of": None},
    {"zone": "kcn-1", "name": "Khu, giai đoạn 1", "kind": "park", "area": "h1", "part_of": "kcn"},
    {"zone": "kcn-2", "name": "Khu, giai đoạn 2", "kind": "park", "area": "h1", "part_of": "kcn"},
    {"zone": "khac", "name": "Khác", "kind": "park", "area": "h1", "part_of": None},
]


@pytest.mark.parametrize(
    ("log", "parks", "formed_2024"),
    [
        ([("kcn", 2020, "established"), ("kcn-2", 2024, "established")], 1, 0),
        ([("kcn-1", 2020, "established"), ("kcn-2", 2024, "established")], 1, 0),
        ([("kcn-1", 2020, "planned"), ("kcn-2", 2024, "established")], 1, 1),
        ([("kcn-1", 2020, "operating"), ("kcn-2", 2023, "planned")], 1, 0),
        ([("kcn-2", 2024, "established"), ("khac", 2024, "established")], 2, 2),
        ([("kcn", 2020, "planned"), ("kcn-1", 2024, "planned")], 0, 0),
    ],
)
def test_phases_of_a_park_are_no_further_parks(log, parks, formed_2024):
    events = [{"zone": zone, "happened_on": date(year, 3, 1), "state": state} for zone, year, state in log]
    whole = province(AREAS, PHASES, events=events)
    end, year = date(2024, 12, 31), Span(date(2024, 1, 1), date(2024, 12, 31))
    for scope in (Scope("province", "P"), Scope("areas", "all")):
        assert compute("parks", Source(whole, end), scope, Span(end, end)).value == parks
        assert compute("parks-implemented", Source(whole, end), scope, year).value == formed_2024
    assert set(log_of_wholes(whole["zone_events"], whole["zones"])["zone"]) <= {"kcn", "khac"}


def test_the_land_of_a_park_is_that_of_its_phases_unless_its_own_is_recorded():
    def land(**kinds):
        return [
            {"zone": zone.replace("_", "-"), "kind": kind, "as_of": day, "hectares": hectares}
            for zone, rows in kinds.items()
            for kind, day, hectares in rows
        ]

    rows = land(
        kcn=[("gross", FIRST, 300.0)],
        kcn_1=[("gross", FIRST, 100.0), ("industrial", FIRST, 70.1), ("leased", FIRST, 20.0)],
        kcn_2=[("gross", FIRST, 120.0), ("industrial", date(2020, 1, 1), 80.2)],
    )
    whole = province(AREAS, PHASES, zone_land=rows)
    found = land_of(whole, "kcn", END)
    assert found.hectares == {"gross": 300.0, "industrial": 150.3}  # leased: the second phase's is not known
    assert found.as_of["industrial"] == FIRST
    assert land_of(whole, "kcn-1", END).hectares == {"gross": 100.0, "industrial": 70.1, "leased": 20.0}
    facts = situation(whole, "khac", END)
    assert facts.existing == 1


def test_a_zone_without_rows_in_force_lies_nowhere_that_is_known():
    rows = [{"zone": "ccn-1", "area": "a", "valid_from": date(2023, 1, 1)}]
    whole = province(AREAS, clusters({"ccn-1": "c"}), zone_places=rows)
    assert places(whole).of("ccn-1", date(2022, 12, 31)) == []
    assert places(whole).of("ccn-1", date(2023, 1, 1)) == [("a", 1.0)]


def test_a_list_shows_the_area_of_the_day():
    rows = [
        {"zone": "ccn-1", "area": "a", "valid_from": FIRST, "valid_to": END},
        {"zone": "ccn-1", "area": "y2", "valid_from": START},
    ]
    whole = province(AREAS, clusters({"ccn-1": "c"}), zone_places=rows)
    assert standing(whole, END)["area"].to_list() == ["a"]
    assert standing(whole, START)["area"].to_list() == ["y2"]
    assert unit_figures(whole, "zones", END, END).select("area", "value").rows() == [("a", 1.0)]
