"""The call list: its order, its effect on the headline, and silence where nothing is wrong (Rules ED8 and ED9)."""

from datetime import date

import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.editing import EditLimits, compile_calls
from fansipan.statistics.measures import growth_of_output
from fansipan.statistics.output_value import compile_output

MAY = Month(2024, 5)


def called(calls):
    return dict(zip(calls.rows["establishment"], calls.rows.iter_rows(named=True), strict=True))


def test_nothing_is_asked_of_clean_returns(steady):
    calls = compile_calls(steady(), MAY)
    assert calls.rows.is_empty()
    assert calls.failed.is_empty()
    assert calls.judged == 4


def test_the_effect_is_what_the_mistake_does_to_the_growth(steady):
    true = 1000.0 * 1.01**16
    province = steady({"a": {"quantity": true * 1000, "value": true * 0.004}})
    (call,) = compile_calls(province, MAY).rows.iter_rows(named=True)
    assert (call["establishment"], call["slip"], call["suspicion"]) == ("a", "unit", 1.0)
    assert call["meant"] == pytest.approx(true, rel=1e-6)
    wrong, right = (
        growth_of_output(compile_output(p, until=MAY), MAY, "yoy")["growth"][0] for p in (province, steady())
    )
    assert call["effect"] == pytest.approx(wrong - right, rel=1e-4)


def test_the_larger_effect_comes_first_whatever_the_ratio(steady):
    calls = compile_calls(steady({"b": {"quantity": 580 * 9.0}, "d": {"quantity": 4690 * 3.0}}), MAY)
    assert calls.rows["establishment"].to_list() == ["d", "b"] or calls.rows["effect"].is_sorted(descending=True)
    assert calls.rows["rank"].to_list() == [1, 2]
    assert calls.rows["effect"].is_sorted(descending=True)


def test_what_has_not_come_is_asked_for_with_what_its_expectation_usually_misses(steady):
    province = steady({"b": None, "a": {"quantity": 1300.0}, "c": {"quantity": 2200.0}})
    row = called(compile_calls(province, MAY))["b"]
    assert (row["reported"], row["edits"]) == (None, ["missing"])
    assert row["expected"] == pytest.approx(500 * 1.01**16, rel=0.05)
    assert 0 < row["effect"] < row["expected"] * 2.0 / 1000 / 10 * 100


def test_a_reported_zero_is_asked_about_but_not_taken_for_certain(steady):
    row = called(compile_calls(steady({"a": {"quantity": 0.0, "sales": 0.0, "value": 0.0}}), MAY))["a"]
    assert "zero" in row["edits"]
    assert row["slip"] is None


def test_figures_that_contradict_each_other_are_asked_about_without_an_effect(steady):
    row = called(compile_calls(steady({"a": {"stock": 900.0}}), MAY))["a"]
    assert row["edits"] == ["stock"]
    assert row["effect"] == pytest.approx(0.0, abs=0.5)


def test_the_limits_are_the_callers(steady):
    province = steady({"a": {"quantity": 1172.6 * 1.08, "value": 1172.6 * 0.004}})
    assert compile_calls(province, MAY).rows.height == 1
    assert compile_calls(province, MAY, limits=EditLimits(unit_value_ratio=1.5, least_effect=50.0)).rows.is_empty()


def test_a_month_without_returns_is_refused(steady):
    with pytest.raises(Refused, match="No return of 2024-06"):
        compile_calls(steady(), MAY + 1)
    with pytest.raises(Refused, match="No return of 2024-05"):
        compile_calls(steady(), MAY, known_on=date(2024, 5, 1))


def test_a_first_month_has_nothing_to_be_judged_by(steady):
    province = steady()
    first = province.replace(returns=province["returns"].filter(province["returns"]["month"] == "2024-05"))
    assert compile_calls(first, MAY).rows.is_empty()
