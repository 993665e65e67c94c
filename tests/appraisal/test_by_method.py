"""What turns the first, and what the second needs, belong to the method that ranks."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.by_method import lead, moved, scores
from fansipan.appraisal.ranking.dossier import dossier
from fansipan.appraisal.ranking.firmness import firmness
from fansipan.appraisal.ranking.ranking import rank
from fansipan.appraisal.ranking.robustness import needed_by_second, weight_moves
from fansipan.report.choice.sentences import firm_sentences

SCALES = ("", "0-100")
METHODS = ["value", "topsis", "vikor", "promethee2"]


def decide(figures, weights, scale, shape=""):
    names = "xyzu"[: figures.shape[1]]
    criteria = "criterion,weight,direction,scale,preference,q,p\n" + "".join(
        f"{name},{weight},{'min' if name == 'y' else 'max'},{scale},{shape}\n"
        for name, weight in zip(names, weights, strict=True)
    )
    rows = "alternative," + ",".join(names) + "\n"
    rows += "".join(f"{'ABCDE'[at]},{','.join(map(str, row))}\n" for at, row in enumerate(figures))
    with TemporaryDirectory() as folder:
        Path(folder, "alternatives.csv").write_text(rows)
        Path(folder, "criteria.csv").write_text(criteria)
        return read_decision(folder)


@st.composite
def decisions(draw):
    count, width = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    figures = np.array(draw(st.lists(st.integers(1, 99), min_size=count * width, max_size=count * width)))
    weights = draw(st.lists(st.integers(1, 9), min_size=width, max_size=width))
    shape = draw(st.sampled_from([",,", "linear,5,30"]))
    return decide(figures.reshape(count, width), weights, draw(st.sampled_from(SCALES)), shape)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=20)
@given(decision=decisions(), share=st.floats(0.02, 0.98))
def test_at_the_weight_named_the_rival_is_level_and_before_it_the_first_still_leads(method, decision, share):
    first = rank(decision, method).selected
    for move in weight_moves(decision, method):
        under = decision.tree.under(move.criterion)
        for end, rival in ((move.lower, move.lower_first), (move.upper, move.upper_first)):
            if end is None:
                continue
            at = scores(decision, method, moved(decision.tree.weights(), under, end))
            place = decision.alternatives.index
            assert at[place(first)] == pytest.approx(at[place(rival)], abs=1e-6)
            between = move.weight + (end - move.weight) * share
            gap, _ = lead(scores(decision, method, moved(decision.tree.weights(), under, between)), place(first))
            assert gap > -1e-6


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15)
@given(decision=decisions())
def test_with_the_figure_named_the_second_is_level_and_just_short_of_it_behind(method, decision):
    """Where a local scale or the usual preference jumps, the second is level or past."""
    ranking = rank(decision, method)
    for need in needed_by_second(decision, method):
        assert ranking.places[need.alternative] == 2
        if need.needed is None:
            continue
        leaf = [one.name for one in decision.leaves].index(need.criterion)
        short = need.needed - (need.needed - need.figure) * 1e-6
        for figure, ahead in ((need.needed, False), (short, True)):
            figures = decision.figures.copy()
            figures[decision.alternatives.index(need.alternative), leaf] = figure
            at = dict(zip(decision.alternatives, scores(replace(decision, figures=figures), method), strict=True))
            gap = at[ranking.selected] - at[need.alternative]
            assert gap > -1e-6 if ahead else gap < 1e-6


def test_the_first_by_another_method_has_its_own_sentences():
    """By the value B is first, by TOPSIS the moves are those of TOPSIS's own first."""
    figures = np.array([[1, 3000], [2, 3750], [5, 4500]])
    decision = decide(figures[:, ::-1], [1, 1], "")  # height, then risk as the criterion `y` of which less is better
    assert rank(decision, "topsis").selected == "A"
    assert rank(decision, "value").selected == "B"
    for method, second in (("topsis", "B"), ("vikor", "A")):
        assert {need.alternative for need in firmness(decision, method).needed} <= {second, "C"}
        rivals = {name for move in weight_moves(decision, method) for name in (move.lower_first, move.upper_first)}
        assert rank(decision, method).selected not in rivals


def test_smaa_names_no_weight_and_says_so(folder):
    rows, free = "alternative,x,y\nA,9,2\nB,3,7\nC,5,5\n", "criterion,direction,scale\nx,max,0-10\ny,max,0-10\n"
    decision = read_decision(folder(rows, free))
    firm = firmness(decision, "smaa")
    assert firm.moves == []
    ranking = rank(decision, "smaa")
    assert {need.alternative for need in firm.needed} == {ranking.in_order[1].alternative}
    lines = [line.en for line in firm_sentences(dossier(decision, "smaa", draws=200, lang="en"))]
    assert any("SMAA draws the weights" in line for line in lines)


@pytest.mark.parametrize("method", ["topsis", "vikor", "promethee2"])
def test_the_page_says_by_which_method(folder, method):
    lines = [line.en for line in firm_sentences(dossier(read_decision(folder()), method, draws=200, lang="en"))]
    assert any(line.startswith("How far weights may move") for line in lines)
