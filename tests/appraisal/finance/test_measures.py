"""Net present value, payback, debt cover."""

import numpy as np
import pytest
import pyxirr

from fansipan.appraisal.finance.measures import debt_cover, net_present_value, payback, per_period


def test_net_present_value_equals_pyxirr():
    flows = np.random.default_rng(1).normal(size=(40, 12))
    expected = [pyxirr.npv(0.12, flow) for flow in flows]
    assert net_present_value(flows, 0.12) == pytest.approx(expected, abs=1e-12)
    assert net_present_value(flows, np.full(40, 0.12)) == pytest.approx(expected, abs=1e-12)


def test_each_flow_at_its_own_rate():
    found = net_present_value(np.array([[-100.0, 110.0], [-100.0, 120.0]]), np.array([0.1, 0.2]))
    assert found == pytest.approx([0, 0], abs=1e-12)


def test_monthly_rate_compounds_to_the_yearly_one():
    assert (1 + per_period(0.1, 12)) ** 12 == pytest.approx(1.1)
    assert per_period(0.1, 1) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("flow", "rate", "expected"),
    [
        ([-100, 60, 60], 0.0, 1 + 40 / 60),
        ([-100, 50, 50], 0.0, 2),
        ([-100, 10, 10], 0.0, None),
        ([5, 5], 0.0, 0),
        ([-100, 120, -50, 40], 0.0, 2 + 30 / 40),
        ([-100, 120, -50], 0.0, None),
        ([-100, 110], 0.10, 1),
        ([0, 0], 0.0, 0),
    ],
)
def test_payback(flow, rate, expected):
    found = payback(np.array([flow], dtype=float), rate)[0]
    assert np.isnan(found) if expected is None else found == pytest.approx(expected)


def test_debt_cover():
    found = debt_cover(np.array([[30.0, 10.0, 5.0]]), np.array([[20.0, 20.0, 0.0]]))
    assert found[0, :2].tolist() == [1.5, 0.5]
    assert np.isnan(found[0, 2])
