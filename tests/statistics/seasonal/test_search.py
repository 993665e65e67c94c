"""A model that is given, outliers and trading days that are not looked for (Rule SA5)."""

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.statistics.seasonal.adjust import adjust
from fansipan.statistics.seasonal.model.identify import Search, arima_words, identify, reidentify
from support.monthly import START, needs_x13, wave, with_tet

MONTHS = 96


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("(0 1 1)(0 1 1)", "(0 1 1)(0 1 1)"),
        ("(0,1,1)(0,1,1)12", "(0 1 1)(0 1 1)"),
        (" (2, 1, 0) ( 0 1 1 ) 12 ", "(2 1 0)(0 1 1)"),
        ("(1 0 0)", "(1 0 0)"),
    ],
)
def test_arima_models_as_people_write_them(words, read):
    assert arima_words(words) == read


@pytest.mark.parametrize("words", ["", "airline", "0 1 1", "(0 1)(0 1 1)", "(0 1 1)(0 1 1)(1 0 0)", "(0 1 1)}x11{"])
def test_anything_else_is_refused(words):
    with pytest.raises(Refused, match="is no ARIMA model"):
        arima_words(words)


@needs_x13
def test_a_given_model_is_kept_and_nothing_else_is_looked_for():
    series = with_tet(MONTHS).copy()
    series[50] *= 1.6
    fixed = Search("(0 1 1)(0 1 1)", outliers=False, trading_days=False)
    done = adjust(series, START, search=fixed, stability=False)
    assert (done.model.arima, done.model.variables, done.model.step) == ("(0 1 1)(0 1 1)", (), "given")
    assert done.outliers == ()
    looked = adjust(series, START, search=Search("(0 1 1)(0 1 1)"), stability=False)
    assert "AO2016.Mar" in looked.outliers


@needs_x13
def test_a_given_model_is_not_replaced_by_another():
    done = adjust(with_tet(MONTHS), START, search=Search("(1 1 0)(0 1 1)", outliers=False), stability=False)
    assert done.model.arima == "(1 1 0)(0 1 1)"
    repeats = np.tile(np.arange(1.0, 13.0), 6)
    assert adjust(repeats, START).model is None
    with pytest.raises(Refused, match="program failed"):
        adjust(repeats, START, search=Search("(0 1 1)(0 1 1)"), holiday="none")


@needs_x13
def test_outliers_are_looked_for_again_only_where_they_were():
    series = wave(MONTHS)
    plain = identify(series, START, logged=True, search=Search(outliers=False, trading_days=False))
    assert plain.variables == ()
    series[30] *= 2
    assert reidentify(plain, series, START, logged=True, regressors=None).variables == ("AO2014.Jul",)


def test_the_steps_leave_out_what_is_not_asked():
    names = [name for name, _ in Search().steps()]
    assert names == ["automatic", "airline", "plain"]
    bare = dict(Search(outliers=False, trading_days=False).steps())
    assert all({"outlier", "regression"}.isdisjoint(sections) for sections in bare.values())
    ((name, sections),) = Search("(1 0 0)").steps()
    assert (name, sections["arima"]) == ("given", {"model": "(1 0 0)"})
