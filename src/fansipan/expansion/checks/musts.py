"""Contradictions of what must be built: exclusions, dates, zones that open too late, money (method rule E28)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fansipan.errors import Fault
from fansipan.expansion.answers.wording import amount
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.limits import chosen
from fansipan.expansion.system.definition import Row, System, codes
from fansipan.linear.keys import Floats


def obliged(system: System) -> set[str]:
    """The projects that must be built: those said to be, and whatever these require, and so on."""
    needs: dict[str, list[str]] = {}
    for row in system.candidates.values():
        needs.setdefault(row["project"], []).extend(codes(row["requires"]))
    waiting = [row["project"] for row in system.candidates.values() if row["must"]]
    found: set[str] = set()
    while waiting:
        project = waiting.pop()
        if project not in found:
            found.add(project)
            waiting += needs.get(project, [])
    return found


def places(system: System, project: str) -> list[Row]:
    """The rows of `candidates` by which `project` may be built, one a site."""
    return [row for row in system.candidates.values() if row["project"] == project]


def least_capacity(system: System) -> Floats:
    """The capacity that each process has at least in each year, (P, Y): what exists, and one lump of what must be built

    at that place, from the last year in which it may be decided.
    """
    index, years = Indexed(system), np.asarray(system.settings.years)
    starts, retires = index.column("starts", years[0] - 1), index.column("retires", years[-1] + 1)
    least = index.column("capacity")[:, None] * ((years >= starts[:, None]) & (years < retires[:, None]))
    for project in obliged(system):
        rows = places(system, project)
        if len(rows) == 1 and rows[0]["process"] in index.processes:
            last = years[-1] if rows[0]["latest"] is None else rows[0]["latest"]
            in_use = last + (rows[0]["lead"] or 0)
            least[index.processes[rows[0]["process"]]] += (rows[0]["lump"] or 0.0) * (years >= in_use)
    return least


def exclusive_musts(system: System) -> Iterator[Fault]:
    """Two projects that must both be built although one excludes the other."""
    must = obliged(system)
    told = set()
    for row in system.candidates.values():
        for other in codes(row["excludes"]):
            pair = tuple(sorted((row["project"], other)))
            if row["project"] in must and other in must and pair not in told:
                told.add(pair)
                yield Fault("plan.check.exclusive", {"one": system.project(pair[0]), "other": system.project(pair[1])})


def no_window(system: System) -> Iterator[Fault]:
    """A project that must be built but can be in no year of the plan, or with no lump, at any of its places."""
    for project in sorted(obliged(system)):
        rows = places(system, project)
        able = [row for row in rows if system.window(row, "earliest", "latest").any() and row["max_lumps"] >= 1]
        if rows and not able:
            yield Fault("plan.check.no-window", {"project": system.project(project)}, value=rows[0]["candidate"])


def opening(system: System, zone: str, hectares: float) -> int | None:
    """The first year in which `zone` can have so much land open; None where it has no stages or never has so much."""
    first, open_from, total = system.settings.years[0], 0, 0.0
    stages = sorted((row for row in system.rows("zone_stages") if row["zone"] == zone), key=lambda row: row["stage"])
    for row in stages:
        decided = first if row["earliest"] is None else max(row["earliest"], first)
        open_from = max(open_from, decided + (row["lead"] or 0) + system.delays.get(zone, 0))
        total += row["hectares"] or 0.0
        if total >= hectares - 1e-9:
            return open_from
    return None


def zone_too_late(system: System) -> Iterator[Fault]:
    """A project that must stand in a zone before the zone can have the land that it needs."""
    last = system.settings.years[-1]
    landed = {row["item"] for row in system.rows("limits") if row["measure"] == "land" and row["value"] > 0}
    for project in sorted(obliged(system)):
        late = []
        for row in places(system, project):
            process = system.processes.get(row["process"]) or {}
            site = process.get("site")
            need = (process.get("land") or 0.0) * (row["lump"] or 0.0)
            opens = None if site in landed or not (need or row["zone"] == site) else opening(system, str(site), need)
            needed = (last if row["latest"] is None else row["latest"]) + (row["lead"] or 0)
            late.append((site, needed, opens) if opens is not None and needed < opens else None)
        if late and all(late):
            site, needed, opens = next(one for one in late if one)
            params = {"project": system.project(project), "site": system.site(site), "needed": needed, "open": opens}
            yield Fault("plan.check.zone-late", params)


def budget_below_must(system: System) -> Iterator[Fault]:
    """What must be built costs more than its owner or the province may spend in the years open to it."""
    index = Indexed(system)
    for row in system.rows("limits"):
        if row["measure"] == "budget" and row["comparison"] == "at-most" and not row["priority"]:
            yield from _over(system, index, row)


def _over(system: System, index: Indexed, row: Row) -> Iterator[Fault]:
    """The musts that one budget holds: each alone in its best year, and all together in all their years."""
    some, limited = chosen(index, row), system.window(row)
    together, span = 0.0, np.zeros(len(limited), bool)
    for project in sorted(obliged(system)):
        rows = [one for one in places(system, project) if one["process"] in index.processes]
        windows = [system.window(one, "earliest", "latest") for one in rows]
        held = [
            bool(some[index.processes[one["process"]]]) and bool(window.any()) and not (window & ~limited).any()
            for one, window in zip(rows, windows, strict=True)
        ]
        if not rows or not all(held):
            continue
        least = min(one["capital"] for one in rows)
        together, span = together + least, span | np.logical_or.reduce(windows)
        if least > row["value"] * (1 + 1e-9):
            yield _budget_fault(system, row, system.project(project), least, row["value"])
            return
    room = row["value"] * (1 if row["total"] else int(span.sum()))
    if together > room * (1 + 1e-9):
        yield Fault(
            "plan.check.budget-together",
            {
                "limit": system.name("limits", "limit", row["limit"]),
                "capital": amount(together),
                "budget": amount(room),
            },
            value=row["limit"],
        )


def _budget_fault(system: System, row: Row, project: object, capital: float, budget: float) -> Fault:
    params = {"project": project, "capital": amount(capital), "budget": amount(budget)}
    return Fault(
        "plan.check.budget", params | {"limit": system.name("limits", "limit", row["limit"])}, value=row["limit"]
    )
