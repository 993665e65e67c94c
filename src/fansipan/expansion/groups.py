"""The named groups of rows that a person knows: a limit, a licence, a market, a must-build (method rules E29, E30)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.expansion.keys import Codes, Floats
from fansipan.expansion.model import Model
from fansipan.expansion.network import Network

# Blocks of rows that people decide on, by the dimension that names a group; what is physics is in none of them.
RELIEVABLE = {
    "deposit_licence": "deposit", "market_most": "market", "market_least": "market", "grid_limit": "limit_grid",
    "link_most": "link", "stock_most": "node",
    "land": "limit", "power": "limit", "water": "limit", "waste_water": "limit", "labour": "limit", "budget": "limit",
    "emission": "limit", "production": "limit", "output": "limit", "value_added": "limit", "structure": "limit",
    "count": "limit", "emission_year": "emission", "emission_period": "emission", "capacity_most": "process",
    "build_most": "process", "activity_most": "process", "activity_period_most": "process",
}  # fmt: skip
DECIDED = RELIEVABLE | {
    "project_must": "project", "project_requires": "requirement", "project_excludes": "exclusion",
    "project_most": "project", "minimum_load": "process", "capacity_least": "process", "build_least": "process",
    "activity_least": "process", "activity_period_least": "process", "reserve_margin": "group",
    "production_share": "group",
    "deposit_depletion": "block", "stage_order": "stage", "water_balance": "hydro",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Rows that stand or fall together: the constraint they belong to, the name, row numbers and year codes."""

    kind: str
    name: str
    rows: Codes
    years: Codes

    def relaxed(self, lower: Floats, upper: Floats, amount: Floats | float) -> tuple[Floats, Floats]:
        """The bounds of the group's rows with `amount` more room on the side that binds."""
        low, high = lower[self.rows], upper[self.rows]
        one_sided = np.isinf(low) | np.isinf(high)
        return np.where(one_sided, low - amount, low), np.where(one_sided, high + amount, high)


def groups_of(model: Model, kinds: dict[str, str]) -> list[Group]:
    """Every group of the blocks in `kinds` that `model` has, in the order of its rows."""
    found = []
    for kind, dim in kinds.items():
        block = model.rows.get(kind)
        if block is None or not block.size:
            continue
        keys = block.keys
        name = keys.codes[keys.dims.index(dim)]
        year = keys.codes[keys.dims.index("year")] if "year" in keys.dims else np.full(len(keys), -1)
        for code in np.unique(name):
            entries = np.flatnonzero(name == code)
            rows = block.number(entries).reshape(len(entries), -1)
            found.append(Group(kind, model.labels[dim][code], rows.ravel(), np.repeat(year[entries], rows.shape[1])))
    return found


def amounts(network: Network, model: Model, group: Group, lower: Floats, upper: Floats) -> Floats:
    """What a step of one unit means for each row of a group: a unit for the year, shared over slices by length."""
    block = model.rows[group.kind]
    if not block.across:
        return np.ones(len(group.rows))
    place = (group.rows - block.first) % block.width
    return network.horizon.length[place, np.maximum(group.years, 0)]
