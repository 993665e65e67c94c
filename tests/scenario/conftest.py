"""The worked example, and a forecaster that takes no time: last year's month again, a tenth either way."""

import numpy as np
import pytest

from fansipan.examples.laocai import build
from fansipan.periods import Month
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.forecast.outcome import Outcome
from fansipan.scenario.projection import project


def last_years_month(histories, horizon, *, progress=lambda name: None):
    found = []
    for history in histories:
        year = np.resize(np.nan_to_num(history.values[-SEASON:]), horizon)
        mean = np.zeros(horizon) if history.values[-1] == 0 else year
        found.append(Outcome(history.name, history.next_month, mean, np.stack([0.9 * mean, 1.1 * mean]), "naive"))
    return found


@pytest.fixture(scope="session")
def laocai():
    return build()


@pytest.fixture(scope="session")
def may(laocai):
    """The year as seen from May 2024."""
    return project(laocai, Month(2024, 5), forecaster=last_years_month)


@pytest.fixture
def projected():
    """A projection with the quick forecaster."""
    return lambda province, month, **options: project(province, month, forecaster=last_years_month, **options)
