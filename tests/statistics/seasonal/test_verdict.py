"""The gate, the line a series, figures below zero, outliers that are known (Rules SA12 and SA13)."""

from dataclasses import replace

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjust import _notes, adjust
from fansipan.statistics.seasonal.adjustment import moves
from fansipan.statistics.seasonal.model.identify import Search, outlier_words, within
from fansipan.statistics.seasonal.verdict import verdict
from support.monthly import START, needs_x13, wave, with_tet


@needs_x13
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("months", [72, 120])
def test_noise_is_left_as_it_is_and_a_season_is_not(seed, months):
    noise = 100 + np.random.default_rng(seed).normal(0, 2, months)
    left = adjust(noise, START, holiday="none", stability=False)
    assert not left.seasonal
    assert left.parts.adjusted.tolist() == noise.tolist()
    assert "not seasonal, left as it is" in verdict(left).en
    assert adjust(wave(months, seed), START, holiday="none", stability=False).seasonal


@needs_x13
def test_what_hardly_moves_is_left_as_it_is():
    flat = 100 + np.random.default_rng(1).normal(0, 0.01, 72)
    found = adjust(flat, START)
    assert (found.seasonal, [note.code for note in found.notes]) == (False, ["seasonal.nearly-constant"])
    assert found.parts.adjusted.tolist() == flat.tolist()


@pytest.mark.parametrize(("spread", "answer"), [(0.0999, False), (0.1001, True)])
def test_the_border_of_hardly_moving(spread, answer):
    assert moves(np.array([100.0, np.nan, 100.0 + spread]), 100.0) is answer


@needs_x13
def test_stability_is_spoken_of_only_where_it_was_looked_at():
    found = adjust(wave(72), START, holiday="none", stability=False)
    assert "stab" not in verdict(found, stability=False).en
    assert "stability cannot be judged" in verdict(found).en


@needs_x13
@pytest.mark.parametrize("below", [0, 1, 9])
def test_figures_below_zero_of_a_series_without_any_are_told(below):
    found = adjust(wave(72), START, holiday="none", stability=False)
    figures = found.parts.adjusted.copy()
    figures[:below] = -1.0
    told = [
        note for note in _notes(replace(found, parts=replace(found.parts, adjusted=figures))) if "below" in note.code
    ]
    assert [note.params["count"] for note in told] == ([below] if below else [])
    if below:
        assert (
            told[0]
            .message("en")
            .startswith(f"The original is not below zero, but adjusted figures are ({below}: 2012-01")
        )


@needs_x13
@pytest.mark.parametrize(("words", "months"), [("AO2017-05", [64]), ("LS2017-05", range(64, 108)), ("TC2017-05", [64])])
@pytest.mark.parametrize("holiday", ["tet", "none"])
def test_a_known_outlier_stays_in_the_adjusted_series(words, months, holiday):
    series = with_tet(108) if holiday == "tet" else wave(108)
    marked = series.copy()
    marked[list(months)] *= 0.7
    found = adjust(marked, START, holiday=holiday, search=Search(known=(outlier_words(words),)), stability=False)
    plain = adjust(series, START, holiday=holiday, stability=False)
    assert found.parts.adjusted[64] / plain.parts.adjusted[64] == pytest.approx(0.7, abs=0.02)
    assert bool(found.windows) == (holiday == "tet")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("AO2020-04", "ao2020.4"),
        ("ls 04/2020", "ls2020.4"),
        ("tc2020M4", "tc2020.4"),
        ("RP2020-04:2020-09", "rp2020.4-2020.9"),
    ],
)
def test_outliers_in_words(words, written):
    assert outlier_words(words) == written


@pytest.mark.parametrize("words", ["XX2020-04", "AO", "AO2020-13", "RP2020-09:2020-04", "RP2020-04", "AO2020"])
def test_words_that_are_no_outlier_are_refused(words):
    with pytest.raises(Refused, match="is not understood"):
        outlier_words(words)


def test_outliers_outside_a_series_are_not_its_own():
    known = ("ao2020.4", "rp2019.12-2020.3", "ls2021.1")
    assert within(known, Month(2020, 1), Month(2020, 12)) == ("ao2020.4",)
