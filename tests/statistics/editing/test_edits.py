"""Every edit by itself: what passes, what fails and how far outside it lies (Rules ED2 to ED5)."""

from math import log

import polars as pl
import pytest

from fansipan.statistics.editing import edits
from fansipan.statistics.editing.limits import EditLimits

LIMITS = EditLimits()
COLUMNS = (
    "quantity",
    "expected",
    "by-last-month",
    "by-last-year",
    "by-value",
    "lowest",
    "highest",
    "capacity",
    "last_stock",
    "sales",
    "stock",
    "last_quantity",
    "year_quantity",
    "price",
)


def rows(*given):
    made = [
        {"establishment": f"e{n}", "product": "p", "division": "07", "section": "B"}
        | {name: g.get(name) for name in COLUMNS}
        for n, g in enumerate(given)
    ]
    text = ("establishment", "product", "division", "section")
    return pl.DataFrame(made, schema=dict.fromkeys(text, pl.String) | dict.fromkeys(COLUMNS, pl.Float64))


@pytest.mark.parametrize(
    ("edit", "row", "distance"),
    [
        (edits.in_range, {"quantity": 199.0, "lowest": 50.0, "highest": 100.0}, None),
        (edits.in_range, {"quantity": 400.0, "lowest": 50.0, "highest": 100.0}, 1.0),
        (edits.in_range, {"quantity": 12.5, "lowest": 50.0, "highest": 100.0}, 1.0),
        (edits.in_range, {"quantity": 9.0}, None),
        (edits.to_last_month, {"quantity": 249.0, "by-last-month": 100.0}, None),
        (edits.to_last_month, {"quantity": 625.0, "by-last-month": 100.0}, 1.0),
        (edits.to_last_month, {"quantity": 625.0, "by-last-month": 0.0}, None),
        (edits.to_last_year, {"quantity": 16.0, "by-last-year": 100.0}, 1.0),
        (edits.unit_value, {"quantity": 104.0, "by-value": 100.0}, None),
        (edits.unit_value, {"quantity": 100 * 1.05**2, "by-value": 100.0}, 1.0),
        (edits.within_capacity, {"quantity": 109.0, "capacity": 100.0}, None),
        (edits.within_capacity, {"quantity": 121.0, "capacity": 100.0}, 1.0),
        (edits.stock_identity, {"quantity": 100.0, "last_stock": 10.0, "sales": 90.0, "stock": 20.0}, None),
        (edits.stock_identity, {"quantity": 100.0, "last_stock": 10.0, "sales": 90.0, "stock": 40.0}, 1.0),
        (edits.stock_identity, {"quantity": 100.0, "sales": 90.0, "stock": 40.0}, None),
        (edits.stopped, {"quantity": 0.0, "expected": 5.0}, 1.0),
        (edits.stopped, {"quantity": 0.0, "expected": 0.0}, None),
    ],
)
def test_one_return(edit, row, distance):
    failed = edit(rows(row), LIMITS)
    if distance is None:
        assert failed.is_empty()
    else:
        assert failed["distance"].to_list() == [pytest.approx(distance)]


def test_the_spread_of_the_month_widens_what_is_allowed():
    calm = [{"quantity": 100.0, "expected": 100.0}] * 6
    assert edits.around_expected(rows(*calm, {"quantity": 130.0, "expected": 100.0}), LIMITS).height == 1
    noisy = [{"quantity": q, "expected": 100.0} for q in (80.0, 120.0, 85.0, 118.0, 90.0, 112.0)]
    assert edits.around_expected(rows(*noisy, {"quantity": 130.0, "expected": 100.0}), LIMITS).is_empty()


def test_bounds_are_told_in_the_products_unit():
    failed = edits.to_last_month(rows({"quantity": 900.0, "by-last-month": 100.0}), LIMITS)
    assert failed.select("low", "high").row(0) == (pytest.approx(40.0), pytest.approx(250.0))


def test_hidiroglou_berthelot_needs_a_group():
    steady = [{"quantity": 100.0 + n, "last_quantity": 100.0, "by-last-month": 100.0, "price": 1.0} for n in range(5)]
    wild = {"quantity": 900.0, "last_quantity": 100.0, "by-last-month": 100.0, "price": 1.0}
    found = edits.hb_to_last_month(rows(*steady, wild), LIMITS)
    assert found["establishment"].to_list() == ["e5"]
    assert edits.hb_to_last_month(rows(*steady[:3], wild), LIMITS).is_empty()


def test_suspicion_grows_with_the_distance_and_stays_below_one():
    failed = edits.failed_edits(rows({"quantity": 625.0, "by-last-month": 100.0}), LIMITS)
    assert failed["suspicion"].to_list() == [pytest.approx(0.5)]
    far = edits.failed_edits(rows({"quantity": 1e9, "by-last-month": 100.0}), LIMITS)
    assert 0.9 < far["suspicion"][0] < 1.0
    assert far["distance"][0] == pytest.approx(log(1e9 / 250) / log(2.5))


def with_sources(sources, *given):
    return rows(*given).with_columns(sources=pl.lit(sources))


def suspected(frame, name, share=0.5):
    found = edits.failed_edits(frame, EditLimits(movement_share=share)).filter(edit=name)
    return dict(found.select("establishment", "suspicion").iter_rows())


def test_an_unusual_movement_of_a_return_that_was_expected_counts_half():
    quiet = [
        {"quantity": q, "expected": 100.0, "last_quantity": 100.0, "price": 1.0}
        for q in (101.0, 99.0, 100.0, 102.0, 98.0)
    ]
    near = {"quantity": 300.0, "expected": 295.0, "last_quantity": 100.0, "by-last-month": 100.0, "price": 1.0}
    frame = with_sources(4, *quiet, near)
    full = suspected(frame, "hb-month", share=1.0)
    half = suspected(frame, "hb-month")
    assert full.keys() == half.keys()
    assert len(half) == 1
    assert list(half.values()) == pytest.approx([value / 2 for value in full.values()])
    assert suspected(frame, "last-month") == pytest.approx(
        {who: value / 2 for who, value in suspected(frame, "last-month", share=1.0).items()}
    )


@pytest.mark.parametrize(("sources", "expected"), [(2, 295.0), (4, 100.0)], ids=["two sources", "far from expected"])
def test_it_counts_in_full_where_few_sources_spoke_or_something_else_was_expected(sources, expected):
    quiet = [
        {"quantity": q, "expected": 100.0, "last_quantity": 100.0, "price": 1.0}
        for q in (101.0, 99.0, 100.0, 102.0, 98.0)
    ]
    near = {"quantity": 300.0, "expected": expected, "last_quantity": 100.0, "by-last-month": 100.0, "price": 1.0}
    frame = with_sources(sources, *quiet, near)
    assert suspected(frame, "hb-month")
    assert suspected(frame, "hb-month") == suspected(frame, "hb-month", share=1.0)
