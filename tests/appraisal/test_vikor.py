"""VIKOR: the compromise conditions and the cases without spread."""

import numpy as np
import pytest

from fansipan.appraisal.methods.vikor import vikor

MORE = np.array([True, True])
HALF = np.array([0.5, 0.5])


def test_best_in_everything_has_zero_everywhere():
    found = vikor(np.array([[3.0, 4.0], [1.0, 2.0], [2.0, 2.5]]), HALF, MORE)
    assert (found.group[0], found.regret[0], found.compromise[0]) == (0, 0, 0)
    assert found.compromise[1] == 1
    assert found.solution == (0,)
    assert (found.advantage, found.stable) == (True, True)


def test_without_acceptable_advantage_all_close_ones_are_the_solution():
    found = vikor(np.array([[1.0, 0.0], [0.99, 0.011], [0.0, 1.0], [0.5, 0.5]]), np.array([0.6, 0.4]), MORE)
    assert not found.advantage
    assert len(found.solution) > 1


@pytest.mark.parametrize("matrix", [[[2.0, 5.0]], [[2.0, 5.0], [2.0, 5.0]], [[0.0, 0.0], [0.0, 0.0]]])
def test_one_alternative_or_all_alike_tie_at_zero(matrix):
    assert set(vikor(np.array(matrix), HALF, MORE).compromise) == {0.0}


def test_constant_criterion_adds_nothing():
    with_constant = vikor(np.array([[3.0, 7.0], [1.0, 7.0], [2.0, 7.0]]), HALF, MORE)
    assert with_constant.group.tolist() == [0, 0.5, 0.25]


def test_v_of_one_ranks_by_the_group_alone():
    found = vikor(np.array([[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]), HALF, MORE, v=1.0)
    assert np.argsort(found.compromise)[0] == np.argmin(found.group)
