"""A plan operated anew with some of its decisions held: what builds are worth when the world turns out otherwise.

Method rule E32. Targets come first again: what the held builds must miss is missed as little as can be, by priority.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fansipan.expansion.solve.deterministic_equivalent import same_decisions
from fansipan.expansion.solve.plan import Plan, targets_first
from fansipan.linear.keys import Codes, Floats
from fansipan.linear.solver import Answer, Options, solve_arrays

SCHEMA = {
    "plan": pl.String,
    "scenario": pl.String,
    "value": pl.Float64,
    "regret": pl.Float64,
    "missed": pl.Float64,
    "tied": pl.Boolean,
}


TIE = 1e-6  # of a target, below which nothing is missed


@dataclass(frozen=True)
class Operated:
    """The best operation with decisions held: its answer, and the shortfall by priority of target."""

    answer: Answer
    missed: Mapping[int, float]


def operated(plan: Plan, columns: Codes, values: Floats, options: Options | None = None) -> Operated:
    """The best of `plan` with the decisions in `columns` held at whole `values`, targets first."""
    arrays = plan.model.arrays()
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[columns] = upper[columns] = np.round(values)
    chosen = options or Options()
    held = replace(arrays, lower=lower, upper=upper)
    held, missed, failed = targets_first(plan.network, plan.model, held, chosen)
    return Operated(failed or solve_arrays(held, chosen), missed)


def regret_table(plans: Mapping[str, Plan], options: Options | None = None) -> pl.DataFrame:
    """What the builds of each scenario's plan are worth in every scenario, operation solved again with builds fixed.

    Columns: `plan` (whose builds), `scenario`, `value` (null where they cannot be run there), `regret` (what is lost
    against the scenario's own best, which by its definition is no less than nothing), `tied` (whether that is below
    the gaps to which the two are proven), `missed` (the targets' shortfall beyond that of the scenario's own best, all
    priorities summed, each as a share of its target).
    """
    columns = dict(zip(plans, same_decisions(list(plans.values())), strict=True))
    rows = []
    for own, plan in plans.items():
        values = plan.answer.columns[columns[own]]
        for other, scenario in plans.items():
            found = operated(scenario, columns[other], values, options)
            rows.append({"plan": own, "scenario": other} | _lost(scenario, found))
    return pl.DataFrame(rows, schema=SCHEMA)


def _lost(scenario: Plan, found: Operated) -> dict[str, float | bool | None]:
    value, best = found.answer.objective, scenario.answer.objective
    if value is None or best is None:
        return {"value": None, "regret": None, "missed": None, "tied": None}
    lost = (best - value) * (1.0 if scenario.arrays.maximise else -1.0)
    missed = sum(found.missed.values()) - sum(scenario.missed.values())
    gap = max(scenario.answer.gap or 0.0, found.answer.gap or 0.0)
    # Within the gaps another plan's builds may do better than what was found for the scenario itself.
    tied = missed <= TIE and 0 < abs(lost) <= gap * abs(best)
    return {"value": value, "regret": max(lost, 0.0), "missed": max(missed, 0.0), "tied": tied}
