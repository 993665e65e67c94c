"""The members, each guarded, and how they are combined (Rules F2 to F8)."""

from dataclasses import replace

import numpy as np
import pytest

from fansipan.errors import NotAvailable, Refused
from fansipan.periods import Month
from fansipan.scenario.forecast.models import members, smoothing
from fansipan.scenario.forecast.models.guard import absurd
from fansipan.scenario.forecast.models.holiday import tet_windows
from fansipan.scenario.forecast.models.members import MemberForecasts, forecast_members
from fansipan.scenario.forecast.models.prediction import Prediction
from fansipan.scenario.forecast.models.regarima import SEASONAL

START = Month(2014, 1)


def test_all_members_find_trend_and_season(x13, airline_like):
    whole = airline_like(108)
    found = forecast_members(whole.until(96), 12, tet=False)
    assert list(found.kept) == ["x13", "ets", "theta", "ces"]
    for one in found.kept.values():
        assert np.abs(one.mean / whole.values[96:] - 1).mean() < 0.06
    assert np.abs(found.mean / whole.values[96:] - 1).mean() < 0.04


def test_forms_given_back_choose_nothing_again(x13, airline_like):
    first = forecast_members(airline_like(), 6, tet=False)
    again = forecast_members(airline_like(), 6, tet=False, forms=first.forms)
    assert again.forms == first.forms
    for name, one in first.kept.items():
        assert again.kept[name].mean == pytest.approx(one.mean, rel=1e-6)


def test_without_the_program_three_members_are_left(airline_like, monkeypatch):
    def absent(*_, **__):
        raise NotAvailable("x13.absent")

    monkeypatch.setattr(members, "_x13", absent)
    found = forecast_members(airline_like(), 6, tet=False)
    assert list(found.kept) == ["ets", "theta", "ces"]
    assert found.left_out == {"x13": "absent"}


def test_a_member_that_fails_or_is_absurd_is_left_out(airline_like, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError

    def wild(values, horizon, form):
        return Prediction(np.full(horizon, 1e9), None, "")

    smoothers = {"ets": smoothing.ets, "theta": fails, "ces": wild}
    monkeypatch.setattr(members, "SMOOTHERS", smoothers)
    monkeypatch.setattr(members, "_x13", fails_as_refused)
    found = forecast_members(airline_like(), 6, tet=False)
    assert list(found.kept) == ["ets"]
    assert found.left_out == {"x13": "failed", "theta": "failed", "ces": "absurd"}


def fails_as_refused(*_, **__):
    raise ValueError("unreadable")


def one(level, spread=None):
    return Prediction(np.full(2, level), None if spread is None else np.full(2, spread), "")


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ({"x13": 1.0, "ets": 2.0, "theta": 6.0, "ces": 40.0}, (4 + 3) / 2),
        ({"x13": 1.0, "ets": 2.0, "theta": 6.0}, (2 + 3) / 2),
        ({"ets": 2.0, "theta": 6.0, "ces": 3.0}, (3 + 4) / 2),
        ({"ces": 40.0}, 40),
    ],
)
def test_combination(kept, expected):
    """Half way between the median of all and the mean of those beside CES, by hand."""
    found = MemberForecasts({name: one(level) for name, level in kept.items()}, {}, members.Forms())
    assert found.mean.tolist() == [expected, expected]


def test_spread():
    found = MemberForecasts({"a": one(1.0, 4.0), "b": one(3.0, 1.0), "c": one(9.0, None)}, {}, members.Forms())
    assert found.spread(7.0) == pytest.approx([np.hypot(2, np.std([1, 3, 9]))] * 2)
    lone = MemberForecasts({"c": one(9.0, None)}, {}, members.Forms())
    assert lone.spread(7.0) == pytest.approx([7, 7])


@pytest.mark.parametrize(
    ("mean", "expected"),
    [([10.0, 12], False), ([10.0, 16.1], True), ([np.nan, 1], True), ([np.inf, 1], True), ([-1.0, -1], True)],
)
def test_guard(mean, expected):
    history = np.array([8.0, 9, np.nan, 10, 8, 9, 10])
    assert absurd(np.array(mean), history) is expected


def test_scale_of_the_figures_does_not_matter(x13, airline_like):
    small = forecast_members(airline_like(60), 3, tet=False)
    whole = airline_like(60)
    large = forecast_members(replace(whole, values=whole.values * 1e6), 3, tet=False)
    assert large.mean / 1e6 == pytest.approx(small.mean, rel=1e-3)


def test_gaps_zeros_and_negative_figures_are_forecast(x13, airline_like):
    whole = airline_like(72)
    gappy, mixed = whole.values.copy(), whole.values - 100
    gappy[[10, 11, 40]] = np.nan
    assert len(forecast_members(replace(whole, values=gappy), 6, tet=False).kept) == 4
    found = forecast_members(replace(whole, values=mixed), 6, tet=False)
    assert len(found.kept) == 4
    assert np.isfinite(found.mean).all()


def test_three_tet_are_too_few_to_tell_and_cost_no_member(x13, airline_like):
    """With 36 months the regressors are singular beside a season; X-13 still forecasts, without them."""
    found = forecast_members(airline_like(36), 6, tet=True)
    assert "x13" in found.kept
    assert not found.forms.tet


def test_a_strong_tet_is_selected_taken_out_and_put_back(x13, airline_like):
    """A quarter of the work is lost in the two weeks around Tết; every member's forecast follows its move."""
    windows = tet_windows(START, 108)
    effect = np.exp(windows.values @ [-0.25, -0.25])
    whole = airline_like(108, start=START)
    with_tet = replace(whole, values=whole.values * effect)
    found = forecast_members(with_tet.until(96), 12, tet=True)
    assert found.forms.tet
    assert found.forms.x13.order in SEASONAL
    plain = forecast_members(with_tet.until(96), 12, tet=False)
    for name, one in found.kept.items():
        error, without = (np.abs(part.mean[:3] / with_tet.values[96:99] - 1).mean() for part in (one, plain.kept[name]))
        assert error < without, name


@pytest.mark.parametrize(
    ("code", "reason"),
    [("x13.too-short", "short"), ("x13.too-long", "long"), ("x13.timeout", "slow"), ("x13.failed", "failed")],
)
def test_why_x13_is_left_out(airline_like, monkeypatch, code, reason):
    def refuses(*_, **__):
        raise Refused(code, months=30, least=36, most=1000, seconds=30, reason="singular")

    monkeypatch.setattr(members, "_x13", refuses)
    assert forecast_members(airline_like(), 3, tet=False).left_out == {"x13": reason}
