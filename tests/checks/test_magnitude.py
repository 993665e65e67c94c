"""A figure a thousand times off its own history."""

from datetime import datetime

import pytest

from fansipan.checks.magnitude import misread_thousands


def months(*values: float) -> list[dict]:
    return [{"month": f"2024-{m:02d}", "quantity": value} for m, value in enumerate(values, 1)]


@pytest.mark.parametrize(("strict", "severity"), [(False, "warning"), (True, "error")])
def test_49_5_where_the_column_is_in_thousands(codes, strict, severity):
    rows = {"returns": months(48000, 50100, 49.5, 49000, 52000)}
    assert codes(misread_thousands, rows, strict=strict) == [("figures.magnitude", "returns", 3, "quantity", severity)]


def test_single_places_are_doubted_only_when_strict(codes):
    rows = {"returns": months(48000, 50100, 4950, 49000, 52000)}
    assert codes(misread_thousands, rows) == []
    assert [found[2] for found in codes(misread_thousands, rows, strict=True)] == [3]


def test_what_was_corrected_since_is_not_told(codes):
    rows = months(48000, 50100, 49.5, 49000, 52000)
    rows.append(rows[2] | {"quantity": 49500.0, "recorded_at": datetime(2024, 7, 1)})
    assert codes(misread_thousands, {"returns": rows}) == []


def test_a_plant_that_stops_and_one_of_a_season_are_left_alone(codes):
    assert codes(misread_thousands, {"returns": months(48000, 0, 50100, 1200, 9000, 30000)}) == []


def test_each_establishment_has_its_own_history(codes):
    rows = months(48000, 50100, 49000, 52000) + [m | {"establishment": "e2"} for m in months(48, 50.1, 49, 52)]
    assert codes(misread_thousands, {"returns": rows}) == []
