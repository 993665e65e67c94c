"""A plan beside doing nothing new and beside the projects as they are registered (method rule E35)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from fansipan.expansion.answers.outcome import by_group
from fansipan.expansion.constraints.build import build
from fansipan.expansion.network.arrays import Network
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import Plan, solve_network, targets_first
from fansipan.expansion.system.definition import System
from fansipan.linear.solver import Options, solve_arrays

CASES = ("nothing-new", "as-registered", "best")


def cases(system: System, options: Options | None = None) -> dict[str, Plan]:
    """The plan of each case: nothing new is built; every project in full in its first year; the best plan."""
    return cases_beside(system, solve_network(network_of(system), options, prices=False), options)


def cases_beside(system: System, plan: Plan, options: Options | None = None) -> dict[str, Plan]:
    """As `cases`, beside a plan of the system that is solved."""
    network = network_of(system)
    return {
        "nothing-new": solve_network(nothing_new(network), options, prices=False),
        "as-registered": _registered(network, registered(system), options),
        "best": plan,
    }


def nothing_new(network: Network) -> Network:
    """The network with nothing that may be built and no zone that may be opened; must-builds fall away."""
    processes = replace(network.processes, buildable=np.zeros_like(network.processes.buildable))
    projects = network.projects
    if projects:
        projects = replace(projects, due=np.full_like(projects.due, -1))
    stages = network.stages
    if stages:
        stages = replace(stages, allowed=np.zeros_like(stages.allowed))
    return replace(network, processes=processes, projects=projects, stages=stages)


def registered(system: System) -> set[str]:
    """The projects of the register among the candidates; every candidate where none names a project."""
    named = set(system.frames["candidates"]["project"].drop_nulls())
    return named or {str(row["project"]) for row in system.candidates.values()}


def _registered(network: Network, projects: set[str], options: Options | None) -> Plan:
    """All lumps of each of `projects` at the first of its sites in its first year; zones open as they must."""
    model = build(network)
    arrays = model.arrays()
    block = model.variables["units"]
    value = np.zeros(block.size)
    if network.projects:
        seen: set[int] = set()
        for column, (process, _) in enumerate(zip(*block.keys.codes, strict=True)):
            project = int(network.projects.of[process])
            if project not in seen and network.projects.names[project] in projects:
                seen.add(project)
                value[column] = network.projects.most[project]
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[block.span] = upper[block.span] = value
    # No yearly model first: it would be built from the network, which knows nothing of what is held here.
    chosen = options or Options()
    held, missed, failed = targets_first(network, model, replace(arrays, lower=lower, upper=upper), chosen)
    return Plan(network, model, held, failed or solve_arrays(held, chosen), missed)


def comparison(system: System, plans: dict[str, Plan]) -> pl.DataFrame:
    """A row a case: status, objective, and output, value added, jobs and land of the last year."""
    rows = []
    for case, plan in plans.items():
        row: dict[str, object] = {"case": case, "status": plan.answer.status, "objective": plan.answer.objective}
        if plan.solved:
            last = by_group(Indexed(system), plan).filter(pl.col("year") == system.settings.last_year)
            row |= {name: float(last[name].sum()) for name in ("output", "value_added", "jobs", "land")}
            row["missed"] = float(sum(plan.missed.values()))
        rows.append(row)
    schema: dict[str, type[pl.DataType]] = {"case": pl.String, "status": pl.String}
    schema |= dict.fromkeys(("objective", "output", "value_added", "jobs", "land", "missed"), pl.Float64)
    return pl.DataFrame(rows, schema=schema)
