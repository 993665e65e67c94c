"""A few establishments of the worked example, forecast again by a forecaster that costs nothing."""

import polars as pl
import pytest

from fansipan.examples import laocai
from fansipan.periods import Month
from fansipan.scenario.backtest import origins
from fansipan.scenario.backtest.run import backtest
from fansipan.scenario.forecast.outcome import Outcome

LAST = Month(2024, 5)


@pytest.fixture(scope="session")
def small():
    """Some establishments of mining, chemicals, hydropower and water with all that belongs to them."""
    province = laocai.build()
    kept = ["CS01", "CS03", "CS11", "CS12", *province["capacities"]["establishment"].unique(maintain_order=True)[-2:]]
    mine = {
        name: province[name].filter(pl.col("establishment").is_in(kept))
        for name in ("returns", "establishments", "capacities", "establishment_returns", "edits")
    }
    return province.replace(**mine, project_products=province["project_products"].clear())


@pytest.fixture
def quick(monkeypatch):
    """The same month of the last year and 2 % more, with a spread of 5 %, instead of the engine."""

    def forecaster(histories, horizon, *, progress):
        found = []
        for history in histories:
            progress(history.name)
            mean = origins.same_month_before(history.values[None], horizon)[0] * 1.02
            found.append(Outcome(history.name, history.next_month, mean, [mean * 0.936, mean * 1.064], "quick"))
        return found

    monkeypatch.setattr(origins, "single_forecaster", forecaster)


@pytest.fixture
def scores(small, quick):
    return backtest(small, LAST, origins=4, horizon=6, step=3, paths=50, workers=1)
