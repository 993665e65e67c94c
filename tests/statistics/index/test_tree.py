"""Trees compiled to arrays, and walks up and down them (Rules S1 and S4)."""

import numpy as np
import polars as pl
import pytest

from fansipan.statistics.index.trees.tree import compile_tree
from fansipan.statistics.index.trees.walks import any_upwards, inherit_downwards, mean_upwards, sum_upwards

ROWS = [
    ("q1", "Q", 2.0),
    ("T", None, None),
    ("Q", "P", None),
    ("p", "P", 1.0),
    ("q2", "Q", 2.0),
    ("P", "T", 9.0),
    ("t", "T", 1.0),
]


def tree(rows=ROWS):
    columns = {"code": pl.String, "parent": pl.String, "weight": pl.Float64}
    return compile_tree(pl.DataFrame(rows, columns, orient="row"))


def test_nodes_stand_by_level_and_siblings_side_by_side():
    compiled = tree()
    assert compiled.codes == ("T", "P", "t", "Q", "p", "q1", "q2")
    assert [compiled.codes[i] for i in compiled.parent] == ["T", "T", "T", "P", "P", "Q", "Q"]
    assert [ROWS[i][0] for i in compiled.order] == list(compiled.codes)
    assert compiled.leaf.tolist() == [False, False, True, False, True, True, True]
    assert [g.children for g in compiled.generations] == [slice(1, 3), slice(3, 5), slice(5, 7)]


def test_weights_own_or_summed_and_shares():
    assert tree().weight.tolist() == [10, 9, 1, 4, 1, 2, 2]
    assert tree().shares().tolist() == pytest.approx([1, 0.9, 0.1, 0.72, 0.18, 0.36, 0.36])


def test_walks():
    compiled = tree()
    leaves = np.array([[np.nan], [np.nan], [10.0], [np.nan], [20.0], [30.0], [50.0]])
    assert sum_upwards(compiled, np.where(compiled.leaf[:, None], leaves, 0))[[0, 1, 3], 0].tolist() == [110, 100, 80]
    assert mean_upwards(compiled, leaves)[[0, 1, 3], 0].tolist() == pytest.approx([33.4, 36, 40])
    equal = mean_upwards(compiled, leaves, np.ones(7))
    assert equal[[0, 1, 3], 0].tolist() == pytest.approx([20, 30, 40])
    assert any_upwards(compiled, np.array([[c == "p"] for c in compiled.codes]))[:, 0].tolist() == [
        True,
        True,
        False,
        False,
        True,
        False,
        False,
    ]
    known = np.array([1.0, np.nan, 3.0, np.nan, 5.0, 6.0, np.nan])
    assert inherit_downwards(compiled, known).tolist() == [1, 1, 3, 1, 5, 6, 1]


def test_a_chain_of_a_thousand_nodes_and_a_thousand_children():
    deep = [("0", None, None), *((str(i), str(i - 1), 1.0) for i in range(1, 1000))]
    assert mean_upwards(tree(deep), np.full((1000, 1), 7.0))[0, 0] == 7.0
    wide = [("0", None, None), *((str(i), "0", 1.0) for i in range(1, 1001))]
    values = np.arange(1001.0)[:, None]
    assert mean_upwards(tree(wide), values)[0, 0] == pytest.approx(500.5)
