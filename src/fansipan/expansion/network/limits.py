"""Limits and targets of a system as sums over variables (method rule E24)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.parts import Limits
from fansipan.expansion.network.resources import stage_rows
from fansipan.expansion.system.definition import Row
from fansipan.linear.keys import Flags, Floats

SHARES = ("output_share", "value_share")
FAMILY = {"output_share": "structure", "value_share": "structure", "clusters": "count", "parks": "count"}
PER_CAPACITY = {"land": "land", "power": "power", "water": "water", "waste_water": "waste_water", "labour": "jobs"}
ZONE_KIND = {"clusters": ("cluster",), "parks": ("park",)}
Entries = dict[str, list[tuple[int, int, int, float]]]


def limits_of(index: Indexed) -> Limits | None:
    """Every limit but those of the grid, a row a year; zones with stages have a limit of land even if none is
    stated.
    """
    stated = [row for row in limit_rows(index) if row["measure"] != "grid"]
    if not stated:
        return None
    rows: list[tuple[int, int]] = []
    terms: Entries = {}
    for number, row in enumerate(stated):
        years = np.flatnonzero(index.system.window(row))
        spans = [(years[-1], years)] if row["total"] and len(years) else [(year, [year]) for year in years]
        for label, span in spans:
            for year in span:
                _add(index, row, len(rows), int(year), terms)
            rows.append((number, int(label)))
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    limit, label_year = pairs[:, 0], pairs[:, 1]
    share = [row["measure"] in SHARES for row in stated]
    value = np.array([0.0 if s else row["value"] for s, row in zip(share, stated, strict=True)])[limit]
    least = np.array([row["comparison"] == "at-least" for row in stated])[limit]
    return Limits(
        tuple(row["limit"] for row in stated),
        limit,
        label_year,
        tuple(FAMILY.get(stated[k]["measure"], stated[k]["measure"]) for k in limit),
        np.where(least, value, -np.inf),
        np.where(least, np.inf, value),
        np.array([row["priority"] or 0 for row in stated], np.int64)[limit],
        np.array([_scale(index, row) for row in stated])[limit],
        {kind: _columns(entries) for kind, entries in terms.items()},
    )


def _scale(index: Indexed, row: Row) -> float:
    """What a shortfall is measured in: the value asked for; of a share, that share of what now stands at full load."""
    if row["measure"] not in SHARES:
        return max(abs(row["value"]), 1.0)
    made, _ = unit_values(index, row["measure"])
    best = np.zeros(len(index.processes))
    np.maximum.at(best, index.owner, made)
    total = float(best @ (index.column("capacity") * index.column("activity_per_capacity", 1.0)))
    return max(abs(row["value"]), 0.01) * total if total > 0 else 1.0


def limit_rows(index: Indexed) -> list[Row]:
    """The limits as stated, and one of no land for each zone that opens by stages without a limit of its own."""
    rows = list(index.system.rows("limits"))
    stated = {row["item"] for row in rows if row["measure"] == "land" and row["scope"] == "site"}
    zones = dict.fromkeys(row["zone"] for row in stage_rows(index))
    empty = dict.fromkeys(index.system.frames["limits"].columns)
    own = {"scope": "site", "measure": "land", "comparison": "at-most", "value": 0.0}
    return rows + [
        empty | own | {"limit": f"land|{zone}", "name": zone, "item": zone} for zone in zones if zone not in stated
    ]


def _columns(entries: list[tuple[int, int, int, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, Floats]:
    table = np.array(entries, np.float64).reshape(-1, 4)
    return table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2].astype(int), table[:, 3]


def chosen(index: Indexed, row: Row) -> Flags:
    """Which processes the scope of a limit covers, (P)."""
    scope, item = row["scope"], row["item"]
    if scope == "province":
        return np.ones(len(index.processes), bool)
    if scope == "process":
        return np.array([code == item for code in index.processes], bool)
    if scope == "owner":
        owner = {code: c["owner"] for code, c in index.system.candidates.items()}
        return np.array([owner.get(code) == item for code in index.processes], bool)
    if scope == "area":
        area = index.system.column("zones", "zone", "area")
        return np.array([area.get(site, site) == item for site in index.attributes("site")], bool)
    return index.attributes(scope) == item


def _add(index: Indexed, row: Row, number: int, year: int, terms: Entries) -> None:
    """The entries of one limit in one year; works that raise a ceiling stand on its left with a minus."""
    measure, some = row["measure"], chosen(index, row)
    if row["comparison"] == "at-most":
        terms.setdefault("capacity", []).extend(
            (number, process, year, -amount) for process, amount in index.raised(row["limit"])
        )
    if measure in PER_CAPACITY:
        need = np.where(some, index.column(PER_CAPACITY[measure]), 0.0)
        _put(terms, "capacity", number, np.flatnonzero(need), year, need)
        if measure == "land":
            _open_land(index, row, number, year, terms)
    elif measure == "budget":
        _budget(index, row, number, year, some, terms)
    elif measure in ("clusters", "parks"):
        _opened(index, row, number, year, terms)
    else:
        _activity(index, row, number, year, some, terms)


def _put(terms: Entries, kind: str, number: int, places: np.ndarray, year: int, value: Floats) -> None:
    terms.setdefault(kind, []).extend((number, int(place), year, float(value[place])) for place in places)


def _open_land(index: Indexed, row: Row, number: int, year: int, terms: Entries) -> None:
    for stage, entry in enumerate(stage_rows(index)):
        if row["scope"] == "site" and entry["zone"] == row["item"]:
            decided = year - (entry["lead"] or 0) - index.system.delays.get(entry["zone"], 0)
            terms.setdefault("stage", []).extend(
                (number, stage, when, -float(entry["hectares"])) for when in range(max(decided + 1, 0))
            )


def _budget(index: Indexed, row: Row, number: int, year: int, some: Flags, terms: Entries) -> None:
    capital = np.zeros(len(index.processes))
    for code, candidate in index.system.candidates.items():
        if code in index.processes:
            capital[index.processes[code]] = candidate["capital"]
    _put(terms, "units", number, np.flatnonzero(some & (capital > 0)), year, capital)
    for stage, entry in enumerate(stage_rows(index)):
        if row["scope"] == "province" or (row["scope"] == "owner" and entry["owner"] == row["item"]):
            terms.setdefault("stage", []).append((number, stage, year, float(entry["cost"])))


def _opened(index: Indexed, row: Row, number: int, year: int, terms: Entries) -> None:
    """Zones of a kind whose first stage stands by the year, in the limit's area or site."""
    kinds, areas = index.system.column("zones", "zone", "kind"), index.system.column("zones", "zone", "area")
    for stage, entry in enumerate(stage_rows(index)):
        zone = entry["zone"]
        inside = row["scope"] == "province" or row["item"] in (zone, areas.get(zone))
        if entry["stage"] == 1 and inside and kinds.get(zone) in ZONE_KIND[row["measure"]]:
            decided = year - (entry["lead"] or 0) - index.system.delays.get(zone, 0)
            terms.setdefault("stage", []).extend((number, stage, when, 1.0) for when in range(max(decided + 1, 0)))


def _activity(index: Indexed, row: Row, number: int, year: int, some: Flags, terms: Entries) -> None:
    """Sums over activity: what is emitted, made, put out or added, or a group's share of it."""
    measure = row["measure"]
    rates, held = unit_values(index, measure, row["commodity"])
    inside = some.astype(float)
    weight = inside - row["value"] if measure in SHARES else inside
    rates, held = rates * weight[index.owner], held * weight
    _put(terms, "rate", number, np.flatnonzero(rates), year, rates)
    _put(terms, "capacity", number, np.flatnonzero(held), year, held)


def unit_values(index: Indexed, measure: str, commodity: str | None = None) -> tuple[Floats, Floats]:
    """What a unit of each activity (A) and of each process's capacity held for a year (P) adds to a measure.

    ``production`` and ``emission``: units of `commodity` made; ``output``: at 2010 prices; ``value_added``: output less
    inputs at accounting prices less the intermediate part of costs. Units as stated there, billion dong for the money.
    """
    goods, held = index.system.commodities, np.zeros(len(index.processes))
    made = np.zeros(len(index.modes))
    for mode, activity in index.modes.items():
        for flow in index.flows(mode):
            quantity, good = flow["quantity"], goods[flow["commodity"]]
            if measure in ("production", "emission"):
                made[activity] += max(quantity, 0.0) * (flow["commodity"] == commodity)
            elif measure in ("output", "output_share"):
                made[activity] += max(quantity, 0.0) * (good["price_2010"] or 0.0)
            else:
                made[activity] += quantity * (good["accounting_price"] or 0.0)
    if measure in ("value_added", "value_share"):
        share = index.column("intermediate_share", 1.0)
        made -= (index.column("variable_cost") * share)[index.owner]
        held -= index.column("fixed_cost") * share
    return made, held
