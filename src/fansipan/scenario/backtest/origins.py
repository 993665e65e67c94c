"""One origin: what would have been said with what was known then, beside what came (Rules BT1 to BT5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.scenario.backtest.hierarchy import Hierarchy, hierarchy_of
from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.forecast.calibration import ENOUGH_ORIGINS, calibrate
from fansipan.scenario.forecast.history import SEASON, History
from fansipan.scenario.forecast.outcome import Outcome, outcome_of
from fansipan.scenario.forecast.outlook import look_ahead
from fansipan.scenario.paths.simulation import simulate
from fansipan.scenario.projection import LEVEL, Progress, Projection, project

LEAST_MONTHS = 36  # of history before an origin
BOUNDS = {"lo_80": 0.1, "hi_80": 0.9, "lo_95": 0.025, "hi_95": 0.975}


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """What was said at an origin of each node and month ahead (nodes x months), billion đồng at 2010 prices.

    `scale` is each node's mean absolute change on the same month of the year before in the history known then, NaN
    where there is none; `models` what forecast each node.
    """

    origin: Month
    hierarchy: Hierarchy
    forecast: Floats
    bounds: dict[str, Floats]
    naive: Floats
    scale: Floats
    models: tuple[str, ...]


def origins_of(first: Month, last: Month, count: int, step: int) -> list[Month]:
    """The last `count` origins, `step` months apart, that leave a month to compare and 36 months before (Rule BT1).

    Oldest first; fewer where the history is short. Raises Refused ``backtest.too-short`` where none is left.
    """
    places = [last + -1 - step * back for back in range(count)]
    found = [place for place in reversed(places) if place.ordinal - first.ordinal + 1 >= LEAST_MONTHS]
    if not found:
        raise Refused("backtest.too-short", months=last.ordinal - first.ordinal + 1, least=LEAST_MONTHS + 1)
    return found


def say_at(province: Province, origin: Month, horizon: int, *, paths: int, seed: int = 1) -> Said:
    """Project and simulate `horizon` months as of the day of `origin` (`day_of`), with nothing recorded later.

    Raises what `project` and `simulate` raise.
    """
    projection = project(province, origin, until=origin + horizon, forecaster=single_forecaster)
    hierarchy = hierarchy_of(projection.lines)
    ahead = hierarchy.values(projection.quantities[:, projection.known :])
    drawn = hierarchy.values(simulate(projection, paths=paths, seed=seed).ahead)
    bounds = {name: np.quantile(drawn, share, axis=0) for name, share in BOUNDS.items()}
    history = hierarchy.values(np.nan_to_num(projection.lines.quantities))
    return Said(
        origin,
        hierarchy,
        ahead,
        bounds,
        same_month_before(history, horizon),
        seasonal_scale(history),
        tuple(_model(projection, row) for row in hierarchy.worth),
    )


def single_forecaster(histories: Sequence[History], horizon: int, *, progress: Progress) -> list[Outcome]:
    """The engine's forecasts in this one process; intervals calibrated on three earlier origins a series."""
    outlooks = []
    for history in histories:
        outlooks.append(look_ahead(history, horizon, tet=True, pooled=ENOUGH_ORIGINS))
        progress(history.name)
    used, normal = calibrate([error for one in outlooks for error in one.errors], (LEVEL,)), calibrate([], (LEVEL,))
    return [outcome_of(one, used, normal) for one in outlooks]


def same_month_before(history: Floats, horizon: int) -> Floats:
    """The seasonal naive forecast: the last known figure of the same calendar month (nodes x months ahead)."""
    last = history[:, -SEASON:]
    return last[:, np.arange(horizon) % SEASON]


def seasonal_scale(history: Floats) -> Floats:
    """Each node's mean absolute change on the same month of the year before; NaN where it never changed.

    Source: Hyndman and Koehler (2006), Another look at measures of forecast accuracy, International Journal of
    Forecasting 22.
    """
    change = np.abs(history[:, SEASON:] - history[:, :-SEASON]).mean(axis=1)
    return np.where(change > 0, change, np.nan)


def _model(projection: Projection, worth: Floats) -> str:
    """What forecast the lines of a node, each once: ``water``, ``ces+ets+theta+x13``, ``commissioning`` ..."""
    heads = {projection.models[place].split(";")[0] for place in np.flatnonzero(worth)}
    return " | ".join(sorted(heads)) or "-"
