"""Parts of a province's system beyond processes and commodities: markets, stocks, deposits, water, projects, zones,
limits.

Axes as in `network`; ``B`` blocks of deposits, ``D`` deposits, ``H`` hydropower plants, ``J`` projects, ``Z`` stages of
zones, ``M`` limits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fansipan.linear.keys import Codes, Flags, Floats


@dataclass(frozen=True)
class Markets:
    """A step of a market, a row a year: amounts bought come to the node (`sign` 1), sold or disposed of leave it (-1).

    `least` and `most` bound the amount of the year, nan where none; `cost` is the present value of a unit in the
    objective.
    """

    names: tuple[str, ...]
    market: Codes
    year: Codes
    node: Codes
    sign: Floats
    least: Floats
    most: Floats
    cost: Floats


@dataclass(frozen=True)
class Stocks:
    """Nodes where the commodity may be kept from slice to slice: `node` (K), and the most that can be kept (K)."""

    node: Codes
    most: Floats


@dataclass(frozen=True)
class Deposits:
    """Ordered blocks of ore: what each holds, the block that must be exhausted before (-1 for the first), the licences.

    `take` lists (block, activity, ore a unit of activity takes); `licence` (D, Y) nan where none; `deposit` (B).
    """

    names: tuple[str, ...]
    deposits: tuple[str, ...]
    tonnes: Floats
    before: Codes
    deposit: Codes
    take: tuple[Codes, Codes, Floats]
    licence: Floats


@dataclass(frozen=True)
class Hydro:
    """Hydropower: `process` (H), water a unit of activity uses (H), `inflow` (H, L, Y), what the reservoir
    holds (H).
    """

    names: tuple[str, ...]
    process: Codes
    use: Floats
    inflow: Floats
    storage: Floats


@dataclass(frozen=True)
class Projects:
    """What could be built: `of` (P) the project of each process or -1, `most` (J) lumps over all its alternatives.

    `due` (J): the last year code in which a project that must be built can be decided, -1 for one that need not;
    `requires` and `excludes` are pairs of projects.
    """

    names: tuple[str, ...]
    of: Codes
    most: Floats
    due: Codes
    requires: tuple[Codes, Codes]
    excludes: tuple[Codes, Codes]


@dataclass(frozen=True)
class Stages:
    """Zones open by stages: the stage before (-1), years from decision to use, when it may be decided (Z, Y).

    `cost` (Z, Y) is the present value of opening.
    """

    names: tuple[str, ...]
    before: Codes
    lead: Codes
    allowed: Flags
    cost: Floats

    def usable(self, years: tuple[int, ...]) -> Flags:
        """Whether a stage decided in year ``v`` is usable in year ``y``, of shape (Z, Y, Y)."""
        calendar = np.asarray(years)
        return calendar[None, None, :] - calendar[None, :, None] >= self.lead[:, None, None]


# What a limit may add up, and the codes that name an entry of it.
KINDS = {
    "rate": ("activity", "year"),
    "capacity": ("process", "year"),
    "new": ("process", "year"),
    "units": ("process", "year"),
    "trade": ("market", "year"),
    "flow": ("link", "year"),
    "stage": ("stage", "year"),
}


@dataclass(frozen=True)
class Limits:
    """Sums under a limit, a row a limit and year: `family` says which constraint it belongs to.

    `lower` and `upper` (M) infinite where none; `priority` (M) 0 for a hard limit, else 1 the most urgent; `scale` (M)
    what a shortfall is measured in; `terms` lists for each kind of variable (row, codes ..., coefficient); amounts over
    slices are added up.
    """

    names: tuple[str, ...]
    limit: Codes
    year: Codes
    family: tuple[str, ...]
    lower: Floats
    upper: Floats
    priority: Codes
    scale: Floats
    terms: dict[str, tuple[Codes, Codes, Codes, Floats]]


@dataclass(frozen=True)
class Grid:
    """The most that may flow over grid connections in a slice: rows (limit, market, year, sign) and `most` (K, L).

    `works` lists (limit, process, year, amount): what a unit of capacity of a process adds in each slice, (L).
    """

    names: tuple[str, ...]
    limit: Codes
    market: Codes
    year: Codes
    sign: Floats
    most: Floats
    works: tuple[Codes, Codes, Codes, Floats] = field(
        default_factory=lambda: (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 0)))
    )
