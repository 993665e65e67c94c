"""Contradictions in what flows: made by nobody, taken by nobody, out of reach, or made from nothing (rule E28)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fansipan.errors import Fault
from fansipan.expansion.system.definition import Row, System
from fansipan.linear.model import Arrays
from fansipan.linear.solver import solve_arrays
from fansipan.texts import Words

Pair = tuple[str, str]  # site, commodity
SERVICES = ("energy", "water", "labour")
GOODS = ("ore", "intermediate", "product", "by-product")


def able(system: System) -> set[str]:
    """The processes that have capacity or may be built; what can never run makes and takes nothing."""
    built = {code for code, row in system.candidates.items() if row["max_lumps"] > 0}
    return built | {code for code, row in system.processes.items() if (row["capacity"] or 0.0) > 0}


def made_at(system: System) -> set[Pair]:
    """Where each commodity is made by a process that can run, or bought."""
    bought = (row for row in system.rows("markets") if row["direction"] == "buy" and row["maximum"] != 0)
    return _flowing(system, 1.0) | {(row["site"], row["commodity"]) for row in bought}


def used_at(system: System) -> set[Pair]:
    """Where each commodity is used by a process that can run."""
    return _flowing(system, -1.0)


def _flowing(system: System, sign: float) -> set[Pair]:
    running = able(system)
    return {
        (system.processes[process]["site"], row["commodity"])
        for (process, _), rows in system.modes.items()
        if process in running
        for row in rows
        if row["quantity"] * sign > 0
    }


def agreed_at(system: System) -> set[Pair]:
    """Where a least amount is to be sold or disposed of, whether anybody makes it or not."""
    return {
        (row["site"], row["commodity"])
        for row in system.rows("markets")
        if row["direction"] != "buy" and (row["minimum"] or 0.0) > 0
    }


def reach(system: System, starts: set[Pair], forward: bool) -> set[Pair]:
    """All places that links lead to from `starts` (or, backward, that lead to them)."""
    ends = ("from_site", "to_site") if forward else ("to_site", "from_site")
    steps: dict[Pair, list[Pair]] = {}
    for row in system.rows("links"):
        steps.setdefault((row[ends[0]], row["commodity"]), []).append((row[ends[1]], row["commodity"]))
    found, waiting = set(starts), list(starts)
    while waiting:
        for place in steps.get(waiting.pop(), []):
            if place not in found:
                found.add(place)
                waiting.append(place)
    return found


def unmade(system: System) -> Iterator[Fault]:
    """A commodity that processes need, or that is to be delivered, but nobody makes or sells."""
    made = {commodity for _, commodity in made_at(system)}
    for commodity in dict.fromkeys(commodity for _, commodity in sorted(used_at(system) | agreed_at(system))):
        if commodity not in made:
            yield Fault("plan.check.unmade", {"commodity": system.commodity(commodity)}, value=commodity)


def unreachable(system: System) -> Iterator[Fault]:
    """A commodity that is made elsewhere but to where it is needed no link leads."""
    made = made_at(system)
    reached = reach(system, made, forward=True)
    for site, commodity in sorted((used_at(system) | agreed_at(system)) - reached):
        makers = sorted(place for place, good in made if good == commodity)
        if makers:
            params = {
                "commodity": system.commodity(commodity),
                "site": system.site(site),
                "maker": system.site(makers[0]),
            }
            yield Fault("plan.check.unreachable", params, value=commodity)


def untaken(system: System) -> Iterator[Fault]:
    """What may not be left over but is made where nobody uses, buys, stores or disposes of it."""
    sinks = used_at(system)
    taking = (row for row in system.rows("markets") if row["direction"] != "buy" and row["maximum"] != 0)
    sinks |= {(row["site"], row["commodity"]) for row in taking}
    reached, running = reach(system, sinks, forward=False), able(system)
    made = {
        (system.processes[process]["site"], row["commodity"], process)
        for (process, _), rows in system.modes.items()
        if process in running
        for row in rows
        if row["quantity"] > 0
    }
    for site, commodity, process in sorted(made):
        good = system.commodities[commodity]
        if good["balance"] == "equal" and not good["storable"] and (site, commodity) not in reached:
            params = {
                "commodity": system.commodity(commodity),
                "site": system.site(site),
                "process": system.process(process),
            }
            yield Fault("plan.check.untaken", params, value=commodity)


def from_nothing(system: System) -> Iterator[Fault]:
    """Processes that together make something although nothing comes in.

    Only modes that take something in are run, and none that draws on nature; if some mix of them, one unit of activity
    in all, leaves a net gain of some commodity and a loss of none, that mix makes something from nothing.
    """
    mined = {(row["process"], row["block"]) for row in system.rows("deposits")}
    modes = {
        mode: rows
        for mode, rows in system.modes.items()
        if mode not in mined and any(row["quantity"] < 0 for row in rows) and not _draws_on_nature(system, rows)
    }
    goods = list(system.commodities)
    if not modes:
        return
    net = np.zeros((len(goods) + 1, len(modes)))
    for column, rows in enumerate(modes.values()):
        for row in rows:
            net[goods.index(row["commodity"]), column] += row["quantity"]
    net[-1] = 1.0
    rows_of, columns = np.nonzero(net)
    start = np.searchsorted(rows_of, np.arange(len(goods) + 2))
    count = len(modes)
    arrays = Arrays(
        -net[:-1].sum(axis=0),
        np.zeros(count),
        np.full(count, np.inf),
        np.append(np.zeros(len(goods)), 1.0),
        np.append(np.full(len(goods), np.inf), 1.0),
        start.astype(np.int32),
        columns.astype(np.int32),
        net[rows_of, columns],
        np.zeros(count, np.int32),
    )
    answer = solve_arrays(arrays)
    if answer.objective is None or answer.objective > -1e-7:
        return
    gained = [goods[k] for k in np.flatnonzero(answer.rows[:-1] > 1e-7)]
    used = [process for (process, _), amount in zip(modes, answer.columns, strict=True) if amount > 1e-7]
    names = [system.process(process) for process in dict.fromkeys(used)]
    together = Words(", ".join(name.vi for name in names), ", ".join(name.en for name in names))
    yield Fault("plan.check.from-nothing", {"processes": together, "commodity": system.commodity(gained[0])})


def _draws_on_nature(system: System, rows: list[Row]) -> bool:
    """Whether a mode digs, grows or pumps: it gives goods but takes only energy, water and work."""
    kinds = [(system.commodities[row["commodity"]]["kind"], row["quantity"] > 0) for row in rows]
    fed = any(kind not in SERVICES for kind, given in kinds if not given)
    return not fed and any(kind in GOODS for kind, given in kinds if given)


def from_nothing_by_element(system: System) -> Iterator[Fault]:
    """A mode that gives out more of a tracked element than it takes in; ore that is mined from a deposit apart."""
    content = {(row["commodity"], row["element"]): row["content"] for row in system.rows("commodity_elements")}
    mined = {(row["process"], row["block"]) for row in system.rows("deposits")}
    for mode, rows in system.modes.items():
        if mode in mined or not any(row["quantity"] < 0 for row in rows):
            continue
        for element in dict.fromkeys(element for _, element in content):
            net = sum(row["quantity"] * content.get((row["commodity"], element), 0.0) for row in rows)
            if net > 1e-9:
                params = {"process": system.process(mode[0]), "element": element, "mode": mode[1]}
                yield Fault("plan.check.element", params, value=round(net, 9))
