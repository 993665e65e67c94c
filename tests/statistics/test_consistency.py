"""Months, quarters and years of a series against each other (Rule B2)."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.statistics.consistency import consistency

MONTHS = {f"2023-{m:02d}": 10.0 for m in range(1, 13)}


def figures(known, name="a"):
    return pl.DataFrame({"series": [name] * len(known), "period": list(known), "value": list(known.values())})


def told(known, **options):
    return consistency(figures(known), **options).select("period", "of", "expected", "difference").rows()


def test_a_quarter_that_is_not_the_sum_of_its_months_is_told():
    assert told({**MONTHS, "2023-Q1": 30.0, "2023-Q2": 33.0}) == [("2023-Q2", "months", 30.0, 3.0)]


def test_a_year_is_held_against_its_months_and_its_quarters():
    quarters = {f"2023-Q{q}": 30.0 for q in (1, 2, 3, 4)}
    assert told({**quarters, "2023": 127.0}) == [("2023", "quarters", 120.0, 7.0)]
    both = told({**MONTHS, **quarters, "2023": 127.0})
    assert both == [("2023", "months", 120.0, 7.0), ("2023", "quarters", 120.0, 7.0)]


def test_of_an_index_a_year_is_the_mean():
    assert told({**MONTHS, "2023": 10.0}, conversion="mean") == []
    assert told({**MONTHS, "2023": 12.0}, conversion="mean") == [("2023", "months", 10.0, 2.0)]


def test_periods_that_are_not_whole_are_passed_over():
    known = {k: v for k, v in MONTHS.items() if k != "2023-05"}
    assert told({**known, "2023-Q2": 99.0, "2023": 99.0}) == []
    assert told({**known, "2023-05": None, "2023-Q2": 99.0}) == []


def test_series_are_kept_apart():
    found = consistency(pl.concat([figures({**MONTHS, "2023": 120.0}), figures({**MONTHS, "2023": 1.0}, "b")]))
    assert found["series"].to_list() == ["b"]


@pytest.mark.parametrize(("quarter", "apart"), [(30.2, 0), (30.3, 1), (29.8, 0), (29.6, 1)])
def test_rounding_is_passed_over(quarter, apart):
    """Three months and a quarter printed to one decimal can differ by half a tenth each: 0.2 in all."""
    assert len(told({"2023-01": 10.1, "2023-02": 9.9, "2023-03": 10.0, "2023-Q1": quarter})) == apart


@given(st.lists(st.floats(0, 1e6), min_size=12, max_size=12), st.integers(0, 3))
def test_what_was_rounded_from_one_truth_agrees(values, places):
    months = {period: round(value, places) for period, value in zip(MONTHS, values, strict=True)}
    quarters = {f"2023-Q{q + 1}": round(sum(values[3 * q : 3 * q + 3]), places) for q in range(4)}
    whole = {**months, **quarters, "2023": round(sum(values), places)}
    assert told(whole, tolerance=0.5 * 10.0**-places * 13.001 + 1e-6) == []
