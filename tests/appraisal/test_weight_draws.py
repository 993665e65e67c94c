"""Draws of weights: within what is known, and with the means that uniform draws must have."""

import numpy as np
import pytest

from fansipan.appraisal.methods.pairwise import from_order
from fansipan.appraisal.methods.weight_draws import WeightRegion, simplex
from fansipan.errors import Refused

DRAWS = 20_000


def region(low, high, order=()):
    return WeightRegion(np.array(low, dtype=float), np.array(high, dtype=float), np.array(order, dtype=float))


def drawn(known, seed=1):
    weights = known.draw(DRAWS, np.random.default_rng(seed))
    assert np.allclose(weights.sum(axis=1), 1)
    return weights


def within(mean, expected, spread=0.3):
    """Means agree within four standard errors of draws with at most that standard deviation."""
    assert np.abs(mean - expected).max() < 4 * spread / np.sqrt(DRAWS)


def test_simplex_is_uniform():
    weights = simplex(DRAWS, 3, np.random.default_rng(1))
    within(weights.mean(axis=0), 1 / 3)
    # Uniform on the simplex: P(w1 > t) = (1 - t)^2.
    assert np.mean(weights[:, 0] > 0.5) == pytest.approx(0.25, abs=4 * 0.5 / np.sqrt(DRAWS))


def test_order_only_draws_keep_the_order_and_have_its_centroid():
    weights = drawn(region([0] * 3, [1] * 3, [2, 1, 3]))
    assert (weights[:, 1] >= weights[:, 0]).all()
    assert (weights[:, 0] >= weights[:, 2]).all()
    within(weights.mean(axis=0), from_order([2, 1, 3]))


def test_ties_in_the_order_are_free_among_themselves():
    weights = drawn(region([0] * 3, [1] * 3, [1, 2, 2]))
    assert (weights[:, 0] >= weights[:, 1:].max(axis=1)).all()
    within(weights.mean(axis=0), from_order([1, 2, 2]))
    assert np.mean(weights[:, 1] > weights[:, 2]) == pytest.approx(0.5, abs=0.02)


def test_bounds_are_kept_by_rejection():
    known = region([0.2, 0.1, 0.0], [0.6, 0.5, 0.4])
    weights = drawn(known)
    assert (weights >= known.low - 1e-12).all()
    assert (weights <= known.high + 1e-9).all()


def test_lower_bounds_alone_shift_the_simplex():
    within(drawn(region([0.2, 0.1, 0.1], [1, 1, 1])).mean(axis=0), np.array([0.4, 0.3, 0.3]))


def test_narrow_bounds_use_the_chain_with_the_same_means():
    low, high = np.full(12, 0.06), np.full(12, 0.11)
    weights = drawn(region(low, high))
    assert (weights >= low - 1e-9).all()
    assert (weights <= high + 1e-9).all()
    within(weights.mean(axis=0), 1 / 12, spread=0.05)


def test_chain_and_rejection_agree(monkeypatch):
    known = region([0.1, 0.0, 0.05, 0.0], [0.5, 0.45, 0.6, 0.3])
    rejected = drawn(known)
    monkeypatch.setattr("fansipan.appraisal.methods.weight_draws.REJECTION", 2.0)
    chained = drawn(known, seed=2)
    within(rejected.mean(axis=0), chained.mean(axis=0))
    assert np.abs(np.quantile(rejected, 0.9, axis=0) - np.quantile(chained, 0.9, axis=0)).max() < 0.02


def test_exact_weights_do_not_move():
    known = region([0.7, 0.3], [0.7, 0.3])
    assert known.is_exact
    assert (drawn(known) == [0.7, 0.3]).all()


def test_exact_weights_stay_while_others_move():
    weights = drawn(region([0.5, 0.1, 0.1], [0.5, 0.4, 0.4]))
    assert np.allclose(weights[:, 0], 0.5)
    assert np.ptp(weights[:, 1]) > 0.25


def test_one_criterion_has_all_the_weight():
    assert (region([0], [1]).draw(5, np.random.default_rng(1)) == 1).all()


@pytest.mark.parametrize(("low", "high"), [([0.6, 0.5], [1, 1]), ([0, 0], [0.4, 0.5]), ([0.5, 0.1], [0.4, 1])])
def test_bounds_that_no_weights_keep_are_refused(low, high):
    with pytest.raises(Refused, match="No weights exist"):
        region(low, high).draw(10, np.random.default_rng(1))
