"""The trail of marks: replaced ones, conflicts, mean and spread."""

import polars as pl
import pytest

from fansipan.appraisal.decision.marks import mark_book

NONE = pl.DataFrame(schema={"judge": pl.String, "alternative": pl.String})


def marks(*rows):
    schema = {
        "judge": pl.String,
        "alternative": pl.String,
        "criterion": pl.String,
        "mark": pl.Float64,
        "reason": pl.String,
        "given": pl.String,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(pl.col("given").str.to_datetime("%Y-%m-%d", time_unit="ms"))


THREE = [
    ("Minh", "A", "vốn", 10.0, "đủ hồ sơ", "2024-06-01"),
    ("Lan", "A", "vốn", 14.0, "", "2024-06-01"),
    ("Minh", "B", "vốn", 8.0, "", None),
]


def test_mean_and_spread():
    row = mark_book(marks(*THREE), NONE).average.filter(pl.col("alternative") == "A").row(0, named=True)
    assert (row["mark"], row["judges"], row["lowest"], row["highest"]) == (12, 2, 10, 14)
    assert row["spread"] == pytest.approx(8**0.5)


def test_one_judge_has_no_spread():
    assert mark_book(marks(*THREE), NONE).average.filter(pl.col("alternative") == "B")["spread"].item() is None


def test_later_mark_counts_and_both_stay_on_the_trail():
    book = mark_book(marks(*THREE, ("Minh", "A", "vốn", 12.0, "bổ sung", "2024-06-03")), NONE)
    assert book.trail.height == 4
    assert book.trail["counts"].to_list() == [False, True, True, True]
    assert book.trail["why_not"].to_list() == ["replaced", None, None, None]
    assert book.average.filter(pl.col("alternative") == "A")["mark"].item() == 13


def test_dated_mark_replaces_an_undated_one_wherever_it_stands():
    book = mark_book(marks(("Minh", "B", "vốn", 9.0, "", "2024-06-02"), THREE[2]), NONE)
    assert book.trail["counts"].to_list() == [True, False]


def test_mark_of_a_judge_with_an_interest_is_kept_and_not_counted():
    book = mark_book(marks(*THREE), pl.DataFrame({"judge": ["Lan"], "alternative": ["A"]}))
    assert book.trail["why_not"].to_list() == [None, "conflict", None]
    assert book.average.filter(pl.col("alternative") == "A")["mark"].item() == 10
    assert book.judges == ["Minh", "Lan"]


def test_a_book_without_one_judge():
    book = mark_book(marks(*THREE), NONE).without("Lan")
    assert book.judges == ["Minh"]
    assert book.average["mark"].to_list() == [10, 8]
