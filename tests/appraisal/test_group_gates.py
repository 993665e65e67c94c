"""Least totals: who falls below one takes no part in scales, comparisons or anything said of firmness."""

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank
from fansipan.appraisal.ranking.robustness import dominance, rank_reversals

SCALED = (
    "criterion,parent,weight,direction,scale,gate\ntotal,,,max,0-100,>=50\nx,total,50,max,0-10,\ny,total,50,max,0-10,\n"
)
LOCAL = "criterion,parent,direction,gate\ng,,max,>=0.3\nx,g,max,\ny,g,max,\n"


def test_one_below_the_least_total_is_in_no_comparison(folder):
    decision = read_decision(folder("alternative,x,y\nA,9,4\nB,6,8\nC,2,3\n", SCALED))
    assert decision.eligible == [0, 1]
    assert dominance(decision) == []  # both are better than C, which is out
    assert all("C" not in (one.left_out, one.now_before, one.now_behind) for one in rank_reversals(decision))


def test_scales_do_not_see_who_fell(folder):
    with_c = read_decision(folder("alternative,x,y\nA,9,4\nB,6,8\nC,1,1\n", LOCAL))
    assert with_c.refused[2][0].value == pytest.approx(0)
    without = read_decision(folder("alternative,x,y\nA,9,4\nB,6,8\n", LOCAL.replace(">=0.3", "")))
    expected = {s.alternative: s.score for s in rank(without).standings}
    assert {s.alternative: s.score for s in rank(with_c).standings if s.rank} == pytest.approx(expected)


def test_a_total_of_exactly_the_least_passes(folder):
    decision = read_decision(folder("alternative,x,y\nA,5,5\nB,4.9,5\n", SCALED))
    assert decision.eligible == [0]
    assert "49.5" in decision.refused[1][0].message("en")


def test_who_was_refused_before_is_not_refused_again(folder):
    criteria = SCALED.replace("x,total,50,max,0-10,", "x,total,50,max,0-10,>=3")
    decision = read_decision(folder("alternative,x,y\nA,9,9\nB,1,1\n", criteria))
    assert [refusal.criterion for refusal in decision.refused[1]] == ["x"]
