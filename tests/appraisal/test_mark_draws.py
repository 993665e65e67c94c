"""Draws of uncertain figures and of judges' marks."""

import numpy as np
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.mark_draws import Spread, uncertainty, value_draws
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
