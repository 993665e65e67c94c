"""Small random allocations against every arrangement tried one by one."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.zones.allocation import model as allocation_model
from fansipan.zones.allocation.assignment import AllocationProblem, allocate


@st.composite
def problems(draw):
    zones, projects, resources = draw(st.integers(1, 3)), draw(st.integers(1, 4)), draw(st.integers(1, 2))
    pairs = draw(st.lists(st.tuples(st.integers(0, projects - 1), st.integers(0, zones - 1)), min_size=1, unique=True))
    whole = st.integers(0, 9)

    def array(*shape):
        flat = draw(st.lists(whole, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
        return np.array(flat, dtype=float).reshape(shape)

    return AllocationProblem(
        projects=tuple(f"p{i}" for i in range(projects)),
        zones=tuple(f"z{j}" for j in range(zones)),
        resources=tuple(f"capacity_{r}" for r in range(resources)),
        capacity=array(resources, zones) * 2,
        opening_cost=array(zones),
        pair_project=np.array([p for p, _ in pairs]),
        pair_zone=np.array([z for _, z in pairs]),
        pair_cost=array(len(pairs)) - 4,
        pair_use=array(resources, len(pairs)),
    )


def best_of_all(problem, sign):
    offers = [[k for k, p in enumerate(problem.pair_project) if p == i] for i in range(len(problem.projects))]
    best = None
    for chosen in map(list, itertools.product(*offers)):
        used = np.zeros_like(problem.capacity)
        np.add.at(used.T, problem.pair_zone[chosen], problem.pair_use[:, chosen].T)
        if (used <= problem.capacity).all():
            opening = problem.opening_cost[np.unique(problem.pair_zone[chosen])].sum()
            value = sign * problem.pair_cost[chosen].sum() + opening
            best = value if best is None else min(best, value)
    return best


@given(problems(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_single_source_is_the_best_of_all_arrangements(problem, maximise):
    answer = allocate(problem, maximise=maximise)
    best = best_of_all(problem, -1 if maximise else 1)
    if best is None:
        assert answer.status == "infeasible"
        assert answer.messages
    else:
        assert answer.status == "optimal"
        assert answer.objective == pytest.approx(-best if maximise else best, abs=1e-6)
        assert answer.assignments["project"].sort().to_list() == sorted(problem.projects)


@given(problems())
@settings(max_examples=50, deadline=None)
def test_dividing_never_costs_more_and_keeps_within_capacity(problem):
    whole, divided = allocate(problem), allocate(problem, divisible=True)
    if whole.status == "optimal":
        assert divided.status == "optimal"
        assert divided.objective <= whole.objective + 1e-6
    if divided.status == "optimal":
        pairs = zip(problem.pair_project, problem.pair_zone, strict=True)
        place = {(problem.projects[p], problem.zones[z]): k for k, (p, z) in enumerate(pairs)}
        used = np.zeros_like(problem.capacity)
        for project, zone, share in divided.assignments.iter_rows():
            k = place[project, zone]
            used[:, problem.pair_zone[k]] += share * problem.pair_use[:, k]
        assert (used <= problem.capacity + 1e-6).all()
        shares = divided.assignments.group_by("project").agg(pl.sum("share"))["share"]
        assert shares.to_list() == pytest.approx([1.0] * len(problem.projects))


@given(problems())
@settings(max_examples=30, deadline=None)
def test_links_added_lazily_or_at_once_give_the_same(problem):
    at_once = allocate(problem, divisible=True)
    kept = allocation_model.ALL_LINKS
    try:
        allocation_model.ALL_LINKS = 0
        lazily = allocate(problem, divisible=True)
    finally:
        allocation_model.ALL_LINKS = kept
    assert lazily.status == at_once.status
    if at_once.objective is not None:
        assert lazily.objective == pytest.approx(at_once.objective, abs=1e-6)
