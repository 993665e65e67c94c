"""Reconciliation against figures worked out by hand, and what holds for any hierarchy (Rules BT8 to BT10)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.scenario import reconciliation as rec

PAIR = rec.Summing(np.array([[1.0, 1.0]]))
BASE = np.array([[110.0], [60.0], [40.0]])  # the parts make 100: 10 too little


@st.composite
def hierarchies(draw):
    """Three levels: a total, groups, bottom series; base forecasts and errors that do not add up."""
    groups = draw(st.lists(st.integers(0, 2), min_size=2, max_size=7))
    seed = draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    upper = [np.ones(len(groups))] + [(np.array(groups) == g).astype(float) for g in sorted(set(groups))]
    summing = rec.Summing(np.array(upper))
    errors = random.normal(size=(draw(st.integers(2, 30)), len(summing))) * random.uniform(0.1, 50, len(summing))
    return summing, random.uniform(0, 1000, (len(summing), 3)), errors


def all_weights(summing, errors):
    alone = [rec.ols_weights(summing), rec.structural_weights(summing)]
    return [*alone, rec.variance_weights(errors), rec.mint_weights(errors)]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (rec.ols_weights(PAIR), [110 - 10 / 3, 60 + 10 / 3, 40 + 10 / 3]),
        (rec.structural_weights(PAIR), [105, 62.5, 42.5]),
        (np.diag([4.0, 1.0, 3.0]), [105, 61.25, 43.75]),
        (np.diag([4.0, 0.0, 4.0]), [105, 60, 45]),  # a part that never errs keeps its forecast
        # Errors of the parts that go against each other: C W C' = 4 + 1 + 1 - 1 = 5, W C' = (4, -0.5, -0.5).
        (np.array([[4.0, 0, 0], [0, 1, -0.5], [0, -0.5, 1]]), [102, 61, 41]),
    ],
)
def test_the_gap_is_shared_by_hand(weights, expected):
    assert rec.reconcile(BASE, PAIR, weights)[:, 0] == pytest.approx(expected, abs=1e-12)


def test_bottom_up_keeps_the_parts():
    assert rec.bottom_up(BASE, PAIR)[:, 0].tolist() == [100, 60, 40]


@given(hierarchies())
def test_sums_equal_parts_for_any_weights(drawn):
    summing, base, errors = drawn
    for weights in all_weights(summing, errors):
        found = rec.reconcile(base, summing, weights)
        assert np.abs(summing.constraints @ found).max() <= 1e-9


@given(hierarchies())
def test_it_is_the_printed_formula(drawn):
    """S (S' W⁻¹ S)⁻¹ S' W⁻¹ y, equation 9 of Wickramasuriya and others (2019)."""
    summing, base, errors = drawn
    s = summing.matrix
    for weights in all_weights(summing, errors):
        inverse = np.linalg.pinv(weights)
        if np.linalg.cond(weights) < 1e8:
            printed = s @ np.linalg.solve(s.T @ inverse @ s, s.T @ inverse @ base)
            assert rec.reconcile(base, summing, weights) == pytest.approx(printed, rel=1e-6, abs=1e-6)


@given(hierarchies())
def test_coherent_forecasts_stay_as_they_are(drawn):
    summing, base, errors = drawn
    coherent = rec.bottom_up(base, summing)
    for weights in all_weights(summing, errors):
        assert rec.reconcile(coherent, summing, weights) == pytest.approx(coherent, abs=1e-7)


@given(hierarchies())
def test_shrinkage_lies_between_none_and_all(drawn):
    assert 0 <= rec.shrinkage(drawn[2]) <= 1


def test_shrinkage_by_hand():
    """Two nodes, three times, both scaled by √(2/3): r = 1/2, v = (2.25 - 2.25 / 3) / 6 = 1/4, so 1/4 over 1/4."""
    errors = np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    assert rec.shrinkage(errors) == pytest.approx(1.0)
    twice = np.vstack([errors] * 4)  # the same correlation seen twelve times is trusted more
    assert rec.shrinkage(twice) == pytest.approx((4 * 2.25 - 36 / 12) / (12 * 11) / 0.25)
    assert rec.mint_weights(errors) == pytest.approx(np.diag([2 / 3, 2 / 3]))


def test_errors_that_never_part_are_believed():
    always = np.outer(np.random.default_rng(1).normal(size=400), [2.0, 1.0, 1.0])
    assert rec.shrinkage(always) < 0.02


def test_what_does_not_fit_is_refused():
    with pytest.raises(Refused, match="3 nodes"):
        rec.reconcile(BASE[:2], PAIR, np.eye(3))
    with pytest.raises(Refused, match="1 times only"):
        rec.mint_weights(np.ones((1, 3)))
