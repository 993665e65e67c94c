"""The tree of criteria: weights in the whole, bounds, order, and draws that respect them."""

import numpy as np
import pytest

from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion, bounds_unit, region
from fansipan.appraisal.criteria.scale_reading import parse_scale

RANDOM = np.random.default_rng


def tree(*criteria):
    return CriteriaTree(tuple(criteria))


NESTED = tree(
    Criterion("tiền", weight=60),
    Criterion("vốn", "tiền", weight=3),
    Criterion("vay", "tiền", weight=1, maximise=False),
    Criterion("đất", weight=40),
)


def test_leaves_groups_and_what_lies_under_them():
    assert [leaf.name for leaf in NESTED.leaves] == ["vốn", "vay", "đất"]
    assert [group.name for group in NESTED.groups] == ["tiền"]
    assert NESTED.under("tiền") == [0, 1]
    assert NESTED.under("đất") == [2]
    assert NESTED.maximise.tolist() == [True, False, True]


def test_weights_are_products_along_the_path():
    assert NESTED.weights().tolist() == pytest.approx([0.45, 0.15, 0.4])


def test_scale_with_values_of_its_own_makes_more_better():
    nested = tree(Criterion("nhóm", maximise=False, scale=parse_scale("I=0;II=1")))
    assert nested.maximise.tolist() == [True]


@pytest.mark.parametrize(
    ("children", "weights"),
    [
        ([{}, {}], [0.5, 0.5]),
        ([{"weight": 3}, {"weight": 1}], [0.75, 0.25]),
        ([{"weight": 3}, {"weight": 1}, {}], [0.5, 1 / 6, 1 / 3]),
        ([{"low": 0.2, "high": 0.4}, {"low": 0.6, "high": 0.8}], [0.3, 0.7]),
        ([{"low": 20, "high": 40}, {"low": 60, "high": 80}], [0.3, 0.7]),
        ([{"weight": 2}, {"low": 3, "high": 9}], [0.25, 0.75]),
        ([{"order": 2}, {"order": 1}], [0.25, 0.75]),
        ([{"weight": 0}, {"weight": 5}], [0, 1]),
    ],
)
def test_one_set_of_weights_from_what_is_known(children, weights):
    found = tree(*(Criterion(f"c{i}", **known) for i, known in enumerate(children))).weights()
    assert found.tolist() == pytest.approx(weights)


@pytest.mark.parametrize(
    ("children", "unit"),
    [
        ([{"weight": 40, "low": 30, "high": 50}, {"weight": 60, "low": 50, "high": 70}], 100),
        ([{"weight": 40, "low": 0.3, "high": 0.5}, {"weight": 60, "low": 0.5, "high": 0.7}], 1),
        ([{"weight": 4, "low": 30, "high": 50}, {"weight": 6, "low": 50, "high": 70}], 100),
        ([{"low": 0.1, "high": 0.9}, {"low": 0.1, "high": 0.9}], 1),
        ([{"low": 10, "high": 90}, {"low": 10, "high": 90}], 100),
        ([{"low": 0.6, "high": 0.9}, {"low": 0.6, "high": 0.9}], None),
        ([{"low": 0.1, "high": 0.2}, {"low": 0.1, "high": 0.2}], None),
        ([{"weight": 80, "low": 10, "high": 20}, {"weight": 20, "low": 80, "high": 90}], None),
    ],
)
def test_what_the_bounds_are_parts_of(children, unit):
    assert bounds_unit([Criterion(f"c{i}", **known) for i, known in enumerate(children)]) == unit


def draws(*children):
    found = tree(*(Criterion(f"c{i}", **known) for i, known in enumerate(children))).draw_weights(4000, RANDOM(1))
    assert np.allclose(found.sum(axis=1), 1)
    return found


def test_blank_weights_are_free():
    found = draws({}, {}, {})
    assert found.min() < 0.01
    assert found.max() > 0.9


def test_given_weights_are_exact():
    assert (draws({"weight": 3}, {"weight": 1}) == [0.75, 0.25]).all()


def test_exact_weight_stays_among_two_that_move():
    found = draws({"weight": 50}, {"weight": 25, "low": 10, "high": 40}, {"weight": 25, "low": 10, "high": 40})
    assert np.allclose(found[:, 0], 0.5)
    assert found[:, 1].min() < 0.12
    assert found[:, 1].max() > 0.38


def test_one_that_moves_moves_against_the_others_in_proportion():
    found = draws({"weight": 40, "low": 30, "high": 50}, {"weight": 40}, {"weight": 20})
    assert found[:, 0].min() == pytest.approx(0.3, abs=0.002)
    assert found[:, 0].max() == pytest.approx(0.5, abs=0.002)
    assert np.allclose(found[:, 1], 2 * found[:, 2])


def test_blank_among_given_ones_is_free_and_the_given_keep_their_proportion():
    found = draws({"weight": 2}, {"weight": 1}, {})
    assert np.allclose(found[:, 0], 2 * found[:, 1])
    assert np.ptp(found[:, 2]) > 0.9


def test_weight_of_zero_stays_zero_and_changes_nothing_for_the_others():
    assert (draws({"weight": 0}, {}, {})[:, 1:] == draws({}, {})).all()


def test_groups_and_their_children_are_drawn_apart():
    nested = tree(Criterion("a", weight=1), Criterion("b", weight=1), Criterion("a1", "a"), Criterion("a2", "a"))
    found = nested.draw_weights(4000, RANDOM(1))
    assert np.allclose(found[:, 0], 0.5)  # b, the leaf that comes first
    assert np.allclose(found[:, 1:].sum(axis=1), 0.5)
    assert not nested.weights_are_exact
    assert NESTED.weights_are_exact


def test_judged_weights_stand_in_for_given_ones():
    judged = CriteriaTree((Criterion("a"), Criterion("b")), judged=(("", (0.8, 0.2)),))
    assert judged.weights().tolist() == [0.8, 0.2]
    assert (judged.draw_weights(3, RANDOM(1)) == [0.8, 0.2]).all()
    assert judged.weights_are_exact


def test_region_of_a_single_criterion_is_exact():
    assert region([Criterion("a")])[0].is_exact
