"""The three input files of an allocation, read and checked as a whole. Rule A44 (docs/methods/appraisal.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from fansipan.errors import Fault, InvalidInput, Place, refuse
from fansipan.tables.columns import Table, code, declared, number
from fansipan.tables.reading.sheet import Sheet
from fansipan.tables.reading.widening import read_wide
from fansipan.zones.allocation.assignment import AllocationProblem


@declared("capacities", vi="Sức chứa của khu, cụm", en="Capacities of zones", registered=False)
class Capacities(Table):
    """A row is a zone; ``capacity_<resource>`` columns may follow, blank where a zone has no such limit."""

    zone = code("Khu, cụm", "Zone", key=True)
    capacity = number("Sức chứa", "Capacity", scale=None, nullable=True, min=0)
    opening_cost = number("Chi phí mở", "Opening cost", scale=None, nullable=True, min=0)


@declared("demands", vi="Nhu cầu của dự án", en="Demands of projects", registered=False)
class Demands(Table):
    """A row is a project; ``demand_<resource>`` columns may follow."""

    project = code("Dự án", "Project", key=True)
    demand = number("Nhu cầu", "Demand", scale=None, nullable=True, min=0)


@declared("allocation_costs", vi="Chi phí theo dự án và khu", en="Costs by project and zone", registered=False)
class Costs(Table):
    """A row is a permitted pair; ``use`` and ``use_<resource>`` say what it uses where that differs by zone."""

    project = code("Dự án", "Project", key=True)
    zone = code("Khu, cụm", "Zone", key=True)
    cost = number("Chi phí", "Cost", scale=None)
    use = number("Mức sử dụng", "Use", scale=None, nullable=True, min=0)


def _resource_columns(stem: str) -> Callable[[list[str]], dict[str, Any]]:
    def extra(headers: list[str]) -> dict[str, Any]:
        names = dict.fromkeys(h for h in headers if h.lower().startswith(f"{stem}_") and h.lower() != "opening_cost")
        return {n.lower(): number(n, n, scale=None, nullable=True, min=0) for n in names}

    return extra


def read_allocation(capacities: Path | str, demands: Path | str, costs: Path | str) -> AllocationProblem:
    """Read the three CSV files; raises InvalidInput with every fault of all three at once."""
    faults: list[Fault] = []
    tables = []
    wanted = ((capacities, Capacities, "capacity"), (demands, Demands, "demand"), (costs, Costs, "use"))
    for path, table, stem in wanted:
        try:
            frame, sheet, warnings = read_wide(path, table, _resource_columns(stem))
            tables.append((frame, sheet))
            faults += [*warnings, *([] if frame.height else [_no_rows(sheet)])]
        except InvalidInput as error:
            faults += error.faults
    refuse(faults)
    zones, projects, pairs = tables
    refuse(_unknown_names(zones[0], projects[0], *pairs))
    refuse(_resource_faults(zones[0], projects, pairs))
    return _problem(zones[0], projects[0], pairs[0])


def _no_rows(sheet: Sheet) -> Fault:
    return Fault("allocation.no-rows", {"file": sheet.file}, Place(sheet.file))


def _unknown_names(zones: pl.DataFrame, projects: pl.DataFrame, costs: pl.DataFrame, sheet: Sheet) -> Iterator[Fault]:
    for column, known in (("project", projects["project"]), ("zone", zones["zone"])):
        for place in (~costs[column].is_in(known.implode())).arg_true():
            name, where = costs[column][place], Place(sheet.file, None, sheet.rows[place], column)
            yield Fault(f"allocation.unknown-{column}", {"name": name}, where, name)


def resources_of(zones: pl.DataFrame) -> tuple[str, ...]:
    """The resources with capacities: ``capacity`` itself (if any row has one) and each ``capacity_<r>``."""
    own = ("capacity",) if zones["capacity"].is_not_null().any() else ()
    return (*own, *(c for c in zones.columns if c.startswith("capacity_")))


def _resource_faults(
    zones: pl.DataFrame, projects: tuple[pl.DataFrame, Sheet], costs: tuple[pl.DataFrame, Sheet]
) -> Iterator[Fault]:
    """A resource that has a capacity and no demand or the reverse, and pairs of which nothing says what they use."""
    resources = resources_of(zones)
    if not resources:
        yield Fault("allocation.no-capacity", {}, Place(column="capacity"))
    for frame, stem in ((projects[0], "demand"), (costs[0], "use")):
        for column in (c for c in frame.columns if c.startswith(stem) and frame[c].is_not_null().any()):
            if column.replace(stem, "capacity", 1) not in resources:
                yield Fault("allocation.no-such-capacity", {"column": column}, Place(column=column))
    for resource in resources:
        unknown = _use(projects[0], costs[0], resource).is_null().arg_true()
        for place in unknown:
            where = Place(costs[1].file, None, costs[1].rows[place], resource.replace("capacity", "use", 1))
            yield Fault("allocation.use-unknown", {"project": costs[0]["project"][place]}, where)


def _use(projects: pl.DataFrame, costs: pl.DataFrame, resource: str) -> pl.Series:
    """What each pair uses of `resource`: its own use, else the project's demand; null where neither is given."""
    demand, use = resource.replace("capacity", "demand", 1), resource.replace("capacity", "use", 1)
    own = costs[use] if use in costs.columns else pl.Series([None] * costs.height, dtype=pl.Float64)
    if demand not in projects.columns:
        return own
    demands = dict(projects.select("project", demand).iter_rows())
    wanted = pl.Series([demands[name] for name in costs["project"]], dtype=pl.Float64)
    return own.fill_null(wanted)


def _problem(zones: pl.DataFrame, projects: pl.DataFrame, costs: pl.DataFrame) -> AllocationProblem:
    zone_place = {name: place for place, name in enumerate(zones["zone"])}
    project_place = {name: place for place, name in enumerate(projects["project"])}
    resources = resources_of(zones)
    return AllocationProblem(
        projects=tuple(projects["project"]),
        zones=tuple(zones["zone"]),
        resources=resources,
        capacity=np.array([zones[r].fill_null(float("inf")).to_numpy() for r in resources]),
        opening_cost=zones["opening_cost"].fill_null(0.0).to_numpy(),
        pair_project=np.array([project_place[name] for name in costs["project"]], dtype=np.int64),
        pair_zone=np.array([zone_place[name] for name in costs["zone"]], dtype=np.int64),
        pair_cost=costs["cost"].to_numpy(),
        pair_use=np.array([_use(projects, costs, r).to_numpy() for r in resources]),
    )
