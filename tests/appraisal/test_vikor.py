"""VIKOR: the compromise conditions and the cases without spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.methods.vikor import vikor
from fansipan.appraisal.ranking.dossier import dossier
from fansipan.appraisal.ranking.ranking import rank
from fansipan.report.choice.sentences import firm_sentences

MORE = np.array([True, True])
HALF = np.array([0.5, 0.5])


def test_best_in_everything_has_zero_everywhere():
    found = vikor(np.array([[3.0, 4.0], [1.0, 2.0], [2.0, 2.5]]), HALF, MORE)
    assert (found.group[0], found.regret[0], found.compromise[0]) == (0, 0, 0)
    assert found.compromise[1] == 1
    assert found.solution == (0,)
    assert (found.advantage, found.stable) == (True, True)


def test_without_acceptable_advantage_all_close_ones_are_the_solution():
    found = vikor(np.array([[1.0, 0.0], [0.99, 0.011], [0.0, 1.0], [0.5, 0.5]]), np.array([0.6, 0.4]), MORE)
    assert not found.advantage
    assert len(found.solution) > 1


@pytest.mark.parametrize("matrix", [[[2.0, 5.0]], [[2.0, 5.0], [2.0, 5.0]], [[0.0, 0.0], [0.0, 0.0]]])
def test_one_alternative_or_all_alike_tie_at_zero(matrix):
    assert set(vikor(np.array(matrix), HALF, MORE).compromise) == {0.0}


def test_constant_criterion_adds_nothing():
    with_constant = vikor(np.array([[3.0, 7.0], [1.0, 7.0], [2.0, 7.0]]), HALF, MORE)
    assert with_constant.group.tolist() == [0, 0.5, 0.25]


def test_v_of_one_ranks_by_the_group_alone():
    found = vikor(np.array([[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]]), HALF, MORE, v=1.0)
    assert np.argsort(found.compromise)[0] == np.argmin(found.group)


def test_mountain_climber():
    """Opricovic and Tzeng (2004): risk (less) and height of three mountains, equal weights; the second is best."""
    found = vikor(np.array([[1.0, 3000], [2, 3750], [5, 4500]]), HALF, np.array([False, True]))
    assert found.group == pytest.approx([0.5, 0.375, 0.5])
    assert found.regret == pytest.approx([0.5, 0.25, 0.5])
    assert found.compromise == pytest.approx([1, 0, 1])
    assert found.solution == (1,)
    assert (found.advantage, found.stable) == (True, True)


@given(arrays(float, st.tuples(st.integers(2, 6), st.just(2)), elements=st.integers(0, 20).map(float)))
def test_the_compromise_set_by_its_definition(matrix):
    """Opricovic and Tzeng: with advantage and stability the first alone; without advantage all closer than 1/(n-1)."""
    found = vikor(matrix, HALF, MORE)
    q, step = found.compromise, 1 / (len(matrix) - 1)
    ordered, near = np.sort(q), set(np.flatnonzero(q - q.min() < step - 1e-12))
    assert found.advantage == (ordered[1] - ordered[0] >= step - 1e-12)
    if not found.advantage:
        assert set(found.solution) == near
    elif found.stable:
        assert found.solution == (int(q.argmin()),)
    else:
        assert set(found.solution) == {int(q.argmin()), *np.flatnonzero(q <= ordered[1] + 1e-12)}


def test_the_set_is_told_where_there_is_no_advantage(folder):
    """A and B stand too near each other, C and D far off."""
    rows, even = "alternative,x,y\nA,10,9\nB,9.8,9.4\nC,0,1\nD,2,0\n", "criterion,direction\nx,max\ny,max\n"
    decision = read_decision(folder(rows, even))
    ranking = rank(decision, "vikor")
    assert ranking.extra["acceptable_advantage"] is False
    (said,) = [message for message in ranking.messages if message.code == "vikor.no-advantage"]
    for lang in ("vi", "en"):
        assert ", ".join(ranking.extra["compromise"]) in said.message(lang)
    beside = dossier(decision, draws=100, lang="en")
    assert any("compromise set is" in line.en for line in firm_sentences(beside))


def test_the_first_alone_needs_no_set(folder):
    rows, even = "alternative,x,y\nA,10,9\nB,2,3\nC,0,1\n", "criterion,direction\nx,max\ny,max\n"
    assert not [one for one in rank(read_decision(folder(rows, even)), "vikor").messages if "vikor" in one.code]
