"""Preference functions at and around their thresholds; flows."""

import numpy as np
import pytest

from fansipan.appraisal.methods.promethee import Preference, promethee


@pytest.mark.parametrize(
    ("preference", "at", "expected"),
    [
        (Preference(), [-1, 0, 0.1], [0, 0, 1]),
        (Preference("u-shape", q=2), [1.9, 2, 2.1], [0, 0, 1]),
        (Preference("v-shape", p=4), [-1, 2, 4, 9], [0, 0.5, 1, 1]),
        (Preference("level", q=1, p=3), [1, 2, 3, 3.1], [0, 0.5, 0.5, 1]),
        (Preference("linear", q=1, p=3), [1, 2, 3, 4], [0, 0.5, 1, 1]),
        (Preference("linear", q=2, p=2), [2, 2.1], [0, 1]),
        (Preference("v-shape", p=0), [0, 0.1], [0, 1]),
        (Preference("gaussian", p=0), [0, 0.1], [0, 1]),
    ],
)
def test_preference_functions(preference, at, expected):
    assert preference.of(np.array(at, dtype=float)).tolist() == pytest.approx(expected)


def test_gaussian_is_brans_and_vincke_s():
    assert Preference("gaussian", p=2).of(np.array([2.0]))[0] == pytest.approx(1 - np.exp(-0.5))


def test_net_flows_sum_to_zero_and_lie_within_one():
    matrix = np.random.default_rng(3).random((7, 4))
    found = promethee(matrix, np.full(4, 0.25), np.array([True, False, True, True]))
    assert found.net.sum() == pytest.approx(0, abs=1e-12)
    assert (np.abs(found.net) <= 1).all()


def test_less_is_better_turns_the_flow():
    column = np.array([[1.0], [2.0]])
    assert promethee(column, np.ones(1), np.array([False])).net.tolist() == [1, -1]


def test_one_alternative_has_no_flow():
    assert promethee(np.array([[4.0]]), np.ones(1), np.array([True])).net.tolist() == [0]
