"""A province's system from its tables to a plan, against sums done by hand."""

import pytest

from fansipan.expansion.compiled import network_of
from fansipan.expansion.plan import solve_network


def solved(system):
    return solve_network(network_of(system))


def test_two_processes_by_product_cap_and_lumps_as_in_the_docs(copper):
    """Rule E27: the case worked by hand in docs/methods/expansion.md."""
    plan = solved(copper())
    assert plan.answer.status == "optimal"
    assert plan.answer.objective == pytest.approx(10.0)
