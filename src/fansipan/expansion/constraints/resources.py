"""Ore that runs out and water that flows by month (method rules E20, E21)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.expansion.network.parts import Deposits
from fansipan.linear.keys import Codes, Floats, Keys, Terms
from fansipan.linear.model import Model


def add_resource_variables(model: Model, network: Network) -> None:
    """``open`` (block, year; whether it may be mined), ``reservoir`` and ``spill`` (hydro, year, slice; m3)."""
    years = len(network.horizon.years)
    if network.deposits:
        later = np.flatnonzero(network.deposits.before >= 0)
        blocks, year = np.repeat(later, years), np.tile(np.arange(years), len(later))
        keys = Keys(("block", "year"), (len(network.deposits.names), years), (blocks, year))
        model.add_variables("open", keys, upper=1.0, integer=True)
    if network.hydro:
        keys = Keys.where(np.ones((len(network.hydro.names), years), bool), "hydro", "year")
        model.add_variables("reservoir", keys, upper=network.hydro.storage[keys.codes[0]], across="slice")
        model.add_variables("spill", keys, across="slice")


def deposit_depletion(model: Model, network: Network) -> None:
    """A block gives no more than it holds: ``sum_y sum_a take[b,a] activity[a,y] <= tonnes[b]``; tonnes of ore.

    Fansipan's own.
    """
    if network.deposits:
        deposits = network.deposits
        keys = Keys.where(np.ones(len(deposits.names), bool), "block")
        model.add_rows("deposit_depletion", keys, _taken(model, network, deposits, keys), upper=deposits.tonnes)


def deposit_licence(model: Model, network: Network) -> None:
    """A deposit gives no more in a year than its licence: ``sum_b sum_a take[b,a] activity[a,y] <= licence[d,y]``.

    Tonnes of ore a year. Fansipan's own.
    """
    if network.deposits:
        licence = network.deposits.licence
        keys = Keys.where(~np.isnan(licence), "deposit", "year")
        terms = _taken(model, network, network.deposits, keys)
        model.add_rows("deposit_licence", keys, terms, upper=licence[keys.codes])


def deposit_order(model: Model, network: Network) -> None:
    """A block is mined only in years in which it is open: ``sum_a take[b,a] activity[a,y] <= tonnes[b] open[b,y]``.

    Tonnes of ore a year. Fansipan's own.
    """
    if network.deposits:
        opened = model.variables["open"]
        terms = _taken(model, network, network.deposits, opened.keys)
        row = np.arange(len(opened.keys))
        terms.append((row, opened.number(row), -network.deposits.tonnes[opened.keys.codes[0]]))
        model.add_rows("deposit_order", opened.keys, terms, upper=0.0)


def deposit_exhausted(model: Model, network: Network) -> None:
    """A block opens when the one before is exhausted: ``sum_{v<=y} taken[before,v] >= tonnes[before] open[b,y]``.

    Tonnes of ore; the change-over may fall within a year. Fansipan's own.
    """
    if not network.deposits:
        return
    deposits, opened = network.deposits, model.variables["open"]
    block, year = opened.keys.codes
    before = deposits.before[block]
    row = np.arange(len(block))
    terms: list[Terms] = [(row, opened.number(row), -deposits.tonnes[before])]
    taken, activity, factor = deposits.take
    rate = model.variables["rate"]
    for years_back in range(len(network.horizon.years)):
        for piece in range(len(taken)):
            some = np.flatnonzero((before == taken[piece]) & (year - years_back >= 0))
            when = year[some] - years_back
            column = rate.keys.find(np.full(len(some), activity[piece]), when)
            some, column, when = some[column >= 0], column[column >= 0], when[column >= 0]
            value = factor[piece] * network.horizon.length.T[when]
            terms.append((row[some][:, None], rate.number(column), value))
    model.add_rows("deposit_exhausted", opened.keys, terms, lower=0.0)


def _taken(model: Model, network: Network, deposits: Deposits, keys: Keys) -> list[Terms]:
    """Ore taken, by block or deposit, of one year or of all, as `keys` are indexed."""
    block, activity, factor = deposits.take
    years = len(network.horizon.years)
    place = deposits.deposit[block] if keys.dims[0] == "deposit" else block
    place, activity, factor = np.repeat(place, years), np.repeat(activity, years), np.repeat(factor, years)
    year = np.tile(np.arange(years), len(block))
    rate = model.variables["rate"]
    row = keys.find(place, year) if len(keys.dims) == 2 else keys.find(place)
    column = rate.keys.find(activity, year)
    there = (row >= 0) & (column >= 0)
    value = factor[there][:, None] * network.horizon.length.T[year[there]]
    return [(row[there][:, None], rate.number(column[there]), value)]


def water_balance(model: Model, network: Network) -> None:
    """Water that flows in is used, kept or spilt; a year ends with the reservoir as it began.

    ``level[h,l] = level[h,l-1] + inflow[h,l,y] - use[h] activity[h,l,y] - spill[h,l,y]``, ``level[h,0] = level[h,L]``,
    ``level <= storage``; m3 in the slice. Fansipan's own.
    """
    hydro = network.hydro
    if not hydro:
        return
    level, spill = model.variables["reservoir"], model.variables["spill"]
    keys, width = level.keys, level.width
    plant, year = keys.codes
    row = np.arange(len(keys))[:, None] * width + np.arange(width)
    number = level.number(np.arange(len(keys)))
    terms: list[Terms] = [
        (row, number, 1.0),
        (row, np.roll(number, 1, axis=1), -1.0),
        (row, spill.number(np.arange(len(keys))), 1.0),
    ]
    terms += _used(model, network, keys, row, hydro.process, hydro.use)
    inflow = hydro.inflow[plant, :, year]
    model.add_rows("water_balance", keys, terms, lower=inflow, upper=inflow, across="slice")


def _used(model: Model, network: Network, keys: Keys, row: Codes, process: Codes, use: Floats) -> list[Terms]:
    rate = model.variables["rate"]
    activity, year = rate.keys.codes
    owner = np.full(len(network.processes.names), -1)
    owner[process] = np.arange(len(process))
    plant = owner[network.activities.process[activity]]
    there = np.flatnonzero(plant >= 0)
    place = keys.find(plant[there], year[there])
    value = use[plant[there]][:, None] * network.horizon.length.T[year[there]]
    return [(row[place], rate.number(there), value)]
