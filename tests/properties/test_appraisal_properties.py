"""What must hold of every ranking: dominance, units, order of rows, weight of zero."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fansipan.appraisal.methods.promethee import promethee
from fansipan.appraisal.methods.smaa import smaa
from fansipan.appraisal.methods.topsis import topsis
from fansipan.appraisal.methods.value import local_values, oriented, ranks, weighted_value
from fansipan.appraisal.methods.vikor import vikor
from fansipan.appraisal.methods.weight_draws import simplex


def by_value(matrix, weights, maximise):
    return ranks(weighted_value(local_values(matrix, maximise), weights))


def by_topsis(matrix, weights, maximise):
    return ranks(topsis(matrix, weights, maximise).closeness)


def by_vikor(matrix, weights, maximise):
    return ranks(vikor(matrix, weights, maximise).compromise, highest_first=False)


def by_promethee(matrix, weights, maximise):
    return ranks(promethee(matrix, weights, maximise).net)


def by_smaa(matrix, weights, maximise):
    draws = simplex(500, matrix.shape[1], np.random.default_rng(1)) * (weights > 0)
    draws /= draws.sum(axis=1, keepdims=True)
    return ranks(smaa(local_values(matrix, maximise), draws).first)


EVERY = [by_value, by_topsis, by_vikor, by_promethee, by_smaa]


@st.composite
def decisions(draw):
    alternatives, criteria = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    cells = st.integers(-5, 9)
    matrix = np.array(
        draw(st.lists(cells, min_size=alternatives * criteria, max_size=alternatives * criteria)), dtype=float
    )
    weights = np.array(draw(st.lists(st.integers(1, 9), min_size=criteria, max_size=criteria)), dtype=float)
    maximise = np.array(draw(st.lists(st.booleans(), min_size=criteria, max_size=criteria)))
    return matrix.reshape(alternatives, criteria), weights / weights.sum(), maximise


def dominated(matrix, maximise):
    better = oriented(matrix, maximise)
    return [any((other >= row).all() and (other > row).any() for other in better) for row in better]


@pytest.mark.parametrize("method", [by_value, by_topsis, by_smaa])
@given(decisions())
@settings(max_examples=80, deadline=None)
def test_no_dominated_alternative_is_first(method, decision):
    places = method(*decision)
    beaten = dominated(decision[0], decision[2])
    assert not any(place == 1 and loser for place, loser in zip(places, beaten, strict=True))


@pytest.mark.parametrize("method", [by_value, by_topsis, by_vikor, by_smaa])
@given(decisions(), st.lists(st.floats(1e-3, 1e3), min_size=4, max_size=4))
@settings(max_examples=50, deadline=None)
def test_another_unit_changes_nothing(method, decision, factors):
    matrix, weights, maximise = decision
    assert method(matrix * factors[: matrix.shape[1]], weights, maximise).tolist() == method(*decision).tolist()


@given(decisions(), st.floats(-100, 100))
@settings(max_examples=50, deadline=None)
def test_another_zero_changes_nothing_in_value(decision, shift):
    matrix, weights, maximise = decision
    assert by_value(matrix + shift, weights, maximise).tolist() == by_value(*decision).tolist()


@pytest.mark.parametrize("method", EVERY)
@given(decisions(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_permuting_rows_permutes_ranks(method, decision, random):
    matrix, weights, maximise = decision
    order = list(range(len(matrix)))
    random.shuffle(order)
    assert method(matrix[order], weights, maximise).tolist() == method(*decision)[order].tolist()


@pytest.mark.parametrize("method", EVERY)
@given(decisions(), st.lists(st.integers(-9, 9), min_size=6, max_size=6))
@settings(max_examples=50, deadline=None)
def test_criterion_of_zero_weight_changes_nothing(method, decision, column):
    matrix, weights, maximise = decision
    assume(method is not by_smaa or matrix.shape[1] > 0)
    wider = np.column_stack([matrix, column[: len(matrix)]])
    found = method(wider, np.append(weights, 0.0), np.append(maximise, True))
    if method is by_smaa:  # other draws: only what is certain can be compared
        certain = np.array(dominated(matrix, maximise))
        assert (found[certain] > 1).all()
    else:
        assert found.tolist() == method(*decision).tolist()
