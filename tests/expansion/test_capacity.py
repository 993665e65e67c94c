"""How much of what is decided can be used, and when (rule E5)."""

import numpy as np
import pytest

from fansipan.expansion.constraints.capacity import usable_share
from fansipan.expansion.network.arrays import Processes
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network

YEARS = (2024, 2025, 2026, 2027, 2028)


def processes(life=99.0, lead=0, ramp=(1.0, 1.0, 1.0)):
    none = np.zeros((1, len(YEARS)))
    return Processes(
        ("p",),
        np.ones(1),
        np.array([life]),
        none,
        none == 0,
        none,
        np.ones((1, 1, len(YEARS))),
        none + 1,
        np.array([lead]),
        np.array([ramp]),
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, [1, 1, 1, 1, 1]),
        ({"lead": 2}, [0, 0, 1, 1, 1]),
        ({"life": 2.0}, [1, 1, 0, 0, 0]),
        ({"life": 2.0, "lead": 1}, [0, 1, 1, 0, 0]),
        ({"ramp": (0.5, 0.7, 0.9)}, [0.5, 0.7, 0.9, 1, 1]),
        ({"ramp": (0.5, 0.7, 0.9), "lead": 3}, [0, 0, 0, 0.5, 0.7]),
        ({"life": 0.0}, [0, 0, 0, 0, 0]),
        ({"lead": 9}, [0, 0, 0, 0, 0]),
    ],
)
def test_what_is_decided_in_the_first_year(change, expected):
    assert usable_share(processes(**change), YEARS)[0, 0] == pytest.approx(expected)


def test_nothing_is_usable_before_it_is_decided():
    share = usable_share(processes(), YEARS)[0]
    assert (np.tril(share, -1) == 0).all()


def test_without_leads_and_ramps_there_are_none():
    plain = processes()
    bare = Processes(
        *(
            getattr(plain, name)
            for name in ("names", "unit", "life", "existing", "buildable", "lump", "available", "yearly")
        )
    )
    assert (usable_share(bare, YEARS) == usable_share(plain, YEARS)).all()


def only_small(tables):
    tables["candidates"] = [row for row in tables["candidates"] if row["process"] == "small"]
    return next(row for row in tables["processes"] if row["process"] == "small")


@pytest.mark.parametrize(
    ("change", "made"),
    [
        ({}, [5.0, 5.0]),
        ({"ramp_1": 0.5}, [4.0, 5.0]),
        ({"min_load": 0.9}, [4.0, 4.0]),
        ({"activity_per_capacity": 0.25}, [2.0, 2.0]),
        ({"capacity": 5.0}, [5.0, 5.0]),
        ({"capacity": 5.0, "retires": 2026, "life": 1}, [5.0, 4.0]),
    ],
)
def test_what_capacity_makes(copper, change, made):
    """Two small smelters of 4 t, a cap of 5: half usable they give 4; at nine tenths load only one stands."""
    system = copper(lambda tables: only_small(tables).update(change))
    plan = solve_network(network_of(system), prices=False)
    rate = plan.model.variables["rate"]
    year = rate.keys.codes[1]
    values = plan.answer.columns[rate.span]
    assert [values[year == y].sum() for y in (0, 1)] == pytest.approx(made)
