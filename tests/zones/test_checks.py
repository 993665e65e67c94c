"""What the command that checks a province tells of its register of zones."""

from datetime import date

import polars as pl

from fansipan.examples import laocai
from fansipan.province import Province
from fansipan.zones.checks import zone_faults

SOURCE = {"source": "reported"}


def test_the_example_and_an_empty_province_are_sound():
    assert zone_faults(dict(laocai.build())) == ()
    assert zone_faults({}) == ()


def test_forbidden_steps_and_land_over_its_whole_are_told():
    steps = [
        {**SOURCE, "zone": "z", "state": s, "happened_on": d, "document": "QD"}
        for s, d in [("listed", date(2023, 1, 2)), ("operating", date(2024, 1, 2))]
    ]
    land = [
        {**SOURCE, "zone": "z", "kind": k, "as_of": date(2024, 1, 1), "hectares": h}
        for k, h in [("gross", 20.0), ("industrial", 25.0)]
    ]
    found = zone_faults(
        dict(
            Province(
                {
                    "zones": pl.DataFrame([{**SOURCE, "zone": "z", "name": "Z", "kind": "cluster"}]),
                    "zone_events": pl.DataFrame(steps),
                    "zone_land": pl.DataFrame(land),
                }
            )
        )
    )
    assert [(f.code, f.severity) for f in found] == [("zone.step", "error"), ("land.part-over-whole", "error")]
