"""What a return was expected to say: each source, the middle of them, and the median of the others (Rule ED1)."""

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from fansipan.periods import Month
from fansipan.statistics.editing.evidence import gather_evidence
from fansipan.statistics.editing.expectation import expect, median_of_others
from support.returns import returned

MAY = Month(2024, 5)


def row(frame, establishment, product="ore"):
    return frame.row(
        by_predicate=(pl.col("establishment") == establishment) & (pl.col("product") == product), named=True
    )


def test_each_source_speaks_for_itself(small):
    april = returned("a", "ore", "2024-04", 100.0, on="2024-04-20", value=0.5)
    returns = [
        {**april, "stock": 40.0, "expected_next": 130.0},
        returned("a", "ore", "2023-05", 90.0, on="2023-05-20"),
        returned("a", "ore", "2024-05", 70.0, on="2024-05-18"),
        {**returned("a", "ore", "2024-05", 120.0, on="2024-05-20", value=0.55), "sales": 125.0, "stock": 30.0},
    ]
    found = row(expect(gather_evidence(small(returns), MAY)), "a")
    assert found["by-statement"] == 130.0
    assert found["by-earlier-return"] == 70.0
    assert found["by-value"] == pytest.approx(110.0), "0.55 billion at last month's 5 million a tonne"
    assert found["by-stock"] == 125.0 + 30.0 - 40.0
    assert (found["by-last-month"], found["by-last-year"]) == (100.0, 90.0), "nobody else moved"
    # 70, 90, 100, 110, 115, 130: the return lies above the two middle ones
    assert (found["expected"], found["sources"]) == (110.0, 6)


def test_last_month_moves_as_the_others_did(small):
    may = {("a", "ore"): 99.0, ("b", "ore"): 20.0, ("c", "water"): 22.0, ("d", "power"): 24.0}
    returns = [
        returned(*pair, month, q) for pair, now in may.items() for month, q in (("2024-04", 10.0), ("2024-05", now))
    ]
    found = expect(gather_evidence(small(returns), MAY))
    assert row(found, "a")["by-last-month"] == pytest.approx(22.0), "the median of 2, 2.2 and 2.4, its own 9.9 left out"


def test_what_was_known_and_what_was_edited(small):
    edit = {
        "edit": "HC001",
        "establishment": "a",
        "product": "ore",
        "month": "2024-04",
        "field": "quantity",
        "before": 1000.0,
        "after": 10.0,
        "rule": "unit",
        "recorded_at": datetime(2024, 5, 2),
        "source": "reported",
    }
    returns = [
        returned("a", "ore", "2024-04", 1000.0, on="2024-04-20"),
        returned("a", "ore", "2024-05", 11.0, on="2024-05-20"),
    ]
    tables = small(returns, [edit])
    assert row(gather_evidence(tables, MAY, date(2024, 5, 20)), "a")["last_quantity"] == 10.0
    before = gather_evidence(tables, MAY, date(2024, 5, 1))
    assert row(before, "a")["quantity"] is None, "the return had not come, yet it is expected"
    assert row(before, "a")["last_quantity"] == 1000.0


def test_a_product_silent_for_a_year_is_not_expected(small):
    tables = small([returned("a", "ore", "2023-04", 5.0), returned("b", "ore", "2024-05", 5.0)])
    assert gather_evidence(tables, MAY)["establishment"].to_list() == ["b"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8])
def test_the_median_of_the_others_is_that_of_a_list_without_it(size):
    values = np.random.default_rng(size).normal(size=size)
    found = median_of_others(values)
    for place in range(size):
        others = np.delete(values, place)
        if others.size:
            assert found[place] == pytest.approx(np.median(others))
        else:
            assert np.isnan(found[place])


def test_a_missing_place_gets_the_median_of_all():
    found = median_of_others(np.array([1.0, np.nan, 3.0]), least=2)
    assert found[1] == 2.0
    assert np.isnan(found[[0, 2]]).all()
