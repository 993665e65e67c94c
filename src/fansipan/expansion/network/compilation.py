"""From a province's system to the network of the engine: processes, flows, balances and costs (method rule E25)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Activities, Costs, Flows, Horizon, Network, Nodes, Processes, Reserve
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.limits import limits_of
from fansipan.expansion.network.links import grid_of, links_of
from fansipan.expansion.network.parts import Markets, Stocks
from fansipan.expansion.network.resources import deposits_of, hydro_of, projects_of, stages_of
from fansipan.expansion.system.accounting import capital_present, discount_factor, hurdle_factor
from fansipan.expansion.system.definition import System
from fansipan.linear.keys import Flags, Floats

SIGN = {"buy": 1.0, "sell": -1.0, "dispose": -1.0}


def network_of(system: System) -> Network:
    """The network of `system`, in present values of its objective (value is maximised, cost minimised)."""
    index = Indexed(system)
    processes = _processes(index)
    active = _active(index, processes)
    return Network(
        horizon=Horizon(system.settings.years, tuple(row["slice"] for row in system.slices), index.length),
        processes=processes,
        activities=Activities(tuple("|".join(mode) for mode in index.modes), index.owner, active),
        flows=_flows(index, active),
        nodes=_nodes(index),
        costs=_costs(index, processes),
        links=links_of(index),
        reserve=_reserve(index),
        markets=_markets(index),
        stocks=_stocks(index),
        grid=grid_of(index),
        deposits=deposits_of(index),
        hydro=hydro_of(index),
        projects=projects_of(index),
        stages=stages_of(index),
        limits=limits_of(index),
        maximise=system.settings.objective == "value",
    )


def _processes(index: Indexed) -> Processes:
    system, years = index.system, np.asarray(index.system.settings.years)
    count, slices = len(index.processes), len(system.slices)
    buildable = np.zeros((count, len(years)), bool)
    lump, lead = np.zeros((count, len(years))), np.zeros(count, np.int64)
    for code, row in system.candidates.items():
        if code in index.processes:
            place = index.processes[code]
            buildable[place] = system.window(row, "earliest", "latest")
            lump[place] = row["lump"]
            lead[place] = (row["lead"] or 0) + _delay(system, row["project"])
    starts, retires = index.column("starts", years[0] - 1), index.column("retires", years[-1] + 1)
    there = (years >= starts[:, None]) & (years < retires[:, None])
    available = np.ones((count, slices, len(years)))
    order = {row["slice"]: place for place, row in enumerate(system.slices)}
    for row in system.rows("availability"):
        if row["process"] in index.processes and row["slice"] in order:
            available[index.processes[row["process"]], order[row["slice"]]] = row["share"]
    return Processes(
        names=tuple(index.processes),
        unit=index.column("activity_per_capacity", 1.0),
        life=index.column("life", system.settings.process_life),
        existing=index.column("capacity")[:, None] * there,
        buildable=buildable,
        lump=lump,
        available=available,
        yearly=np.ones((count, len(years))),
        lead=lead,
        ramp=np.stack([index.column(f"ramp_{step}", 1.0) for step in (1, 2, 3)], axis=1),
        least=index.column("min_load"),
    )


def _delay(system: System, project: str) -> int:
    return system.delays.get(project, 0) + system.delays.get("*", 0)


def _active(index: Indexed, processes: Processes) -> Flags:
    """Activities in the years in which there is, or may be, capacity; a block's mode only in the block's years."""
    years = np.asarray(index.system.settings.years)
    first = np.where(processes.buildable, years, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    lead = np.where(first == np.iinfo(np.int64).max, 0, processes.lead)
    active = ((processes.existing > 0) | (years >= (first + lead)[:, None]))[index.owner]
    for row in index.system.rows("deposits"):
        if (row["process"], row["block"]) in index.modes:
            active[index.modes[row["process"], row["block"]]] &= index.system.window(row)
    return active


def _flows(index: Indexed, active: Flags) -> Flows:
    columns: list[tuple[int, int, int, float]] = []
    for mode, activity in index.modes.items():
        site = index.system.processes[mode[0]]["site"]
        for row in index.flows(mode):
            node = index.nodes[site, row["commodity"]]
            years = np.flatnonzero(index.system.window(row) & active[activity])
            columns += [(activity, node, int(year), row["quantity"]) for year in years]
    whole = np.array([entry[:3] for entry in columns], np.int64).reshape(-1, 3)
    return Flows(whole[:, 0], whole[:, 1], whole[:, 2], np.array([entry[3] for entry in columns], np.float64))


def _nodes(index: Indexed) -> Nodes:
    shape = (len(index.nodes), len(index.years))
    equal = [index.system.commodities[commodity]["balance"] == "equal" for _, commodity in index.nodes]
    names = tuple(f"{site}|{commodity}" for site, commodity in index.nodes)
    demand = np.zeros((shape[0], len(index.system.slices), shape[1]))
    return Nodes(names, np.array(equal, bool), np.ones(shape, bool), demand, np.zeros(shape))


def counted(index: Indexed) -> Floats:
    """The part of each process's variable and fixed cost that counts in the objective, (P)."""
    share = index.column("intermediate_share", 1.0)
    return share if index.system.settings.objective == "value" else np.ones_like(share)


def _sign(system: System) -> float:
    return -1.0 if system.settings.objective == "value" else 1.0


def _costs(index: Indexed, processes: Processes) -> Costs:
    settings = index.system.settings
    middle, sign = discount_factor(settings.discount_rate, settings.years, 0.5), _sign(index.system)
    capital, hurdle = np.zeros(len(index.processes)), np.full(len(index.processes), settings.discount_rate)
    for code, row in index.system.candidates.items():
        if code in index.processes and row["lump"]:
            capital[index.processes[code]] = row["capital"] / row["lump"]
            if row["hurdle_rate"] is not None:
                hurdle[index.processes[code]] = row["hurdle_rate"]
    count = len(index.processes)
    rate, method = np.full(count, settings.discount_rate), np.full(count, settings.depreciation)
    present = capital_present(rate, processes.life, method, settings.years, processes.lead)
    dearer = hurdle_factor(hurdle, rate, processes.life)
    share = counted(index)
    return Costs(
        build=sign * (capital * dearer)[:, None] * present,
        hold=sign * (index.column("fixed_cost") * share)[:, None] * middle,
        run=sign * (index.column("variable_cost") * share)[index.owner][:, None] * middle,
    )


def _markets(index: Indexed) -> Markets | None:
    rows = list(index.system.rows("markets"))
    if not rows:
        return None
    settings = index.system.settings
    middle = discount_factor(settings.discount_rate, settings.years, 0.5)
    paid = {"buy": 1.0, "dispose": 1.0, "sell": -1.0 if settings.objective == "value" else 0.0}
    open_years = [np.flatnonzero(index.system.window(row)) for row in rows]
    market = np.repeat(np.arange(len(rows)), [len(years) for years in open_years])
    year = np.concatenate(open_years)
    figures = {
        name: np.array([np.nan if row[name] is None else row[name] for row in rows]) for name in ("minimum", "maximum")
    }
    price = np.array([paid[row["direction"]] * row["price"] for row in rows])
    grown = np.array([1.0 + (row["growth"] or 0.0) for row in rows])[market] ** (
        year + settings.years[0] - settings.market_year
    )
    return Markets(
        tuple(market_name(row) for row in rows),
        market,
        year,
        np.array([index.nodes[row["site"], row["commodity"]] for row in rows])[market],
        np.array([SIGN[row["direction"]] for row in rows])[market],
        figures["minimum"][market] * grown,
        figures["maximum"][market] * grown,
        _sign(index.system) * price[market] * middle[year],
    )


def market_name(row: dict) -> str:
    """The name of a step of a market: ``sell|town|copper|1``."""
    return f"{row['direction']}|{row['site']}|{row['commodity']}|{row['step']}"


def _stocks(index: Indexed) -> Stocks | None:
    goods = {n: index.system.commodities[commodity] for (_, commodity), n in index.nodes.items()}
    kept = {n: good["stock_limit"] for n, good in goods.items() if good["storable"]}
    most = [np.inf if limit is None else limit for limit in kept.values()]
    return Stocks(np.array(list(kept), np.int64), np.array(most)) if kept else None


def _reserve(index: Indexed) -> Reserve | None:
    settings = index.system.settings
    if not settings.reserve_margin or not settings.reserve_commodity:
        return None
    years = len(index.years)
    tagged = np.array([float(commodity == settings.reserve_commodity) for _, commodity in index.nodes])
    return Reserve(
        (settings.reserve_commodity,),
        np.zeros(len(index.processes), np.int64),
        np.repeat(index.column("reserve_credit")[:, None], years, axis=1),
        np.zeros(len(index.nodes), np.int64),
        np.repeat(tagged[:, None], years, axis=1),
        np.full((1, years), settings.reserve_margin),
    )
