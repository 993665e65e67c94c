"""Which months stand against which (Rule S5), and gaps filled (Rule S3)."""

import numpy as np
import polars as pl
import pytest

from fansipan.errors import FansipanError, InvalidInput
from fansipan.statistics import aggregate_index
from fansipan.statistics.index.trees.gaps import carry_last_value, follow_ancestors, last_observed
from fansipan.statistics.index.trees.growth import compare, growth_rate, ordinals, year_to_date
from fansipan.statistics.index.trees.tree import compile_tree

NAN = np.nan


def months(*periods):
    return ordinals(pl.Series(periods))


def test_ordinals_count_months():
    assert np.diff(months("2023-11", "2023-12", "2024-01", "2025-01")).tolist() == [1, 1, 12]


def test_month_and_year_before_by_the_calendar():
    levels = np.array([[1.0, 2.0, 4.0, 8.0]])
    when = months("2023-01", "2023-02", "2024-01", "2024-02")
    assert compare(levels, when, "mom")[1].tolist() == [pytest.approx([NAN, 1, NAN, 4], nan_ok=True)]
    assert compare(levels, when, "yoy")[1].tolist() == [pytest.approx([NAN, NAN, 1, 2], nan_ok=True)]


def test_year_to_date_starts_where_the_year_does_and_needs_every_month():
    levels = np.array([[1.0, 2.0, 4.0, 8.0, 16.0]])
    when = months("2023-12", "2024-01", "2024-02", "2024-03", "2024-05")
    assert year_to_date(levels, when)[0].tolist() == pytest.approx([NAN, 2, 6, 14, NAN], nan_ok=True)
    assert year_to_date(levels, when, 12)[0].tolist() == pytest.approx([1, 3, 7, 15, NAN], nan_ok=True)
    assert year_to_date(levels, when, 5)[0].tolist() == pytest.approx([NAN, NAN, NAN, NAN, 16], nan_ok=True)


def test_growth_of_nothing_is_blank():
    assert growth_rate(np.array([1.0, 0.0]), np.array([0.0, 4.0])).tolist() == pytest.approx([NAN, -100], nan_ok=True)


def test_months_thousands_of_years_apart_need_no_room():
    values = pl.DataFrame({"code": ["T", "T"], "period": ["0001-01", "9999-12"], "index": [1.0, 2.0]})
    weights = pl.DataFrame({"code": ["T"], "parent": [None], "weight": [1.0]}, schema_overrides={"parent": pl.String})
    assert aggregate_index(values, weights, growth="ytd")["growth"].null_count() == 2


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_begins_in_a_month(month):
    empty = pl.DataFrame()
    with pytest.raises(FansipanError, match=f"cannot begin in month {month}"):
        aggregate_index(empty, empty, growth="ytd", year_start=month)


GAPS = np.array([[NAN, 5.0, NAN, NAN, 7.0, NAN]])


def test_the_last_value_is_the_last_observed():
    assert last_observed(GAPS).tolist() == [[-1, 1, 1, 1, 4, 4]]
    assert carry_last_value(GAPS)[0].tolist() == pytest.approx([NAN, 5, 5, 5, 7, 7], nan_ok=True)


def tree():
    rows = {
        "code": ["T", "P", "A", "B", "C"],
        "parent": [None, "T", "P", "P", "T"],
        "weight": [None, None, 1.0, 3.0, 4.0],
    }
    return compile_tree(pl.DataFrame(rows))


def filled(a, b, c):
    """The series of A, B and C with gaps filled; the tree holds T, P, C, A, B."""
    nothing = [NAN] * len(a)
    observed = np.array([nothing, nothing, c, a, b], dtype=float)
    periods = pl.Series([f"2024-{m:02d}" for m in range(1, len(a) + 1)])
    index = follow_ancestors(tree(), observed, periods)
    return {code: index[i].tolist() for i, code in enumerate("TPCAB")}


def test_each_gap_starts_from_the_last_observed_value():
    """A is estimated for March from January, over which B moved by 1.5, not in two steps over different siblings."""
    found = filled([100, NAN, NAN], [100, NAN, 150], [100, 120, 130])
    assert found["A"] == pytest.approx([100, 120, 150])
    assert found["B"] == pytest.approx([100, 120, 150])


def test_an_uncle_moves_with_the_whole_branch():
    """C is missing; P moved from 102.5 to 123 though A is missing too: 100 x 1.2."""
    assert filled([110, NAN], [100, 120], [100, NAN])["C"] == pytest.approx([100, 120])


def test_siblings_at_zero_give_no_movement():
    assert filled([100, NAN], [0, 0], [100, 90])["A"] == pytest.approx([100, 90])
    assert filled([0, NAN], [100, 120], [100, 100])["A"] == pytest.approx([0, 0])


def test_where_nothing_moves_the_leaf_is_named():
    with pytest.raises(InvalidInput) as refused:
        filled([100, NAN, 100], [100, NAN, 100], [100, NAN, 100])
    assert [f.params["node"] for f in refused.value.faults] == ["C", "A", "B"]
    assert "The leaf C cannot be estimated for 2024-02" in str(refused.value)
