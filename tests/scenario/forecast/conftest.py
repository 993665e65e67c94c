"""Made-up monthly series for the tests of forecasting."""

import numpy as np
import pytest

from fansipan.periods import Month
from fansipan.scenario.forecast.history import History
from fansipan.statistics.seasonal.x13.program import available

START = Month(2014, 1)


@pytest.fixture
def x13():
    """Skips, with the reason, where the X-13 program is absent."""
    if not available():
        pytest.skip("the X-13 program is absent on this machine")


@pytest.fixture
def airline_like():
    """Returns a function: a series of so many months with trend, season and noise, always the same for a seed."""

    def make(months=96, seed=1, name="x", start=START, noise=0.03):
        random = np.random.default_rng(seed)
        t = np.arange(months)
        season = 0.2 * np.sin(2 * np.pi * (t + start.month) / 12)
        values = 100 * np.exp(0.004 * t + season + noise * random.standard_normal(months))
        return History(name, start, values, np.full(120, np.inf))

    return make
