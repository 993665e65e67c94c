"""Forecasts by rule (Rules F9 to F14)."""

import numpy as np
import pytest

from fansipan.periods import Month
from fansipan.scenario.forecast.history import History
from fansipan.scenario.forecast.rules import by_rule


def history(values):
    return History("x", Month(2020, 1), np.asarray(values, dtype=float), np.array([np.inf]))


def test_stopped_is_zero_without_spread():
    found = by_rule("stopped", history([5, 4, 0, 0, 0]), 3)
    assert found.mean.tolist() == [0, 0, 0]
    assert found.spread.tolist() == [0, 0, 0]


def test_constant_repeats_the_last_figure():
    assert by_rule("constant", history([5, 4, 4, 4]), 2).mean.tolist() == [4, 4]


def test_season_is_the_mean_of_three_years():
    years = [[10.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, v] for v in (100, 1, 2, 6)]
    found = by_rule("season", history(np.concatenate(years)), 12)
    assert found.mean.tolist() == [10] + [0] * 10 + [3]
    assert found.spread[1:11].max() == 0


def test_intermittent_goes_back_to_chance_times_size():
    found = by_rule("intermittent", history(np.tile([0.0, 4.0], 60)), 2)
    assert found.mean == pytest.approx([2.0, 2.0], rel=0.06)


def test_short_under_a_year_is_the_mean_of_six_months():
    assert by_rule("short", history([100, 1, 2, 3, 4, 5, 6]), 2).mean.tolist() == [3.5, 3.5]


def test_short_from_a_year_on_repeats_half_the_season():
    values = np.array([30.0, *[10] * 11])
    found = by_rule("short", history(values), 12)
    level = (values / (1 + 0.5 * (values / values.mean() - 1)))[-6:].mean()
    assert found.mean[0] == pytest.approx(level * (1 + 0.5 * (30 / values.mean() - 1)))
    assert found.mean[0] > found.mean[1]


def test_a_single_figure_is_forecast_with_half_of_it_as_spread():
    found = by_rule("short", history([8.0]), 2)
    assert found.mean.tolist() == [8, 8]
    assert found.spread[0] == 4


def test_a_kind_without_rule_is_refused():
    with pytest.raises(KeyError, match="modelled"):
        by_rule("modelled", history([1.0]), 1)
