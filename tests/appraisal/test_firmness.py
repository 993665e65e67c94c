"""Firmness gathered: weights of groups, the nearest move, what the JSON and the terminal tell."""

import numpy as np
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.firmness import MOST_LEFT_OUT, firmness
from fansipan.appraisal.ranking.ranking import rank

GROUPED = (
    "criterion,parent,weight,direction,scale\ng,,60,max,\nh,,40,max,\n"
    "a,g,3,max,0-10\nb,g,1,max,0-10\nc,h,1,max,0-10\nd,h,1,max,0-10\n"
)
ROWS = "alternative,a,b,c,d\nA,9,8,2,3\nB,4,6,9,8\nC,6,7,5,5\n"


def test_a_group_moves_with_its_proportions_kept(folder):
    """A: g 8.75, h 2.5; B: g 4.5, h 8.5: level where 4.25 t = 6 (1 - t). C: g 6.25, h 5 is level at 0.5."""
    decision = read_decision(folder(ROWS, GROUPED))
    move = next(move for move in firmness(decision).moves if move.criterion == "g")
    assert (move.weight, move.upper) == (pytest.approx(0.6), None)
    assert (move.lower, move.lower_first) == (pytest.approx(6 / 10.25), "B")


def test_at_the_group_s_weight_the_two_are_level(folder):
    move = firmness(read_decision(folder(ROWS, GROUPED))).moves[0]
    turned = GROUPED.replace("g,,60", f"g,,{move.lower!r}").replace("h,,40", f"h,,{1 - move.lower!r}")
    scores = {s.alternative: s.score for s in rank(read_decision(folder(ROWS, turned))).standings}
    assert scores["A"] == pytest.approx(scores[move.lower_first])


def test_the_whole_and_what_weighs_nothing_cannot_move(folder):
    criteria = "criterion,parent,weight,direction,scale\nall,,,max,\n" + GROUPED.split("\n", 1)[1].replace(
        ",,", ",all,"
    )
    criteria = criteria.replace("h,all,40", "h,all,0")
    moves = {move.criterion for move in firmness(read_decision(folder(ROWS, criteria))).moves}
    assert moves == {"a", "b", "c", "d"}


def test_the_nearest_move_is_the_smallest(folder):
    firm = firmness(read_decision(folder(ROWS, GROUPED)))
    move, end, name = firm.nearest
    every = [abs(e - m.weight) for m in firm.moves for e in (m.lower, m.upper) if e is not None]
    assert abs(end - move.weight) == min(every)
    assert name in "BC"


def test_nothing_is_near_where_one_dominates(folder):
    firm = firmness(read_decision(folder("alternative,a,b,c,d\nA,9,9,9,9\nB,1,1,1,1\n", GROUPED)))
    assert firm.nearest is None
    assert firm.dominated == [("A", "B")]


def test_many_alternatives_are_not_left_out_one_by_one(folder):
    random = np.random.default_rng(3)
    rows = "".join(f"N{i},{random.random():.3f},{random.random():.3f}\n" for i in range(MOST_LEFT_OUT + 1))
    firm = firmness(read_decision(folder("alternative,x,y\n" + rows, "criterion,direction\nx,max\ny,max\n")))
    assert firm.reversals is None
    assert firm.as_dict()["rank_reversals"] is None


@pytest.mark.parametrize("method", ["value", "topsis", "vikor", "promethee2", "smaa"])
def test_the_json_tells_firmness_and_the_weights_that_figures_imply(appraise, method):
    _, told, _ = appraise("--method", method, "--draws", "500", alternatives=ROWS, criteria=GROUPED)
    assert set(told["robustness"]) == {"dominated", "weight_moves", "needed_by_second", "rank_reversals"}
    assert {need["criterion"] for need in told["robustness"]["needed_by_second"]} == set("abcd")
    assert set(told["objective_weights"]) == {"entropy", "critic"}
    assert sum(told["objective_weights"]["critic"].values()) == pytest.approx(1)


def test_negative_figures_have_no_entropy_weights(appraise):
    rows = ROWS.replace("A,9", "A,-9")
    _, told, _ = appraise(alternatives=rows, criteria=GROUPED.replace("a,g,3,max,0-10", "a,g,3,max,"))
    assert set(told["objective_weights"]) == {"critic"}


def test_the_terminal_tells_what_turns_it_in_both_languages(folder, fansipan):
    decision = folder(ROWS, GROUPED)
    english, vietnamese = fansipan("appraise", decision), fansipan("appraise", decision, lang="vi")
    assert "The weight that must move least to turn the first:" in english.stdout
    assert "draws level with the first if one of these changes:" in english.stdout
    assert "Trọng số cần đổi ít nhất để đổi hạng nhất:" in vietnamese.stdout


def test_the_terminal_says_that_no_weight_turns_it(folder, fansipan):
    done = fansipan("appraise", folder("alternative,a,b,c,d\nA,9,9,9,9\nB,1,1,1,1\n", GROUPED))
    assert "No weight, however far it moves, turns the first." in done.stdout


def test_draws_that_cannot_tell_two_apart_say_so(folder):
    rows, free = "alternative,x,y\nA,1,0\nB,0,1\n", "criterion,direction\nx,max\ny,max\n"
    few = rank(read_decision(folder(rows, free)), "smaa", draws=400)
    assert "smaa.too-close" in [message.code for message in few.messages]
    stated = "criterion,direction,scale\nx,max,0-1\ny,max,0-1\n"
    clear = rank(read_decision(folder("alternative,x,y\nA,1,0.5\nB,0,1\n", stated)), "smaa", draws=4000)
    assert "smaa.too-close" not in [message.code for message in clear.messages]
