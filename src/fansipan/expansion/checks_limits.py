"""Contradictions with limits: out of reach, too late, too little water, ore, money (method rule E28)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fansipan.errors import Fault
from fansipan.expansion.compiled_limits import chosen, limit_rows, unit_values
from fansipan.expansion.compiled_parts import hydro_of
from fansipan.expansion.indexed import Indexed
from fansipan.expansion.keys import Floats
from fansipan.expansion.system import System


def most_capacity(system: System) -> Floats:
    """The most capacity that each process can have in each year, everything built that can be, (P, Y)."""
    index, years = Indexed(system), np.asarray(system.settings.years)
    starts, retires = index.column("starts", years[0] - 1), index.column("retires", years[-1] + 1)
    most = index.column("capacity")[:, None] * ((years >= starts[:, None]) & (years < retires[:, None]))
    for code, row in system.candidates.items():
        decided = np.flatnonzero(system.window(row, "earliest", "latest"))
        if code in index.processes and len(decided):
            from_year = years[decided[0]] + (row["lead"] or 0)
            most[index.processes[code]] += row["lump"] * row["max_lumps"] * (years >= from_year)
    return most


def target_out_of_reach(system: System) -> Iterator[Fault]:
    """A floor above what everything that could be built makes; a warning where the target may be missed."""
    index, most = Indexed(system), most_capacity(system)
    zones = system.column("zones", "zone", "kind")
    for row in limit_rows(index):
        if row["comparison"] != "at-least":
            continue
        if row["measure"] in ("production", "output"):
            made, _ = unit_values(index, row["measure"], row["commodity"])
            best = np.zeros(len(index.processes))
            np.maximum.at(best, index.owner, made)
            best *= index.column("activity_per_capacity", 1.0) * chosen(index, row)
            yearly = (best[:, None] * most).sum(axis=0)[system.window(row)]
            can = yearly.sum() if row["total"] else yearly.min(initial=np.inf)
        elif row["measure"] in ("clusters", "parks"):
            kind = "cluster" if row["measure"] == "clusters" else "park"
            can = sum(zones.get(zone) == kind for zone in {entry["zone"] for entry in system.rows("zone_stages")})
        else:
            continue
        if can < row["value"] * (1 - 1e-9):
            params = {
                "limit": system.name("limits", "limit", row["limit"]),
                "value": row["value"],
                "most": float(round(can, 6)),
            }
            yield Fault(
                "plan.check.target", params, value=row["limit"], severity="warning" if row["priority"] else "error"
            )


def zone_too_late(system: System) -> Iterator[Fault]:
    """A project that must stand in a zone before the zone can be open."""
    years = system.settings.years
    first = {
        row["zone"]: (row["earliest"] or years[0]) + (row["lead"] or 0)
        for row in system.rows("zone_stages") if row["stage"] == 1
    }  # fmt: skip
    landed = {row["item"] for row in system.rows("limits") if row["measure"] == "land" and row["value"] > 0}
    for code, row in system.candidates.items():
        process = system.processes.get(code)
        if not process or not row["must"] or not process["land"] or process["site"] in landed:
            continue
        needed = (row["latest"] if row["latest"] is not None else years[-1]) + (row["lead"] or 0)
        if process["site"] in first and needed < first[process["site"]]:
            params = {"project": system.project(row["project"]), "site": system.site(process["site"])}
            yield Fault("plan.check.zone-late", params | {"needed": needed, "open": first[process["site"]]})


def licence_below_load(system: System) -> Iterator[Fault]:
    """A licence below what the mine's minimum load takes."""
    for row in system.rows("deposits"):
        process = system.processes[row["process"]]
        if row["licence_per_year"] is None or not process["min_load"]:
            continue
        taken = [
            flow["quantity"] for other in system.rows("deposits")
            if other["process"] == row["process"] and other["deposit"] == row["deposit"]
            for flow in system.modes.get((row["process"], other["block"]),
            []) if flow["commodity"] == other["commodity"]
        ]  # fmt: skip
        activity = process["capacity"] * (process["activity_per_capacity"] or 1.0) * process["min_load"]
        if taken and activity * min(taken) > row["licence_per_year"] * (1 + 1e-9) and row["order"] == 1:
            params = {"process": system.process(row["process"]), "deposit": row["deposit"]}
            params |= {"load": activity * min(taken), "licence": row["licence_per_year"]}
            yield Fault("plan.check.licence", params, value=row["block"])


def water_below_load(system: System) -> Iterator[Fault]:
    """Water of the chosen hydrology below what a plant's minimum load uses, over the year or in a slice."""
    index = Indexed(system)
    hydro = hydro_of(index)
    if not hydro:
        return
    for plant, code in enumerate(hydro.names):
        process = system.processes[code]
        activity = process["capacity"] * (process["activity_per_capacity"] or 1.0) * (process["min_load"] or 0.0)
        need = activity * hydro.use[plant] * system.length
        have = hydro.inflow[plant, :, 0]
        if need.sum() > have.sum() * (1 + 1e-9) or (need > have + hydro.storage[plant] + 1e-9).any():
            worst = system.slices[int(np.argmax(need - have))]["slice"]
            params = {"process": system.process(code), "slice": worst, "hydrology": system.settings.hydrology}
            yield Fault("plan.check.water", params | {"need": float(need.sum()), "have": float(have.sum())}, value=code)


def budget_below_must(system: System) -> Iterator[Fault]:
    """A project that must be built for more than its owner or the province may spend in any year open to it."""
    for row in system.rows("limits"):
        if row["measure"] != "budget" or row["comparison"] != "at-most" or row["priority"]:
            continue
        limited = system.window(row)
        for candidate in system.candidates.values():
            concerned = row["scope"] == "province" or (row["scope"] == "owner" and candidate["owner"] == row["item"])
            years = system.window(candidate, "earliest", "latest")
            only = years.any() and not (years & ~limited).any() and not row["total"]
            if candidate["must"] and concerned and only and candidate["capital"] > row["value"]:
                params = {"project": system.project(candidate["project"]), "capital": candidate["capital"]}
                params |= {"limit": system.name("limits", "limit", row["limit"]), "budget": row["value"]}
                yield Fault("plan.check.budget", params, value=row["limit"])
