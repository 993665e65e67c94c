"""Rankings of whole decisions, by every method: ties, gates, what a method adds, and the odd columns."""

import json

import numpy as np
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.methods.smaa import uniform_first_two
from fansipan.appraisal.ranking.ranking import METHODS, rank
from fansipan.errors import NotFound

DRAWS = 20_000


def ranked(folder, method="value", **options):
    found = rank(read_decision(folder), method, draws=DRAWS, **options)
    json.dumps(found.as_dict("vi"), allow_nan=False)  # no nan may reach the printed JSON
    return found


def places(ranking):
    return {standing.alternative: standing.rank for standing in ranking.standings}


def test_value_is_the_weighted_sum(folder):
    found = ranked(folder())
    # vốn: 1/3, 0, 1; công nghệ: 0.8, 1, 0; nước: 2/3, 1, 0.
    expected = {"A": 0.4 / 3 + 0.35 * 0.8 + 0.25 * 2 / 3, "B": 0.6, "C": 0.4}
    assert {s.alternative: s.score for s in found.standings} == pytest.approx(expected)
    assert found.selected == "B"
    assert found.extra["weights"] == pytest.approx({"vốn": 0.4, "công nghệ": 0.35, "nước": 0.25})


@pytest.mark.parametrize("method", METHODS)
def test_refused_alternatives_have_no_rank_and_take_no_part(folder, method):
    gated = "criterion,weight,direction,gate\nvốn,40,max,>=95\ncông nghệ,35,max,\nnước,25,min,\n"
    with_refused = ranked(folder(criteria=gated), method)
    without = ranked(folder("alternative,vốn,công nghệ,nước\nA,100,80,5\nC,120,60,9\n", gated), method)
    assert places(with_refused) == places(without) | {"B": None}
    refused = with_refused.standings[1]
    assert (refused.score, [r.criterion for r in refused.refused]) == (None, ["vốn"])
    assert [s.score for s in without.standings] == [s.score for s in with_refused.standings if s.rank]


@pytest.mark.parametrize("method", METHODS)
def test_all_gated_out(folder, method):
    found = ranked(folder(criteria="criterion,direction,gate\nvốn,max,>=999\n"), method)
    assert set(places(found).values()) == {None}
    assert found.selected is None
    assert [message.code for message in found.messages if message.code.startswith("appraisal")] == [
        "appraisal.none-left"
    ]


@pytest.mark.parametrize("method", METHODS)
def test_tied_alternatives_share_the_rank(folder, method):
    found = ranked(folder("alternative,vốn,công nghệ,nước\nA,3,2,1\nB,3,2,1\nC,1,1,2\n"), method)
    assert places(found) == {"A": 1, "B": 1, "C": 3}
    assert found.selected is None
    assert "appraisal.tie" in [message.code for message in found.messages]


def test_on_a_tie_the_chair_proposes(folder):
    tied = folder("alternative,vốn,công nghệ,nước\nA,3,2,1\nB,3,2,1\nC,1,1,2\n", heading='chair_proposes = "B"\n')
    found = ranked(tied)
    assert found.selected == "B"
    assert places(found)["A"] == 1
    assert "appraisal.tie-proposed" in [message.code for message in found.messages]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("column", ["7,7,7", "0,0,0", "-3,-3,-3"])
def test_constant_zero_and_negative_constant_columns_decide_nothing(folder, method, column):
    a, b, c = column.split(",")
    plain = "alternative,vốn\nA,3\nB,1\nC,2\n"
    wider = f"alternative,vốn,điện\nA,3,{a}\nB,1,{b}\nC,2,{c}\n"
    alone = ranked(folder(plain, "criterion,weight,direction\nvốn,1,max\n"), method)
    beside = ranked(folder(wider, "criterion,weight,direction\nvốn,1,max\nđiện,1,min\n"), method)
    assert places(beside) == places(alone)


@pytest.mark.parametrize("method", METHODS)
def test_negative_figures(folder, method):
    found = ranked(folder("alternative,vốn\nA,-3\nB,-1\nC,2\n", "criterion,direction\nvốn,max\n"), method)
    assert places(found) == {"A": 3, "B": 2, "C": 1}


@pytest.mark.parametrize(
    ("method", "score"), [("value", 1.0), ("topsis", 0.5), ("vikor", 0.0), ("promethee2", 0.0), ("smaa", 1.0)]
)
def test_one_alternative_is_first(folder, method, score):
    found = ranked(folder("alternative,vốn\nA,5\n", "criterion,direction\nvốn,max\n"), method)
    assert (found.standings[0].score, found.standings[0].rank, found.selected) == (score, 1, "A")


def test_group_gate_refuses_below_a_least_total_on_the_group_s_scale(folder):
    criteria = (
        "criterion,parent,weight,direction,scale,gate,rule\ntổng,,,max,0-100,>=50,Điều 13 khoản 2\n"
        "hạ tầng,tổng,15,max,0-15,,\nmôi trường,tổng,15,max,0-15,,\n"
        "năng lực,tổng,30,max,0-30,,\ntài chính,tổng,40,max,0-40,,\n"
    )
    rows = "alternative,hạ tầng,môi trường,năng lực,tài chính\nA,12,10,20,30\nB,5,5,15,24\nC,10,10,10,20\n"
    found = ranked(folder(rows, criteria))
    assert {s.alternative: s.score for s in found.standings} == {
        "A": pytest.approx(72),
        "B": None,
        "C": pytest.approx(50),
    }
    assert places(found) == {"A": 1, "B": None, "C": 2}
    refusal = found.standings[1].refused[0].as_dict("vi")
    assert (refusal["value"], refusal["gate"], refusal["rule"]) == (pytest.approx(49), "≥ 50", "Điều 13 khoản 2")
    assert places(ranked(folder(rows, criteria), "topsis"))["B"] is None


def test_what_each_method_adds(folder):
    topsis, vikor = ranked(folder(), "topsis"), ranked(folder(), "vikor")
    promethee, smaa = ranked(folder(), "promethee2"), ranked(folder(), "smaa")
    assert set(topsis.standings[0].details) == {"to_best", "to_worst"}
    assert set(vikor.standings[0].details) == {"S", "R"}
    assert set(vikor.extra["compromise"]) <= {"A", "B", "C"}
    assert set(promethee.standings[0].details) == {"leaving", "entering", "vetoed_by"}
    assert {"acceptability", "central_weights", "confidence", "pairwise"} == set(smaa.standings[0].details)
    assert smaa.extra["draws"] == DRAWS


def test_vikor_ranks_the_lowest_first(folder):
    found = ranked(folder(), "vikor")
    assert min(found.standings, key=lambda s: s.score).rank == 1


def test_veto_is_told_and_not_counted(folder):
    with_veto = "criterion,weight,direction,v\nvốn,40,max,\ncông nghệ,35,max,20\nnước,25,min,\n"
    found = ranked(folder(criteria=with_veto), "promethee2")
    assert {s.alternative: s.details["vetoed_by"] for s in found.standings} == {"A": [], "B": [], "C": ["công nghệ"]}
    assert places(found) == places(ranked(folder(), "promethee2"))


def test_smaa_of_two_criteria_equals_the_closed_form(folder):
    rows = "alternative,x,y\nA,0,1\nB,0.7,0.8\nC,1,0\nD,0.5,0.4\n"
    found = ranked(folder(rows, "criterion,direction\nx,max\ny,max\n"), "smaa")
    expected = uniform_first_two(np.array([[0, 1], [0.7, 0.8], [1, 0], [0.5, 0.4]], dtype=float))
    error = np.sqrt(expected * (1 - expected) / DRAWS) + 1e-12
    assert (np.abs(np.array([s.score for s in found.standings]) - expected) <= 4 * error).all()


def test_smaa_with_bounds_on_two_weights_equals_the_closed_form(folder):
    """With w1 uniform in 0.3 to 0.7 and crossing lines at w1 = 0.4, the first has 3/4."""
    rows = "alternative,x,y\nA,1,0\nB,0,0.6666666666666667\nC,0,1\nD,0.5,0.5\n"
    criteria = "criterion,weight_min,weight_max,direction,scale\nx,0.3,0.7,max,0-1\ny,0.3,0.7,max,0-1\n"
    found = {s.alternative: s.score for s in ranked(folder(rows, criteria), "smaa").standings}
    # A: w1; C: 1 - w1; D: 1/2: A first above 0.5, C below.
    assert found["A"] == pytest.approx(0.5, abs=4 * 0.5 / DRAWS**0.5)
    assert found["B"] == 0


def test_smaa_of_order_only(folder):
    """x before y: w1 is uniform in 0.5 to 1, so the one good at x always wins."""
    found = ranked(folder("alternative,x,y\nA,1,0\nB,0,1\n", "criterion,direction,order\nx,max,1\ny,max,2\n"), "smaa")
    assert found.standings[0].score == 1
    assert found.standings[0].details["central_weights"]["x"] == pytest.approx(0.75, abs=0.01)


def test_smaa_of_exact_weights_says_that_nothing_is_uncertain(folder):
    assert [message.code for message in ranked(folder(), "smaa").messages] == ["appraisal.nothing-uncertain"]


def test_smaa_of_the_same_seed_is_the_same_and_of_another_is_not(folder):
    free = "criterion,direction\nvốn,max\ncông nghệ,max\nnước,min\n"
    one, same, other = (ranked(folder(criteria=free), "smaa", seed=seed).as_dict("en") for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_smaa_with_judges_who_disagree(folder):
    found = ranked(
        folder(
            "alternative\nA\nB\n",
            "criterion,weight,direction,scale\nmức,1,max,0-10\n",
            marks="judge,alternative,criterion,mark\nM,A,mức,8\nM,B,mức,6\nL,A,mức,5\nL,B,mức,6\nT,A,mức,7\nT,B,mức,4\n",
        ),
        "smaa",
    )
    assert found.standings[0].score == pytest.approx(2 / 3, abs=0.02)


def test_categories_rank_by_their_values_in_every_method(folder):
    criteria = "criterion,direction,scale\nnhóm,min,I=0;II=0.5;III=1\n"
    for method in METHODS:
        assert places(ranked(folder("alternative,nhóm\nA,I\nB,III\nC,II\n", criteria), method))["B"] == 1


def test_unknown_method_is_refused(folder):
    with pytest.raises(NotFound, match="electre"):
        rank(read_decision(folder()), "electre")
