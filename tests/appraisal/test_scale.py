"""Scales: what is understood, what is refused, and the values they give."""

import numpy as np
import pytest

from fansipan.appraisal.criteria.scale import Scale, ValueFunction
from fansipan.appraisal.criteria.scale_reading import is_known, parse_scale
from fansipan.errors import FansipanError


@pytest.mark.parametrize("words", [None, "", "  ", "tỷ đồng", "ratio", "%"])
def test_blank_or_a_unit_is_local(words):
    assert parse_scale(words) == Scale()


@pytest.mark.parametrize(
    "words",
    [
        "0-100",
        "0 – 100",
        "0..100",
        "0:100",
        "[0;100]",
        "100-0",
        "0 đến 100",
        "0.0-1e2",
        "linear 0-100",
        "linear(0, 100)",
        "[0,100]",
        "0-100 điểm",
        "0%-100%",
        "0-100 %",
        "thang 100",
        "Thang điểm 100",
        "out of 100",
        "từ 0 đến 100",
        "0-100 tỷ đồng/ha",
        "Tuyến tính 0–100",
        "Likert 0-100",
    ],
)
def test_linear_scales_as_they_are_written(words):
    assert parse_scale(words) == Scale("linear", ((0.0, 0.0), (100.0, 1.0)))


@pytest.mark.parametrize("words", ["linear", "Min-Max", "tuyến tính", "tương đối", "ratio", "", None])
def test_names_of_the_local_scale(words):
    assert is_known(words)


@pytest.mark.parametrize("words", ["log", "piecewise", "%", "tỷ đồng", "m2", "tCO2/tỷ đồng"])
def test_other_words_are_taken_for_a_unit(words):
    assert parse_scale(words) == Scale()
    assert not is_known(words)


@pytest.mark.parametrize("words", ["0:0; 50:0.8; 100:1", "0:0 | 50:0,8 | 100:1", "0:0, 50:0.8, 100:1"])
def test_points_however_they_are_parted(words):
    assert parse_scale(words).points == ((0, 0), (50, 0.8), (100, 1))


@pytest.mark.parametrize("words", ["Tốt=1; Đạt=0,5", "Tốt: 1; Đạt: 0.5", "Tốt=1|Đạt=0.5", "Tốt=1, Đạt=0.5"])
def test_categories_however_they_are_parted(words):
    assert parse_scale(words).words == (("Tốt", 1), ("Đạt", 0.5))


def test_negative_ends():
    assert parse_scale("-5..10").ends == (-5, 10)


def test_piecewise_and_categories():
    assert parse_scale("0:0; 50:0.8; 100:1").points == ((0, 0), (50, 0.8), (100, 1))
    scale = parse_scale("Nhóm I=0; Nhóm II=0.5; Nhóm III=1")
    assert scale.category(" nhóm ii ") == 0.5
    assert scale.category("IV") is None


@pytest.mark.parametrize("words", ["5-5", "0-", "1,2,3", "50:1;0:0", "0:0;5:2", "A=1;a=0", "A=1;B=3", "0-100 điểm?"])
def test_what_is_no_scale_is_refused(words):
    with pytest.raises(FansipanError, match="is not understood"):
        parse_scale(words)


@pytest.mark.parametrize(
    ("function", "figures", "values"),
    [
        (ValueFunction(parse_scale("0-100"), 0, 100), [-5, 0, 25, 100, 120], [0, 0, 0.25, 1, 1]),
        (ValueFunction(parse_scale("0-100"), 100, 0), [0, 25, 100], [1, 0.75, 0]),
        (ValueFunction(Scale(), 2, 4), [2, 3, 4, 5], [0, 0.5, 1, 1.5]),
        (ValueFunction(Scale(), 3, 3), [3, 3], [1, 1]),
        (ValueFunction(parse_scale("0:0;50:0.8;100:1"), 0, 0), [-1, 25, 75, 200], [0, 0.4, 0.9, 1]),
        (ValueFunction(parse_scale("I=0;II=1"), 0, 1), [0, 1], [0, 1]),
    ],
)
def test_values(function, figures, values):
    assert function(np.array(figures, dtype=float)).tolist() == pytest.approx(values)


@pytest.mark.parametrize(
    ("function", "value", "figure"),
    [
        (ValueFunction(parse_scale("0-100"), 0, 100), 0.25, 25),
        (ValueFunction(parse_scale("0-100"), 100, 0), 0.25, 75),
        (ValueFunction(parse_scale("0-100"), 0, 100), 1.1, None),
        (ValueFunction(Scale(), 2, 4), 1.5, 5),
        (ValueFunction(Scale(), 3, 3), 0.5, None),
        (ValueFunction(parse_scale("0:0;50:0.8;100:1"), 0, 0), 0.9, 75),
        (ValueFunction(parse_scale("0:0;50:0.8"), 0, 0), 0.9, None),
        (ValueFunction(parse_scale("0:0.2;50:0.8"), 0, 0), 0.1, 0),
        (ValueFunction(parse_scale("I=0;II=0.5;III=1"), 0, 1), 0.3, 0.5),
        (ValueFunction(parse_scale("I=0;II=0.5"), 0, 1), 0.7, None),
    ],
)
def test_the_figure_that_a_value_needs(function, value, figure):
    assert function.figure_for(value) == (None if figure is None else pytest.approx(figure))
