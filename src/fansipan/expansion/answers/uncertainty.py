"""A two-stage plan: what is built early serves all scenarios; what knowing and hedging are worth (method rule E32).

Birge and Louveaux (2011), Introduction to Stochastic Programming, chapter 4: the value of perfect information and the
value of the stochastic solution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from fansipan.errors import Refused
from fansipan.expansion.solve.deterministic_equivalent import joined, same_decisions
from fansipan.expansion.solve.plan import Plan, lexicographic, priorities, shortfall_weight
from fansipan.expansion.solve.recourse import Operated, operated
from fansipan.linear.keys import Floats
from fansipan.linear.model import Arrays
from fansipan.linear.solver import Answer, Options, known_answer, solve_arrays

Missed = Mapping[int, float]


@dataclass(frozen=True)
class Expectation:
    """An expected value (None where some scenario cannot be run) and the expected shortfall of targets by priority."""

    value: float | None
    missed: Missed


@dataclass(frozen=True)
class TwoStage:
    """One plan for all scenarios: builds before a stated year are shared, the rest may follow the scenario.

    `common` is expected of it; `perfect` would be expected if each scenario were known before; `hopeful` is expected
    when the early builds of the base case's plan are held and the rest follows. `plans` has the common plan as it goes
    on in each scenario; `gap` is the relative gap to which it is proven.
    """

    common: Expectation
    perfect: Expectation
    hopeful: Expectation
    maximise: bool
    plans: Mapping[str, Plan]
    gap: float | None

    @property
    def value_of_information(self) -> float:
        """What knowing the scenario beforehand would add. Where targets must be missed, beside fewer of them missed."""
        return _difference(self.perfect, self.common, self.maximise) or 0.0

    @property
    def value_of_stochastic_solution(self) -> float | None:
        """What planning for all scenarios adds to planning for the base case; None where that plan cannot be held."""
        return _difference(self.common, self.hopeful, self.maximise)


def _difference(better: Expectation, worse: Expectation, maximise: bool) -> float | None:
    if better.value is None or worse.value is None:
        return None
    return (better.value - worse.value) * (1.0 if maximise else -1.0)


def two_stage(
    plans: Mapping[str, Plan],
    probability: Mapping[str, float],
    before: int,
    *,
    base: Plan | None = None,
    options: Options | None = None,
) -> TwoStage:
    """The plan that is best in expectation when builds before `before` must be the same in all scenarios.

    `plans` are the solved plans of the scenarios (each its own best), of one and the same set of decisions, `base` that
    of the base case (the first scenario where none is given); probabilities are scaled to one. Targets come first:
    their expected shortfall by priority, then value or cost. Raises Refused where the scenarios cannot be planned
    together.
    """
    solved = list(plans.values())
    start = base or solved[0]
    if not all(plan.solved for plan in (*solved, start)):
        raise Refused("plan.uncertainty.apart")
    weight = np.array([probability[name] for name in plans])
    weight = weight / weight.sum()
    shared = same_decisions([start, *solved], before)
    early = start.answer.columns[shared[0]]
    held = [operated(plan, own, early, options) for plan, own in zip(solved, shared[1:], strict=True)]
    common, missed, gap = _together(solved, weight, shared[1:], held, options or Options())
    return TwoStage(
        Expectation(_mean(weight, [plan.answer for plan in common]), missed),
        Expectation(_mean(weight, [plan.answer for plan in solved]), _missed(weight, [plan.missed for plan in solved])),
        Expectation(_mean(weight, [one.answer for one in held]), _missed(weight, [one.missed for one in held])),
        start.arrays.maximise,
        dict(zip(plans, common, strict=True)),
        gap,
    )


def _together(
    solved: list[Plan], weight: Floats, shared: list[np.ndarray], held: list[Operated], options: Options
) -> tuple[list[Plan], Missed, float | None]:
    """The common plan as it goes on in each scenario; the base case's early builds are where the search starts."""
    parts = [plan.model.arrays() for plan in solved]
    all_of = joined(parts, weight, shared)
    known = [one.answer.columns for one in held]
    start = np.concatenate(known) if all(len(columns) for columns in known) else None
    ranks = np.unique(np.concatenate([priorities(plan.network) for plan in solved]))

    def weights(priority: int) -> Floats:
        return np.concatenate(
            [
                shortfall_weight(plan.network, plan.model, part, priority) * share
                for plan, part, share in zip(solved, parts, weight, strict=True)
            ]
        )

    arrays, missed, failed = lexicographic(all_of, ranks, weights, replace(options, start=start))
    answer = failed or solve_arrays(arrays, replace(options, start=start))
    if answer.objective is None:
        raise Refused("plan.uncertainty.none")
    ends = np.cumsum([part.cost.size for part in parts])[:-1]
    columns = np.split(answer.columns, ends)
    common = [_with(plan, part, own) for plan, part, own in zip(solved, parts, columns, strict=True)]
    return common, missed, answer.gap


def _with(plan: Plan, arrays: Arrays, columns: Floats) -> Plan:
    value = float(arrays.cost @ columns) + arrays.offset
    return replace(plan, arrays=arrays, answer=known_answer(arrays, columns, value, None), prices=None)


def _mean(weight: Floats, answers: list[Answer]) -> float | None:
    known = [answer.objective for answer in answers if answer.objective is not None]
    return float(weight @ np.array(known)) if len(known) == len(answers) else None


def _missed(weight: Floats, parts: list[Missed]) -> Missed:
    ranks = sorted({priority for missed in parts for priority in missed})
    return {
        rank: float(sum(share * missed.get(rank, 0.0) for share, missed in zip(weight, parts, strict=True)))
        for rank in ranks
    }
