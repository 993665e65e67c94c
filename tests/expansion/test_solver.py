"""Handing over and statuses: what is proven is said, what is not is None."""

from dataclasses import replace

import numpy as np
import pytest

from fansipan.linear.keys import Keys
from fansipan.linear.model import Arrays, Model
from fansipan.linear.solver import Options, cost_scale, fix_integers, solve_arrays, tightened


def knapsack(count=30, seed=3):
    """A knapsack that takes a moment: values and weights nearly alike."""
    random = np.random.default_rng(seed)
    weight = random.integers(1000, 1100, count).astype(float)
    model = Model({"item": [f"i{k}" for k in range(count)]}, maximise=True)
    keys = Keys.where(np.ones(count, bool), "item")
    block = model.add_variables("take", keys, upper=1.0, integer=True, cost=weight + random.integers(0, 5, count))
    total = Keys((), (), ())
    model.add_rows(
        "room", total, [(np.zeros(count, int), block.number(np.arange(count)), weight)], upper=weight.sum() / 2.03
    )
    return model.arrays()


def test_a_proven_plan_is_optimal_with_its_bound():
    answer = solve_arrays(knapsack(12))
    assert answer.status == "optimal"
    assert answer.gap <= 1e-6
    assert answer.bound == pytest.approx(answer.objective, rel=1e-6)


def test_a_wide_gap_is_a_feasible_plan_with_a_valid_bound():
    answer, best = solve_arrays(knapsack(), Options(gap=0.2)), solve_arrays(knapsack(), Options(gap=1e-5))
    assert answer.status in ("feasible", "optimal")
    assert answer.bound >= best.objective - 1e-6
    assert answer.objective <= best.objective + 1e-6


def test_a_search_ended_before_it_found_a_plan_has_no_value_but_may_have_a_bound():
    answer = solve_arrays(knapsack(60), Options(time_limit=0.0))
    assert (answer.status, answer.objective, answer.gap) == ("feasible", None, None)
    assert answer.bound is None or answer.bound > 0
    assert tightened(answer, 5e9, maximise=True).bound == min(answer.bound or 5e9, 5e9)


def test_prices_come_back_once_integers_are_fixed():
    arrays = knapsack(12)
    answer = solve_arrays(arrays)
    assert not len(answer.price)
    fixed = solve_arrays(fix_integers(arrays, answer.columns))
    assert len(fixed.price) == 1
    assert fixed.objective == pytest.approx(answer.objective)


def test_the_same_seed_gives_the_same_answer():
    one, two = (solve_arrays(knapsack(20), Options(seed=4, threads=1)) for _ in range(2))
    assert (one.columns == two.columns).all()


def test_progress_is_told():
    told = []
    solve_arrays(
        knapsack(24), Options(gap=1e-9, progress=lambda seconds, best, bound: told.append((seconds, best, bound)))
    )
    assert all(len(entry) == 3 for entry in told)


def test_an_infeasible_and_an_unbounded_model_are_told_apart():
    model = Model({"x": ["x"]})
    keys = Keys.where(np.ones(1, bool), "x")
    block = model.add_variables("x", keys, lower=-np.inf, cost=1.0)
    assert solve_arrays(model.arrays()).status == "unbounded"
    row = [(np.zeros(1, int), block.number(np.zeros(1, int)), 1.0)]
    model.add_rows("low", keys, row, lower=2.0)
    model.add_rows("high", keys, row, upper=1.0)
    assert solve_arrays(model.arrays()).status == "infeasible"


def test_small_costs_count_as_much_as_large_ones():
    """HiGHS takes a reduced cost under 1e-7 for zero: a thousandth of a dong a unit would never be saved."""
    tiny = 1e-9
    arrays = Arrays(
        np.array([2 * tiny, tiny]),
        np.zeros(2),
        np.array([1e6, 1e6]),
        np.array([5e5]),
        np.array([np.inf]),
        np.array([0, 2], np.int32),
        np.array([0, 1], np.int32),
        np.ones(2),
        np.zeros(2, np.int32),
    )
    for whole in (0, 1):
        answer = solve_arrays(replace(arrays, integer=np.full(2, whole, np.int32)))
        assert answer.objective == pytest.approx(5e5 * tiny, rel=1e-9)
        assert answer.bound == pytest.approx(5e5 * tiny, rel=1e-6)
        assert whole or answer.price[0] == pytest.approx(tiny, rel=1e-9)


@pytest.mark.parametrize(
    ("cost", "scale"),
    [([], 1.0), ([0.0], 1.0), ([3.0, 5e7], 1.0), ([0.25, 4.0], 1.0), ([1e-5, 4.0], 2.0**17), ([1e-9, 1024.0], 1024.0)],
)
def test_scale_of_costs_is_a_power_of_two_that_leaves_the_largest_moderate(cost, scale):
    assert cost_scale(np.array(cost)) == scale


@pytest.mark.parametrize(
    ("low", "high", "status"), [(-1.0, 5.0, "optimal"), (1.0, 5.0, "infeasible"), (-5.0, -1.0, "infeasible")]
)
def test_with_nothing_to_decide_the_rows_alone_say_whether_there_is_a_plan(low, high, status):
    none = np.empty(0)
    arrays = Arrays(
        none,
        none,
        none,
        np.array([low]),
        np.array([high]),
        np.zeros(2, np.int32),
        np.empty(0, np.int32),
        none,
        np.empty(0, np.int32),
        offset=7.0,
    )
    answer = solve_arrays(arrays)
    assert answer.status == status
    assert answer.objective == (7.0 if status == "optimal" else None)


def test_another_number_of_threads_than_before_solves_as_well():
    for threads in (0, 1, 2, 1):
        answer = solve_arrays(knapsack(12), Options(threads=threads))
        assert answer.status == "optimal", threads
