"""SMAA on cases small enough to know the answer."""

import numpy as np
import pytest

from fansipan.appraisal.methods.smaa import smaa, uniform_first_two
from fansipan.appraisal.methods.weight_draws import simplex

DRAWS = 40_000


def weights(count, seed=7):
    return simplex(DRAWS, count, np.random.default_rng(seed))


def test_closed_form_of_two_lines_that_cross_halfway():
    assert uniform_first_two(np.array([[1.0, 0.0], [0.0, 1.0]])).tolist() == [0.5, 0.5]


def test_closed_form_gives_a_dominated_alternative_nothing():
    assert uniform_first_two(np.array([[1.0, 0.5], [0.5, 0.4], [0.9, 0.6]]))[1] == 0


@pytest.mark.parametrize("seed", range(5))
def test_two_criteria_equal_the_closed_form_within_four_standard_errors(seed):
    values = np.random.default_rng(seed).random((6, 2))
    expected = uniform_first_two(values)
    assert expected.sum() == pytest.approx(1)
    error = np.sqrt(expected * (1 - expected) / DRAWS) + 1e-9
    assert (np.abs(smaa(values, weights(2, seed)).first - expected) <= 4 * error).all()


def test_dominating_alternative_is_always_first():
    found = smaa(np.array([[0.9, 0.9], [0.1, 0.8], [0.5, 0.2]]), weights(2))
    assert found.first.tolist() == [1, 0, 0]
    assert found.confidence[0] == 1
    assert np.isnan(found.central_weights[1]).all()
    assert np.isnan(found.confidence[1])


def test_tied_alternatives_share_the_better_rank():
    found = smaa(np.array([[0.3, 0.7], [0.3, 0.7], [0.1, 0.1]]), weights(2))
    assert found.acceptability.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.pairwise[0, 1] == found.pairwise[1, 0] == 0


def test_acceptabilities_of_an_alternative_sum_to_one():
    found = smaa(np.random.default_rng(2).random((9, 5)), weights(5))
    assert found.acceptability.sum(axis=1).tolist() == pytest.approx([1] * 9)
    assert found.acceptability.sum(axis=0).tolist() == pytest.approx([1] * 9)


def test_pairwise_wins_of_a_pair_sum_to_one_and_agree_with_first_ranks():
    found = smaa(np.array([[0.9, 0.2], [0.3, 0.8]]), weights(2))
    assert found.pairwise[0, 1] + found.pairwise[1, 0] == pytest.approx(1)
    assert found.pairwise[0, 1] == found.first[0]


def test_central_weights_favour_what_the_alternative_is_good_at():
    central = smaa(np.array([[1.0, 0.0], [0.0, 1.0]]), weights(2)).central_weights
    # The first wins where w1 > 1/2, uniformly: the mean is 3/4.
    assert central[0].tolist() == pytest.approx([0.75, 0.25], abs=0.01)
    assert central.sum(axis=1).tolist() == pytest.approx([1, 1])


def test_drawn_values_equal_to_fixed_ones_give_the_same():
    values = np.random.default_rng(4).random((5, 3))
    fixed = smaa(values, weights(3))
    drawn = smaa(values, weights(3), lambda a, b: np.tile(values, (b - a, 1, 1)))
    assert drawn.acceptability.tolist() == fixed.acceptability.tolist()
    assert drawn.confidence.tolist() == pytest.approx(fixed.confidence.tolist(), nan_ok=True)


def test_uncertain_values_alone_share_first_ranks():
    """Two uniform values of which one starts 0.5 higher: P(lower wins) = 1/8."""
    random = np.random.default_rng(5).random((DRAWS, 2, 1)) + np.array([[0.5], [0.0]])
    found = smaa(np.zeros((2, 1)), np.ones((DRAWS, 1)), lambda a, b: random[a:b])
    assert found.first[1] == pytest.approx(0.125, abs=4 * np.sqrt(0.125 * 0.875 / DRAWS))
    assert found.confidence[0] == pytest.approx(0.875, abs=0.02)


@pytest.mark.parametrize("count", [255, 256, 257, 300])
def test_more_alternatives_than_a_byte_counts(count):
    random = np.random.default_rng(1)
    values, weights = random.random((count, 3)), simplex(40, 3, random)
    totals = weights @ values.T
    ranks = 1 + (totals[:, None, :] > totals[:, :, None] + 1e-12).sum(axis=2)
    expected = np.stack([(ranks == place).mean(axis=0) for place in range(1, count + 1)], axis=1)
    found = smaa(values, weights)
    np.testing.assert_allclose(found.acceptability, expected, atol=1e-12)
    np.testing.assert_allclose(
        found.pairwise, (totals[:, :, None] > totals[:, None, :] + 1e-12).mean(axis=0), atol=1e-12
    )
