"""How a store's level runs on, and the limits it keeps (method rule E14, continued from `stores`)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.constraints.stores import DAYS, at, grid, net_day, net_year, spread_brackets
from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Codes, Floats, Keys, Terms
from fansipan.linear.model import Model


def store_year_start(model: Model, network: Network) -> None:
    """A year opens where the one before closed; the first opens at the stated level.

    ``year_start[s,y] = year_start[s,y-1] + net charge of y-1``, ``year_start[s,first] = start[s]``. OSeMOSYS S5, S6.
    """
    if not network.stores:
        return
    keys = grid(model, ("store", "year"))
    first = np.where(keys.codes[1] == 0, network.stores.start[keys.codes[0]], 0.0)
    _run_on(model, network, "store_year_start", keys, "year_start", "year", [], first)


def store_season_start(model: Model, network: Network) -> None:
    """A season opens where the one before closed, the first where the year opens. OSeMOSYS S9, S10.

    ``season_start[s,ls,y] = season_start[s,ls-1,y] + net charge of season ls-1``.
    """
    if not network.stores:
        return
    keys = grid(model, ("store", "season", "year"))
    store, season, year = keys.codes
    row = np.flatnonzero(season == 0)
    opening: Terms = (row, at(model.variables["year_start"], store[row], year[row]), -1.0)
    _run_on(model, network, "store_season_start", keys, "season_start", "season", [opening], 0.0)


def _run_on(
    model: Model,
    network: Network,
    name: str,
    keys: Keys,
    level: str,
    step: str,
    opening: list[Terms],
    first: Floats | float,
) -> None:
    """``level - (level one step before + net charge of that step) - opening = first``."""
    block, axis = model.variables[level], keys.dims.index(step)
    row = np.arange(len(keys))
    later = np.flatnonzero(keys.codes[axis] > 0)
    before = tuple(code[later] - (place == axis) for place, code in enumerate(keys.codes))
    some = Keys(keys.dims, keys.sizes, before)
    spread, codes = spread_brackets(model, some)
    terms = [(row, block.number(row), 1.0), (later, at(block, *before), -1.0), *opening]
    terms += net_year(model, network, later[spread], codes, -1.0)
    model.add_rows(name, keys, terms, lower=first, upper=first)


def store_day_start(model: Model, network: Network) -> None:
    """A day type opens where the one before closed after all its days, the first where the season opens.

    ``day_start[s,ls,ld,y] = day_start[s,ls,ld-1,y] + days[ls,ld-1,y] * net charge of one such day``. OSeMOSYS S11, S12.
    """
    if not network.stores:
        return
    keys = grid(model, DAYS)
    store, season, daytype, year = keys.codes
    block, row = model.variables["day_start"], np.arange(len(keys))
    first, later = np.flatnonzero(daytype == 0), np.flatnonzero(daytype > 0)
    terms: list[Terms] = [
        (row, block.number(row), 1.0),
        (first, at(model.variables["season_start"], store[first], season[first], year[first]), -1.0),
        (later, at(block, store[later], season[later], daytype[later] - 1, year[later]), -1.0),
    ]
    terms += _days(model, network, keys, later, -1, -1.0)
    model.add_rows("store_day_start", keys, terms, lower=0.0, upper=0.0)


def store_day_finish(model: Model, network: Network) -> None:
    """Where a day type closes: at the next day type's close less its days, or where the next season or year opens.

    ``day_finish[s,ls,ld,y] = day_finish[s,ls,ld+1,y] - days[ls,ld+1,y] * net charge of one such day``; the last day
    type closes at ``season_start[s,ls+1,y]``, the last season at the close of the year. OSeMOSYS S7, S8, S13 to S15.
    """
    if not network.stores:
        return
    keys = grid(model, DAYS)
    store, season, daytype, year = keys.codes
    last_season, last_day = len(network.stores.seasons) - 1, len(network.stores.daytypes) - 1
    block, row = model.variables["day_finish"], np.arange(len(keys))
    inside = np.flatnonzero(daytype < last_day)
    next_season = np.flatnonzero((daytype == last_day) & (season < last_season))
    closing = np.flatnonzero((daytype == last_day) & (season == last_season))
    terms: list[Terms] = [
        (row, block.number(row), 1.0),
        (inside, at(block, store[inside], season[inside], daytype[inside] + 1, year[inside]), -1.0),
        (
            next_season,
            at(model.variables["season_start"], store[next_season], season[next_season] + 1, year[next_season]),
            -1.0,
        ),
        *_year_close(model, network, closing, store[closing], year[closing]),
    ]
    terms += _days(model, network, keys, inside, 1, 1.0)
    model.add_rows("store_day_finish", keys, terms, lower=0.0, upper=0.0)


def _year_close(model: Model, network: Network, row: Codes, store: Codes, year: Codes) -> list[Terms]:
    """Less the level at which a year closes: the next year's opening, or the last year's opening and net charge."""
    opening = model.variables["year_start"]
    last = len(network.horizon.years) - 1
    on, end = year < last, year == last
    keys = Keys(("store", "year"), opening.keys.sizes, (store[end], year[end]))
    spread, codes = spread_brackets(model, keys)
    return [
        (row[on], at(opening, store[on], year[on] + 1), -1.0),
        (row[end], at(opening, store[end], year[end]), -1.0),
        *net_year(model, network, row[end][spread], codes, -1.0),
    ]


def _days(model: Model, network: Network, keys: Keys, rows: Codes, shift: int, weight: float) -> list[Terms]:
    """`weight` times all days of the day type `shift` places from that of each row."""
    assert network.stores
    some = Keys(keys.dims, keys.sizes, tuple(code[rows] for code in keys.codes))
    spread, codes = spread_brackets(model, some, daytype=shift)
    return net_day(model, network, rows[spread], codes, weight * network.stores.days[codes[1], codes[2], codes[4]])


def store_first_day_open(model: Model, network: Network) -> None:
    """On the first day of a day type, at the start of each bracket, the level is within the store. OSeMOSYS SC1.

    ``least[s,y] size[s,y] <= day_start[s,ls,ld,y] + sum_{h<lh} net charge of one day in h <= size[s,y]``.
    """
    _between(model, network, "store_first_day_open", "day_start", 0, 0, True, 1.0)


def store_first_day_close(model: Model, network: Network) -> None:
    """On the last day of the day type before, at the end of each bracket, the level is within the store. OSeMOSYS SC2.

    ``least size <= day_start[s,ls,ld,y] - sum_{h>lh} net charge of one day of ld-1 in h <= size`` for ``ld > first``.
    """
    _between(model, network, "store_first_day_close", "day_start", 0, -1, False, -1.0)


def store_last_day_close(model: Model, network: Network) -> None:
    """On the last day of a day type, at the end of each bracket, the level is within the store. OSeMOSYS SC3.

    ``least size <= day_finish[s,ls,ld,y] - sum_{h>lh} net charge of one day in h <= size``.
    """
    _between(model, network, "store_last_day_close", "day_finish", 0, 0, False, -1.0)


def store_last_day_open(model: Model, network: Network) -> None:
    """On the last week's first day of a day type, at the start of each bracket, the level is within. OSeMOSYS SC4.

    ``least size <= day_finish[s,ls,ld-1,y] + sum_{h<lh} net charge of one day of ld in h <= size`` for ``ld > first``.
    """
    _between(model, network, "store_last_day_open", "day_finish", -1, 0, True, 1.0)


def _between(
    model: Model, network: Network, name: str, level: str, level_shift: int, day_shift: int, before: bool, sign: float
) -> None:
    """Level of the day type `level_shift` away, and the day's net charge before or after the bracket, within limits."""
    stores = network.stores
    if not stores:
        return
    every = model.variables["charge"].keys
    some = every.codes[2] + min(level_shift, day_shift) >= 0
    keys = Keys(every.dims, every.sizes, tuple(code[some] for code in every.codes))
    store, season, daytype, bracket, year = keys.codes
    row = np.arange(len(keys))
    days = Keys(DAYS, model.variables["day_start"].keys.sizes, (store, season, daytype, year))
    spread, codes = spread_brackets(model, days, daytype=day_shift)
    counted = codes[3] < bracket[spread] if before else codes[3] > bracket[spread]
    weight = np.full(counted.sum(), sign)
    level_terms: list[Terms] = [
        (row, at(model.variables[level], store, season, daytype + level_shift, year), 1.0),
        *net_day(model, network, spread[counted], tuple(code[counted] for code in codes), weight),
    ]
    size = at(model.variables["store_size"], store, year)
    model.add_rows(f"{name}_low", keys, [*level_terms, (row, size, -stores.least[store, year])], lower=0.0)
    model.add_rows(f"{name}_high", keys, [*level_terms, (row, size, -1.0)], upper=0.0)
