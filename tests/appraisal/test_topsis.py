"""TOPSIS where the textbook says nothing: columns of zeros, one alternative, all alike."""

import numpy as np
import pytest

from fansipan.appraisal.methods.topsis import topsis, vector_normalised

MORE = np.array([True, True])
HALF = np.array([0.5, 0.5])


def test_best_in_everything_is_one_and_worst_in_everything_is_zero():
    assert topsis(np.array([[3.0, 4.0], [1.0, 2.0]]), HALF, MORE).closeness.tolist() == [1, 0]


def test_column_of_zeros_tells_nothing():
    with_zeros = topsis(np.array([[3.0, 0.0], [1.0, 0.0]]), HALF, MORE)
    assert with_zeros.closeness.tolist() == [1, 0]
    assert np.isfinite(with_zeros.weighted).all()


@pytest.mark.parametrize("matrix", [[[2.0, 5.0]], [[2.0, 5.0], [2.0, 5.0]], [[0.0, 0.0], [0.0, 0.0]]])
def test_one_alternative_or_all_alike_stands_halfway(matrix):
    assert set(topsis(np.array(matrix), HALF, MORE).closeness) == {0.5}


def test_negative_figures_keep_their_order():
    closeness = topsis(np.array([[-3.0, 1.0], [-1.0, 1.0], [2.0, 1.0]]), HALF, MORE).closeness
    assert closeness[0] < closeness[1] < closeness[2]


def test_very_large_figures_do_not_overflow():
    assert vector_normalised(np.array([[3e200], [4e200]])).ravel().tolist() == pytest.approx([0.6, 0.8])
