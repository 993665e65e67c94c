"""Deposits, water, projects and zones of a system as arrays (method rule E25)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.parts import Deposits, Hydro, Projects, Stages
from fansipan.expansion.system.accounting import capital_present
from fansipan.expansion.system.definition import Row, codes


def deposits_of(index: Indexed) -> Deposits | None:
    """Blocks in order within their deposit, what each mode of the mine takes from its block, and licences."""
    rows = sorted(index.system.rows("deposits"), key=lambda row: (row["deposit"], row["order"]))
    if not rows:
        return None
    names = list(dict.fromkeys(row["deposit"] for row in rows))
    before = [k - 1 if k and rows[k - 1]["deposit"] == row["deposit"] else -1 for k, row in enumerate(rows)]
    licence = np.full((len(names), len(index.years)), np.nan)
    take: list[tuple[int, int, float]] = []
    for block, row in enumerate(rows):
        if row["licence_per_year"] is not None:
            window = index.system.window(row)
            place = names.index(row["deposit"])
            licence[place, window] = np.fmax(licence[place, window], row["licence_per_year"])
        mode = (row["process"], row["block"])
        if mode in index.modes:
            made = sum(flow["quantity"] for flow in index.flows(mode) if flow["commodity"] == row["commodity"])
            take.append((block, index.modes[mode], made))
    table = np.array(take, np.float64).reshape(-1, 3)
    return Deposits(
        tuple(f"{row['deposit']}|{row['block']}" for row in rows),
        tuple(names),
        np.array([row["tonnes"] for row in rows]),
        np.array(before, np.int64),
        np.array([names.index(row["deposit"]) for row in rows], np.int64),
        (table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]),
        licence,
    )


def hydro_of(index: Indexed) -> Hydro | None:
    """Water by slice in the hydrology of the settings; million m3 for a unit of energy."""
    chosen = [row for row in index.system.rows("hydro_inflow") if row["hydrology"] == index.system.settings.hydrology]
    plants = list(dict.fromkeys(row["process"] for row in chosen if row["process"] in index.processes))
    if not plants:
        return None
    inflow = np.zeros((len(plants), len(index.system.slices), len(index.years)))
    use, storage = np.zeros(len(plants)), np.zeros(len(plants))
    for row in (row for row in chosen if row["process"] in plants):
        plant = plants.index(row["process"])
        energy = index.energy_unit(index.system.processes[row["process"]]["reference_commodity"])
        use[plant], storage[plant] = row["m3_per_kwh"] * energy / 1e6, row["storage"]
        for place, piece in enumerate(index.system.slices):
            months = index.system.months(piece)
            sharing = sum(row["month"] in index.system.months(other) for other in index.system.slices)
            if row["month"] in months:
                inflow[plant, place] += row["inflow"] / sharing
    return Hydro(tuple(plants), np.array([index.processes[plant] for plant in plants]), use, inflow, storage)


def projects_of(index: Indexed) -> Projects | None:
    """Projects over their alternatives: how many lumps, by when, with and without which others."""
    rows = {code: row for code, row in index.system.candidates.items() if code in index.processes}
    if not rows:
        return None
    names = list(dict.fromkeys(row["project"] for row in rows.values()))
    of = np.full(len(index.processes), -1, np.int64)
    most, due = np.zeros(len(names)), np.full(len(names), -1, np.int64)
    for code, row in rows.items():
        project = names.index(row["project"])
        of[index.processes[code]] = project
        most[project] = max(most[project], row["max_lumps"])
        if row["must"]:
            due[project] = max(
                due[project], int(np.flatnonzero(index.system.window(row, "earliest", "latest")).max(initial=-1))
            )
            if due[project] < 0:
                due[project] = 0
    return Projects(tuple(names), of, most, due, _pairs(rows, names, "requires"), _pairs(rows, names, "excludes"))


def _pairs(rows: dict[str, Row], names: list[str], column: str) -> tuple[np.ndarray, np.ndarray]:
    found = {
        (names.index(row["project"]), names.index(other))
        for row in rows.values()
        for other in codes(row[column])
        if other in names and other != row["project"]
    }
    if column == "excludes":
        found = {(min(pair), max(pair)) for pair in found}
    table = np.array(sorted(found), np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def stage_rows(index: Indexed) -> list[Row]:
    """Stages of zones, in order within each zone."""
    return sorted(index.system.rows("zone_stages"), key=lambda row: (row["zone"], row["stage"]))


def stages_of(index: Indexed) -> Stages | None:
    """Stages of zones with the present value of opening them."""
    rows = stage_rows(index)
    if not rows:
        return None
    settings = index.system.settings
    years = np.asarray(settings.years)
    before = [k - 1 if k and rows[k - 1]["zone"] == row["zone"] else -1 for k, row in enumerate(rows)]
    lead = np.array([(row["lead"] or 0) + index.system.delays.get(row["zone"], 0) for row in rows], np.int64)
    earliest = np.array([row["earliest"] or years[0] for row in rows])
    count = len(rows)
    present = capital_present(
        np.full(count, settings.discount_rate),
        np.full(count, settings.zone_life),
        np.full(count, settings.depreciation),
        settings.years,
        lead,
    )
    sign = -1.0 if settings.objective == "value" else 1.0
    cost = np.array([row["cost"] for row in rows])[:, None] * present * sign
    return Stages(
        tuple(f"{row['zone']}|{row['stage']}" for row in rows),
        np.array(before, np.int64),
        lead,
        years >= earliest[:, None],
        cost,
    )
