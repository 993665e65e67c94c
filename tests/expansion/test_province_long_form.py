"""Random provinces, every planning table in use, against the plan written out row by row.

Rules E4 to E7, E15, E18 to E25 and E39. The tolerance is that of the shortfalls held at 1e-6: where a target is far out
of reach, what may be left of it is worth a little.
"""

from importlib.metadata import version

import pytest

from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from support.province_long_form import ProvinceLongForm
from support.province_models import province

OLD_SOLVER = tuple(int(part) for part in version("highspy").split(".")[:2]) < (1, 16)
HARD = (73, 81)  # HiGHS before 1.16 called a plan best that was not, and another infeasible


@pytest.mark.parametrize("seed", [*range(24), *HARD])
def test_a_random_province_is_worth_what_the_long_form_says(make_system, seed):
    if seed in HARD and OLD_SOLVER:
        pytest.skip("the presolve of HiGHS before 1.16 gets this one wrong")
    tables = province(seed)
    expected, missed = ProvinceLongForm(tables).solve()
    plan = solve_network(network_of(make_system(tables)), prices=False)
    if expected is None:
        assert plan.answer.status == "infeasible"
        return
    assert plan.answer.objective == pytest.approx(expected, rel=1e-4, abs=1e-5)
    assert plan.missed == pytest.approx(missed, rel=1e-5, abs=2e-6)
