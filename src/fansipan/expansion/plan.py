"""Solve a network: targets first by priority, then value or cost; prices from the plan with its integers fixed.

Method rules E13 and E26.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fansipan.expansion.build import build
from fansipan.expansion.keys import Floats
from fansipan.expansion.model import Arrays, Model
from fansipan.expansion.network import Network
from fansipan.expansion.solver import Answer, Options, fix_integers, solve_arrays

SLACK = 1e-6  # how far a later priority may leave the best of an earlier one


@dataclass(frozen=True)
class Plan:
    """A solved network: the model, its arrays with the targets' best held, the answer, shortfalls by priority.

    `missed` is the least sum of shortfalls of each priority, each in the scale of its limit; `prices` is the plan
    solved again with its integers fixed, None where it was not asked for or there is no plan.
    """

    network: Network
    model: Model
    arrays: Arrays
    answer: Answer
    missed: dict[int, float]
    prices: Answer | None = None

    @property
    def solved(self) -> bool:
        """Whether there is a plan."""
        return self.answer.objective is not None

    def values(self, block: str) -> Floats:
        """The values of a block of variables; empty where the network has none."""
        found = self.model.variables.get(block)
        return self.answer.columns[found.span] if found else np.empty(0)


def solve_network(network: Network, options: Options | None = None, *, prices: bool = True) -> Plan:
    """Build `network` and solve it: each priority of targets in turn, then the objective, then prices if asked for."""
    model = build(network)
    return solve_model(network, model, model.arrays(), options, prices=prices)


def solve_model(
    network: Network, model: Model, arrays: Arrays, options: Options | None = None, *, prices: bool = True
) -> Plan:  # fmt: skip
    """As `solve_network`, for a model that is built."""
    chosen = options or Options()
    held, missed, failed = targets_first(network, model, arrays, chosen)
    if failed:
        return Plan(network, model, arrays, failed, missed)
    answer = solve_arrays(held, chosen)
    plan = Plan(network, model, held, answer, missed)
    if not prices or answer.objective is None:
        return plan
    return replace(plan, prices=priced(held, answer))


def priced(arrays: Arrays, answer: Answer) -> Answer:
    """The same plan with its integers fixed, solved as a linear programme so that it has prices."""
    return solve_arrays(fix_integers(arrays, answer.columns)) if arrays.integer.any() else answer


def targets_first(
    network: Network, model: Model, arrays: Arrays, options: Options
) -> tuple[Arrays, dict[int, float], Answer | None]:  # fmt: skip
    """The arrays with a row that holds the least shortfall of each priority, those shortfalls, and a failed answer."""
    limits, block = network.limits, model.variables.get("short")
    missed: dict[int, float] = {}
    if limits is None or block is None or not block.size:
        return arrays, missed, None
    elastic = np.flatnonzero(limits.priority > 0)
    columns = block.first + np.arange(block.size)
    for priority in np.unique(limits.priority[elastic]):
        own = limits.priority[elastic] == priority
        weight = np.zeros(len(arrays.cost))
        weight[columns[own]] = 1.0 / limits.scale[elastic][own]
        answer = solve_arrays(replace(arrays, cost=weight, offset=0.0, maximise=False), options)
        if answer.objective is None:
            return arrays, missed, answer
        missed[int(priority)] = max(answer.objective, 0.0)
        arrays = with_row(arrays, weight, -np.inf, missed[int(priority)] + SLACK * max(1.0, missed[int(priority)]))
    return arrays, missed, None


def with_row(arrays: Arrays, weight: Floats, lower: float, upper: float) -> Arrays:
    """The arrays with one more row ``lower <= weight x <= upper``."""
    used = np.flatnonzero(weight)
    return replace(
        arrays,
        row_lower=np.append(arrays.row_lower, lower),
        row_upper=np.append(arrays.row_upper, upper),
        start=np.append(arrays.start, arrays.start[-1] + len(used)).astype(np.int32),
        index=np.concatenate([arrays.index, used]).astype(np.int32),
        value=np.concatenate([arrays.value, weight[used]]),
    )
