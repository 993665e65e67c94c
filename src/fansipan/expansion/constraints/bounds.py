"""Least and most of capacity, building and activity (method rule E9)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.constraints.capacity import yearly_activity
from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Floats, Keys, Terms
from fansipan.linear.model import Model


def capacity_most(model: Model, network: Network) -> None:
    """Capacity stays under its ceiling: ``capacity[p,y] <= most[p,y]``; units of capacity. OSeMOSYS TCC1."""
    if network.capacity:
        _bound(model, "capacity_most", "capacity", upper=network.capacity.most)


def capacity_least(model: Model, network: Network) -> None:
    """Capacity reaches its floor: ``capacity[p,y] >= least[p,y]``; units of capacity. OSeMOSYS TCC2."""
    if network.capacity:
        _bound(model, "capacity_least", "capacity", lower=network.capacity.least)


def build_most(model: Model, network: Network) -> None:
    """No more is built in a year than allowed: ``new[p,y] <= most[p,y]``; units of capacity. OSeMOSYS NCC1."""
    if network.build:
        _bound(model, "build_most", "new", upper=network.build.most)


def build_least(model: Model, network: Network) -> None:
    """At least so much is built in a year: ``new[p,y] >= least[p,y]``; units of capacity. OSeMOSYS NCC2."""
    if network.build:
        _bound(model, "build_least", "new", lower=network.build.least)


def activity_most(model: Model, network: Network) -> None:
    """Activity of a year under its ceiling: ``sum_l length sum_a rate[a,y,l] <= most[p,y]``. OSeMOSYS AAC2."""
    if network.activity:
        _bound_activity(model, network, "activity_most", upper=network.activity.most)


def activity_least(model: Model, network: Network) -> None:
    """Activity of a year reaches its floor: ``sum_l length sum_a rate[a,y,l] >= least[p,y]``. OSeMOSYS AAC3."""
    if network.activity:
        _bound_activity(model, network, "activity_least", lower=network.activity.least)


def activity_period_most(model: Model, network: Network) -> None:
    """Activity of all years under its ceiling: ``sum_y activity[p,y] <= period_most[p]``. OSeMOSYS TAC2."""
    if network.activity:
        _bound_period(model, network, "activity_period_most", upper=network.activity.period_most)


def activity_period_least(model: Model, network: Network) -> None:
    """Activity of all years reaches its floor: ``sum_y activity[p,y] >= period_least[p]``. OSeMOSYS TAC3."""
    if network.activity:
        _bound_period(model, network, "activity_period_least", lower=network.activity.period_least)


def _bound(model: Model, name: str, variable: str, lower: Floats | None = None, upper: Floats | None = None) -> None:
    limit = lower if lower is not None else upper
    assert limit is not None
    block = model.variables[variable]
    keys = Keys.where(~np.isnan(limit), "process", "year")
    position = block.keys.find(*keys.codes)
    there = np.flatnonzero(position >= 0)
    terms: list[Terms] = [(there, block.number(position[there]), 1.0)]
    _add(model, name, keys, terms, lower, upper)


def _bound_activity(
    model: Model, network: Network, name: str, lower: Floats | None = None, upper: Floats | None = None
) -> None:
    limit = lower if lower is not None else upper
    assert limit is not None
    keys = Keys.where(~np.isnan(limit), "process", "year")
    _add(model, name, keys, [yearly_activity(model, network, keys)], lower, upper)


def _bound_period(
    model: Model, network: Network, name: str, lower: Floats | None = None, upper: Floats | None = None
) -> None:
    limit = lower if lower is not None else upper
    assert limit is not None
    keys = Keys.where(~np.isnan(limit), "process")
    rate = model.variables["rate"]
    activity, year = rate.keys.codes
    row = keys.find(network.activities.process[activity])
    there = np.flatnonzero(row >= 0)
    terms: list[Terms] = [(row[there][:, None], rate.number(there), network.horizon.length.T[year[there]])]
    _add(model, name, keys, terms, lower, upper)


def _add(model: Model, name: str, keys: Keys, terms: list[Terms], lower: Floats | None, upper: Floats | None) -> None:
    least = -np.inf if lower is None else lower[keys.codes]
    most = np.inf if upper is None else upper[keys.codes]
    model.add_rows(name, keys, terms, lower=least, upper=most)
