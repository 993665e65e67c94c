"""A limit that names a target of the register binds through the target's value and priority (rules E24, E38)."""

import pytest

from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.system.definition import System
from fansipan.province import Province


def with_target(tables, frame_of, own_priority):
    tables["targets"] = [
        {
            "target": "T",
            "name": "Sản lượng đồng",
            "name_en": "Copper made",
            "indicator": "production",
            "comparison": "at-least",
            "value": 30.0,
            "priority": 2,
        }
    ]
    tables["limits"].append(
        {
            "limit": "metal",
            "target": "T",
            "scope": "province",
            "measure": "production",
            "commodity": "metal",
            "comparison": "at-least",
            "priority": own_priority,
            "total": True,
        }
    )
    return System.of(Province({name: frame_of(name, rows) for name, rows in tables.items()}))


@pytest.mark.parametrize(("own", "rank"), [(None, 2), (1, 1)])
def test_value_and_priority_are_the_targets_unless_stated(copper_rows, frame_of, own, rank):
    """30 t in two years are asked for; smoke allows 10: the plan makes them and falls 20 of 30 short."""
    system = with_target(copper_rows(), frame_of, own)
    (limit,) = [row for row in system.rows("limits") if row["limit"] == "metal"]
    assert (limit["value"], limit["priority"]) == (30.0, rank)
    plan = solve_network(network_of(system))
    assert plan.missed == {rank: pytest.approx(20 / 30)}
    assert plan.answer.objective == pytest.approx(10.0, abs=1e-3)
