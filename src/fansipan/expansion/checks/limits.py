"""Contradictions with limits: targets above everything that could be built (method rule E28)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fansipan.errors import Fault
from fansipan.expansion.answers.wording import amount
from fansipan.expansion.checks.musts import opening
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.limits import PER_CAPACITY, chosen, limit_rows, unit_values
from fansipan.expansion.system.definition import Row, System
from fansipan.linear.keys import Floats


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
    for row in limit_rows(index):
        can = _can(index, most, row) if row["comparison"] == "at-least" else None
        if can is not None and can < row["value"] * (1 - 1e-9):
            params = {"limit": system.name("limits", "limit", row["limit"]), "value": amount(row["value"])}
            params |= {"most": amount(round(can, 6)), "years": _years(system, row)}
            severity = "warning" if row["priority"] else "error"
            yield Fault("plan.check.target", params, value=row["limit"], severity=severity)


def _years(system: System, row: Row) -> str:
    """The years of a limit: one, or from the first to the last."""
    years = np.asarray(system.settings.years)[system.window(row)]
    return "–" if not len(years) else f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _can(index: Indexed, most: Floats, row: Row) -> float | None:
    """The most of a limit's measure that there could be, in its worst year or over all of them; None where unknown."""
    system, measure = index.system, row["measure"]
    if measure in ("output_share", "value_share"):
        made, _ = unit_values(index, measure)
        inside = (made > 0) & chosen(index, row)[index.owner]
        years = np.any(most[index.owner][inside] > 0, axis=0)[system.window(row)]
        return float(years.any() if row["total"] else years.all())
    if measure in ("clusters", "parks"):
        return float(_openable(system, row, "cluster" if measure == "clusters" else "park"))
    if measure in ("production", "output", "value_added"):
        made, _ = unit_values(index, measure, row["commodity"])
        best = np.zeros(len(index.processes))
        np.maximum.at(best, index.owner, made)
        best *= index.column("activity_per_capacity", 1.0)
    elif measure in PER_CAPACITY:
        best = index.column(PER_CAPACITY[measure])
    else:
        return None
    yearly = ((best * chosen(index, row))[:, None] * most).sum(axis=0)[system.window(row)]
    return float(yearly.sum() if row["total"] else yearly.min(initial=np.inf))


def _openable(system: System, row: Row, kind: str) -> int:
    """How many zones of a kind could have their first stage open by the limit's first year, in its area or site."""
    kinds, areas = system.column("zones", "zone", "kind"), system.column("zones", "zone", "area")
    years = np.asarray(system.settings.years)[system.window(row)]
    found = 0
    for zone in dict.fromkeys(entry["zone"] for entry in system.rows("zone_stages")):
        inside = row["scope"] == "province" or row["item"] in (zone, areas.get(zone))
        opens = opening(system, zone, 0.0)
        due = (years[-1] if row["total"] else years[0]) if len(years) else -1
        found += kinds.get(zone) == kind and inside and opens is not None and opens <= due
    return found
