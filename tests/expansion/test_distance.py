"""The farthest plan, against every plan there is (rule E31)."""

from itertools import product

import numpy as np
import pytest

from fansipan.expansion.answers.distance import distant
from fansipan.linear.model import Arrays
from fansipan.linear.solver import solve_arrays


def free_builds(most):
    """A model whose only columns are whole lumps of each process, none above `most`."""
    count = len(most)
    none = np.zeros(0)
    return Arrays(
        np.zeros(count),
        np.zeros(count),
        np.array(most, float),
        none,
        none,
        np.zeros(1, np.int32),
        np.zeros(0, np.int32),
        none,
        np.ones(count, np.int32),
    )


def farthest(most, capital, known):
    """The largest least distance from `known` over every combination of lumps."""
    plans = product(*(range(int(m) + 1) for m in most))
    return max(min(float(capital @ np.abs(np.array(plan) - builds)) for builds in known) for plan in plans)


@pytest.mark.parametrize("seed", range(8))
def test_the_farthest_plan_is_the_farthest_of_all(seed):
    random = np.random.default_rng(seed)
    most = random.integers(1, 4, 4).astype(float)
    capital = random.integers(0, 9, 4).astype(float)
    known = [np.array([random.integers(0, m + 1) for m in most], float) for _ in range(1 + seed % 3)]
    found = solve_arrays(distant(free_builds(most), 0, np.arange(4), capital, most, known))
    assert found.objective == pytest.approx(farthest(most, capital, known))


def test_lumps_of_several_years_count_together():
    """One process, two years, one lump known of at most three: three lumps are two away, none is one away."""
    found = solve_arrays(distant(free_builds([3, 3]), 0, np.zeros(2, int), np.ones(1), np.array([6.0]), [np.ones(1)]))
    assert found.objective == pytest.approx(5.0)
