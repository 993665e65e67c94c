"""Why there is no plan: groups of rows that cannot all stand, and the cheapest way out (method rule E30).

HiGHS's own irreducible set comes back empty on conflicts that whole units cause, so the groups are found by deletion
with the integers kept: a group is left out for good if the rest is still infeasible without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fansipan.expansion.answers.groups import (
    DECIDED,
    DEMANDS,
    RELIEVABLE,
    Group,
    demands_of,
    groups_of,
    physical_groups,
)
from fansipan.linear.keys import Flags, Floats
from fansipan.linear.model import Arrays, Model
from fansipan.linear.solver import Options, solve_arrays


@dataclass(frozen=True)
class Relaxation:
    """By how much one group must give way, summed over its rows, and in which years."""

    group: Group
    amount: float
    years: tuple[int, ...]


@dataclass(frozen=True)
class Diagnosis:
    """A conflict: `groups` that cannot all stand (each alone may go), and the cheapest relaxation that gives a plan.

    `physical` is true where the plan is infeasible even without anything that people decide: `groups` are then the
    balances and stores that do not close.
    """

    groups: tuple[Group, ...]
    relaxations: tuple[Relaxation, ...]
    physical: bool = False


def diagnose(
    model: Model,
    arrays: Arrays,
    years: tuple[int, ...],
    options: Options | None = None,
    priority: dict[str, int] | None = None,
) -> Diagnosis:
    """Find a conflict in an infeasible model. `priority` by name of group: a larger number gives way first."""
    plain = replace(arrays, cost=np.zeros_like(arrays.cost), offset=0.0)
    groups = demands_of(groups_of(model, DECIDED), plain.row_lower)
    if _feasible(plain, options):
        return Diagnosis((), ())
    bare = _without(plain, groups)
    if not _feasible(bare, options):
        return Diagnosis(tuple(_irreducible(bare, physical_groups(model), options)), (), physical=True)
    kept = _irreducible(plain, groups, options)
    return Diagnosis(tuple(kept), tuple(_cheapest(plain, groups, years, priority or {}, options)))


def _irreducible(arrays: Arrays, groups: list[Group], options: Options | None) -> list[Group]:
    """A smallest set of groups that cannot all stand: halves are dropped together first, then one by one."""
    kept = list(groups)
    size = max(len(kept) // 2, 1)
    while size >= 1:
        place = 0
        while place < len(kept):
            rest = kept[:place] + kept[place + size :]
            away = [group for group in groups if group not in rest]
            if rest and not _feasible(_without(arrays, away), options):
                kept = rest
            else:
                place += size
        size //= 2
    return kept


def _without(arrays: Arrays, groups: list[Group]) -> Arrays:
    """The arrays with the rows of `groups` free."""
    lower, upper = arrays.row_lower.copy(), arrays.row_upper.copy()
    for group in groups:
        lower[group.rows], upper[group.rows] = group.dropped(arrays.row_lower, arrays.row_upper)
    return replace(arrays, row_lower=lower, row_upper=upper)


def _feasible(arrays: Arrays, options: Options | None) -> bool:
    return solve_arrays(arrays, options).status != "infeasible"


def _cheapest(
    arrays: Arrays, groups: list[Group], years: tuple[int, ...], priority: dict[str, int], options: Options | None
) -> list[Relaxation]:
    """The least total give of all groups that makes a plan possible, each row measured against its own bound.

    There may be other conflicts beside the one found, so every group may give; what is not for people to decide (water,
    ore in the ground, order of stages) is a hundred times as dear.
    """
    rows = np.concatenate([group.rows for group in groups])
    rank = np.concatenate([np.full(len(group.rows), priority.get(group.name, 1) - _dear(group)) for group in groups])
    high = arrays.row_upper[rows]
    bound = np.where(np.isfinite(high), high, arrays.row_lower[rows])
    weight = 1.0 / np.maximum(np.abs(bound), 1.0) * 100.0 ** -(rank - 1.0)
    demand = np.concatenate([np.full(len(group.rows), group.kind in DEMANDS) for group in groups])
    up = ~demand & np.isfinite(high)
    elastic = with_columns(arrays, rows, up, weight, np.where(demand, arrays.row_lower[rows], np.inf))
    answer = solve_arrays(elastic, options)
    if answer.objective is None:
        return []
    give = answer.columns[len(arrays.cost) :]
    found, at = [], 0
    for group in groups:
        own = give[at : at + len(group.rows)]
        at += len(group.rows)
        if own.sum() > 1e-6:
            span = {years[code] for code in group.years[own > 1e-6] if code >= 0}
            found.append(Relaxation(group, float(own.sum()), tuple(sorted(span))))
    return found


def _dear(group: Group) -> int:
    return 0 if group.kind in RELIEVABLE or group.kind == "project_must" else 1


def with_columns(arrays: Arrays, rows: np.ndarray, upper: Flags, cost: Floats, most: Floats) -> Arrays:
    """The arrays with a column for each of `rows`, from zero to `most`, that lowers it (or lifts it) to its bound."""
    count, columns = len(arrays.row_lower), len(arrays.cost)
    extra: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for k, (row, high) in enumerate(zip(rows, upper, strict=True)):
        extra[row].append((columns + k, -1.0 if high else 1.0))
    added = np.array([len(entries) for entries in extra])
    place = np.repeat(arrays.start[1:], added)
    index = np.insert(arrays.index, place, [column for entries in extra for column, _ in entries])
    value = np.insert(arrays.value, place, [sign for entries in extra for _, sign in entries])
    zero = np.zeros(len(rows))
    return replace(
        arrays,
        cost=np.append(np.zeros(columns), cost),
        lower=np.append(arrays.lower, zero),
        upper=np.append(arrays.upper, most),
        integer=np.append(arrays.integer, zero).astype(np.int32),
        start=(arrays.start + np.append(0, np.cumsum(added))).astype(np.int32),
        index=index.astype(np.int32),
        value=value,
        maximise=False,
    )
