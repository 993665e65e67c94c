"""A network small enough to read that uses every constraint."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fansipan.expansion.network.arrays import (
    Activities,
    Bounds,
    Costs,
    Emissions,
    Flows,
    Horizon,
    Links,
    Network,
    Nodes,
    Processes,
    Reserve,
    Shares,
    Stores,
)
from fansipan.expansion.network.parts import Deposits, Grid, Hydro, Limits, Markets, Projects, Stages, Stocks
from fansipan.expansion.system.definition import TABLES, System
from fansipan.province import Province
from fansipan.tables import REGISTRY

NONE = np.nan
FAMILIES = (
    "land",
    "power",
    "water",
    "waste_water",
    "labour",
    "budget",
    "emission",
    "production",
    "output",
    "value_added",
    "structure",
    "count",
    "combination",
)
HARD = len(FAMILIES) // 2
ROW = np.arange(len(FAMILIES))
LIMITS = Limits(
    names=tuple(f"limit {family}" for family in FAMILIES),
    limit=ROW,
    year=ROW % 2,
    family=FAMILIES,
    lower=np.where(ROW < HARD, -np.inf, 1.0 + ROW),
    upper=np.where(ROW < HARD, 10.0 + ROW, np.inf),
    priority=np.where(ROW % 3 == 2, 1, 0),
    scale=np.ones(len(FAMILIES)),
    terms={
        "rate": (ROW, ROW % 3, ROW % 2, 0.5 + ROW),
        "capacity": (ROW, ROW % 2, ROW % 2, 0.25 + ROW),
        "units": (ROW, np.ones_like(ROW), ROW % 2, 7.0 + ROW),
        "trade": (ROW, np.ones_like(ROW), ROW % 2, 2.0 + ROW),
        "stage": (ROW, np.zeros_like(ROW), ROW % 2, -3.0 - ROW),
    },
)


def small_network():
    """Two years, day and night; a mine with two modes in the hills, a smelter in town built in lumps, a pond."""
    grid = np.ones((2, 2))
    return Network(
        horizon=Horizon((2025, 2026), ("day", "night"), np.full((2, 2), 0.5)),
        processes=Processes(
            names=("mine", "smelter"),
            unit=np.array([1.0, 8.0]),
            life=np.array([9.0, 2.0]),
            existing=np.array([[5.0, 4.0], [0.0, 0.0]]),
            buildable=np.array([[False, False], [True, True]]),
            lump=np.array([[0.0, 0.0], [3.0, 3.0]]),
            available=np.array([[[1.0, 1.0], [0.5, 0.5]], grid]),
            yearly=np.array([[0.9, 0.9], [1.0, 1.0]]),
            lead=np.array([0, 1]),
            ramp=np.array([[1.0, 1, 1], [0.6, 0.8, 1]]),
            least=np.array([0.0, 0.3]),
        ),
        activities=Activities(
            ("mine|rich", "mine|poor", "smelter|melt"),
            np.array([0, 0, 1]),
            np.array([[True, True], [True, True], [False, True]]),
        ),
        flows=Flows(
            np.array([0, 0, 1, 1, 2, 2]),
            np.array([0, 0, 0, 0, 1, 2]),
            np.array([0, 1, 0, 1, 1, 1]),
            np.array([2.0, 2.0, 1.0, 1.0, -4.0, 1.0]),
        ),
        nodes=Nodes(
            ("hills|ore", "town|ore", "town|metal"),
            np.array([False, True, False]),
            np.array([[True, True], [True, True], [False, True]]),
            np.zeros((3, 2, 2)),
            np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 2.0]]),
        ),
        links=Links(
            ("road",),
            np.array([0, 0]),
            np.array([0, 1]),
            np.array([0, 0]),
            np.array([1, 1]),
            np.array([1.0, 1.0]),
            np.array([0.98, 0.98]),
            np.zeros((2, 2)),
            np.full((2, 2), 6.0),
            np.array([0.1, 0.1]),
            (np.array([1]), np.array([1]), np.array([[0.7, 0.3]])),
        ),
        costs=Costs(
            build=np.array([[0.0, 0.0], [50.0, 45.0]]),
            hold=np.array([[1.0, 0.9], [2.0, 1.8]]),
            run=np.array([[3.0, 2.7], [2.0, 1.8], [4.0, 3.6]]),
            store=np.array([[7.0, 6.5]]),
        ),
        capacity=Bounds(np.array([[NONE, NONE], [NONE, 1.0]]), np.array([[6.0, NONE], [NONE, 9.0]])),
        build=Bounds(np.array([[NONE, NONE], [3.0, NONE]]), np.array([[NONE, NONE], [6.0, 6.0]])),
        activity=Bounds(
            np.array([[1.0, NONE], [NONE, NONE]]),
            np.array([[NONE, 4.0], [NONE, NONE]]),
            np.array([2.0, NONE]),
            np.array([NONE, 20.0]),
        ),
        emissions=Emissions(
            ("dust",),
            np.array([0, 1, 2]),
            np.zeros(3, int),
            np.array([0, 0, 1]),
            np.array([0.1, 0.2, 0.5]),
            np.array([[NONE, 3.0]]),
            np.array([5.0]),
        ),
        reserve=Reserve(
            ("all",),
            np.zeros(2, int),
            np.array([[0.0, 0.0], [0.9, 0.9]]),
            np.zeros(3, int),
            np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 1.0]]),
            np.array([[0.0, 1.1]]),
        ),
        shares=Shares(
            ("all",),
            np.zeros(2, int),
            np.array([[0.0, 0.0], [1.0, 1.0]]),
            np.zeros(3, int),
            np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]),
            np.array([[0.0, 0.25]]),
        ),
        stores=Stores(
            names=("pond",),
            charge=(np.array([0]), np.array([0]), np.array([1.0])),
            discharge=(np.array([0]), np.array([2]), np.array([2.0])),
            seasons=("dry", "wet"),
            daytypes=("work", "rest"),
            brackets=("am", "pm"),
            season=np.array([[1.0, 0.0], [0.0, 1.0]]),
            daytype=np.array([[1.0, 0.0], [0.0, 1.0]]),
            bracket=np.array([[1.0, 0.0], [0.0, 1.0]]),
            day_share=np.array([[0.01, 0.01], [0.02, 0.02]]),
            days=np.array([[[5.0, 5.0], [2.0, 2.0]], [[5.0, 5.0], [2.0, 2.0]]]),
            start=np.array([1.5]),
            existing=np.array([[10.0, 9.0]]),
            least=np.array([[0.1, 0.1]]),
            charge_most=np.array([30.0]),
            discharge_most=np.array([40.0]),
            life=np.array([1.0]),
        ),
        markets=Markets(
            ("buy coal", "sell metal"),
            np.array([0, 1, 1]),
            np.array([0, 0, 1]),
            np.array([1, 2, 2]),
            np.array([1.0, -1, -1]),
            np.array([NONE, NONE, 0.5]),
            np.array([8.0, 4.0, NONE]),
            np.array([9.0, -20.0, -19.0]),
        ),
        stocks=Stocks(np.array([0]), np.array([2.5])),
        grid=Grid(
            ("line",),
            np.array([0, 0]),
            np.array([0, 1]),
            np.array([0, 0]),
            np.array([1.0, -1.0]),
            np.array([[3.0, 2.0]] * 2),
            (np.array([0]), np.array([1]), np.array([0]), np.array([[5.0, 4.0]])),
        ),
        deposits=Deposits(
            ("upper", "lower"),
            ("hill",),
            np.array([6.0, 20.0]),
            np.array([-1, 0]),
            np.array([0, 0]),
            (np.array([0, 1]), np.array([0, 1]), np.array([2.0, 1.0])),
            np.array([[NONE, 7.0]]),
        ),
        hydro=Hydro(
            ("mine water",), np.array([0]), np.array([0.5]), np.array([[[3.0, 2.0], [1.0, 1.5]]]), np.array([4.0])
        ),
        projects=Projects(
            ("smelter", "other"),
            np.array([-1, 0]),
            np.array([2.0, 1.0]),
            np.array([1, -1]),
            (np.array([1]), np.array([0])),
            (np.array([0]), np.array([1])),
        ),
        stages=Stages(
            ("park 1", "park 2"),
            np.array([-1, 0]),
            np.array([0, 1]),
            np.array([[True, True], [False, True]]),
            np.array([[5.0, 4.5], [6.0, 5.5]]),
        ),
        limits=LIMITS,
    )


@pytest.fixture
def network():
    """The small network."""
    return small_network()


ILLUSTRATIVE = "illustrative"
COPPER = Path(__file__).parents[1] / "cases" / "expansion" / "copper"


def frame_of(table, rows):
    """A frame of a declared table from rows that give some of its columns."""
    schema = {name: column.dtype for name, column in REGISTRY[table].columns().items()}
    filled = [dict.fromkeys(schema) | ({"source": ILLUSTRATIVE} if "source" in schema else {}) | row for row in rows]
    for row in filled:
        if "name" in schema and row["name"] is None:
            row["name"] = str(next(iter(row.values())))
    return pl.DataFrame(filled, schema=schema)


def copper_tables():
    """The rows by table of the copper system, worked by hand in docs/methods/expansion.md, rule E27."""
    province = Province.read(COPPER)
    return {name: province[name].to_dicts() for name in TABLES if not province[name].is_empty()}


def system_of(tables):
    """A system from rows by table."""
    return System.of(Province({name: frame_of(name, rows) for name, rows in tables.items()}))


@pytest.fixture
def copper():
    """The copper system; call it with a function that changes its tables (rows by table)."""

    def changed(change=None):
        tables = copper_tables()
        if change:
            change(tables)
        return system_of(tables)

    return changed


@pytest.fixture
def make_system():
    """Make a system from rows by table."""
    return system_of


@pytest.fixture(name="frame_of")
def fixture_frame_of():
    """Make a frame of a declared table from rows that give some of its columns."""
    return frame_of


@pytest.fixture
def copper_rows():
    """The rows by table of the copper system, fresh with each call."""
    return copper_tables
