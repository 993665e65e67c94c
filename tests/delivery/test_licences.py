"""Licences of deposits as of a day, in the province and its neighbours."""

from datetime import date

import polars as pl

from fansipan.delivery.licences import licences_on, licensed_capacity

ROWS = [
    ("a", "mining", 100.0, date(2020, 1, 1), date(2030, 12, 31), "apatit"),
    ("b", "mining", 50.0, date(2020, 1, 1), date(2024, 12, 31), "apatit"),
    ("c", "mining", 70.0, date(2010, 1, 1), date(2024, 5, 30), "apatit"),
    ("d", "exploration", 30.0, date(2023, 1, 1), None, "đồng"),
    ("e", "planned", None, None, None, "đồng"),
    ("f", "mining", 10.0, date(2024, 6, 1), None, "đồng"),
]
LICENCES = pl.DataFrame(
    [
        {
            "licence": c,
            "name": c,
            "mineral": m,
            "province": "Lào Cai",
            "stage": s,
            "tonnes_a_year": t,
            "valid_from": f,
            "valid_to": e,
        }
        for c, s, t, f, e, m in ROWS
    ],
    infer_schema_length=None,
)
ON = date(2024, 5, 31)


def test_state_on_a_day():
    found = dict(licences_on(LICENCES, ON).select("licence", "state").iter_rows())
    assert found == {"a": "valid", "b": "ends-soon", "c": "ended", "d": "valid", "e": "planned", "f": "not-yet"}
    assert dict(licences_on(LICENCES, date(2024, 5, 30)).select("licence", "state").iter_rows())["c"] == "ends-soon"


def test_capacity_is_of_mining_licences_in_force():
    assert licensed_capacity(LICENCES, ON).rows() == [("apatit", "Lào Cai", 150.0)]
