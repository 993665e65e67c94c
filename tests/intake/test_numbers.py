"""Figures typed as text: what a text tells of its style, and what only its neighbours tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.intake.numbers import evidence, legend_of, read_number, sign_of, style_by_neighbours, style_of
from support.department import english, vietnamese

FIGURES = st.floats(min_value=0, max_value=9e8).map(lambda value: round(value, 3))


@given(FIGURES, st.sampled_from(["vi", "en"]))
def test_what_is_written_in_a_style_is_read_in_it(value, style):
    text = vietnamese(value) if style == "vi" else english(value)
    assert read_number(text, style) == pytest.approx(value)
    assert read_number(text, None) in (None, pytest.approx(value))


@given(FIGURES)
def test_no_text_is_evidence_for_the_other_style(value):
    assert evidence(vietnamese(value)) in ("vi", "either", "whole")
    assert evidence(english(value)) in ("en", "either", "whole")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15.473", "either"), ("1,541", "either"), ("0,123", "vi"), ("0.123", "en"), ("798,7", "vi"), ("12.5", "en"),
        ("1.234.567", "vi"), ("1,234,567", "en"), ("1.234,5", "vi"), ("492", "whole"), ("15 473", "whole"),
        ("15 473,5", "vi"), ("１５", "whole"), ("", None), ("abc", None), ("1.2.3", None), ("12,34,567", None),
        ("−5", "whole"), ("4500,125", "vi"),
    ],
)  # fmt: skip
def test_what_a_text_tells(text, said):
    assert evidence(text) == said


def test_a_column_of_both_styles_contradicts_itself():
    assert style_of(["798,7", "15.473"]) == ("vi", False)
    assert style_of(["798,7", "12.5"]) == (None, True)
    assert style_of(["15.473"]) == (None, False)


@pytest.mark.parametrize(
    ("text", "others", "style"),
    [
        ("15.473", [14800.0, 16020.0, 15100.0], "vi"),
        ("15.473", [14.8, 16.02, 15.1], "en"),
        ("1,541", [1490.0, 1612.0], "en"),
        ("15.473", [480.0, 510.0], None),
        ("15.473", [15.0], None),
    ],
)
def test_neighbours(text, others, style):
    assert style_by_neighbours([(text, others)]) == style


def test_signs_by_the_files_own_legend():
    legend = legend_of(["Ghi chú: (-) không phát sinh; (...) chưa có số liệu; (x) cơ sở không báo cáo."])
    assert legend == {"-": "zero", "...": "missing", "x": "missing"}
    other = legend_of(["(-): không báo cáo; (x): không sản xuất"])
    assert (sign_of("-", other), sign_of("X", other)) == ("missing", "zero")
    assert (sign_of("-", {}), sign_of("…", {}), sign_of("12", {})) == ("zero", "missing", None)
