"""Links between sites, connections to the grid, and the works that widen both (method rules E18, E39)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Links
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.parts import Grid
from fansipan.expansion.system.accounting import discount_factor
from fansipan.expansion.system.definition import Row
from fansipan.linear.keys import Codes, Floats


def links_of(index: Indexed) -> Links:
    """Roads, lines and pipes by year: what they carry in a slice, lose and cost, and the works that widen them."""
    rows = list(index.system.rows("links"))
    years, slices = len(index.years), len(index.system.slices)
    link, year = np.repeat(np.arange(len(rows)), years), np.tile(np.arange(years), len(rows))
    settings = index.system.settings
    sign = -1.0 if settings.objective == "value" else 1.0
    middle = discount_factor(settings.discount_rate, settings.years, 0.5)
    ends = np.array(
        [[index.nodes[row[end], row["commodity"]] for row in rows] for end in ("from_site", "to_site")], np.int64
    ).reshape(2, len(rows))
    cost, loss = (np.array([row[name] or 0.0 for row in rows]) for name in ("cost", "loss"))
    most = np.array([np.inf if row["capacity"] is None else row["capacity"] for row in rows])
    upper = most[link][:, None] * index.length.T[year]
    return Links(
        tuple(f"{row['from_site']}|{row['to_site']}|{row['commodity']}" for row in rows),
        link,
        year,
        ends[0][link],
        ends[1][link],
        np.ones(len(link)),
        (1.0 - loss)[link],
        np.zeros((len(link), slices)),
        upper,
        sign * cost[link] * middle[year],
        _link_works(index),
    )


def _link_works(index: Indexed) -> tuple[Codes, Codes, Floats]:
    """What roads, lines and pipes that may be built add to the links that they widen, a year shared over slices."""
    entries, amounts, years = [], [], len(index.years)
    for number, row in enumerate(index.system.rows("links")):
        for process, amount in index.raised(row["link"]):
            for year in range(years):
                entries.append((number * years + year, process))
                amounts.append(amount * index.length[:, year])
    table = np.array(entries, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1], np.array(amounts).reshape(len(table), len(index.length))


def grid_of(index: Indexed) -> Grid | None:
    """Connections to the grid: energy bought less energy sold at a site within MW times the hours of each slice."""
    stated = [row for row in index.system.rows("limits") if row["measure"] == "grid"]
    markets = list(index.system.rows("markets"))
    hours = np.array([row["hours"] for row in index.system.slices])
    table: list[tuple[int, int, int, float]] = []
    most = []
    for number, row in enumerate(stated):
        for market, trade in enumerate(markets):
            good = index.system.commodities[trade["commodity"]]
            here = row["scope"] == "province" or row["item"] == trade["site"]
            if here and good["kind"] == "energy" and row["commodity"] in (None, trade["commodity"]):
                sign = {"buy": 1.0, "sell": -1.0}.get(trade["direction"], 0.0)
                for year in np.flatnonzero(index.system.window(row) & index.system.window(trade)):
                    table.append((number, market, int(year), sign))
                    most.append(row["value"] * 1e3 * hours / index.energy_unit(trade["commodity"]))
    if not table:
        return None
    limits, traders, years, signs = (np.array(column) for column in zip(*table, strict=True))
    works = _grid_works(index, stated, markets, hours)
    return Grid(tuple(row["limit"] for row in stated), limits, traders, years, signs, np.array(most), works)


def _grid_works(
    index: Indexed, stated: list[Row], markets: list[Row], hours: Floats
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Floats]:
    """What works (a substation) add to a connection: MW times the hours of each slice, in units of the energy."""
    entries, amounts = [], []
    for number, row in enumerate(stated):
        traded = [trade["commodity"] for trade in markets if row["commodity"] in (None, trade["commodity"])]
        energy = next((c for c in traded if index.system.commodities[c]["kind"] == "energy"), None)
        for process, amount in index.raised(row["limit"]) if energy else ():
            for year in np.flatnonzero(index.system.window(row)):
                entries.append((number, process, int(year)))
                amounts.append(amount * 1e3 * hours / index.energy_unit(str(energy)))
    table = np.array(entries, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2], np.array(amounts).reshape(len(table), len(index.length))
