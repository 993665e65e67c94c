"""Markets, links, connections to the grid and stocks (method rules E18, E19, E39)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Codes, Floats, Keys, Terms
from fansipan.linear.model import Model


def add_trade_variables(model: Model, network: Network) -> None:
    """``trade`` (market, year, slice) and ``stock`` (node, year, slice), in units of the commodity."""
    years = len(network.horizon.years)
    if network.markets:
        markets = network.markets
        keys = Keys(("market", "year"), (len(markets.names), years), (markets.market, markets.year))
        model.add_variables("trade", keys, cost=markets.cost, across="slice")
    if network.stocks and len(network.stocks.node):
        node, year = np.repeat(network.stocks.node, years), np.tile(np.arange(years), len(network.stocks.node))
        keys = Keys(("node", "year"), (len(network.nodes.names), years), (node, year))
        model.add_variables("stock", keys, across="slice")


def market_most(model: Model, network: Network) -> None:
    """No more is traded in a year than the market takes: ``sum_l trade[k,y,l] <= most[k,y]``. Fansipan's own."""
    if network.markets:
        _market(model, "market_most", network.markets.most, upper=True)


def market_least(model: Model, network: Network) -> None:
    """At least what was agreed is traded in a year: ``sum_l trade[k,y,l] >= least[k,y]``. Fansipan's own."""
    if network.markets:
        _market(model, "market_least", network.markets.least, upper=False)


def _market(model: Model, name: str, bound: Floats, upper: bool) -> None:
    block = model.variables["trade"]
    some = np.flatnonzero(~np.isnan(bound))
    keys = Keys(block.keys.dims, block.keys.sizes, tuple(code[some] for code in block.keys.codes))
    terms: list[Terms] = [(np.arange(len(some))[:, None], block.number(some), 1.0)]
    value = bound[some]
    model.add_rows(name, keys, terms, lower=-np.inf if upper else value, upper=value if upper else np.inf)


def stock_most(model: Model, network: Network) -> None:
    """No more is kept of a commodity at a site than fits: ``stock[n,y,l] <= most[n]``; its units. Fansipan's own."""
    if "stock" not in model.variables or not network.stocks:
        return
    block = model.variables["stock"]
    node = block.keys.codes[0]
    most = np.full(len(network.nodes.names), np.inf)
    most[network.stocks.node] = network.stocks.most
    some = np.flatnonzero(np.isfinite(most[node]))
    keys = Keys(block.keys.dims, block.keys.sizes, tuple(code[some] for code in block.keys.codes))
    rows = np.arange(len(some))[:, None] * block.width + np.arange(block.width)
    model.add_rows("stock_most", keys, [(rows, block.number(some), 1.0)], upper=most[node[some]], across="slice")


def link_most(model: Model, network: Network) -> None:
    """No more is carried over a link in a slice than it can take, works that widen it included.

    ``flow[k,y,l] <= upper[k,y,l] + sum_p works[k,p,l] capacity[p,y]``; units of the commodity in the slice.
    Fansipan's own.
    """
    links = network.links
    if "flow" not in model.variables:
        return
    flow, held = model.variables["flow"], model.variables["capacity"]
    some = np.flatnonzero(np.isfinite(links.upper).any(axis=1))
    keys = Keys(flow.keys.dims, flow.keys.sizes, tuple(code[some] for code in flow.keys.codes))
    slices = np.arange(flow.width)
    terms: list[Terms] = [(np.arange(len(some))[:, None] * flow.width + slices, flow.number(some), 1.0)]
    entry, process, amount = links.works
    if len(entry):
        row, column = keys.find(links.link[entry], links.year[entry]), held.keys.find(process, links.year[entry])
        there = (row >= 0) & (column >= 0)
        rows = row[there][:, None] * flow.width + slices
        terms.append((rows, held.number(column[there])[:, None], -amount[there]))
    model.add_rows("link_most", keys, terms, upper=links.upper[some], across="slice")


def grid_limit(model: Model, network: Network) -> None:
    """In each slice, what is bought less what is sold over a connection stays within it, works that widen it included.

    ``sum_k sign[k] trade[k,y,l] <= most[g,y,l] + sum_p works[g,p,y,l] capacity[p,y]``; units of energy in the slice.
    Fansipan's own.
    """
    grid = network.grid
    if not grid:
        return
    sizes = len(grid.names), len(network.horizon.years)
    keys = Keys.of(limit_grid=(grid.limit, sizes[0]), year=(grid.year, sizes[1]))
    row, trade = keys.find(grid.limit, grid.year), model.variables["trade"]
    column = trade.keys.find(grid.market, grid.year)
    there = column >= 0
    slices = np.arange(trade.width)
    rows = row[there][:, None] * trade.width + slices
    most = np.zeros((len(keys), trade.width))
    most[row] = grid.most
    terms: list[Terms] = [(rows, trade.number(column[there]), grid.sign[there][:, None])]
    limit, process, when, amount = grid.works
    if len(limit):
        held = model.variables["capacity"]
        row, column = keys.find(limit, when), held.keys.find(process, when)
        there = (row >= 0) & (column >= 0)
        wider = row[there][:, None] * trade.width + slices
        terms.append((wider, held.number(column[there])[:, None], -amount[there]))
    model.add_rows("grid_limit", keys, terms, upper=most, across="slice")


def trade_terms(model: Model, network: Network, keys: Keys, sliced: bool) -> list[Terms]:
    """What markets bring to the nodes and years of `keys`, and what stocks give back less what they take."""
    terms: list[Terms] = []
    if network.markets and "trade" in model.variables:
        markets, trade = network.markets, model.variables["trade"]
        row = keys.find(markets.node, markets.year)
        there = np.flatnonzero(row >= 0)
        terms.append((_rows(row[there], trade.width, sliced), trade.number(there), markets.sign[there][:, None]))
    if "stock" in model.variables:
        terms += _stock_terms(model, keys, sliced)
    return terms


def _stock_terms(model: Model, keys: Keys, sliced: bool) -> list[Terms]:
    """The level of the slice before less that of the slice; the first slice of all opens empty."""
    stock = model.variables["stock"]
    row = keys.find(*stock.keys.codes)
    there = np.flatnonzero(row >= 0)
    rows, level = _rows(row[there], stock.width, sliced), stock.number(there)
    last = stock.keys.find(stock.keys.codes[0][there], stock.keys.codes[1][there] - 1)
    carried = np.flatnonzero((stock.keys.codes[1][there] > 0) & (last >= 0))
    first = (rows if rows.shape[1] == 1 else rows[:, :1])[carried]
    terms: list[Terms] = [(rows, level, -1.0)]
    if stock.width > 1:
        terms.append((rows if rows.shape[1] == 1 else rows[:, 1:], level[:, :-1], 1.0))
    terms.append((first[:, 0], stock.number(last[carried])[:, -1], 1.0))
    return terms


def _rows(row: Codes, width: int, sliced: bool) -> Codes:
    return row[:, None] * width + np.arange(width) if sliced else row[:, None]
