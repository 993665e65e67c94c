"""Capacity: what is there, what it can do, and how it is built (method rules E5 to E7)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network, Processes
from fansipan.linear.keys import Flags, Floats, Keys, Terms
from fansipan.linear.model import Model


def capacity_total(model: Model, network: Network) -> None:
    """Capacity is what exists plus what was built and is still within its life, as far as it has ramped up.

    ``capacity[p,y] - sum_v ramp[p,y-v-lead] * new[p,v] = existing[p,y]`` over the years ``v`` of building with
    ``0 <= y - v - lead < life``; units of capacity. Howells et al. (2011), CAa1 and CAa2; ramp-up and lead are
    Fansipan's own.
    """
    keys = model.variables["capacity"].keys
    process, year = keys.codes
    own: Terms = (np.arange(len(keys)), model.variables["capacity"].number(np.arange(len(keys))), 1.0)
    built = model.variables["new"].keys
    share = usable_share(network.processes, network.horizon.years)
    p, v, y = np.nonzero(share * network.processes.buildable[:, :, None])
    row, column = keys.find(p, y), built.find(p, v)
    there = (row >= 0) & (column >= 0)
    new: Terms = (row[there], model.variables["new"].number(column[there]), -share[p, v, y][there])
    existing = network.processes.existing[process, year]
    model.add_rows("capacity_total", keys, [own, new], lower=existing, upper=existing)


def usable_share(processes: Processes, years: tuple[int, ...]) -> Floats:
    """The share of capacity decided in year ``v`` that is usable in year ``y``, of shape (P, Y, Y)."""
    calendar = np.asarray(years)
    lead = processes.lead if len(processes.lead) else np.zeros(len(processes.names), np.int64)
    age = calendar[None, None, :] - calendar[None, :, None] - lead[:, None, None]
    alive = (age >= 0) & (age < processes.life[:, None, None])
    if not processes.ramp.size:
        return alive.astype(np.float64)
    ramp = np.concatenate([processes.ramp, np.ones((len(processes.names), 1))], axis=1)
    step = np.clip(age, 0, ramp.shape[1] - 1)
    return np.where(alive, np.take_along_axis(ramp[:, None, :], step, axis=2), 0.0)


def capacity_lumps(model: Model, network: Network) -> None:
    """Capacity that comes in whole units is built as a whole number of them.

    ``new[p,y] = lump[p,y] * units[p,y]`` with ``units`` integer; units of capacity. Howells et al. (2011), CAa5.
    """
    keys = model.variables["units"].keys
    row = np.arange(len(keys))
    built = model.variables["new"].keys.find(*keys.codes)
    terms: list[Terms] = [
        (row, model.variables["new"].number(built), 1.0),
        (row, model.variables["units"].number(row), -network.processes.lump[keys.codes]),
    ]
    model.add_rows("capacity_lumps", keys, terms, lower=0.0, upper=0.0)


def capacity_use(model: Model, network: Network) -> None:
    """In each slice, all modes of a process together stay within its usable capacity.

    ``sum_a rate[a,y,l] <= available[p,l,y] * unit[p] * capacity[p,y]``; units of activity a year. Howells et al.
    (2011), CAa4.
    """
    keys = _used(network)
    terms = _load_terms(model, network, keys, 1.0)
    model.add_rows("capacity_use", keys, terms, upper=0.0, across="slice")


def minimum_load(model: Model, network: Network) -> None:
    """A process with a minimum load runs at least at that share of its usable capacity.

    ``sum_a rate[a,y,l] >= least[p] * available[p,l,y] * unit[p] * capacity[p,y]``; units of activity a year.
    Fansipan's own.
    """
    least = network.processes.least
    if not (least > 0).any():
        return
    used = _used(network)
    keys = _some(used, least[used.codes[0]] > 0)
    model.add_rows("minimum_load", keys, _load_terms(model, network, keys, least), lower=0.0, across="slice")


def capacity_year(model: Model, network: Network) -> None:
    """Over the year, activity stays within what capacity can give once planned maintenance is taken off.

    ``sum_l length[l,y] sum_a rate[a,y,l] <= yearly[p,y] * unit[p] * sum_l available[p,l,y] length[l,y] *
    capacity[p,y]``, where ``yearly`` is below one; units of activity a year. Howells et al. (2011), CAb1.
    """
    processes, length = network.processes, network.horizon.length
    used = _used(network)
    keys = _some(used, processes.yearly[used.codes] < 1)
    process, year = keys.codes
    hours = (processes.available[process, :, year] * length.T[year]).sum(axis=1)
    usable = processes.yearly[keys.codes] * processes.unit[process] * hours
    held = model.variables["capacity"]
    terms = [
        yearly_activity(model, network, keys),
        (np.arange(len(keys)), held.number(held.keys.find(process, year)), -usable),
    ]
    model.add_rows("capacity_year", keys, terms, upper=0.0)


def yearly_activity(model: Model, network: Network, keys: Keys) -> Terms:
    """The activity of the processes and years of `keys`, all modes and slices added up."""
    rate = model.variables["rate"]
    activity, year = rate.keys.codes
    row = keys.find(network.activities.process[activity], year)
    there = np.flatnonzero(row >= 0)
    return row[there][:, None], rate.number(there), network.horizon.length.T[year[there]]


def _used(network: Network) -> Keys:
    """The process-years in which some mode can run."""
    activity, year = np.nonzero(network.activities.active)
    sizes = (len(network.processes.names), len(network.horizon.years))
    return Keys.of(process=(network.activities.process[activity], sizes[0]), year=(year, sizes[1]))


def _some(keys: Keys, flags: Flags) -> Keys:
    return Keys(keys.dims, keys.sizes, tuple(code[flags] for code in keys.codes))


def _load_terms(model: Model, network: Network, keys: Keys, least: Floats | float) -> list[Terms]:
    """Rates of all modes, less `least` times usable capacity, by slice."""
    rate, held = model.variables["rate"], model.variables["capacity"]
    activity, year = rate.keys.codes
    row = keys.find(network.activities.process[activity], year)
    there = np.flatnonzero(row >= 0)
    slices = np.arange(rate.width)
    process, when = keys.codes
    share = least if isinstance(least, float) else least[process][:, None]
    usable = network.processes.available[process, :, when] * network.processes.unit[process][:, None] * share
    own = np.arange(len(keys))[:, None]
    return [
        (row[there][:, None] * rate.width + slices, rate.number(there), 1.0),
        (own * rate.width + slices, held.number(held.keys.find(process, when))[:, None], -usable),
    ]
