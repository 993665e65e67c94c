"""Plans nearly as good but as different as can be, and what every good plan builds (method rule E31)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from fansipan.expansion.answers.distance import distant
from fansipan.expansion.solve.plan import Plan, with_row
from fansipan.linear.keys import Floats
from fansipan.linear.model import Arrays
from fansipan.linear.solver import Answer, Options, solve_arrays
from fansipan.linear.time_budget import SharedTime

Verdict = Literal["in-every-good-plan", "in-no-good-plan", "open"]


@dataclass(frozen=True)
class Alternative:
    """A near-optimal plan: its answer, what it loses against the best, and how far its builds are from the others'.

    `distance` is the smallest capital-weighted difference of builds from any plan before it, as a share of the capital
    that the best plan invests.
    """

    answer: Answer
    loss: float
    distance: float


@dataclass(frozen=True)
class Regret:
    """What forcing a project out or in costs: the best values then (None where impossible) and the verdict.

    A project is in every good plan if leaving it out costs more than the slack, in none if building it does; `tied`
    where that cannot be told because the gaps of the solves are wider than the difference. The side on which the plan
    itself stands needs no solve: the plan is the best there.
    """

    project: str
    built: bool
    without: float | None
    with_it: float | None
    verdict: Verdict
    tied: bool = False


def near_best(plan: Plan, slack: float) -> Arrays:
    """The plan's arrays with a row that keeps the objective within `slack` (relative) of the best."""
    best = plan.answer.objective or 0.0
    room = abs(best) * slack + 1e-9
    cost, offset = plan.arrays.cost, plan.arrays.offset
    if plan.arrays.maximise:
        return with_row(plan.arrays, cost, best - room - offset, np.inf)
    return with_row(plan.arrays, cost, -np.inf, best + room - offset)


def alternatives(
    plan: Plan,
    capital: Floats,
    *,
    count: int = 3,
    slack: float = 0.05,
    options: Options | None = None,
    progress: Callable[[object], None] | None = None,
) -> list[Alternative]:
    """Up to `count` plans within `slack` of the best, each as far as can be from all before it.

    `capital` (units columns) weighs the difference of builds, counted by process over all years; plans that differ by
    nothing end the search. The time limit of `options` is one for all solves together; `progress` is called after
    each.
    """
    block = plan.model.variables["units"]
    owner = block.keys.codes[0]
    arrays, best = near_best(plan, slack), plan.answer.objective or 0.0
    capital_of = np.zeros(len(plan.network.processes.names))
    capital_of[owner] = capital

    def totals(columns: Floats) -> Floats:
        return np.bincount(owner, np.round(columns[block.span]), len(capital_of)).astype(np.float64)

    known = [totals(plan.answer.columns)]
    scale = max(float(capital_of @ known[0]), 1e-9)
    found: list[Alternative] = []
    time, told = SharedTime(options, count), progress or (lambda step: None)
    for _ in range(count):
        widest = distant(arrays, block.first, owner, capital_of, _most(plan), known)
        answer = solve_arrays(widest, time.next())
        told(answer)
        if answer.objective is None:
            break
        builds = totals(answer.columns)
        distance = min(float(capital_of @ np.abs(builds - other)) for other in known) / scale
        if distance < 1e-9:
            break
        inner = answer.columns[: len(plan.arrays.cost)]
        value = float(plan.arrays.cost @ inner) + plan.arrays.offset
        found.append(Alternative(replace(answer, columns=inner, objective=value), abs(best - value), distance))
        known.append(builds)
    return found


def _most(plan: Plan) -> Floats:
    """The most lumps that each process may have over all years, (P)."""
    projects = plan.network.projects
    if projects is None:
        return np.full(len(plan.network.processes.names), np.inf)
    return np.where(projects.of >= 0, projects.most[np.maximum(projects.of, 0)], 0.0)


def no_regret(
    plan: Plan,
    *,
    slack: float = 0.05,
    options: Options | None = None,
    only: Collection[str] | None = None,
    progress: Callable[[object], None] | None = None,
) -> list[Regret]:
    """Prove for every project (of `only`, if given) whether all good plans build it.

    Each is forced to where the plan does not have it, out or in, and what that costs is compared with the slack. The
    time limit of `options` is one for all projects together; `progress` is called after each.
    """
    projects, block = plan.network.projects, plan.model.variables["units"]
    if projects is None:
        return []
    owner = projects.of[block.keys.codes[0]]
    asked = [(project, name) for project, name in enumerate(projects.names) if only is None or name in only]
    found, time, told = [], SharedTime(options, len(asked)), progress or (lambda step: None)
    for project, name in asked:
        weight = np.zeros(len(plan.arrays.cost))
        weight[block.first + np.flatnonzero(owner == project)] = 1.0
        built = bool(weight @ plan.answer.columns > 0.5)
        forced = (-np.inf, 0.0) if built else (1.0, np.inf)
        other = solve_arrays(with_row(plan.arrays, weight, *forced), time.next())
        out, inside = (other, plan.answer) if built else (plan.answer, other)
        told(name)
        found.append(_verdict(plan, name, built, out, inside, slack))
    return found


def _verdict(plan: Plan, name: str, built: bool, out: Answer, inside: Answer, slack: float) -> Regret:
    best = plan.answer.objective or 0.0
    room = abs(best) * slack
    sign = 1.0 if plan.arrays.maximise else -1.0

    def lost(answer: Answer) -> tuple[bool, bool]:
        """Whether the loss surely exceeds the slack (by the bound), and whether that is left open."""
        if answer.status == "infeasible":
            return True, False
        surely = answer.bound is not None and sign * (best - answer.bound) > room
        seems = answer.objective is None or sign * (best - answer.objective) > room
        return surely, seems and not surely

    (without, open_out), (with_it, open_in) = lost(out), lost(inside)
    verdict: Verdict = "in-every-good-plan" if without else "in-no-good-plan" if with_it else "open"
    return Regret(name, built, out.objective, inside.objective, verdict, open_out or open_in)
