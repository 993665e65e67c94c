"""Internal rates of return: one, several, none; roots that touch; many flows at once."""

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.appraisal.finance.measures import net_present_value
from fansipan.appraisal.finance.rates import internal_rates


def rates(*flow):
    return internal_rates(np.array([flow], dtype=float)).of(0)


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ((-100, 110), (0.1,)),
        ((100, -50), (-0.5,)),
        ((-100, 0, 0, 100), (0.0,)),
        ((0, -100, 110), (0.1,)),
        ((-100, 110, 0, 0), (0.1,)),
        ((-100, 230, -132), (0.1, 0.2)),
        ((-1000, 3900, -5030, 2145), (0.1, 0.3, 0.5)),
        ((-1600, 10000, -10000), (0.25, 4.0)),
        ((-100, 200, -110), ()),
        ((-10, 0, 0), ()),
        ((5, 5, 5), ()),
        ((0, 0, 0), ()),
        ((-1, 2, -1), (0.0,)),
        ((-10, 21, -11), (0.0, 0.1)),
        ((-20, 38, -18), (-0.1, 0.0)),
        ((-1, 1e9), (1e9 - 1,)),
        ((-1e9, 1), (1e-9 - 1,)),
    ],
)
def test_flows_whose_rates_are_known(flow, expected):
    """Two and three rates: the textbook oil pump of Lorie and Savage (1955) is -1600, 10000, -10000."""
    assert rates(*flow) == pytest.approx(expected, rel=1e-12, abs=1e-9)


def test_rate_is_given_only_where_there_is_one():
    found = internal_rates(np.array([[-100, 110, 0], [-100, 230, -132], [-1, 0, 0]], dtype=float))
    assert found.rate[0] == pytest.approx(0.1)
    assert np.isnan(found.rate[1:]).all()
    assert found.count.tolist() == [1, 2, 0]


def test_net_value_that_only_touches_zero_finds_that_rate_or_none():
    """-(y - 1.07)^2: whether rounding leaves the touch, a crossing back and forth, or nothing, it is about 7 %."""
    assert all(rate == pytest.approx(0.07, abs=1e-5) for rate in rates(-1, 2.14, -1.1449))


def test_monthly_flows_of_thirty_years():
    flow = np.concatenate([np.full(24, -10.0), np.full(336, 2.0)])
    assert rates(*flow) == pytest.approx((pyxirr.irr(flow),), abs=1e-12)


def test_many_ordinary_flows_equal_pyxirr():
    random = np.random.default_rng(1)
    flows = np.abs(random.normal(100, 40, (500, 21)))
    flows[:, 0] = -random.uniform(400, 3000, 500)
    found = internal_rates(flows)
    assert (found.count == 1).all()
    assert found.rate == pytest.approx([pyxirr.irr(flow) for flow in flows], abs=1e-10)


def test_many_flows_of_any_sign_equal_the_roots_of_their_polynomials():
    flows = np.random.default_rng(2).normal(size=(300, 16))
    found = internal_rates(flows)
    for place, flow in enumerate(flows):
        roots = np.roots(flow)
        real = np.sort(roots[(np.abs(roots.imag) < 1e-9 * np.abs(roots)) & (roots.real > 0)].real - 1)
        assert found.of(place) == pytest.approx(real.tolist(), abs=1e-7)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8))
@settings(max_examples=150, deadline=None)
def test_at_every_rate_the_flow_has_no_net_value(flow):
    found = internal_rates(np.array([flow], dtype=float))
    for rate in found.of(0):
        discounted = np.abs(flow) / (1 + rate) ** np.arange(len(flow))
        assert abs(net_present_value(np.array([flow], dtype=float), rate)[0]) <= 1e-6 * discounted.sum()


@given(st.floats(-0.5, 3), st.lists(st.floats(0.1, 50), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_the_rate_that_a_flow_was_made_with_comes_back(rate, gains):
    cost = sum(gain / (1 + rate) ** (year + 1) for year, gain in enumerate(gains))
    assert rates(-cost, *gains) == pytest.approx((rate,), abs=1e-7)
