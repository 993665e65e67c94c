"""What an index on a weighting tree must do whatever the tree and the values (Rules S1-S6), and a second opinion.

The second opinion computes the same figures node by node and month by month, as one would by hand.
"""

from fractions import Fraction
from random import Random

import polars as pl
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from fansipan.errors import InvalidInput
from fansipan.periods import Month
from fansipan.statistics import aggregate_index

EXACT = 1e-12
WEIGHTS = {"code": pl.String, "parent": pl.String, "weight": pl.Float64}
VALUES = {"code": pl.String, "period": pl.String, "index": pl.Float64}


@st.composite
def trees(draw, most=9):
    """Codes with parent and weight, children after their parents; some inner weights are left blank."""
    n = draw(st.integers(1, most))
    parents = [None] + [draw(st.integers(0, i - 1)) for i in range(1, n)]
    inner = set(parents[1:])
    rows = []
    for i, parent in enumerate(parents):
        blank = i in inner and draw(st.booleans())
        weight = None if blank else draw(st.integers(1, 60)) / 4
        rows.append((f"n{i}", None if parent is None else f"n{parent}", weight))
    return rows


@st.composite
def problems(draw, gaps=False):
    """A tree, and values of its leaves over months of which some may be absent."""
    tree = draw(trees())
    leaves = [code for code, _, _ in tree if code not in {parent for _, parent, _ in tree}]
    first = Month(2022, draw(st.integers(1, 12)))
    offsets = sorted(draw(st.sets(st.integers(0, 16), min_size=1, max_size=8)))
    months = [str(first + k) for k in offsets]
    values = {}
    for leaf in leaves:
        for i, month in enumerate(months):
            absent = gaps and i > 0 and draw(st.integers(0, 3)) == 0
            values[leaf, month] = None if absent else draw(st.integers(1, 400)) / 2
    return tree, values, months


def frames(tree, values):
    rows = [(code, month, value) for (code, month), value in values.items()]
    return pl.DataFrame(rows, VALUES, orient="row"), pl.DataFrame(tree, WEIGHTS, orient="row")


def by_key(frame, column):
    return {(code, period): value for code, period, value in frame.select("code", "period", column).iter_rows()}


class SecondOpinion:
    """The rules read out loud, one node and month at a time, in exact fractions."""

    def __init__(self, tree, values, months):
        self.months = months
        self.children = {code: [c for c, parent, _ in tree if parent == code] for code, _, _ in tree}
        self.parent = {code: parent for code, parent, _ in tree}
        self.given = {code: weight for code, _, weight in tree}
        self.seen = {key: Fraction(value) for key, value in values.items() if value is not None}
        self.filled = dict(self.seen)

    def weight(self, code):
        own = self.given[code]
        return Fraction(own) if own is not None else sum(self.weight(c) for c in self.children[code])

    def index(self, code, month):
        if not self.children[code]:
            return self.filled.get((code, month))
        return self.mean([(self.weight(c), self.index(c, month)) for c in self.children[code]])

    @staticmethod
    def mean(pairs):
        present = [(w, x) for w, x in pairs if x is not None]
        return sum(w * x for w, x in present) / sum(w for w, _ in present) if present else None

    def last(self, code, month):
        earlier = [m for m in self.months if m < month and (code, m) in self.seen]
        return max(earlier) if earlier else None

    def movement(self, code, since, until):
        if not self.children[code]:
            both = (code, since) in self.seen and (code, until) in self.seen
            return self.seen[code, until] / self.seen[code, since] if both else None
        weighted = [(self.weight(c) * (self.index(c, since) or 0), c) for c in self.children[code]]
        return self.mean([(w, self.movement(c, since, until)) for w, c in weighted if w])

    def fill(self, missing):
        leaves = [code for code, below in self.children.items() if not below]
        for month in self.months:
            for leaf in leaves:
                since = self.last(leaf, month)
                if (leaf, month) in self.seen or since is None:
                    continue
                moved = Fraction(1) if missing == "carry" else self.of_ancestor(leaf, since, month)
                self.filled[leaf, month] = self.seen[leaf, since] * moved

    def of_ancestor(self, code, since, until):
        above = self.parent[code]
        if above is None:
            reject()  # no leaf of the tree has a value in both months: the library refuses
        moved = self.movement(above, since, until)
        return self.of_ancestor(above, since, until) if moved is None else moved


@given(problems(gaps=True), st.sampled_from(["parent", "carry", "drop"]))
def test_second_opinion_agrees(problem, missing):
    tree, values, months = problem
    opinion = SecondOpinion(*problem)
    if missing != "drop":
        opinion.fill(missing)
    found = by_key(aggregate_index(*frames(tree, values), missing=missing), "index")
    assert set(found) == {(code, month) for code, _, _ in tree for month in months}
    for (code, month), index in found.items():
        expected = opinion.index(code, month)
        assert index == (None if expected is None else pytest.approx(float(expected), rel=EXACT))


@given(problems())
def test_a_node_lies_between_its_smallest_and_largest_leaf(problem):
    tree, values, _ = problem
    parent = {code: up for code, up, _ in tree}
    bounds = {}
    for (code, month), value in values.items():
        while code is not None:
            low, high = bounds.get((code, month), (value, value))
            bounds[code, month] = min(low, value), max(high, value)
            code = parent[code]
    for key, index in by_key(aggregate_index(*frames(tree, values)), "index").items():
        low, high = bounds[key]
        assert low * (1 - EXACT) <= index <= high * (1 + EXACT)


@given(problems(), st.floats(0.01, 100))
def test_identity_proportionality_and_scale_of_weights(problem, factor):
    tree, values, _ = problem
    same = aggregate_index(*frames(tree, dict.fromkeys(values, 87.5)))
    assert same["index"].to_list() == pytest.approx([87.5] * same.height, rel=EXACT)
    plain = aggregate_index(*frames(tree, values))["index"]
    moved = aggregate_index(*frames(tree, {key: factor * v for key, v in values.items()}))["index"]
    assert moved.to_list() == pytest.approx((factor * plain).to_list(), rel=EXACT)
    scaled = [(code, parent, w and w * factor) for code, parent, w in tree]
    assert aggregate_index(*frames(scaled, values))["index"].to_list() == pytest.approx(plain.to_list(), rel=EXACT)


@given(problems())
def test_aggregation_is_consistent_where_weights_are_sums(problem):
    tree, values, months = problem
    inner = {parent for _, parent, _ in tree}
    summed = [(code, parent, None if code in inner else weight) for code, parent, weight in tree]
    flat = [("n0", None, None), *((f"leaf {c}", "n0", w) for c, _, w in summed if c not in inner)]
    assume(len(tree) > 1)
    steps = by_key(aggregate_index(*frames(summed, values)), "index")
    once = by_key(aggregate_index(*frames(flat, {(f"leaf {c}", m): v for (c, m), v in values.items()})), "index")
    assert [steps["n0", m] for m in months] == pytest.approx([once["n0", m] for m in months], rel=EXACT)


growths = st.sampled_from(["mom", "yoy", "ytd"])


@given(problems(gaps=True), growths, st.sampled_from(["carry", "drop"]), st.integers(1, 12))
def test_contributions_add_up_to_the_growth_of_the_root(problem, growth, missing, year_start):
    tree, values, months = problem
    found = aggregate_index(*frames(tree, values), missing=missing, growth=growth, year_start=year_start)
    share, rate, level = (by_key(found, column) for column in ("contribution", "growth", "index"))
    size = 1 + max(abs(x) for x in share.values() if x is not None) if any(share.values()) else 1
    for month in months:
        whole = rate["n0", month]
        assert share["n0", month] == (None if whole is None else pytest.approx(whole, abs=EXACT))
        for node in {parent for _, parent, _ in tree if parent}:
            parts = [share[code, month] for code, parent, _ in tree if parent == node]
            if share["n0", month] is None:
                assert parts == [None] * len(parts)
            else:
                assert sum(parts) == pytest.approx(share[node, month], abs=EXACT * size)
    assert all(level[key] is not None for key, value in rate.items() if value is not None)


@given(problems(), st.data())
def test_estimating_by_the_parent_moves_no_ancestor(problem, data):
    """A leaf that is missing once moves as its siblings, so its parent moves as if the leaf were not there."""
    tree, values, months = problem
    parent = {code: up for code, up, _ in tree}
    several = [c for c, up in parent.items() if (c, months[0]) in values and list(parent.values()).count(up) > 1]
    assume(several and len(months) > 1)
    leaf, at = data.draw(st.sampled_from(several)), data.draw(st.integers(1, len(months) - 1))
    before, month = months[at - 1], months[at]
    siblings = [code for code, up in parent.items() if up == parent[leaf] and code != leaf]
    level = by_key(aggregate_index(*frames(tree, values | {(leaf, month): None}), missing="parent"), "index")
    weight = SecondOpinion(tree, values, months).weight
    base, now = (sum(float(weight(c)) * level[c, m] for c in siblings) for m in (before, month))
    assert level[parent[leaf], month] / level[parent[leaf], before] == pytest.approx(now / base, rel=EXACT)


@given(problems(gaps=True), st.randoms())
def test_the_order_of_rows_does_not_matter(problem, random):
    tree, values, _ = problem
    rows, nodes = list(values.items()), list(tree)
    plain = aggregate_index(*frames(tree, values), missing="drop", growth="mom").sort("code", "period")
    random.shuffle(rows)
    random.shuffle(nodes)
    mixed = aggregate_index(*frames(nodes, dict(rows)), missing="drop", growth="mom").sort("code", "period")
    for column in ("index", "growth", "contribution"):
        found, expected = (frame[column].fill_null(float("nan")).to_list() for frame in (mixed, plain))
        assert found == pytest.approx(expected, rel=EXACT, abs=EXACT, nan_ok=True)


@given(problems(gaps=True))
def test_without_a_treatment_every_gap_is_named(problem):
    tree, values, _ = problem
    gaps = {key for key, value in values.items() if value is None}
    assume(gaps)
    with pytest.raises(InvalidInput) as refused:
        aggregate_index(*frames(tree, values))
    assert {(f.params["node"], f.params["period"]) for f in refused.value.faults} == gaps


def national_size(seed=2024):
    """A tree of 25 leaves at three depths and 159 months, 4 % of the later values missing; figures with one decimal."""
    random = Random(seed)
    sections = [("T", None, None), ("B", "T", 210.0), ("C", "T", None), ("D", "T", 90.5), ("E", "T", None)]
    classes = [("C1", "C", None), ("C2", "C", 333.3)]
    homes = ["B"] * 4 + ["C1"] * 8 + ["C2"] * 7 + ["D"] * 2 + ["E"] * 4
    leaves = [(f"{i:02d}", home, random.randint(1, 900) / 10) for i, home in enumerate(homes)]
    months = [str(Month(2011, 1) + k) for k in range(159)]
    values = {}
    for code, _, _ in leaves:
        level = 100.0
        for i, month in enumerate(months):
            level *= random.uniform(0.9, 1.11)
            values[code, month] = None if i and random.random() < 0.04 else round(level, 1)
    return [*sections, *classes, *leaves], values, months


@pytest.mark.parametrize("missing", ["parent", "carry", "drop"])
def test_a_tree_of_25_leaves_over_159_months(missing):
    tree, values, months = national_size()
    opinion = SecondOpinion(tree, values, months)
    if missing != "drop":
        opinion.fill(missing)
    found = aggregate_index(*frames(tree, values), missing=missing, growth="yoy")
    level, part, growth = (by_key(found, column) for column in ("index", "contribution", "growth"))
    assert len(level) == 32 * 159
    expected = {key: opinion.index(*key) for key in level}
    assert [level[k] for k in level if expected[k] is not None] == pytest.approx(
        [float(x) for x in expected.values() if x is not None], rel=EXACT
    )
    for month in months[12:]:
        assert part["T", month] == pytest.approx(growth["T", month], abs=EXACT)
        for node in ("T", "B", "C", "C1", "C2", "D", "E"):
            parts = [part[code, month] for code, parent, _ in tree if parent == node]
            assert sum(parts) == pytest.approx(part[node, month], abs=EXACT)
