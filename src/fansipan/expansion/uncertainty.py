"""Plans under uncertainty: scenarios, a two-stage plan, what knowing would be worth, regret (method rule E32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fansipan.errors import Refused
from fansipan.expansion.keys import Flags, Floats
from fansipan.expansion.model import Arrays
from fansipan.expansion.plan import Plan
from fansipan.expansion.solver import Answer, Options, solve_arrays

DECISIONS = ("units", "stage")


@dataclass(frozen=True)
class TwoStage:
    """One plan for all scenarios: builds before a stated year are shared, the rest may follow the scenario.

    `expected` is its expected value; `perfect` what would be expected if each scenario were known before (its
    difference is the value of perfect information); `hopeful` what is expected if the builds of the plan for the base
    case are held and the rest follows (None where that is impossible; its difference is the value of the stochastic
    solution).
    """

    expected: float
    perfect: float
    hopeful: float | None
    maximise: bool
    builds: dict[str, Floats]
    by_scenario: dict[str, float]

    @property
    def value_of_information(self) -> float:
        """What knowing the scenario beforehand would add, not below zero."""
        return max((self.perfect - self.expected) * (1.0 if self.maximise else -1.0), 0.0)

    @property
    def value_of_stochastic_solution(self) -> float | None:
        """What planning for all scenarios adds to planning for the base case; None where that plan cannot be held."""
        if self.hopeful is None:
            return None
        return max((self.expected - self.hopeful) * (1.0 if self.maximise else -1.0), 0.0)


def shared_columns(plan: Plan, before: int) -> np.ndarray:
    """The columns of what is decided before the year `before`: lumps and stages of zones."""
    found = [np.empty(0, np.int64)]
    years = np.asarray(plan.network.horizon.years)
    for name in DECISIONS:
        block = plan.model.variables.get(name)
        if block:
            found.append(block.first + np.flatnonzero(years[block.keys.codes[1]] < before))
    return np.concatenate(found)


def two_stage(
    plans: Mapping[str, Plan], probability: Mapping[str, float], before: int, *, base: str | None = None,
    options: Options | None = None,
) -> TwoStage:  # fmt: skip
    """The plan that is best in expectation when builds before `before` must be the same in all scenarios.

    `plans` are the solved plans of the scenarios (their own best, with perfect information), of one and the same set of
    decisions; probabilities are scaled to one. Raises Refused where the scenarios cannot be planned together.
    """
    names = list(plans)
    total = sum(probability[name] for name in names)
    weight = np.array([probability[name] / total for name in names])
    solved = [plans[name] for name in names]
    if len({plan.arrays.cost.size for plan in solved}) > 1 or not all(plan.solved for plan in solved):
        raise Refused("plan.uncertainty.apart")
    shared = shared_columns(solved[0], before)
    together = joined([plan.arrays for plan in solved], weight, shared)
    answer = solve_arrays(together, options)
    if answer.objective is None:
        raise Refused("plan.uncertainty.none")
    width = solved[0].arrays.cost.size
    parts = [answer.columns[k * width : (k + 1) * width] for k in range(len(solved))]
    values = {name: _value(plan.arrays, part) for name, plan, part in zip(names, solved, parts, strict=True)}
    perfect = float(weight @ np.array([plan.answer.objective for plan in solved]))
    held = plans[base or names[0]].answer.columns[shared]
    hopeful = [_held(plan.arrays, shared, held, options).objective for plan in solved]
    known = [value for value in hopeful if value is not None]
    builds = {"columns": shared.astype(float), "values": np.round(parts[0][shared])}
    return TwoStage(
        answer.objective, perfect, float(weight @ np.array(known)) if len(known) == len(solved) else None,
        solved[0].arrays.maximise, builds, values,
    )  # fmt: skip


def joined(parts: Sequence[Arrays], weight: Floats, shared: np.ndarray) -> Arrays:
    """Scenarios side by side, each weighted, with rows that make the `shared` columns the same in all."""
    width = parts[0].cost.size
    start, index, value = [np.zeros(1, np.int64)], [], []
    for k, part in enumerate(parts):
        start.append(part.start[1:].astype(np.int64) + start[-1][-1])
        index.append(part.index + k * width)
        value.append(part.value)
    for k in range(1, len(parts)):
        start.append(start[-1][-1] + 2 * np.arange(1, len(shared) + 1))
        index.append(np.stack([shared, shared + k * width], axis=1).ravel())
        value.append(np.tile([1.0, -1.0], len(shared)))
    zero = np.zeros(len(shared) * (len(parts) - 1))
    return Arrays(
        cost=np.concatenate([part.cost * w for part, w in zip(parts, weight, strict=True)]),
        lower=np.concatenate([part.lower for part in parts]), upper=np.concatenate([part.upper for part in parts]),
        row_lower=np.concatenate([*(part.row_lower for part in parts), zero]),
        row_upper=np.concatenate([*(part.row_upper for part in parts), zero]),
        start=np.concatenate(start).astype(np.int32), index=np.concatenate(index).astype(np.int32),
        value=np.concatenate(value), integer=np.concatenate([part.integer for part in parts]),
        offset=float(sum(part.offset * w for part, w in zip(parts, weight, strict=True))), maximise=parts[0].maximise,
    )  # fmt: skip


def _held(arrays: Arrays, columns: np.ndarray, values: Floats, options: Options | None) -> Answer:
    """The best of one scenario with some columns held at whole values."""
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[columns] = upper[columns] = np.round(values)
    return solve_arrays(replace(arrays, lower=lower, upper=upper), options)


def _value(arrays: Arrays, columns: Floats) -> float:
    return float(arrays.cost @ columns) + arrays.offset


def regret_table(plans: Mapping[str, Plan], options: Options | None = None) -> pl.DataFrame:
    """What the builds of each scenario's plan are worth in every scenario, operation solved again with builds fixed.

    Columns: `plan` (whose builds), `scenario`, `value` (null where they cannot be run there), `regret` (what is lost
    against the scenario's own best).
    """
    rows = []
    for own, plan in plans.items():
        every = np.concatenate([
            plan.model.variables[name].first + np.arange(plan.model.variables[name].size)
            for name in DECISIONS if name in plan.model.variables
        ] or [np.empty(0, np.int64)])  # fmt: skip
        for other, scenario in plans.items():
            value = _held(scenario.arrays, every, plan.answer.columns[every], options).objective
            best = scenario.answer.objective
            lost = None if value is None or best is None else abs(best - value)
            rows.append({"plan": own, "scenario": other, "value": value, "regret": lost})
    schema = {"plan": pl.String, "scenario": pl.String, "value": pl.Float64, "regret": pl.Float64}
    return pl.DataFrame(rows, schema=schema)


def decided(plan: Plan) -> Flags:
    """Which columns are decisions to build or open."""
    flags = np.zeros(plan.arrays.cost.size, bool)
    for name in DECISIONS:
        if name in plan.model.variables:
            flags[plan.model.variables[name].span] = True
    return flags
