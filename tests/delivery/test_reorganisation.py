"""Areas across the merger of July 2025: successors, figures of old units in the new, nothing re-keyed."""

from datetime import date

import polars as pl
import pytest

from fansipan.areas import successor_on
from fansipan.delivery.reorganisation import carried, changes, predecessors_of
from fansipan.errors import NotFound, Refused
from fansipan.indicators.scopes import units

END, START = date(2025, 6, 30), date(2025, 7, 1)
ROWS = [
    ("10", "province", None, date(2019, 1, 1), END, "15"),
    ("15n", "province", None, date(2019, 1, 1), END, "15"),
    ("080", "district", "10", date(2019, 1, 1), END, "15"),
    ("132", "district", "15n", date(2019, 1, 1), END, "15"),
    ("x1", "commune", "080", date(2019, 1, 1), END, "y1"),
    ("x2", "commune", "080", date(2019, 1, 1), END, "y1"),
    ("x3", "commune", "132", date(2019, 1, 1), END, "y2"),
    ("lost", "commune", "132", date(2019, 1, 1), END, None),
    ("15", "province", None, START, None, None),
    ("y1", "commune", "15", START, None, None),
    ("y2", "commune", "15", START, None, None),
]
AREAS = pl.DataFrame(ROWS, schema=["area", "level", "parent", "valid_from", "valid_to", "successor"], orient="row")
AREAS = AREAS.with_columns(pl.col("area").alias("name"))


def test_a_unit_stands_for_itself_while_it_exists():
    assert successor_on(AREAS, "x1", END) == "x1"
    assert successor_on(AREAS, "x1", START) == "y1"
    assert successor_on(AREAS, "080", START) == "15"


def test_what_cannot_be_followed_is_refused():
    with pytest.raises(Refused, match="successor is not known"):
        successor_on(AREAS, "lost", START)
    with pytest.raises(NotFound, match="no administrative unit with the code zz"):
        successor_on(AREAS, "zz", START)
    with pytest.raises(NotFound):
        predecessors_of(AREAS, "zz", START)


def test_figures_of_old_units_in_the_new_ones():
    figures = pl.DataFrame({"area": ["x1", "x2", "x3"], "value": [10.0, 20.0, 5.0]})
    assert carried(figures, AREAS, START).rows() == [("y1", 30.0, 2), ("y2", 5.0, 1)]
    assert carried(figures, AREAS, END).rows() == [("x1", 10.0, 1), ("x2", 20.0, 1), ("x3", 5.0, 1)]
    assert figures["area"].to_list() == ["x1", "x2", "x3"]


def test_the_sum_is_kept_whatever_the_units():
    figures = pl.DataFrame({"area": ["x1", "x2", "x3"], "value": [1.0, 2.0, 4.0]})
    assert carried(figures, AREAS, START)["value"].sum() == carried(figures, AREAS, END)["value"].sum()


def test_predecessors_are_of_the_same_level():
    clean = AREAS.filter(pl.col("area") != "lost")
    assert predecessors_of(clean, "15", END) == ["10", "15n"]
    assert predecessors_of(clean, "y1", END) == ["x1", "x2"]
    assert predecessors_of(clean, "15", START) == ["15"]


def test_a_target_keeps_the_units_of_its_own_date():
    assert units(AREAS, "district", date(2024, 1, 1)) == ["080", "132"]
    assert units(AREAS, "district", START) == []


def test_changes_in_a_span():
    found = changes(AREAS, END, START)
    assert found.filter(pl.col("change") == "ended").height == 8
    assert found.filter(pl.col("change") == "began")["area"].to_list() == ["15", "y1", "y2"]
