"""Stores: levels that run on through days, seasons and years (method rule E14).

The formulation of storage by Welsch et al. (2012), Energy 46, 337-350, as in the published OSeMOSYS code (S1 to S15,
SC1 to
SC6, SI1 to SI3). Within a season a day type stands for its days: the level moves by the net charge of one day times the
number of days. A level is held between its limits at the first and the last such day, at the start of each bracket.
"""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network, Stores
from fansipan.linear.keys import Codes, Floats, Keys, Terms
from fansipan.linear.model import Block, Model

BRACKETS = ("store", "season", "daytype", "bracket", "year")
DAYS = ("store", "season", "daytype", "year")


def add_store_variables(model: Model, network: Network) -> None:
    """Rates of charge and discharge, levels, and size of every store (units of what is stored)."""
    stores = network.stores
    if not stores:
        return
    for name, dims in (("charge", BRACKETS), ("discharge", BRACKETS), ("day_start", DAYS), ("day_finish", DAYS)):
        model.add_variables(name, grid(model, dims))
    model.add_variables("season_start", grid(model, ("store", "season", "year")))
    model.add_variables("year_start", grid(model, ("store", "year")))
    model.add_variables("store_size", grid(model, ("store", "year")))
    model.add_variables("store_new", grid(model, ("store", "year")), cost=network.costs.store.ravel())


def grid(model: Model, dims: tuple[str, ...]) -> Keys:
    """Every combination of the labels of `dims`."""
    return Keys.where(np.ones(tuple(len(model.labels[dim]) for dim in dims), bool), *dims)


def store_charge(model: Model, network: Network) -> None:
    """The rate at which a store is charged in a bracket: that of its activities in the slices that belong there.

    ``charge[s,ls,ld,lh,y] = sum_l sum_a k[s,a] rate[a,y,l] season[l,ls] daytype[l,ld] bracket[l,lh]``. OSeMOSYS S1.
    """
    if network.stores:
        _rate(model, network, network.stores, "charge", network.stores.charge)


def store_discharge(model: Model, network: Network) -> None:
    """The rate at which a store is emptied in a bracket.

    ``discharge[s,ls,ld,lh,y] = sum_l sum_a k[s,a] rate[a,y,l] season[l,ls] daytype[l,ld] bracket[l,lh]``. OSeMOSYS S2.
    """
    if network.stores:
        _rate(model, network, network.stores, "discharge", network.stores.discharge)


def _rate(model: Model, network: Network, stores: Stores, name: str, table: tuple[Codes, Codes, Floats]) -> None:
    block, rate = model.variables[name], model.variables["rate"]
    own: Terms = (np.arange(len(block.keys)), block.number(np.arange(len(block.keys))), 1.0)
    share = np.einsum("la,lb,lc->labc", stores.season, stores.daytype, stores.bracket)
    piece, ls, ld, lh = np.nonzero(share)
    terms = [own]
    for store, activity, factor in zip(*table, strict=True):
        for year in range(len(network.horizon.years)):
            column = rate.keys.find(np.asarray(activity), np.asarray(year))
            if column >= 0:
                row = block.keys.find(np.full(len(ls), store), ls, ld, lh, np.full(len(ls), year))
                terms.append((row, rate.first + int(column) * rate.width + piece, -factor * share[piece, ls, ld, lh]))
    model.add_rows(f"store_{name}", block.keys, terms, lower=0.0, upper=0.0)


def store_charge_most(model: Model, network: Network) -> None:
    """A store is charged no faster than it can be: ``charge[s,ls,ld,lh,y] <= charge_most[s]``. OSeMOSYS SC5."""
    if network.stores:
        _rate_most(model, "charge", network.stores.charge_most)


def store_discharge_most(model: Model, network: Network) -> None:
    """A store is emptied no faster than it can be: ``discharge <= discharge_most[s]``. OSeMOSYS SC6."""
    if network.stores:
        _rate_most(model, "discharge", network.stores.discharge_most)


def _rate_most(model: Model, name: str, most: Floats) -> None:
    block = model.variables[name]
    row = np.arange(len(block.keys))
    model.add_rows(f"store_{name}_most", block.keys, [(row, block.number(row), 1.0)], upper=most[block.keys.codes[0]])


def store_size(model: Model, network: Network) -> None:
    """A store is as large as what exists and what was built within its life.

    ``size[s,y] = existing[s,y] + sum_v store_new[s,v]`` over ``0 <= y - v < life[s]``. OSeMOSYS SI1 and SI3.
    """
    stores = network.stores
    if not stores:
        return
    block, built = model.variables["store_size"], model.variables["store_new"]
    row = np.arange(len(block.keys))
    years = np.asarray(network.horizon.years)
    age = years[None, None, :] - years[None, :, None]
    s, v, y = np.nonzero((age >= 0) & (age < stores.life[:, None, None]))
    new: Terms = (block.keys.find(s, y), built.number(built.keys.find(s, v)), -1.0)
    existing = stores.existing.ravel()
    model.add_rows("store_size", block.keys, [(row, block.number(row), 1.0), new], lower=existing, upper=existing)


def net_day(model: Model, network: Network, rows: Codes, codes: tuple[Codes, ...], weight: Floats) -> list[Terms]:
    """`weight` times the net charge of one day in the brackets at `codes` (store, season, day type, bracket, year)."""
    assert network.stores
    return _net(model, rows, codes, weight * network.stores.day_share[codes[3], codes[4]])


def net_year(model: Model, network: Network, rows: Codes, codes: tuple[Codes, ...], weight: float) -> list[Terms]:
    """`weight` times the net charge over the year in the brackets at `codes`. OSeMOSYS S3."""
    stores = network.stores
    assert stores
    share = np.einsum("la,lb,lc->labc", stores.season, stores.daytype, stores.bracket)
    length = np.einsum("labc,ly->abcy", share, network.horizon.length)
    return _net(model, rows, codes, weight * length[codes[1:]])


def _net(model: Model, rows: Codes, codes: tuple[Codes, ...], value: Floats) -> list[Terms]:
    charge, discharge = model.variables["charge"], model.variables["discharge"]
    position = charge.keys.find(*codes)
    return [(rows, charge.number(position), value), (rows, discharge.number(position), -value)]


def spread_brackets(model: Model, keys: Keys, **known: int) -> tuple[Codes, tuple[Codes, ...]]:
    """Rows of `keys` beside every bracket that belongs to them: row numbers and codes of the brackets.

    Dimensions that `keys` lacks run over all their labels; `known` shifts a dimension that it has.
    """
    rows, pieces = np.arange(len(keys)), {}
    free = [dim for dim in BRACKETS if dim not in keys.dims]
    sizes = [len(model.labels[dim]) for dim in free]
    inner = np.indices(sizes).reshape(len(sizes), -1) if free else np.zeros((0, 1), int)
    count = inner.shape[1]
    for dim, code in zip(keys.dims, keys.codes, strict=True):
        pieces[dim] = np.repeat(code + known.get(dim, 0), count)
    for dim, code in zip(free, inner, strict=True):
        pieces[dim] = np.tile(code, len(keys))
    return np.repeat(rows, count), tuple(pieces[dim] for dim in BRACKETS)


def at(block: Block, *codes: Codes) -> Codes:
    """The numbers of the entries of `block` at `codes`."""
    return block.number(block.keys.find(*codes))
