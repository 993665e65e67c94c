"""Draws of uncertain figures and of judges' marks."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.mark_draws import Spread, uncertainty, value_draws
from fansipan.appraisal.ranking.ranking import rank
from fansipan.errors import InvalidInput, Refused

CRITERIA = "criterion,direction,scale\nvốn,max,0-10\nnước,min,\n"
ALTERNATIVES = "alternative,vốn,nước\nA,5,1\nB,5,2\n"
HEAD = "alternative,criterion,distribution,a,b\n"


def read(folder, uncertain=None, marks=None):
    return read_decision(folder(ALTERNATIVES, CRITERIA, uncertain=uncertain, marks=marks))


def test_certain_figures_need_no_draws(folder):
    assert value_draws(read(folder), [0, 1], 1) is None


@pytest.mark.parametrize(
    ("row", "mean", "deviation"),
    [
        ("uniform,0,10", 0.5, 12**-0.5),
        ("triangular,0,10", 0.5, 24**-0.5),
        ("normal,4,1", 0.4, 0.1),
        ("beta,2,2", 0.05, 0.1 * 20**-0.5),
    ],
)
def test_distributions(folder, row, mean, deviation):
    draws = value_draws(read(folder, HEAD + f"A,vốn,{row}\n"), [0, 1], 1)(0, 20_000)
    drawn = draws[:, 0, 0]
    assert drawn.mean() == pytest.approx(mean, abs=4 * deviation / 20_000**0.5)
    assert drawn.std() == pytest.approx(deviation, rel=0.03)
    assert (draws[:, 1] == draws[0, 1]).all()


def test_the_same_draws_each_time(folder):
    draw = value_draws(read(folder, HEAD + "A,vốn,uniform,0,10\n"), [0, 1], 1)
    assert (draw(0, 50) == draw(0, 50)).all()
    assert (draw(0, 50) != value_draws(read(folder), [0, 1], 2)(0, 50)).any()


def test_local_scale_spans_what_can_be_drawn(folder):
    values = value_draws(read(folder, HEAD + "A,nước,uniform,0,3\n"), [0, 1], 1)(0, 2000)[:, :, 1]
    assert values.min() >= 0
    assert values.max() <= 1
    assert values[0, 1] == pytest.approx(1 / 3)


def test_a_judge_is_drawn_for_all_alternatives_together(folder):
    marks = "judge,alternative,criterion,mark\nMinh,A,vốn,4\nMinh,B,vốn,6\nLan,A,vốn,8\nLan,B,vốn,10\n"
    drawn = value_draws(read(folder, marks=marks), [0, 1], 1)(0, 4000)[:, :, 0]
    assert np.allclose(drawn[:, 1] - drawn[:, 0], 0.2)
    assert np.mean(drawn[:, 0] == 0.4) == pytest.approx(0.5, abs=0.05)


TWO = "criterion,weight,direction,scale\nvốn,1,max,0-10\nnước,1,max,0-10\n"


def marked(*judges):
    """Marks of `judges`: a name and the marks of A and B on each criterion."""
    rows = [
        f"{judge},{alternative},{criterion},{mark}\n"
        for judge, own in judges
        for criterion, pair in own.items()
        for alternative, mark in zip("AB", pair, strict=True)
    ]
    return "judge,alternative,criterion,mark\n" + "".join(rows)


def test_a_judge_is_drawn_for_all_criteria_together(folder):
    """Lan is for A on everything, Minh for B on everything: drawn whole, no draw mixes the two and none is level."""
    marks = marked(("Lan", {"vốn": (9, 2), "nước": (8, 3)}), ("Minh", {"vốn": (2, 9), "nước": (3, 8)}))
    decision = read_decision(folder("alternative\nA\nB\n", TWO, marks=marks))
    drawn = value_draws(decision, [0, 1], 1)(0, 4000)
    assert {tuple(map(tuple, one.round(9))) for one in drawn} == {((0.9, 0.8), (0.2, 0.3)), ((0.2, 0.3), (0.9, 0.8))}
    shares = [standing.details["acceptability"] for standing in rank(decision, "smaa", draws=4000).standings]
    assert shares[0][0] + shares[1][0] == 1
    assert shares[0][0] == pytest.approx(0.5, abs=4 * 0.5 / 4000**0.5)


@given(st.lists(st.lists(st.integers(0, 10), min_size=9, max_size=9), min_size=2, max_size=5), st.integers(0, 99))
def test_acceptability_under_exact_weights_is_the_share_of_judges(judges, seed):
    """With exact weights an alternative is first as often as there are judges by whose marks alone it is first."""
    figures = np.array(judges, dtype=float).reshape(len(judges), 3, 3)  # judges x criteria x alternatives
    rows = [
        f"J{j},{alternative},{criterion},{figures[j, c, a]}\n"
        for j in range(len(judges))
        for c, criterion in enumerate("xyz")
        for a, alternative in enumerate("ABC")
    ]
    criteria = "criterion,weight,direction,scale\n" + "".join(f"{c},1,max,0-10\n" for c in "xyz")
    with TemporaryDirectory() as name:
        for file, words in {
            "alternatives": "alternative\nA\nB\nC\n",
            "criteria": criteria,
            "marks": "judge,alternative,criterion,mark\n" + "".join(rows),
        }.items():
            Path(name, f"{file}.csv").write_text(words)
        found = rank(read_decision(name), "smaa", draws=2000, seed=seed)
    totals = figures.sum(axis=1)
    expected = (totals == totals.max(axis=1, keepdims=True)).mean(axis=0)
    error = 5 * np.sqrt(expected * (1 - expected) / 2000) + 1e-9
    assert (np.abs([s.score for s in found.standings] - expected) <= error).all()


def test_judges_of_different_criteria_are_all_heard(folder):
    """Two mark `vốn` and two others `nước`: each criterion still goes to each of its two judges half the time."""
    own = [("Lan", "vốn", (9, 2)), ("Minh", "vốn", (2, 9)), ("Hoa", "nước", (8, 3)), ("Nam", "nước", (3, 8))]
    marks = marked(*((judge, {criterion: pair}) for judge, criterion, pair in own))
    drawn = value_draws(read_decision(folder("alternative\nA\nB\n", TWO, marks=marks)), [0, 1], 1)(0, 8000)
    assert not np.isnan(drawn).any()
    for leaf, mark in ((0, 0.9), (1, 0.8)):
        assert np.isclose(drawn[:, 0, leaf], mark).mean() == pytest.approx(0.5, abs=4 * 0.5 / 8000**0.5)


def test_a_member_who_may_not_mark_one_is_not_drawn(folder):
    """Hoa may not mark A: in no draw does Hoa's severity to B meet another's mark of A."""
    marks = marked(("Lan", {"vốn": (6, 7)}), ("Minh", {"vốn": (5, 6)}), ("Hoa", {"vốn": (9, 0)}))
    folder_ = folder(
        "alternative\nA\nB\n", TWO.replace("nước,1,max,0-10\n", ""), marks=marks, conflicts="judge,alternative\nHoa,A\n"
    )
    drawn = value_draws(read_decision(folder_), [0, 1], 1)(0, 500)
    assert {tuple(one.ravel().round(9)) for one in drawn} == {(0.6, 0.7), (0.5, 0.6)}


def test_judges_of_one_mind_are_certain(folder):
    marks = "judge,alternative,criterion,mark\nMinh,A,vốn,4\nMinh,B,vốn,6\nLan,A,vốn,4\nLan,B,vốn,6\n"
    assert not uncertainty(read(folder, marks=marks), [0, 1])


@pytest.mark.parametrize("row", ["uniform,3,1", "normal,1,-1", "beta,0,1", "triangular,9,6"])
def test_parameters_that_are_none(folder, row):
    with pytest.raises(InvalidInput, match="parameters that are none"):
        value_draws(read(folder, HEAD + f"A,vốn,{row}\n"), [0, 1], 1)


def test_triangle_around_another_figure(folder):
    with pytest.raises(Refused, match="outside its triangular"):
        value_draws(read(folder, HEAD + "A,vốn,triangular,6,9\n"), [0, 1], 1)


def test_ends():
    assert Spread("normal", 4, 1, 4).ends == (2, 6)
    assert Spread("beta", 2, 2, 0.5).ends == pytest.approx((0.5 - 2 * 20**-0.5, 0.5 + 2 * 20**-0.5))
    assert (Spread("triangular", 3, 3, 3).draw(4, np.random.default_rng(1)) == 3).all()
