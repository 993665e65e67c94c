"""What the plan decides: rates of activity, capacity built and held, amounts moved (method rules E2, E3)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Flags, Keys
from fansipan.linear.model import Model


def add_variables(model: Model, network: Network) -> None:
    """Add every block of variables that `network` needs, each with its cost in the objective.

    ``rate`` (activity, year, slice; units a year), ``new`` and ``capacity`` (process, year; units of capacity),
    ``units`` (process, year; whole lumps), ``flow`` (link, year, slice; units of the commodity).
    """
    horizon, processes, costs = network.horizon, network.processes, network.costs
    active = Keys.where(network.activities.active, "activity", "year")
    activity, year = active.codes
    run = costs.run[active.codes][:, None] * horizon.length.T[year]
    model.add_variables("rate", active, cost=run, across="slice")

    used = np.zeros(processes.existing.shape, bool)
    used[network.activities.process[activity], year] = True
    held = Keys.where(_held(network, used), "process", "year")
    built = Keys.where(processes.buildable, "process", "year")
    model.add_variables("capacity", held, cost=costs.hold[held.codes])
    model.add_variables("new", built, cost=costs.build[built.codes])
    whole = Keys.where(processes.buildable & (processes.lump != 0), "process", "year")
    model.add_variables("units", whole, integer=True)

    links = network.links
    if len(links.link):
        keys = Keys(("link", "year"), (len(links.names), len(horizon.years)), (links.link, links.year))
        model.add_variables("flow", keys, lower=links.lower, cost=links.cost[:, None], across="slice")


def _held(network: Network, used: Flags) -> Flags:
    """The process-years in which capacity is counted: it runs, costs, is limited, or is built."""
    processes = network.processes
    held: Flags = used | processes.buildable.any(axis=1, keepdims=True) | (network.costs.hold * processes.existing != 0)
    if network.capacity:
        held |= ~np.isnan(network.capacity.least) | ~np.isnan(network.capacity.most)
    held[network.inputs.process, network.inputs.year] = True
    if network.limits and "combination" in network.limits.family:
        _, process, year, _ = network.limits.terms["capacity"]
        held[process, year] = True
    if network.reserve:
        held |= network.reserve.process_share != 0
    return held
