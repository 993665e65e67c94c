"""Every fault of a tree and its values, at its row, all at once (Rule S2)."""

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.statistics import aggregate_index
from fansipan.statistics.index.trees.checks import find_gaps, index_faults, numbered

WEIGHTS = {"code": pl.String, "parent": pl.String, "weight": pl.Float64}
VALUES = {"code": pl.String, "period": pl.String, "index": pl.Float64}
SOUND = [("T", None, None), ("A", "T", 1.0), ("B", "T", 1.0)]
FULL = [("A", "2024-01", 1.0), ("B", "2024-01", 1.0)]


def faults(tree=SOUND, rows=FULL, missing="error"):
    found = index_faults(pl.DataFrame(rows, VALUES, orient="row"), pl.DataFrame(tree, WEIGHTS, orient="row"), missing)
    return [(f.code, f.place.row) for f in found]


def test_sound_tables_have_none():
    assert faults() == []


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ([], [("index.no-rows", None)]),
        ([*SOUND, (None, "T", 1.0)], [("cell.empty", 4)]),
        ([*SOUND, ("A", "T", 1.0)], [("row.duplicate", 4)]),
        ([("T", None, None), ("A", "T", 1.0), ("B", "T", float("nan"))], [("cell.not-above", 3)]),
        (
            [("T", None, -1.0), ("A", "T", 1.0), ("B", "T", float("inf"))],
            [("cell.not-above", 1), ("cell.not-above", 3)],
        ),
        ([("T", None, None), ("A", "T", None), ("B", "T", 1.0)], [("index.leaf-without-weight", 2)]),
        ([("T", None, None), ("A", "T", 1.0), ("B", "U", 1.0)], [("index.parent-unknown", 3)]),
        ([("T", None, None), ("A", "T", 1.0), ("B", None, 1.0)], [("index.several-roots", 3)]),
        ([*SOUND, ("X", "Y", None), ("Y", "Z", None), ("Z", "X", None)], [("index.cycle", 4)]),
        ([*SOUND, ("X", "X", 1.0), ("Y", "Z", 1.0), ("Z", "Y", 1.0)], [("index.cycle", 4), ("index.cycle", 5)]),
    ],
)
def test_faults_of_the_tree(tree, expected):
    assert faults(tree, missing="drop") == expected


def test_a_cycle_is_told_in_order_and_those_who_hang_on_it_are_not_part_of_it():
    tree = [
        ("T", None, None),
        ("A", "T", 1.0),
        ("B", "T", 1.0),
        ("X", "Z", None),
        ("Y", "X", None),
        ("Z", "Y", None),
        ("leaf", "Y", 1.0),
    ]
    frames = pl.DataFrame(FULL, VALUES, orient="row"), pl.DataFrame(tree, WEIGHTS, orient="row")
    told = [f.message("en") for f in index_faults(*frames, "drop")]
    assert told == ["The codes are each other's parents in a circle: X → Z → Y → X."]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [("index.no-rows", None)]),
        ([*FULL, (None, "2024-01", 1.0)], [("cell.empty", 3)]),
        ([*FULL, ("A", None, 1.0)], [("cell.empty", 3)]),
        ([*FULL, ("A", "2024-01", 2.0), ("A", "2024-01", 3.0)], [("row.duplicate", 3), ("row.duplicate", 4)]),
        ([*FULL, ("C", "2024-01", 1.0), ("C", "2024-02", 1.0)], [("index.code-unknown", 3)]),
        ([*FULL, ("T", "2024-01", None)], [("index.value-of-inner-node", 3)]),
        ([("A", "2024-01", -0.5), ("B", "2024-01", float("inf"))], [("cell.too-small", 1), ("cell.too-small", 2)]),
        ([*FULL, ("A", "2024", 1.0)], [("cell.not-month", 3)]),
    ],
)
def test_faults_of_the_values(rows, expected):
    assert faults(rows=rows, missing="drop") == expected


def test_gaps_by_treatment():
    rows = [("A", "2024-02", 1.0), ("B", "2024-01", 1.0), ("B", "2024-02", None), ("A", "2024-03", None)]
    expected = {
        "error": [None, 4, 3, None],  # A in January and March, B in February and March
        "parent": [None],
        "carry": [None],
        "drop": [],
    }
    for missing, at in expected.items():
        assert [row for _, row in faults(rows=rows, missing=missing)] == at


def test_leaves_with_an_unread_cell_are_not_called_missing():
    values = numbered(pl.DataFrame([("A", "2024-01", None), ("B", "2024-02", 1.0)], VALUES, orient="row"))
    broken = values.with_columns(broken=pl.col("code") == "A")
    gaps = find_gaps(broken, pl.DataFrame(SOUND, WEIGHTS, orient="row"))
    assert gaps.select("code", "period").rows() == [("B", "2024-01")]


def test_many_gaps_are_counted_after_the_first_ten_thousand():
    leaves = [("T", None, None), *((f"L{i}", "T", 1.0) for i in range(10_002))]
    found = index_faults(
        *(pl.DataFrame(r, s, orient="row") for r, s in (([("L0", "2024-01", 1.0)], VALUES), (leaves, WEIGHTS)))
    )
    assert len(found) == 10_001
    assert found[-1].message("en") == "The column index has 1 more faults of this kind."


def test_the_library_refuses_as_the_command_does():
    frames = pl.DataFrame(FULL[:1], VALUES, orient="row"), pl.DataFrame(SOUND, WEIGHTS, orient="row")
    with pytest.raises(InvalidInput, match="The leaf B has no value for 2024-01") as refused:
        aggregate_index(*frames)
    assert refused.value.as_dict("en")["faults"][0]["code"] == "index.value-missing"
    nan = pl.DataFrame([*FULL[:1], ("B", "2024-01", float("nan"))], VALUES, orient="row")
    with pytest.raises(InvalidInput, match="The leaf B has no value for 2024-01"):
        aggregate_index(nan, frames[1])
