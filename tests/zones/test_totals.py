"""All clusters and parks together: sums, average occupancy on industrial and on cleared land, of how many (Z34)."""

import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.province import Province
from fansipan.zones.totals import FIGURES, TOGETHER, totals

ON, FIRST = date(2024, 12, 31), date(2020, 1, 1)


def province(zones, land, **tables) -> Province:
    rows = [
        {"zone": zone, "name": zone, "kind": kind, "part_of": whole, "area": area}
        for zone, kind, whole, area, _ in zones
    ]
    log = [{"zone": zone, "happened_on": FIRST, "state": state} for zone, *_, state in zones if state]
    hectares = [
        {"zone": zone, "kind": kind, "as_of": FIRST, "hectares": figure}
        for zone, kinds in land.items()
        for kind, figure in kinds.items()
        if figure is not None
    ]
    frames = {"zones": rows, "zone_events": log, "zone_land": hectares}
    made = {
        name: pl.DataFrame(part, infer_schema_length=None).with_columns(source=pl.lit("illustrative"))
        for name, part in frames.items()
        if part
    }
    return Province({**made, **tables})


def found(whole: Province, kind: str = "cluster") -> dict[str, tuple[float | None, int, int]]:
    rows = totals(whole, ON).filter(pl.col("kind") == kind).iter_rows(named=True)
    return {row["figure"]: (row["value"], row["known"], row["zones"]) for row in rows}


def test_the_average_of_three_published_rates_is_all_land_over_all_land():
    # The decree's worked rates: 91.54 %, 84.15 % and 94.65 %; their mean would be 90.11 %.
    lands = {"a": (315.99, 289.27), "b": (82.82, 69.69), "c": (74.98, 70.97)}
    zones = [(zone, "cluster", None, None, "operating") for zone in lands]
    whole = province(zones, {zone: {"industrial": i, "leased": taken} for zone, (i, taken) in lands.items()})
    value, known, count = found(whole)["occupancy"]
    assert (round(value, 2), known, count) == (90.74, 3, 3)


def test_zones_of_unknown_land_are_told_and_not_taken_for_empty():
    zones = [(zone, "cluster", None, None, "operating") for zone in ("a", "b", "c")]
    land = {
        "a": {"gross": 60, "industrial": 40.0, "cleared": 30.0, "leased": 20.0, "approved": 4.0},
        "b": {"gross": 50, "industrial": 30.0},
        "c": {"industrial": 10.0, "leased": 12.0},  # contradicts itself: in no average of occupancy
    }
    whole = province(zones, land)
    assert found(whole) == {
        "gross": (110.0, 2, 3),
        "industrial": (80.0, 3, 3),
        "cleared": (30.0, 1, 3),
        "leased": (32.0, 2, 3),
        "approved": (4.0, 1, 3),
        "left": (14.0, 2, 3),
        "occupancy": (60.0, 1, 3),
        "cleared_occupancy": (80.0, 1, 3),
    }
    assert found(whole, "park") == dict.fromkeys(FIGURES, (None, 0, 0))
    assert found(whole, TOGETHER) == found(whole)


def test_only_zones_in_law_and_no_phases():
    zones = [
        ("k", "park", None, None, "operating"),
        ("k-1", "park", "k", None, "operating"),
        ("k-2", "park", "k", None, "planned"),
        ("p", "park", None, None, "planned"),
        ("x", "park", None, None, None),
        ("w", "cluster", None, None, "withdrawn"),
    ]
    land = {zone: {"industrial": 10.0, "leased": 5.0} for zone, *_ in zones}
    land["k-1"] = {"industrial": 6.0, "leased": 5.0}
    assert found(province(zones, land), "park")["industrial"] == (10.0, 1, 1)
    del land["k"]
    phased = found(province(zones, land), "park")
    assert (phased["industrial"], phased["occupancy"]) == ((16.0, 1, 1), (62.5, 1, 1))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 9000), st.integers(0, 9000), st.one_of(st.none(), st.integers(1, 9000))),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 5),
)
def test_however_land_is_split_among_zones_the_average_is_that_of_the_whole(parts, parks):
    zones, land = [], {}
    for k, (industrial, leased, cleared) in enumerate(parts):
        zones.append((f"z{k}", "park" if k < parks else "cluster", None, None, "operating"))
        land[f"z{k}"] = {"industrial": industrial / 100, "leased": min(leased, industrial) / 100}
        land[f"z{k}"] |= {"cleared": None if cleared is None else cleared / 100}
    whole = found(province(zones, land), TOGETHER)
    right = 100 * sum(min(leased, i) for i, leased, _ in parts) / sum(i for i, *_ in parts)
    assert whole["occupancy"] == (pytest.approx(right, abs=1e-9), len(parts), len(parts))
    ready = [(min(leased, i), c) for i, leased, c in parts if c is not None]
    expected = 100 * sum(t for t, _ in ready) / sum(c for _, c in ready) if ready else None
    assert whole["cleared_occupancy"] == (expected and pytest.approx(expected, abs=1e-9), len(ready), len(parts))


def test_a_province_merged_later_is_not_in_the_totals_of_before():
    units = [("10", None, date(2025, 6, 30), "15n"), ("15", None, date(2025, 6, 30), "15n"), ("15n", None, None, None)]
    areas = pl.DataFrame(
        [
            {
                "area": area,
                "name": area,
                "level": "province",
                "valid_from": FIRST if last else date(2025, 7, 1),
                "valid_to": last,
                "successor": successor,
                "source": "illustrative",
            }
            for area, _, last, successor in units
        ]
    )
    setting = pl.DataFrame({"setting": ["province"], "value": ["10"]})
    zones = [("own", "cluster", None, "10", "operating"), ("other", "cluster", None, "15", "operating")]
    whole = province(zones, {"own": {"gross": 1.0}, "other": {"gross": 2.0}}, areas=areas, settings=setting)
    assert found(whole)["gross"] == (1.0, 1, 1)
    after = totals(whole, date(2025, 7, 1)).filter(pl.col("kind") == "cluster", pl.col("figure") == "gross")
    assert after["value"].to_list() == [3.0]


def test_the_rows_are_plain_data():
    whole = province([("a", "cluster", None, None, "operating")], {})
    assert len(json.dumps(totals(whole, ON).to_dicts())) > 0
