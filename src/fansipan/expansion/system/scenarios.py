"""Scenarios of a system: prices, markets, water, delays, limits, capital changed by name (method rule E32)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from fansipan.errors import Fault, NotFound, Refused, refuse
from fansipan.expansion.system.definition import Row, System
from fansipan.texts import Words

EVERY = "*"


def scenario_names(system: System) -> dict[str, float]:
    """The scenarios of a system with their probabilities (equal where none is stated)."""
    stated: dict[str, float] = {}
    for row in system.rows("plan_scenarios"):
        stated[row["scenario"]] = row["probability"] or stated.get(row["scenario"], 0.0)
    return stated if any(stated.values()) else dict.fromkeys(stated, 1.0)


def chosen_scenarios(system: System, names: Sequence[str] | None) -> dict[str, float]:
    """The probabilities of the scenarios in `names` (all where none is named), as stated.

    Raises NotFound for an unknown name, Refused where the system has no scenario or the chosen have no probability.
    """
    known = scenario_names(system)
    for name in names or ():
        if name not in known:
            raise NotFound("name.unknown", kind=Words("kịch bản", "scenario"), name=name, near=", ".join(known) or "-")
    chosen = {name: known[name] for name in names or known}
    if not chosen or not sum(chosen.values()) > 0:
        raise Refused("plan.uncertainty.no-scenario")
    return chosen


def in_scenario(system: System, name: str | None) -> System:
    """The system as the scenario changes it; without a name as it stands.

    Raises NotFound for an unknown scenario, InvalidInput for a value that cannot be read.
    """
    if name is None:
        return system
    known = scenario_names(system)
    if name not in known:
        raise NotFound("name.unknown", kind=Words("kịch bản", "scenario"), name=name, near=", ".join(known) or "-")
    faults = []
    for row in system.rows("plan_scenarios"):
        if row["scenario"] == name:
            try:
                system = CHANGES[row["change"]](system, row)
            except ValueError:
                faults.append(Fault("cell.not-number", {"column": "value"}, value=row["value"]))
    refuse(faults)
    return system


def _scaled(table: str, columns: tuple[str, ...], key: str) -> Callable[[System, Row], System]:
    def change(system: System, row: Row) -> System:
        factor, frame = float(row["value"]), system.frames[table]
        where = pl.lit(row["item"] == EVERY) | (pl.col(key) == row["item"])
        scaled = [pl.when(where).then(pl.col(c) * factor).otherwise(pl.col(c)).alias(c) for c in columns]
        return replace(system, frames={**system.frames, table: frame.with_columns(scaled)})

    return change


def _hydrology(system: System, row: Row) -> System:
    return replace(system, settings=replace(system.settings, hydrology=row["value"]))


def _delay(system: System, row: Row) -> System:
    return replace(system, delays={**system.delays, row["item"]: int(float(row["value"]))})


def _capital(system: System, row: Row) -> System:
    changed = _scaled("candidates", ("capital",), "candidate")(system, row)
    return _scaled("projects", ("capital",), "project")(changed, row)


CHANGES: dict[str, Callable[[System, Row], System]] = {
    "price": _scaled("markets", ("price",), "commodity"),
    "market": _scaled("markets", ("minimum", "maximum"), "commodity"),
    "limit": _scaled("limits", ("value",), "limit"),
    "capital": _capital,
    "hydrology": _hydrology,
    "delay": _delay,
}
