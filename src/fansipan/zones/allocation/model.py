"""The allocation model as arrays handed straight to HiGHS: columns, rows and the cuts that make it tight.

Rule A40 (docs/methods/appraisal.md). With x the share of project i placed in zone j and y whether zone j opens:
``min sum c x + sum f y`` subject to ``sum_j x = 1`` for each project, ``sum_i u x <= Q y`` for each zone and resource,
and ``x <= y`` for each pair, the last added only where a relaxed solution breaks it. Balinski (1965), Integer
programming: methods, uses, computation; Leung and Magnanti (1989), Valid inequalities for capacitated plant location.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from fansipan.linear.highs import new_solver

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TIGHT = 1e-6  # a relaxed x - y above this is cut off
ALL_LINKS = 2_000  # up to this many pairs every x <= y is written at once
SHARE = 1e-9  # a share below this is the solver's tolerance
INTEGER = int(highspy.HighsVarType.kInteger)


@dataclass(frozen=True)
class Pairs:
    """What may be placed where, and what it costs and uses; everything here is to be minimised.

    `project`, `zone` and `cost` have one entry a permitted pair; `use` is resources x pairs; `capacity` is resources x
    zones; `opening` has one entry a zone. `whole` says whether a project must go to one zone.
    """

    projects: int
    project: Integers
    zone: Integers
    cost: Floats
    use: Floats
    capacity: Floats
    opening: Floats
    whole: bool

    @property
    def zones(self) -> int:
        """How many zones there are."""
        return self.capacity.shape[1]


@dataclass(frozen=True)
class Solved:
    """What the solver answered: `status`, shares by pair, the value and a proven bound (nan without a solution)."""

    status: str
    share: Floats = field(default_factory=lambda: np.zeros(0))
    value: float = float("nan")
    bound: float = float("nan")


@dataclass
class _Rows:
    """Rows gathered in the compressed form that HiGHS takes."""

    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    length: list[Integers] = field(default_factory=list)
    index: list[Integers] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)

    def add(self, row: Integers, column: Integers, value: Floats, lower: Floats, upper: Floats) -> None:
        """Add a block of rows given as triplets; the bounds have one entry a row."""
        order = np.argsort(row, kind="stable")
        self.lower.append(lower)
        self.upper.append(upper)
        self.length.append(np.bincount(row, minlength=len(lower)))
        self.index.append(column[order])
        self.value.append(value[order])

    def pass_to(self, solver: highspy.Highs) -> None:
        """Hand every gathered row to `solver`."""
        length = np.concatenate(self.length)
        start = np.concatenate([[0], np.cumsum(length)[:-1]]).astype(np.int32)
        index, value = np.concatenate(self.index).astype(np.int32), np.concatenate(self.value)
        lower, upper = np.concatenate(self.lower), np.concatenate(self.upper)
        solver.addRows(len(lower), lower, upper, len(index), start, index, value)


def placed_once(pairs: Pairs, rows: _Rows) -> None:
    """``sum_j x_ij = 1`` for each project i."""
    ones = np.ones(pairs.projects)
    columns = np.arange(len(pairs.cost))
    rows.add(pairs.project, columns, np.ones(len(columns)), ones, ones)


def within_capacity(pairs: Pairs, rows: _Rows) -> None:
    """``sum_i u_ij x_ij - Q_j y_j <= 0`` for each zone j and resource, divided by Q_j so that rows are of size one."""
    count, zones = len(pairs.cost), np.arange(pairs.zones)
    for use, capacity in zip(pairs.use, pairs.capacity, strict=True):
        bounded = np.isfinite(capacity)
        scale = np.where(bounded & (capacity > 0), capacity, 1.0)
        kept = bounded[pairs.zone]
        row = np.concatenate([pairs.zone[kept], zones])
        column = np.concatenate([np.arange(count)[kept], count + zones])
        value = np.concatenate([(use / scale[pairs.zone])[kept], -np.where(bounded, capacity, 0.0) / scale])
        rows.add(row, column, value, np.full(pairs.zones, -np.inf), np.zeros(pairs.zones))


def enough_open(pairs: Pairs, rows: _Rows) -> None:
    """``sum_j Q_j y_j >= sum_i min_j u_ij`` for each resource: implied, but it lets the solver find cover cuts."""
    zones = np.arange(pairs.zones)
    for use, capacity in zip(pairs.use, pairs.capacity, strict=True):
        least = np.full(pairs.projects, np.inf)
        np.minimum.at(least, pairs.project, use)
        need = float(least.sum())
        if need > 0 and np.isfinite(capacity).all():
            lower, upper = np.ones(1), np.full(1, np.inf)
            rows.add(np.zeros(len(zones), dtype=np.int64), len(pairs.cost) + zones, capacity / need, lower, upper)


def links(pairs: Pairs, chosen: Integers, rows: _Rows) -> None:
    """``x_ij - y_j <= 0`` for the pairs `chosen`."""
    lines = np.arange(len(chosen))
    column = np.concatenate([chosen, len(pairs.cost) + pairs.zone[chosen]])
    value = np.concatenate([np.ones(len(chosen)), -np.ones(len(chosen))])
    rows.add(np.concatenate([lines, lines]), column, value, np.full(len(chosen), -np.inf), np.zeros(len(chosen)))


def _solver(time_limit: float | None) -> highspy.Highs:
    solver = new_solver()
    solver.setOptionValue("mip_rel_gap", 1e-9)
    solver.setOptionValue("random_seed", 0)
    if time_limit is not None:
        solver.setOptionValue("time_limit", float(time_limit))
    return solver


def _relaxation(pairs: Pairs, time_limit: float | None) -> highspy.Highs:
    """The linear relaxation with the rows that are always there; a zone that costs nothing to open is open."""
    solver = _solver(time_limit)
    count, zones = len(pairs.cost), pairs.zones
    lower = np.concatenate([np.zeros(count), (pairs.opening <= 0).astype(float)])
    none = np.zeros(0, dtype=np.int32)
    objective = np.concatenate([pairs.cost, pairs.opening])
    solver.addCols(count + zones, objective, lower, np.ones(count + zones), 0, none, none, np.zeros(0))
    rows = _Rows()
    for block in (placed_once, within_capacity, enough_open):
        block(pairs, rows)
    rows.pass_to(solver)
    return solver


def _tighten(pairs: Pairs, solver: highspy.Highs) -> None:
    """Add ``x <= y`` for the pairs that need it: all of few, else round by round what the relaxation breaks.

    A pair that uses nothing of any limited resource has no other row that opens its zone, so it always has this one.
    """
    paying = pairs.opening[pairs.zone] > 0
    needed = paying & ~((pairs.use > 0) & np.isfinite(pairs.capacity[:, pairs.zone])).any(axis=0)
    waiting = np.flatnonzero(paying)
    if 0 < len(waiting) <= ALL_LINKS:
        _add_links(pairs, solver, waiting)
        return
    if needed.any():
        _add_links(pairs, solver, np.flatnonzero(needed))
        waiting = np.flatnonzero(paying & ~needed)
    while len(waiting):
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        values = np.asarray(solver.getSolution().col_value)
        share, opened = values[: len(pairs.cost)], values[len(pairs.cost) :]
        broken = share[waiting] > opened[pairs.zone[waiting]] + TIGHT
        if not broken.any():
            return
        _add_links(pairs, solver, waiting[broken])
        waiting = waiting[~broken]


def _add_links(pairs: Pairs, solver: highspy.Highs, chosen: Integers) -> None:
    rows = _Rows()
    links(pairs, chosen, rows)
    rows.pass_to(solver)


def _integers(pairs: Pairs) -> Integers:
    count = len(pairs.cost)
    opening = count + np.flatnonzero(pairs.opening > 0)
    return np.concatenate([np.arange(count) if pairs.whole else np.zeros(0, dtype=np.int64), opening])


def solve_pairs(pairs: Pairs, time_limit: float | None = None) -> Solved:
    """The cheapest allocation of `pairs`, proven to a relative 1e-9 unless `time_limit` (seconds) ends it.

    `status` is ``optimal``, ``feasible`` (stopped with a solution), ``stopped`` (stopped without) or ``infeasible``.
    """
    if not len(pairs.cost):
        return Solved("optimal", np.zeros(0), 0.0, 0.0) if not pairs.projects else Solved("infeasible")
    solver = _relaxation(pairs, time_limit)
    _tighten(pairs, solver)
    whole = _integers(pairs)
    if len(whole):
        solver.changeColsIntegrality(len(whole), whole.astype(np.int32), np.full(len(whole), INTEGER, dtype=np.uint8))
    solver.run()
    return _answer(pairs, solver, whole)


def _answer(pairs: Pairs, solver: highspy.Highs, whole: Integers) -> Solved:
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved("infeasible")
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved("stopped")
    proven = status == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if len(whole) else info.objective_function_value if proven else -np.inf
    share = _exact(pairs, solver, whole)
    opened = np.unique(pairs.zone[share > 0])
    value = float(pairs.cost @ share + pairs.opening[opened].sum())
    return Solved("optimal" if proven else "feasible", share, value, float(bound))


def _exact(pairs: Pairs, solver: highspy.Highs, whole: Integers) -> Floats:
    """Shares free of the solver's tolerances: rounded where whole, else solved again with the open zones fixed."""
    values = np.asarray(solver.getSolution().col_value)
    count = len(pairs.cost)
    if pairs.whole:
        return np.round(values[:count])
    if len(whole):
        fixed = np.round(values[whole])
        columns = whole.astype(np.int32)
        solver.changeColsIntegrality(len(whole), columns, np.zeros(len(whole), dtype=np.uint8))
        solver.changeColsBounds(len(whole), columns, fixed, fixed)
        solver.setOptionValue("time_limit", float("inf"))
        solver.run()
        values = np.asarray(solver.getSolution().col_value)
    share = np.where(values[:count] > SHARE, values[:count], 0.0)
    return share / np.bincount(pairs.project, share, minlength=pairs.projects)[pairs.project]
