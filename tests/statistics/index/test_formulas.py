"""Bilateral formulas on two products, by hand (Rules S9 and S10), and elementary indexes (Rule S11)."""

import numpy as np
import pytest

from fansipan.errors import NotFound
from fansipan.statistics.index.bilateral.elementary import carli, dutot, elementary_by_group, jevons
from fansipan.statistics.index.bilateral.formulas import (
    arithmetic_weights,
    bilateral,
    laspeyres,
    lowe,
    paasche,
    tornqvist,
    young,
)

P0, P1 = np.array([1.0, 4.0]), np.array([2.0, 4.0])
Q0, Q1 = np.array([4.0, 1.0]), np.array([1.0, 2.0])


def test_by_hand():
    assert laspeyres(P0, P1, Q0) == pytest.approx(12 / 8)
    assert paasche(P0, P1, Q1) == pytest.approx(10 / 9)
    assert bilateral("fisher", P0, P1, Q0, Q1) == pytest.approx(np.sqrt(12 / 8 * 10 / 9))
    # Shares of the first product: 4/8 and 2/10, on average 0.35.
    assert tornqvist(P0, P1, Q0, Q1) == pytest.approx(2**0.35)
    assert lowe(P0, P1, np.array([2.0, 1.0])) == pytest.approx(8 / 6)
    assert young(P0, P1, np.array([1.0, 3.0])) == pytest.approx(1.25)


def test_contributions_of_fisher_are_van_ijzerens():
    """With the Fisher volume index Q, F = Σ p1 (q0 + q1/Q) / Σ p0 (q0 + q1/Q) (van IJzeren 1952)."""
    volume = bilateral("fisher", Q0, Q1, P0, P1)
    value = P0 * (Q0 + Q1 / volume)
    assert arithmetic_weights("fisher", P0, P1, Q0, Q1) == pytest.approx(value / value.sum(), rel=1e-13)


def test_unknown_names_are_refused_with_those_that_exist():
    with pytest.raises(NotFound, match=r"no formula named walsh.*laspeyres, paasche, fisher, tornqvist"):
        bilateral("walsh", P0, P1, Q0, Q1)
    with pytest.raises(NotFound, match=r"no elementary index named mean.*jevons, carli, dutot"):
        elementary_by_group(P0, P1, np.array([0, 0]), 1, "mean")


def test_elementary_by_hand_over_matched_pairs_only():
    before, after = np.array([1.0, 4.0, 9.0, np.nan]), np.array([2.0, 4.0, np.nan, 5.0])
    assert jevons(before, after) == pytest.approx(np.sqrt(2))
    assert carli(before, after) == pytest.approx(1.5)
    assert dutot(before, after) == pytest.approx(6 / 5)


@pytest.mark.parametrize("method", ["jevons", "carli", "dutot"])
def test_groups_are_kept_apart_and_one_without_a_pair_is_missing(method):
    before, after = np.array([1.0, 2.0, np.nan]), np.array([3.0, 2.0, 2.0])
    found = elementary_by_group(before, after, np.array([2, 0, 1]), 4, method)
    assert found.tolist() == pytest.approx([1.0, np.nan, 3.0, np.nan], nan_ok=True)
