"""Contradictions of supply: licences and water below what must run (method rule E28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from fansipan.errors import Fault
from fansipan.expansion.answers.wording import amount
from fansipan.expansion.checks.musts import least_capacity
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.resources import hydro_of
from fansipan.expansion.system.definition import Row, System
from fansipan.linear.keys import Floats


def must_run(system: System) -> Floats:
    """The least activity of each process in each year, from its minimum load, (P, Y)."""
    index = Indexed(system)
    share = index.column("min_load") * index.column("activity_per_capacity", 1.0)
    return least_capacity(system) * share[:, None]


def licence_below_load(system: System) -> Iterator[Fault]:
    """Licences below what a mine must run at least, or below the ore that processes fed from it alone must have."""
    index, load = Indexed(system), must_run(system)
    blocks: dict[str, list[Row]] = {}
    for row in system.rows("deposits"):
        blocks.setdefault(row["process"], []).append(row)
    told: set[str] = set()
    for process, rows in blocks.items():
        modes = [mode for mode in system.modes if mode[0] == process]
        if process not in index.processes or {mode[1] for mode in modes} - {row["block"] for row in rows}:
            continue
        taken = [_quantity(system, (process, row["block"]), row["commodity"]) for row in rows]
        need = load[index.processes[process]] * min((amount for amount in taken if amount > 0), default=0.0)
        for fault in _short(system, process, rows, need):
            told |= {row["commodity"] for row in rows}
            yield fault
    for commodity in dict.fromkeys(row["commodity"] for row in system.rows("deposits")):
        if commodity not in told and not _other_source(system, commodity):
            yield from _fed(system, index, load, commodity)


def _fed(system: System, index: Indexed, load: Floats, commodity: str) -> Iterator[Fault]:
    """Processes that must run on ore which only the licensed deposits give."""
    rows = [row for row in system.rows("deposits") if row["commodity"] == commodity]
    need, largest, user = np.zeros(load.shape[1]), 0.0, ""
    for process, place in index.processes.items():
        uses = [-_quantity(system, mode, commodity) for mode in system.modes if mode[0] == process]
        own = load[place] * max(min(uses, default=0.0), 0.0)
        need = need + own
        if own.max(initial=0.0) > largest:
            largest, user = float(own.max()), process
    if user:
        yield from _short(system, user, rows, need)


def _short(system: System, process: str, rows: list[Row], need: Floats) -> Iterator[Fault]:
    """A fault for the year in which `need` is farthest above all licences of the deposits in `rows`."""
    licence = np.zeros(len(need))
    for deposit in dict.fromkeys(row["deposit"] for row in rows):
        own = np.full(len(need), np.nan)
        for row in (row for row in rows if row["deposit"] == deposit and row["licence_per_year"] is not None):
            own = np.where(system.window(row), np.fmax(own, row["licence_per_year"]), own)
        licence += np.where(np.isnan(own), np.inf, own)
    over = np.flatnonzero(need > licence * (1 + 1e-9))
    if len(over):
        worst = over[int(np.argmax((need - licence)[over]))]
        names = ", ".join(dict.fromkeys(row["deposit"] for row in rows))
        params = {"process": system.process(process), "deposit": names, "year": system.settings.years[worst]}
        figures = {"load": amount(need[worst]), "licence": amount(licence[worst])}
        yield Fault("plan.check.licence", params | figures, value=rows[0]["block"])


def _quantity(system: System, mode: tuple[str, str], commodity: str) -> float:
    return float(sum(row["quantity"] for row in system.modes.get(mode, []) if row["commodity"] == commodity))


def _other_source(system: System, commodity: str) -> bool:
    """Whether the commodity can be bought, or made by something that is no block of a deposit."""
    mined = {(row["process"], row["block"]) for row in system.rows("deposits")}
    bought = any(row["commodity"] == commodity and row["direction"] == "buy" for row in system.rows("markets"))
    return bought or any(_quantity(system, mode, commodity) > 0 for mode in system.modes if mode not in mined)


def water_below_load(system: System) -> Iterator[Fault]:
    """Water below what a plant's minimum load uses, over the year or in a slice.

    An error in the hydrology of the plan or of one of its scenarios, a warning in another that the tables know.
    """
    asked = {row["value"] for row in system.rows("plan_scenarios") if row["change"] == "hydrology"}
    asked.add(system.settings.hydrology)
    for hydrology in dict.fromkeys(row["hydrology"] for row in system.rows("hydro_inflow")):
        settings = replace(system.settings, hydrology=hydrology)
        severity = "error" if hydrology in asked else "warning"
        for fault in _dry(replace(system, settings=settings)):
            yield replace(fault, severity=severity)


def _dry(system: System) -> Iterator[Fault]:
    index, load = Indexed(system), must_run(system).max(axis=1, initial=0.0)
    hydro, given = (
        hydro_of(index),
        {row["process"] for row in system.rows("hydro_inflow") if row["hydrology"] == system.settings.hydrology},
    )
    ready = _ready(system)
    for plant, code in enumerate(hydro.names if hydro else ()):
        if hydro is None or code not in given:
            continue
        need = load[index.processes[code]] * hydro.use[plant] * system.length * ready.get(code, 1.0)
        have = hydro.inflow[plant, :, 0]
        if need.sum() > have.sum() * (1 + 1e-9) or (need > have + hydro.storage[plant] + 1e-9).any():
            worst = system.slices[int(np.argmax(need - have))]["slice"]
            params = {"process": system.process(code), "slice": worst, "hydrology": system.settings.hydrology}
            yield Fault(
                "plan.check.water", params | {"need": amount(need.sum()), "have": amount(have.sum())}, value=code
            )


def _ready(system: System) -> dict[str, Floats]:
    """The share of capacity that can run in each slice, by process, where it is stated."""
    order = {row["slice"]: place for place, row in enumerate(system.slices)}
    found: dict[str, Floats] = {}
    for row in system.rows("availability"):
        if row["slice"] in order:
            found.setdefault(row["process"], np.ones(len(order)))[order[row["slice"]]] = row["share"]
    return found
