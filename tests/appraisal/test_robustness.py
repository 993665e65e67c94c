"""How firmly the first stands, on cases worked by hand."""

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank
from fansipan.appraisal.ranking.robustness import (
    Reversal,
    dominance,
    needed_by_second,
    rank_reversals,
    weight_moves,
    without,
)

SCALED = "criterion,weight,direction,scale\nx,0.6,max,0-10\ny,0.4,min,0-10\n"


@pytest.fixture
def decision(folder):
    def read(rows, criteria=SCALED):
        return read_decision(folder("alternative,x,y\n" + rows, criteria))

    return read


def test_dominance(decision):
    found = dominance(decision("A,9,1\nB,9,2\nC,5,0\nD,9,1\n"))
    assert set(found) == {("A", "B"), ("D", "B")}


def test_dominance_counts_only_what_weighs_and_who_is_ranked(decision):
    criteria = "criterion,weight,direction,gate\nx,1,max,>0\ny,0,max,\n"
    assert dominance(decision("A,9,1\nB,8,7\nC,-1,0\n", criteria)) == [("A", "B")]


def test_weight_at_which_the_first_changes(decision):
    # A: 0.9 and 0.1 against B: 0.5 and 1.0; level where t 0.9 + (1 - t) 0.1 = t 0.5 + (1 - t) 1.0: t = 0.9 / 1.3.
    x, y = weight_moves(decision("A,9,9\nB,5,0\n", SCALED.replace("0.6", "0.8").replace("0.4", "0.2")))
    assert (x.criterion, x.weight, x.upper, x.lower_first) == ("x", pytest.approx(0.8), None, "B")
    assert x.lower == pytest.approx(0.9 / 1.3)
    assert y.upper == pytest.approx(1 - 0.9 / 1.3)
    assert (y.lower, y.upper_first) == (None, "B")


def test_at_that_weight_the_two_are_level(decision):
    rows = "A,9,9\nB,5,0\nC,7,6\n"
    move = weight_moves(decision(rows))[0]
    turned = SCALED.replace("0.6", repr(move.upper)).replace("0.4", repr(1 - move.upper))
    scores = {s.alternative: s.score for s in rank(decision(rows, turned)).standings}
    first = rank(decision(rows)).selected
    assert scores[first] == pytest.approx(scores[move.upper_first])


def test_dominating_first_never_changes(decision):
    assert all(m.lower is None and m.upper is None for m in weight_moves(decision("A,9,1\nB,5,5\n")))


@pytest.mark.parametrize("rows", ["A,9,1\n", "A,9,1\nB,9,1\n"])
def test_one_alternative_or_a_shared_first_has_no_moves(decision, rows):
    assert weight_moves(decision(rows)) == []
    assert needed_by_second(decision(rows)) == []


def test_single_criterion_cannot_move(decision):
    (move,) = weight_moves(decision("A,9,1\nB,5,5\n", "criterion,direction\nx,max\n"))
    assert (move.lower, move.upper) == (None, None)


def test_what_the_second_needs_on_stated_scales(decision):
    # A: 0.6 * 0.9 + 0.4 * 0.5 = 0.74; B: 0.6 * 0.5 + 0.4 * 1 = 0.7.
    needed = {n.criterion: n for n in needed_by_second(decision("A,9,5\nB,5,0\n"))}
    assert needed["x"].alternative == "B"
    assert needed["x"].needed == pytest.approx(5 + 0.04 / 0.6 * 10)
    assert needed["y"].needed is None  # it is at the end of the scale already


def test_what_the_second_needs_on_a_local_scale_that_moves_with_it(decision):
    local = "criterion,weight,direction\nx,0.6,max\ny,0.4,min\n"
    rows = "A,9,5\nB,5,0\nC,1,9\n"
    first = rank(decision(rows, local)).selected
    (need,) = [n for n in needed_by_second(decision(rows, local)) if n.criterion == "x"]
    changed = {"A": rows.replace("A,9", f"A,{need.needed!r}"), "B": rows.replace("B,5", f"B,{need.needed!r}")}
    scores = {s.alternative: s.score for s in rank(decision(changed[need.alternative], local)).standings}
    assert scores[first] == pytest.approx(scores[need.alternative], abs=1e-9)


def test_what_the_second_can_never_reach(decision):
    local = "criterion,weight,direction\nx,0.95,max\ny,0.05,min\n"
    needed = {n.criterion: n.needed for n in needed_by_second(decision("A,9,5\nB,5,3\nC,0,9\n", local))}
    assert needed["y"] is None
    assert needed["x"] is not None


def test_category_that_the_second_needs(decision):
    graded = "criterion,weight,direction,scale\nx,0.6,max,tốt=1;khá=0.6;kém=0\ny,0.4,max,0-10\n"
    needed = {n.criterion: n.needed for n in needed_by_second(decision("A,tốt,2\nB,kém,9\n", graded))}
    assert needed["x"] == 0.6


def test_leaving_out_an_alternative_can_turn_others_on_a_local_scale(decision):
    """C stretches the scale of x; without it the small difference between A and B on x decides."""
    local = "criterion,weight,direction\nx,0.55,max\ny,0.45,max\n"
    assert rank_reversals(decision("A,2,5\nB,1,6\nC,9,0\n", local)) == [Reversal("C", "A", "B")]


def test_stated_scales_know_no_reversal(decision):
    assert rank_reversals(decision("A,2,5\nB,1,6\nC,9,0\nD,4,4\n")) == []


def test_without_keeps_the_rest_as_it_was(decision):
    whole = decision("A,9,1\nB,5,5\n")
    rest = without(whole, "A")
    assert (rest.alternatives, rest.figures.tolist(), rest.refused) == (("B",), [[5, 5]], ((),))
