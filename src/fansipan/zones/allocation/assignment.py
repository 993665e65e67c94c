"""Which tenant project goes to which zone: the cheapest (or most valuable) allocation, proven.

Rule A40 to A43 (docs/methods/appraisal.md). The model is the single-source or divisible capacitated facility location
problem, with several resources and uses that may differ by zone (generalised assignment). Sridharan (1995), The
capacitated plant location problem, European Journal of Operational Research 87; Fisher, Jaikumar and Van Wassenhove
(1986), A multiplier adjustment method for the generalized assignment problem, Management Science 32.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.errors import Fault, Refused
from fansipan.texts import Language
from fansipan.zones.allocation.model import Pairs, solve_pairs

Status = Literal["optimal", "feasible", "infeasible", "unbounded"]


PROVEN = 1e-6  # an allocation is called optimal when its gap is proven to be no larger


@dataclass(frozen=True)
class AllocationProblem:
    """Projects to be placed in zones.

    `capacity` is resources x zones (infinite where a zone has no such limit), `opening_cost` one a zone. Permitted
    pairs are given by position: `pair_project`, `pair_zone`, `pair_cost` (of the whole project) and `pair_use`
    (resources x pairs, the capacity that the whole project uses). A pair that is absent is forbidden.
    """

    projects: tuple[str, ...]
    zones: tuple[str, ...]
    resources: tuple[str, ...]
    capacity: NDArray[np.float64]
    opening_cost: NDArray[np.float64]
    pair_project: NDArray[np.int64]
    pair_zone: NDArray[np.int64]
    pair_cost: NDArray[np.float64]
    pair_use: NDArray[np.float64]


@dataclass(frozen=True)
class Allocation:
    """The answer: `assignments` has columns project, zone, share; `gap` is relative; nothing where it is infeasible."""

    status: Status
    objective: float | None
    gap: float | None
    assignments: pl.DataFrame
    messages: tuple[Fault, ...] = ()

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Status, objective, gap, assignments and messages as plain data, for ``--json``."""
        return {
            "status": self.status,
            "objective": self.objective,
            "gap": self.gap,
            "assignments": self.assignments.to_dicts(),
            "messages": [fault.line(lang) for fault in self.messages],
        }


def allocate(
    problem: AllocationProblem, *, divisible: bool = False, maximise: bool = False, time_limit: float | None = None
) -> Allocation:
    """Place every project exactly once at least cost, or most value net of opening costs with `maximise`.

    A project goes to one zone, or in shares to several with `divisible`. Proven to 1e-6 (the solver is asked for 1e-9)
    unless `time_limit`, in seconds, ends it with a solution in hand (``feasible``). Raises Refused
    ``allocation.no-time`` when the limit ends it with none.
    """
    pairs = _pairs(problem, divisible=divisible, maximise=maximise)
    reasons = tuple(obstacles(problem, divisible=divisible))
    if reasons:
        return Allocation("infeasible", None, None, _assignments(problem, pairs, np.zeros(0)), reasons)
    solved = solve_pairs(pairs, time_limit)
    if solved.status == "infeasible":
        return Allocation("infeasible", None, None, _assignments(problem, pairs, np.zeros(0)), (_no_reason(),))
    if solved.status == "stopped":
        raise Refused("allocation.no-time", seconds=time_limit)
    gap = max(0.0, solved.value - solved.bound) / max(abs(solved.value), 1e-10) if solved.value != solved.bound else 0.0
    status: Status = "optimal" if solved.status == "optimal" and gap <= PROVEN else "feasible"
    value = -solved.value if maximise else solved.value
    return Allocation(status, value + 0.0, gap, _assignments(problem, pairs, solved.share))


def _pairs(problem: AllocationProblem, *, divisible: bool, maximise: bool) -> Pairs:
    """The arrays to be minimised; a whole project too large for a zone is not offered to it."""
    sign = -1.0 if maximise else 1.0
    room = problem.capacity[:, problem.pair_zone] * (1 + 1e-12)
    fits = np.all((problem.pair_use <= room) | divisible, axis=0)
    return Pairs(
        projects=len(problem.projects),
        project=problem.pair_project[fits],
        zone=problem.pair_zone[fits],
        cost=sign * problem.pair_cost[fits],
        use=problem.pair_use[:, fits],
        capacity=problem.capacity,
        opening=problem.opening_cost,
        whole=not divisible,
    )


def obstacles(problem: AllocationProblem, *, divisible: bool = False) -> Iterator[Fault]:
    """Plain reasons why no allocation can exist: a project without a zone, one too large, too little in all.

    None found does not prove that one exists.
    """
    permitted = np.bincount(problem.pair_project, minlength=len(problem.projects))
    for place in np.flatnonzero(permitted == 0):
        yield Fault("allocation.no-zone", {"project": problem.projects[place]})
    fitting = _pairs(problem, divisible=divisible, maximise=False)
    left = np.bincount(fitting.project, minlength=len(problem.projects))
    for place in np.flatnonzero((permitted > 0) & (left == 0)):
        yield Fault("allocation.too-large", {"project": problem.projects[place]})
    for name, use, capacity in zip(problem.resources, problem.pair_use, problem.capacity, strict=True):
        least = np.full(len(problem.projects), np.inf)
        np.minimum.at(least, problem.pair_project, use)
        need, room = float(least[np.isfinite(least)].sum()), float(capacity.sum())
        if need > room * (1 + 1e-9):
            yield Fault("allocation.too-little", {"resource": name, "need": need, "room": room, "short": need - room})


def _no_reason() -> Fault:
    return Fault("allocation.none-fits")


def _assignments(problem: AllocationProblem, pairs: Pairs, share: NDArray[np.float64]) -> pl.DataFrame:
    used = np.flatnonzero(share > 0)
    rows = {
        "project": [problem.projects[i] for i in pairs.project[used]],
        "zone": [problem.zones[j] for j in pairs.zone[used]],
        "share": share[used],
    }
    return pl.DataFrame(rows, schema={"project": pl.String, "zone": pl.String, "share": pl.Float64})
