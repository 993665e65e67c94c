"""The same system with its slices added up: a relaxation that gives builds to start from and a bound (rule E26).

Every row of the yearly model is a sum of rows of the model by slices, so whatever the finer model can do, the yearly
one can: its best is a valid bound.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.expansion.network.parts import Grid
from fansipan.linear.keys import Floats
from fansipan.linear.model import Arrays, Model

WHOLE = ("units", "stage", "open", "chosen")


def can_be_coarse(network: Network) -> bool:
    """Whether adding up slices is worth it and leaves a relaxation: several slices, no stores by season and day."""
    return len(network.horizon.slices) > 1 and network.stores is None


def yearly(network: Network) -> Network:
    """`network` with one slice a year; availability becomes its mean, amounts become sums."""
    length = network.horizon.length
    total = length.sum(axis=0, keepdims=True)
    available = (network.processes.available * length).sum(axis=1, keepdims=True) / total
    links, grid, hydro = network.links, network.grid, network.hydro
    if len(links.link):
        entry, process, amount = links.works
        works = (entry, process, _sum(amount)) if len(entry) else links.works
        links = replace(links, lower=_sum(links.lower), upper=_sum(links.upper), works=works)
    return replace(
        network,
        horizon=replace(network.horizon, slices=("year",), length=total),
        processes=replace(network.processes, available=available),
        nodes=replace(network.nodes, demand=network.nodes.demand.sum(axis=1, keepdims=True)),
        links=links,
        grid=_grid(grid) if grid else None,
        hydro=replace(hydro, inflow=hydro.inflow.sum(axis=1, keepdims=True)) if hydro else None,
    )


def _grid(grid: Grid) -> Grid:
    *codes, amount = grid.works
    works = (codes[0], codes[1], codes[2], _sum(amount)) if len(amount) else grid.works
    return replace(grid, most=_sum(grid.most), works=works)


def _sum(values: Floats) -> Floats:
    return values.sum(axis=1, keepdims=True)


def with_choices_of(fine: Arrays, model: Model, coarse: Model, columns: Floats) -> Arrays:
    """The fine arrays with every whole decision held at its value in the coarse answer, and no integers left."""
    lower, upper = fine.lower.copy(), fine.upper.copy()
    for name in WHOLE:
        block = model.variables.get(name)
        if block is not None and block.size:
            value = np.round(columns[coarse.variables[name].span])
            lower[block.span] = upper[block.span] = value
    return replace(fine, lower=lower, upper=upper, integer=np.zeros_like(fine.integer))
