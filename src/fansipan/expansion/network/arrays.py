"""The planning system as arrays: what the constraints read, whichever tables it came from.

Processes run activities (one a mode), activities take from and give to nodes (a commodity at a site), and limits stand
over them. Axes: ``P`` processes, ``A`` activities, ``N`` nodes, ``Y`` years, ``L`` slices, ``S`` stores, ``E``
emissions, ``G`` groups. A limit that is not there is ``nan``. Costs are present values per unit; building one unit of
capacity costs ``costs.build``, holding it for a year ``costs.hold``, one unit of activity ``costs.run``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fansipan.expansion.network.parts import Deposits, Grid, Hydro, Limits, Markets, Projects, Stages, Stocks
from fansipan.linear.keys import Codes, Flags, Floats


def _none() -> Codes:
    return np.empty(0, np.int64)


def _nothing() -> Floats:
    return np.empty(0)


@dataclass(frozen=True)
class Horizon:
    """Years, slices of the year, and `length` (L, Y): the share of the year that a slice takes."""

    years: tuple[int, ...]
    slices: tuple[str, ...]
    length: Floats


@dataclass(frozen=True)
class Processes:
    """What turns commodities into others.

    `unit` (P): activity a year of one unit of capacity; `life` (P) and `lead` (P) in years; `ramp` (P, 3): usable share
    in the first, second, third year; `existing` (P, Y): capacity that is there without building; `buildable` (P, Y);
    `lump` (P, Y): capacity of one whole unit, 0 for any amount; `available` (P, L, Y): share of capacity usable in a
    slice; `yearly` (P, Y): share usable over the year; `least` (P): minimum load as a share of usable capacity.
    """

    names: tuple[str, ...]
    unit: Floats
    life: Floats
    existing: Floats
    buildable: Flags
    lump: Floats
    available: Floats
    yearly: Floats
    lead: Codes = field(default_factory=_none)
    ramp: Floats = field(default_factory=_nothing)
    least: Floats = field(default_factory=_nothing)


@dataclass(frozen=True)
class Activities:
    """A mode of a process: `process` (A); rows exist only in the years of `active` (A, Y)."""

    names: tuple[str, ...]
    process: Codes
    active: Flags


@dataclass(frozen=True)
class Flows:
    """What one unit of an activity gives to a node (positive) or takes from it (negative), by year; four columns."""

    activity: Codes
    node: Codes
    year: Codes
    quantity: Floats


@dataclass(frozen=True)
class Nodes:
    """A commodity at a site; `equal` (N): nothing may be left over. `present` (N, Y): a balance is kept that year.

    `demand` (N, L, Y) within each slice, `yearly` (N, Y) over the year, in units of the commodity.
    """

    names: tuple[str, ...]
    equal: Flags
    present: Flags
    demand: Floats
    yearly: Floats


@dataclass(frozen=True)
class Links:
    """Amounts moved in a slice from one node to another: each unit takes `take` there and gives `give` here.

    One row a link and year; `lower` and `upper` bound the amount a slice (L), `cost` is the present value of a unit.
    `works` lists (row, process, amount): what a unit of capacity of a process adds to `upper` in each slice, (L).
    """

    names: tuple[str, ...] = ()
    link: Codes = field(default_factory=_none)
    year: Codes = field(default_factory=_none)
    source: Codes = field(default_factory=_none)
    target: Codes = field(default_factory=_none)
    take: Floats = field(default_factory=_nothing)
    give: Floats = field(default_factory=_nothing)
    lower: Floats = field(default_factory=lambda: np.empty((0, 0)))
    upper: Floats = field(default_factory=lambda: np.empty((0, 0)))
    cost: Floats = field(default_factory=_nothing)
    works: tuple[Codes, Codes, Floats] = field(default_factory=lambda: (_none(), _none(), np.empty((0, 0))))


@dataclass(frozen=True)
class Bounds:
    """Least and most of a quantity by process and year, (P, Y), and over the whole period, (P,); nan where none."""

    least: Floats
    most: Floats
    period_least: Floats = field(default_factory=_nothing)
    period_most: Floats = field(default_factory=_nothing)


@dataclass(frozen=True)
class Emissions:
    """What an activity emits for each unit, by year; caps a year (E, Y) and over the period (E), nan where none."""

    names: tuple[str, ...]
    activity: Codes
    emission: Codes
    year: Codes
    ratio: Floats
    most: Floats
    period_most: Floats


@dataclass(frozen=True)
class Reserve:
    """Capacity to be held over production: groups, the share of each process counted (P, Y), tagged nodes (N, Y)."""

    groups: tuple[str, ...]
    process_group: Codes
    process_share: Floats
    node_group: Codes
    node_share: Floats
    margin: Floats


@dataclass(frozen=True)
class Shares:
    """Production that must come from tagged processes: as `Reserve`, with the least `share` (G, Y)."""

    groups: tuple[str, ...]
    process_group: Codes
    process_share: Floats
    node_group: Codes
    node_share: Floats
    share: Floats


@dataclass(frozen=True)
class Costs:
    """Present values of one unit built (P, Y), held for a year (P, Y), run (A, Y); stores built (S, Y)."""

    build: Floats
    hold: Floats
    run: Floats
    store: Floats = field(default_factory=lambda: np.empty((0, 0)))


@dataclass(frozen=True)
class Stores:
    """Stores whose level runs on from slice to slice through seasons, day types and brackets of the day.

    `charge` and `discharge` list (store, activity, rate); `season`, `daytype`, `bracket` are the shares (L, x) by which
    a slice belongs to each; `day_share` (H, Y) is the length of a bracket of one day as a share of the year; `days`
    (seasons, day types, Y) how many such days a season has; `start` (S); `existing` (S, Y); `least` (S, Y) the share of
    the store that must stay filled; `charge_most`, `discharge_most` (S) rates; `life` (S).
    """

    names: tuple[str, ...]
    charge: tuple[Codes, Codes, Floats]
    discharge: tuple[Codes, Codes, Floats]
    seasons: tuple[str, ...]
    daytypes: tuple[str, ...]
    brackets: tuple[str, ...]
    season: Floats
    daytype: Floats
    bracket: Floats
    day_share: Floats
    days: Floats
    start: Floats
    existing: Floats
    least: Floats
    charge_most: Floats
    discharge_most: Floats
    life: Floats


@dataclass(frozen=True)
class Inputs:
    """What capacity takes of a node over the year: rows (node, process, year), for a unit `new` and a unit `held`."""

    node: Codes = field(default_factory=_none)
    process: Codes = field(default_factory=_none)
    year: Codes = field(default_factory=_none)
    new: Floats = field(default_factory=_nothing)
    held: Floats = field(default_factory=_nothing)


@dataclass(frozen=True)
class Network:
    """A whole planning system in arrays; what is None is not part of it."""

    horizon: Horizon
    processes: Processes
    activities: Activities
    flows: Flows
    nodes: Nodes
    costs: Costs
    links: Links = field(default_factory=Links)
    inputs: Inputs = field(default_factory=Inputs)
    capacity: Bounds | None = None
    build: Bounds | None = None
    activity: Bounds | None = None
    emissions: Emissions | None = None
    reserve: Reserve | None = None
    shares: Shares | None = None
    stores: Stores | None = None
    markets: Markets | None = None
    stocks: Stocks | None = None
    grid: Grid | None = None
    deposits: Deposits | None = None
    hydro: Hydro | None = None
    projects: Projects | None = None
    stages: Stages | None = None
    limits: Limits | None = None
    maximise: bool = False

    def labels(self) -> dict[str, tuple[str, ...]]:
        """The names of every dimension's codes, for rows and variables to be read by."""
        found = {
            "process": self.processes.names,
            "activity": self.activities.names,
            "node": self.nodes.names,
            "year": tuple(str(year) for year in self.horizon.years),
            "slice": self.horizon.slices,
            "link": self.links.names,
        }
        if self.emissions:
            found["emission"] = self.emissions.names
        for part in (self.reserve, self.shares):
            if part:
                found["group"] = part.groups
        if self.stores:
            store = self.stores
            found |= {"store": store.names, "season": store.seasons, "daytype": store.daytypes}
            found["bracket"] = store.brackets
        return found | self._more_labels()

    def _more_labels(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for dim, part in (
            ("market", self.markets),
            ("hydro", self.hydro),
            ("stage", self.stages),
            ("limit", self.limits),
            ("limit_grid", self.grid),
            ("project", self.projects),
            ("block", self.deposits),
        ):
            if part:
                found[dim] = part.names
        if self.deposits:
            found["deposit"] = self.deposits.deposits
        if self.projects:
            name, projects = self.projects.names, self.projects
            found["requirement"] = tuple(f"{name[a]}<{name[b]}" for a, b in zip(*projects.requires, strict=True))
            found["exclusion"] = tuple(f"{name[a]}/{name[b]}" for a, b in zip(*projects.excludes, strict=True))
        return found
