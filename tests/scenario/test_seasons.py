"""A crop season that begins better or worse than usual carries half of that to its end."""

import numpy as np
import pytest

from fansipan.periods import Month
from fansipan.scenario.baseline.seasons import season_level
from fansipan.scenario.forecast.history import History

YEAR = [0, 0, 0, 0, 10, 20, 20, 10, 0, 0, 0, 0]


def crop(*years, last=()):
    values = np.array([v * y for y in years for v in YEAR] + list(last), dtype=float)
    return History("tea", Month(2019, 1), values, np.full(24, np.inf))


def test_half_of_a_better_start_is_carried_to_the_end_of_the_season():
    level = season_level(crop(1, 1, 1, last=[0, 0, 0, 0, 12, 24]), 6)
    assert level == pytest.approx([1.1, 1.1, 1, 1, 1, 1])


def test_between_seasons_and_in_a_first_one_nothing_is_changed():
    assert season_level(crop(1, 1, 1, last=[0, 0]), 6).tolist() == [1.0] * 6
    assert season_level(crop(last=[3, 4, 5]), 3).tolist() == [1.0] * 3


@pytest.mark.parametrize(("start", "factor"), [(1000, 1.5), (0.1, 0.75)])
def test_a_start_beyond_all_measure_is_bounded(start, factor):
    assert season_level(crop(1, 1, 1, last=[0, 0, 0, 0, start]), 1) == pytest.approx([factor])


def test_only_the_last_three_years_say_what_is_usual():
    assert season_level(crop(9, 1, 1, 1, last=[0, 0, 0, 0, 12]), 1) == pytest.approx([1.1])
