"""Random models, with storage and defaults that are not zero, against the long form written out plainly (E16)."""

import pytest

from fansipan.expansion.solve.plan import solve_network
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder
from support.osemosys_long_form import LongForm
from support.osemosys_models import config, model


@pytest.mark.parametrize("seed", range(16))
def test_a_random_model_costs_what_the_long_form_says(otoole, seed):
    folder = read_folder(otoole(model(seed), config(seed)))
    found = solve_network(network_of(folder), prices=False).answer
    expected = LongForm(folder).solve()
    if expected is None:
        assert found.status == "infeasible"
    else:
        assert found.objective == pytest.approx(expected, rel=1e-6, abs=1e-6)
