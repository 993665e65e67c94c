"""The named groups of rows that a person knows: a limit, a licence, a market, a must-build (method rules E29, E30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Codes, Floats
from fansipan.linear.model import Model

# Blocks of rows that people decide on, by the dimension that names a group; what is physics is in none of them.
RELIEVABLE = {
    "deposit_licence": "deposit",
    "market_most": "market",
    "market_least": "market",
    "grid_limit": "limit_grid",
    "link_most": "link",
    "stock_most": "node",
    "land": "limit",
    "power": "limit",
    "water": "limit",
    "waste_water": "limit",
    "labour": "limit",
    "budget": "limit",
    "emission": "limit",
    "production": "limit",
    "output": "limit",
    "value_added": "limit",
    "structure": "limit",
    "count": "limit",
    "combination": "limit",
    "emission_year": "emission",
    "emission_period": "emission",
    "capacity_most": "process",
    "build_most": "process",
    "activity_most": "process",
    "activity_period_most": "process",
}
DECIDED = RELIEVABLE | {
    "project_must": "project",
    "project_requires": "requirement",
    "project_excludes": "exclusion",
    "project_most": "project",
    "minimum_load": "process",
    "capacity_least": "process",
    "build_least": "process",
    "activity_least": "process",
    "activity_period_least": "process",
    "reserve_margin": "group",
    "production_share": "group",
    "deposit_depletion": "block",
    "stage_order": "stage",
    "water_balance": "hydro",
    "commodity_balance": "node",
    "annual_balance": "node",
}
# Rows of which only the demand is for people to decide: what flows in must still cover what flows out.
DEMANDS = ("commodity_balance", "annual_balance")


@dataclass(frozen=True, eq=False)
class Group:
    """Rows that stand or fall together: the constraint they belong to, the name, row numbers and year codes.

    Two groups are the same only if they are one object: kind and name may repeat (two limits of one name), and arrays
    do not compare to one truth.
    """

    kind: str
    name: str
    rows: Codes
    years: Codes

    def dropped(self, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """The bounds of the group's rows when it does not count: none, or no demand."""
        if self.kind in DEMANDS:
            return np.minimum(lower[self.rows], 0.0), upper[self.rows]
        return np.full(len(self.rows), -np.inf), np.full(len(self.rows), np.inf)

    def relaxed(self, lower: Floats, upper: Floats, amount: Floats | float) -> tuple[Floats, Floats]:
        """The bounds of the group's rows with `amount` more room on the side that binds."""
        low, high = lower[self.rows], upper[self.rows]
        one_sided = np.isinf(low) | np.isinf(high)
        return np.where(one_sided, low - amount, low), np.where(one_sided, high + amount, high)


def groups_of(model: Model, kinds: Mapping[str, str]) -> list[Group]:
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


def demands_of(groups: list[Group], lower: Floats) -> list[Group]:
    """The groups, those of balances cut down to the rows in which something is demanded."""
    found = []
    for group in groups:
        some = lower[group.rows] > 0 if group.kind in DEMANDS else np.ones(len(group.rows), bool)
        if some.any():
            found.append(Group(group.kind, group.name, group.rows[some], group.years[some]))
    return found


def physical_groups(model: Model) -> list[Group]:
    """What nobody decides: the balance of each commodity, the level of each store, each block of rows a group."""
    dims = {
        name: next(dim for dim in ("node", "store") if dim in block.keys.dims)
        for name, block in model.rows.items()
        if {"node", "store"} & set(block.keys.dims) and name != "stock_most"
    }
    return [
        Group("store" if dims[group.kind] == "store" else "balance", group.name, group.rows, group.years)
        for group in groups_of(model, dims)
    ]


def amounts(network: Network, model: Model, group: Group, lower: Floats, upper: Floats) -> Floats:
    """What a step of one unit means for each row of a group: a unit for the year, shared over slices by length."""
    block = model.rows[group.kind]
    if not block.across:
        return np.ones(len(group.rows))
    place = (group.rows - block.first) % block.width
    return network.horizon.length[place, np.maximum(group.years, 0)]
