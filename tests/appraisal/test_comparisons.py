"""AHP: consistency, the worst judgement, refusals; judges combined; order of importance."""

import numpy as np
import pytest

from fansipan.appraisal.methods.pairwise import check_comparisons, combined, from_order, weights_from_comparisons
from fansipan.errors import Refused

CONSISTENT = np.array([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]])


def test_consistent_judgements_give_their_own_ratios():
    found = weights_from_comparisons(CONSISTENT)
    assert found.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found.ratio == pytest.approx(0, abs=1e-12)
    assert found.worst is None
    assert found.acceptable


def test_worst_judgement_is_the_one_that_was_spoilt():
    scores = np.array([8.0, 4.0, 2.0, 1.0])
    spoilt = scores[:, None] / scores
    spoilt[1, 3], spoilt[3, 1] = 1 / 9, 9
    found = weights_from_comparisons(spoilt)
    assert found.worst == (3, 1, pytest.approx(9), pytest.approx(1 / 4))
    assert not found.acceptable


def test_with_three_criteria_no_judgement_can_be_blamed_and_the_first_is_named():
    spoilt = CONSISTENT.copy()
    spoilt[1, 2], spoilt[2, 1] = 1 / 9, 9
    assert weights_from_comparisons(spoilt).worst[:2] == (0, 1)


@pytest.mark.parametrize(("matrix", "weights"), [([[1.0]], [1]), ([[1, 3], [1 / 3, 1]], [0.75, 0.25])])
def test_one_or_two_criteria_are_always_consistent(matrix, weights):
    found = weights_from_comparisons(np.array(matrix))
    assert found.weights.tolist() == pytest.approx(weights)
    assert (found.ratio, found.worst) == (0, None)


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1, 2, 3]], "1 x 3"),
        ([[1, 2], [2, 1]], "row 1, column 2"),
        ([[1, -2], [-0.5, 1]], "row 1, column 2"),
        ([[1, 0], [0, 1]], "row 1, column 2"),
        ([[1, np.nan], [np.nan, 1]], "row 1, column 2"),
    ],
)
def test_what_is_no_matrix_of_comparisons_is_refused(matrix, words):
    with pytest.raises(Refused, match=words):
        check_comparisons(np.array(matrix, dtype=float))


def test_more_criteria_than_the_random_index_reaches_are_refused():
    with pytest.raises(Refused, match="16 criteria are compared pairwise; 15"):
        weights_from_comparisons(np.ones((16, 16)))


def test_judges_are_combined_by_the_geometric_mean():
    both = combined([np.array([[1, 4], [1 / 4, 1]]), np.array([[1, 1], [1, 1]])])
    assert both.ravel().tolist() == pytest.approx([1, 2, 0.5, 1])


def test_a_judge_of_more_importance_pulls_more():
    both = combined([np.array([[1, 8], [1 / 8, 1]]), np.ones((2, 2))], np.array([2.0, 1.0]))
    assert both[0, 1] == pytest.approx(4)


def test_order_of_importance_gives_rank_order_centroids():
    assert from_order([2, 1, 3]).tolist() == pytest.approx([5 / 18, 11 / 18, 2 / 18])


def test_tied_places_share():
    assert from_order([1, 1]).tolist() == [0.5, 0.5]
    tied = from_order([1, 2, 2])
    assert tied[1] == tied[2]
    assert tied.sum() == pytest.approx(1)
