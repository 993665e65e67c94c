"""What more of one measure costs in another (method rule E33)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.limits import unit_values
from fansipan.expansion.solve.plan import Plan, with_row
from fansipan.expansion.system.definition import System
from fansipan.linear.keys import Floats
from fansipan.linear.solver import Options, solve_arrays

PER_CAPACITY = {"jobs": "jobs", "land": "land", "power": "power", "water": "water", "waste_water": "waste_water"}


@dataclass(frozen=True)
class Point:
    """A point of the frontier: the two measures, and whether the plan is proven best."""

    x: float
    y: float
    proven: bool


def measure_weights(system: System, plan: Plan, measure: str) -> Floats:
    """The weight of every column in a measure summed over all years.

    ``objective``; ``output``, ``value_added``; ``production:CODE``, ``emission:CODE``; ``jobs``, ``land``, ``power``,
    ``water``, ``waste_water`` (a year of use counts once a year); ``capital``.
    """
    weight = np.zeros(plan.arrays.cost.size)
    if measure == "objective":
        return plan.arrays.cost.copy()
    index, rate, held = Indexed(system), plan.model.variables["rate"], plan.model.variables["capacity"]
    kind, _, commodity = measure.partition(":")
    if kind == "capital":
        units = plan.model.variables["units"]
        weight[units.span] = unit_capital(system, plan)
    elif kind in PER_CAPACITY:
        weight[held.span] = index.column(PER_CAPACITY[kind])[held.keys.codes[0]]
    else:
        made, fixed = unit_values(index, kind, commodity or None)
        activity, year = rate.keys.codes
        weight[rate.span] = (made[activity][:, None] * plan.network.horizon.length.T[year]).ravel()
        weight[held.span] = fixed[held.keys.codes[0]]
    return weight


def unit_capital(system: System, plan: Plan) -> Floats:
    """The capital of one lump for each column of ``units``, billion dong."""
    process = plan.model.variables["units"].keys.codes[0]
    names = plan.network.processes.names
    return np.array([system.candidates[names[code]]["capital"] for code in process])


def frontier(
    plan: Plan,
    x: Floats,
    y: Floats,
    *,
    points: int = 6,
    larger_x: bool = True,
    larger_y: bool = True,
    options: Options | None = None,
) -> list[Point]:
    """Best `y` for `points` levels of `x`, from where `y` alone is best to where `x` alone is (epsilon constraints).

    `x` and `y` weigh the columns; the constraints are those of the plan. A level for which no plan was found in the
    time of `options` is left out, so that fewer points than asked say that time ran out.
    """
    best_y = _best(plan, y, larger_y, options)
    best_x = _best(plan, x, larger_x, options)
    if best_y is None or best_x is None:
        return []
    start, end = float(x @ best_y), float(x @ best_x)
    found = []
    for level in np.linspace(start, end, points):
        room = 1e-7 * max(abs(level), 1.0)
        low, high = (level - room, np.inf) if larger_x else (-np.inf, level + room)
        arrays = replace(with_row(plan.arrays, x, low, high), cost=y, offset=0.0, maximise=larger_y)
        answer = solve_arrays(arrays, options)
        if answer.objective is not None:
            found.append(Point(float(x @ answer.columns), answer.objective, answer.status == "optimal"))
    return found


def _best(plan: Plan, weight: Floats, larger: bool, options: Options | None) -> Floats | None:
    answer = solve_arrays(replace(plan.arrays, cost=weight, offset=0.0, maximise=larger), options)
    return None if answer.objective is None else answer.columns


def frontier_frame(found: list[Point]) -> pl.DataFrame:
    """The frontier as a table, a row a point."""
    return pl.DataFrame(
        [vars(point) for point in found], schema={"x": pl.Float64, "y": pl.Float64, "proven": pl.Boolean}
    )
