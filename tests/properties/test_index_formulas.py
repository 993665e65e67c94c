"""What index formulas must do whatever the figures (Rules S7-S14): the axioms that hold, and contributions exact."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fansipan.statistics.index.bilateral.chaining import chain, chain_contributions, unchain
from fansipan.statistics.index.bilateral.elementary import ELEMENTARY, elementary_by_group
from fansipan.statistics.index.bilateral.formulas import FORMULAS, arithmetic_weights, bilateral, lowe, young
from fansipan.statistics.index.bilateral.means import generalized_mean, transmute_weights

EXACT = 1e-12
orders = st.sampled_from([-3.0, -1.0, -0.5, 0.0, 0.3, 1.0, 2.0, 5.0])


def figures(*shape):
    return arrays(float, shape, elements=st.floats(0.05, 50))


@st.composite
def two_periods(draw):
    n = draw(st.integers(1, 6))
    return tuple(draw(figures(n)) for _ in range(4))


@given(two_periods(), orders)
def test_mean_lies_between_smallest_and_largest_and_keeps_equal_values(data, order):
    values, weights = data[:2]
    mean = generalized_mean(values, weights, order)
    assert values.min() * (1 - EXACT) <= mean <= values.max() * (1 + EXACT)
    assert generalized_mean(np.full(4, 3.7), [1, 2, 3, 4], order) == pytest.approx(3.7, rel=EXACT)


@given(two_periods(), st.floats(0.01, 100), orders)
def test_mean_moves_in_proportion_and_ignores_the_scale_of_weights(data, factor, order):
    values, weights = data[:2]
    mean = generalized_mean(values, weights, order)
    assert generalized_mean(factor * values, weights, order) == pytest.approx(factor * mean, rel=EXACT)
    assert generalized_mean(values, factor * weights, order) == pytest.approx(mean, rel=EXACT)


@given(two_periods())
def test_means_grow_with_their_order(data):
    values, weights = data[:2]
    means = [generalized_mean(values, weights, order) for order in (-np.inf, -2, -1, 0, 1, 2, np.inf)]
    assert all(low <= high * (1 + EXACT) for low, high in pairwise(means))


@given(two_periods(), orders, orders)
def test_transmuted_weights_give_the_same_mean(data, order, to):
    values, weights = data[:2]
    moved = transmute_weights(values, weights, order, to)
    assert (moved > 0).all()
    assert moved.sum() == pytest.approx(1, rel=EXACT)
    assert generalized_mean(values, moved, to) == pytest.approx(generalized_mean(values, weights, order), rel=EXACT)


@pytest.mark.parametrize("formula", FORMULAS)
@given(data=two_periods(), factor=st.floats(0.01, 100))
def test_identity_proportionality_and_bounds(formula, data, factor):
    p0, p1, q0, q1 = data
    index = bilateral(formula, p0, p1, q0, q1)
    relatives = p1 / p0
    assert relatives.min() * (1 - EXACT) <= index <= relatives.max() * (1 + EXACT)
    assert bilateral(formula, p0, p0, q0, q1) == pytest.approx(1, rel=EXACT)
    if formula != "tornqvist":  # its weights hold the current prices, but as shares: a common factor leaves them too
        assert bilateral(formula, p0, factor * p0, q0, q1) == pytest.approx(factor, rel=EXACT)
    assert bilateral(formula, p0, factor * p1, q0, q1) == pytest.approx(factor * index, rel=EXACT)


@pytest.mark.parametrize("formula", FORMULAS)
@given(data=two_periods(), units=st.data())
def test_units_of_measure_do_not_matter(formula, data, units):
    p0, p1, q0, q1 = data
    unit = units.draw(figures(len(p0)))
    index = bilateral(formula, p0, p1, q0, q1)
    assert bilateral(formula, p0 * unit, p1 * unit, q0 / unit, q1 / unit) == pytest.approx(index, rel=1e-11)


@pytest.mark.parametrize("formula", ["fisher", "tornqvist"])
@given(data=two_periods())
def test_time_reversal(formula, data):
    p0, p1, q0, q1 = data
    there, back = bilateral(formula, p0, p1, q0, q1), bilateral(formula, p1, p0, q1, q0)
    assert there * back == pytest.approx(1, rel=EXACT)


@given(two_periods())
def test_laspeyres_reversed_in_time_is_paasche(data):
    p0, p1, q0, q1 = data
    back = bilateral("laspeyres", p1, p0, q1, q0)
    assert 1 / back == pytest.approx(bilateral("paasche", p0, p1, q0, q1), rel=EXACT)


@given(two_periods())
def test_fisher_lies_between_laspeyres_and_paasche_and_reverses_factors(data):
    p0, p1, q0, q1 = data
    low, high = sorted(bilateral(f, p0, p1, q0, q1) for f in ("laspeyres", "paasche"))
    index = bilateral("fisher", p0, p1, q0, q1)
    assert low * (1 - EXACT) <= index <= high * (1 + EXACT)
    volume = bilateral("fisher", q0, q1, p0, p1)
    assert index * volume == pytest.approx((p1 * q1).sum() / (p0 * q0).sum(), rel=1e-11)


@given(figures(3, 5), figures(5))
def test_lowe_is_circular_and_young_is_not(prices, quantities):
    p0, p1, p2 = prices
    direct = lowe(p0, p2, quantities)
    assert lowe(p0, p1, quantities) * lowe(p1, p2, quantities) == pytest.approx(direct, rel=EXACT)
    values = np.ones(2)
    up, down = np.array([1.0, 1.0]), np.array([2.0, 1.0])
    assert young(up, down, values) * young(down, up, values) == pytest.approx(1.125)


@pytest.mark.parametrize("formula", FORMULAS)
@given(data=two_periods())
def test_contributions_are_exact(formula, data):
    p0, p1, q0, q1 = data
    weights = arithmetic_weights(formula, p0, p1, q0, q1)
    index = bilateral(formula, p0, p1, q0, q1)
    assert (weights > 0).all()
    assert (weights * (p1 / p0 - 1)).sum() == pytest.approx(index - 1, abs=EXACT * max(1, index))


@pytest.mark.parametrize("formula", FORMULAS)
@given(prices=figures(4, 3), quantities=figures(4, 3))
def test_contributions_through_a_chain_are_exact(formula, prices, quantities):
    links = range(1, len(prices))
    pairs = [(prices[t - 1], prices[t], quantities[t - 1], quantities[t]) for t in links]
    relatives = np.array([1.0, *(bilateral(formula, *pair) for pair in pairs)])
    parts = [arithmetic_weights(formula, *pair) * (pair[1] / pair[0] - 1) for pair in pairs]
    total = chain_contributions(np.stack([np.zeros(3), *parts], axis=1), relatives)
    index = chain(relatives)
    assert total.sum(axis=0) == pytest.approx(index - 1, abs=EXACT * max(1, *index))


@given(figures(5))
def test_chaining_and_unchaining_are_inverse(levels):
    assert chain(unchain(levels)) * levels[0] == pytest.approx(levels, rel=EXACT)


@pytest.mark.parametrize("method", ELEMENTARY)
@given(data=two_periods(), factor=st.floats(0.01, 100))
def test_elementary_indexes(method, data, factor):
    p0, p1 = data[:2]
    group = np.zeros(len(p0), dtype=np.int64)
    index = elementary_by_group(p0, p1, group, 1, method)[0]
    relatives = p1 / p0
    assert relatives.min() * (1 - EXACT) <= index <= relatives.max() * (1 + EXACT)
    assert elementary_by_group(p0, factor * p0, group, 1, method)[0] == pytest.approx(factor, rel=EXACT)
    back = elementary_by_group(p1, p0, group, 1, method)[0]
    assert index * back >= 1 - EXACT  # Carli drifts upwards; Jevons and Dutot come back
    if method != "carli":
        assert index * back == pytest.approx(1, rel=EXACT)
