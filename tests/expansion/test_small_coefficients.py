"""Small coefficients count, or the model is refused: a by-product of 1e-8 a tonne, a twelfth of it a month."""

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.linear.keys import Keys
from fansipan.linear.model import Model
from fansipan.linear.solver import solve_arrays


def byproduct(share, slices):
    """A plant of 1,000 t a year earns 1 a tonne; its by-product (`share` a tonne) sells at 1 / share: 2,000 in all."""
    model = Model({"year": ("2025",), "slice": tuple(map(str, range(slices)))}, maximise=True)
    keys = Keys(("year",), (1,), (np.array([0]),))
    length = np.full((1, slices), 1 / slices)
    rate = model.add_variables("rate", keys, cost=length, upper=1000.0, across="slice")
    sold = model.add_variables("sold", keys, cost=1 / share, across="slice")
    row, one = np.arange(slices)[None, :], np.array([0])
    terms = [(row, rate.number(one), share * length), (row, sold.number(one), -1.0)]
    model.add_rows("balance", keys, terms, lower=0.0, across="slice")
    return model.arrays()


@pytest.mark.parametrize("share", [1e-6, 1e-8, 1e-9, 1e-10])
@pytest.mark.parametrize("slices", [1, 4, 12])
def test_a_small_by_product_earns_the_same_by_month_as_by_year(share, slices):
    assert solve_arrays(byproduct(share, slices)).objective == pytest.approx(2000.0, rel=1e-6)


@pytest.mark.parametrize("share", [1e-12, 1.1e-11, 1e-13])
def test_what_the_solver_would_leave_out_is_refused_with_the_smallest(share):
    with pytest.raises(Refused, match=f"12 coefficients .*smallest is {share / 12:.3g}"):
        solve_arrays(byproduct(share, 12))


def test_what_rounding_left_of_a_sum_is_no_coefficient():
    model = Model({"year": ("2025",)})
    keys = Keys(("year",), (1,), (np.array([0]),))
    made = model.add_variables("made", keys, cost=1.0)
    zero = np.array([0])
    bought = model.add_variables("bought", keys, cost=3.0)
    parts = [(zero, made.number(zero), share) for share in (0.1, 0.2, -0.3)]
    model.add_rows("need", keys, [*parts, (zero, bought.number(zero), 1.0)], lower=2.0)
    assert solve_arrays(model.arrays()).objective == pytest.approx(6.0)
