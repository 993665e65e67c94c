"""Forecasts of sums made on their own beside those of their parts, at earlier origins (Rule BT11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fansipan.periods import Month
from fansipan.province import Province
from fansipan.scenario.backtest import origins as said_at
from fansipan.scenario.backtest.hierarchy import LEVELS, hierarchy_of
from fansipan.scenario.baseline.lines import Floats, Lines
from fansipan.scenario.forecast.history import SEASON, History
from fansipan.scenario.projection import Forecaster, Projection, project
from fansipan.scenario.reconciliation import Summing

Node = tuple[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class Base:
    """Base forecasts at an origin, nodes x months, billion đồng at 2010 prices; sums first, then the products.

    A product's forecast is the sum of its lines; a class's, a section's and the total's is made of its own series.
    `came` is nodes x months as known at the origin from the start of the history on; `scale` is that of MASE.
    """

    origin: Month
    start: Month
    nodes: tuple[Node, ...]
    summing: Summing
    forecast: Floats
    came: Floats
    scale: Floats


def base_at(province: Province, origin: Month, horizon: int, *, forecaster: Forecaster | None = None) -> Base:
    """The base forecasts of `horizon` months as of the last day of `origin`; with nothing that was recorded later."""
    used = forecaster or said_at.single_forecaster
    projection = project(province, origin, until=origin + horizon, forecaster=used)
    return base_of(projection, used)


def base_of(projection: Projection, forecaster: Forecaster) -> Base:
    """The base forecasts of the months ahead of a projection: parts from its lines, sums by `forecaster`."""
    hierarchy = hierarchy_of(projection.lines)
    order = [at for level in reversed(LEVELS) for at in hierarchy.places(level)]
    worth = hierarchy.worth[order]
    nodes = tuple((hierarchy.levels[at], hierarchy.codes[at]) for at in order)
    came = worth @ np.nan_to_num(projection.lines.quantities)
    ahead = worth @ projection.quantities[:, projection.known :]
    upper = len(nodes) - len(hierarchy.places("product"))
    own = _own(projection.lines, nodes[:upper], came[:upper], ahead.shape[1], forecaster)
    return Base(
        projection.month,
        projection.lines.start,
        nodes,
        summing_of(worth, upper),
        np.vstack([own, ahead[upper:]]),
        came,
        said_at.seasonal_scale(came),
    )


def summing_of(worth: Floats, upper: int) -> Summing:
    """Which products each sum holds: those whose lines are of it; `worth` is nodes x lines, sums first."""
    inside, parts = worth[:upper] > 0, worth[upper:] > 0
    return Summing(((inside.astype(float) @ parts.T.astype(float)) > 0).astype(float))


def _own(lines: Lines, nodes: Sequence[Node], came: Floats, horizon: int, forecaster: Forecaster) -> Floats:
    histories = [
        History(f"{level} {code}", lines.start, values, np.full(horizon, np.inf))
        for (level, code), values in zip(nodes, came, strict=True)
    ]
    found = forecaster(histories, horizon, progress=lambda name: None)
    return np.array([np.maximum(np.nan_to_num(one.mean), 0.0) for one in found]).reshape(len(nodes), horizon)


def errors_known(earlier: Sequence[Base], at: Base) -> Floats:
    """Errors of earlier base forecasts that were known at the origin of `at`: months x nodes of `at`.

    Each is what came, as known at that origin, less what was forecast; a node that had no forecast then erred by 0.
    """
    rows = []
    for one in earlier:
        places = {node: place for place, node in enumerate(one.nodes)}
        chosen = [places.get(node) for node in at.nodes]
        for ahead in range(one.forecast.shape[1]):
            month = (one.origin + 1 + ahead).ordinal - at.start.ordinal
            if one.origin < at.origin and 0 <= month < at.came.shape[1]:
                rows.append(
                    [
                        0.0 if place is None else at.came[node, month] - one.forecast[place, ahead]
                        for node, place in enumerate(chosen)
                    ]
                )
    return np.array(rows).reshape(len(rows), len(at.nodes))


def enough(errors: Floats) -> bool:
    """Whether there are errors of a year or more to learn a covariance from."""
    return len(errors) >= SEASON
