"""Weighted value: local values, ranks with ties."""

import numpy as np
import pytest

from fansipan.appraisal.methods.value import local_values, ranks, weighted_value

BOTH = np.array([True, False])


def test_local_values_run_from_the_worst_to_the_best_in_each_direction():
    values = local_values(np.array([[10.0, 3.0], [20.0, 1.0], [15.0, 2.0]]), BOTH)
    assert values.tolist() == [[0, 0], [1, 1], [0.5, 0.5]]


@pytest.mark.parametrize("column", [[4.0, 4.0, 4.0], [0.0, 0.0, 0.0], [-2.0, -2.0, -2.0]])
def test_constant_column_gives_full_value_to_all(column):
    assert local_values(np.array([column]).T, np.array([True])).ravel().tolist() == [1, 1, 1]


def test_single_alternative_has_full_value():
    assert local_values(np.array([[7.0, 3.0]]), BOTH).tolist() == [[1, 1]]


def test_largest_figures_do_not_overflow():
    values = local_values(np.array([[1.7e308], [-1.7e308], [0.0]]), np.array([True]))
    assert values.ravel().tolist() == [1, 0, 0.5]


def test_weighted_value():
    assert weighted_value(np.array([[1.0, 0.5]]), np.array([0.6, 0.4])).tolist() == pytest.approx([0.8])


@pytest.mark.parametrize(
    ("scores", "highest_first", "expected"),
    [
        ([3.0, 1.0, 2.0], True, [1, 3, 2]),
        ([3.0, 1.0, 2.0], False, [3, 1, 2]),
        ([0.1 + 0.2, 0.3, 0.0], True, [1, 1, 3]),
        ([0.5, 0.5 - 1e-6], True, [1, 2]),
        ([], True, []),
    ],
)
def test_ranks_share_ties(scores, highest_first, expected):
    assert ranks(np.array(scores), highest_first=highest_first).tolist() == expected
