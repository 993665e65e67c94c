"""Entropy and CRITIC where the books are silent."""

import numpy as np
import pytest

from fansipan.appraisal.methods.objective_weights import critic_weights, entropy_weights
from fansipan.errors import Refused

MORE = np.array([True, True])


def test_entropy_gives_a_constant_or_zero_column_no_weight():
    assert entropy_weights(np.array([[1.0, 5.0, 0.0], [3.0, 5.0, 0.0]])).tolist() == [1, 0, 0]


def test_entropy_of_columns_that_tell_nothing_is_equal():
    assert entropy_weights(np.array([[2.0, 5.0], [2.0, 5.0]])).tolist() == [0.5, 0.5]


def test_entropy_counts_zero_shares_as_the_limit():
    # One of two has everything: entropy 0; shares 1/4 and 3/4: entropy H.
    h = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75)) / np.log(2)
    expected = np.array([1.0, 1 - h]) / (2 - h)
    assert entropy_weights(np.array([[0.0, 1.0], [4.0, 3.0]])).tolist() == pytest.approx(expected.tolist())


def test_entropy_of_negative_figures_is_refused():
    with pytest.raises(Refused, match="negative"):
        entropy_weights(np.array([[-1.0], [2.0]]))


def test_critic_gives_a_constant_column_no_weight():
    weights = critic_weights(np.array([[1.0, 9.0, 4.0], [2.0, 7.0, 4.0], [4.0, 8.0, 4.0]]), np.array([True] * 3))
    assert weights[2] == 0
    assert weights.sum() == pytest.approx(1)


def test_critic_turns_a_cost_before_comparing():
    matrix = np.array([[1.0, 9.0], [2.0, 7.0], [4.0, 8.0]])
    turned = critic_weights(np.column_stack([matrix[:, 0], -matrix[:, 1]]), MORE)
    assert critic_weights(matrix, np.array([True, False])).tolist() == pytest.approx(turned.tolist())


@pytest.mark.parametrize("matrix", [[[3.0, 4.0]], [[3.0, 4.0], [3.0, 4.0]], [[1.0, 2.0], [2.0, 4.0]]])
def test_critic_without_spread_or_conflict_is_equal(matrix):
    assert critic_weights(np.array(matrix), MORE).tolist() == [0.5, 0.5]
