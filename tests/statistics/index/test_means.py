"""The generalised mean and transmuted weights (Rules S7 and S8)."""

import numpy as np
import pytest

from fansipan.statistics.index.bilateral.means import generalized_mean, shares, transmute_weights

VALUES, WEIGHTS = np.array([1.0, 2.0, 4.0]), np.array([1.0, 1.0, 2.0])


@pytest.mark.parametrize(
    ("order", "mean"), [(1, 2.75), (0, 2 ** (5 / 4)), (-1, 2.0), (2, np.sqrt(37 / 4)), (np.inf, 4.0), (-np.inf, 1.0)]
)
def test_known_means(order, mean):
    assert generalized_mean(VALUES, WEIGHTS, order) == pytest.approx(mean, rel=1e-14)


def test_equal_weights_where_none_are_given():
    assert generalized_mean(VALUES) == pytest.approx(7 / 3, rel=1e-14)
    assert generalized_mean(VALUES, None, 0) == pytest.approx(2.0, rel=1e-14)


def test_columns_go_along():
    table = np.array([[1.0, 4.0], [4.0, 16.0]])
    assert generalized_mean(table, None, 0).tolist() == pytest.approx([2.0, 8.0])
    assert generalized_mean(table, [3.0, 1.0]).tolist() == pytest.approx([1.75, 7.0])
    assert shares([3.0, 1.0], table).tolist() == [[0.75, 0.75], [0.25, 0.25]]


def test_a_missing_value_makes_the_mean_missing():
    assert np.isnan(generalized_mean([1.0, np.nan], [1.0, 1.0], 0))


def test_high_orders_do_not_overflow():
    assert generalized_mean([1e200, 1e201], None, 50) == pytest.approx(1e201 * 0.5 ** (1 / 50), rel=1e-12)


def test_paasche_weights_are_current_quantities_at_base_prices():
    price0, price1, quantity1 = np.array([1.0, 2.0]), np.array([3.0, 2.0]), np.array([5.0, 7.0])
    moved = transmute_weights(price1 / price0, price1 * quantity1, order=-1)
    assert moved.tolist() == pytest.approx([5 / 19, 14 / 19], rel=1e-14)


def test_transmuting_equal_values_keeps_the_weights():
    assert transmute_weights(np.full(3, 2.5), WEIGHTS, 0).tolist() == [0.25, 0.25, 0.5]


def test_transmuting_nearly_equal_values_keeps_the_digits():
    values = 1 + np.array([0, 1e-13, 2e-13])
    assert transmute_weights(values, WEIGHTS, 0).tolist() == pytest.approx([0.25, 0.25, 0.5], rel=1e-9)
