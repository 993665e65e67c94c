"""Windows chosen by AICc, models and what is tried when none can be found (Rules SA4, SA5)."""

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.model.choice import Choice, Trial, choose_windows
from fansipan.statistics.seasonal.model.identify import Model, identify, reidentify
from fansipan.statistics.seasonal.model.settle import settle
from fansipan.statistics.seasonal.model.tet import BEFORE_7, CANDIDATES, DURING_7, tet_regressors
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors
from support.monthly import START, needs_x13, wave, with_tet

pytestmark = needs_x13


def test_the_planted_windows_win():
    choice = choose_windows(with_tet(120), START)
    assert choice.best.windows == (BEFORE_7, DURING_7)
    assert choice.best.aicc == choice.with_windows < choice.without - 20
    assert len(choice.trials) == len(CANDIDATES)


def test_without_an_effect_no_window_wins():
    choice = choose_windows(wave(120), START)
    assert choice.best.windows == ()
    assert choice.without < choice.with_windows


def test_on_a_tie_fewer_windows_win():
    choice = Choice((Trial((), 10.0), Trial((BEFORE_7,), 9.0), Trial((BEFORE_7, DURING_7), 9.0)))
    assert choice.best.windows == (BEFORE_7,)


def test_an_effect_that_breaks_hide_is_found_on_the_second_look():
    series = with_tet(108)
    series[[25, 36, 49, 73]] *= [4.0, 0.1, 5.0, 0.2]
    assert choose_windows(series, START).best.windows == ()
    settled = settle(series, START, holiday="tet", logged=True, horizon=12)
    assert settled.windows
    assert settled.choice.with_windows < settled.choice.without
    assert len([name for name in settled.model.variables if name.startswith("AO")]) == 4


def test_outliers_are_looked_for_again_under_the_same_model():
    series = wave(96)
    series[40] *= 1.4
    model = reidentify(Model(AIRLINE, ("const", "AO2013.Mar")), series, START, logged=True, regressors=None)
    assert model.variables == ("const", "AO2015.May")
    plain = Model(AIRLINE, (), "plain")
    assert reidentify(plain, series, START, logged=True, regressors=None) is plain


def test_a_planted_trading_day_effect_is_taken_up_and_easter_is_not():
    t = np.arange(180)
    days = np.array([(START + int(k)).last_day.day for k in t])
    first = np.array([(START + int(k)).first_day.weekday() for k in t])
    sundays = np.array([sum((f + d) % 7 == 6 for d in range(n)) for f, n in zip(first, days, strict=True)])
    model = identify(wave(180) * np.exp(-0.06 * (sundays - 4)), START, logged=True)
    assert {"td", "td1coef"} & set(model.variables)
    assert not any("easter" in name.lower() for name in model.variables)


def test_before_1776_the_program_has_no_trading_days_and_the_model_is_plain():
    assert identify(wave(72), Month(1750, 1), logged=True) == Model(AIRLINE, (), "plain")


def test_given_regressors_stay_in_whatever_they_are_worth():
    noise = np.random.default_rng(4).normal(size=(160, 1))
    settled = settle(wave(120), START, holiday=Regressors(("nhiễu",), START, noise), logged=True, horizon=12)
    assert settled.regressors.names == ("nhiễu",)


def test_given_regressors_that_cannot_be_told_apart_are_refused_by_name():
    one = tet_regressors((BEFORE_7,), START, 140).values
    twin = Regressors(("trước Tết", "song sinh"), START, np.hstack([one, one]))
    with pytest.raises(Refused, match="singular because of song sinh"):
        settle(wave(120), START, holiday=twin, logged=True, horizon=12)


def test_a_series_without_irregular_movement_is_left_to_x11_alone():
    settled = settle(np.tile(np.arange(1.0, 13.0), 6), START, holiday="tet", logged=True, horizon=12)
    assert settled.model is None
    assert settled.regressors is None
