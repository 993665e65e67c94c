"""What kind of series it is (Rules F9 to F14)."""

import numpy as np
import pytest

from fansipan.periods import Month
from fansipan.scenario.forecast.situations import has_stopped, restarted_at, runs_of, situation_of

JANUARY = Month(2015, 1)
YEAR = np.arange(1.0, 13.0)
CROP = np.array([5.0, 6, 4, 0, 0, 0, 0, 0, 0, 0, 3, 4])


def since(values):
    return restarted_at(values, np.arange(len(values)) % 12)


def kind(values):
    return situation_of(np.asarray(values, dtype=float), JANUARY).kind


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], "empty"),
        ([7.0], "short"),
        (np.tile(YEAR, 2)[:23], "short"),
        (np.tile(YEAR, 2), "modelled"),
        ([5.0, 5, 5], "constant"),
        ([5.0, 5], "short"),
        ([0.0] * 40, "constant"),
        ([*np.tile(YEAR, 3), *[9.0] * 24], "constant"),
        ([*np.tile(YEAR, 3), *[9.0] * 23], "modelled"),
        ([*np.tile(YEAR, 3), 0, 0, 0], "stopped"),
        ([*np.tile(YEAR, 3), 0, 0], "modelled"),
        (np.tile(CROP, 4), "season"),
        (np.tile(CROP, 4)[:-2], "season"),
        ([*np.tile(CROP, 4), *[0.0] * 12], "stopped"),
        (np.tile([0.0, 0, 3, 0, 2, 7, 0], 8), "intermittent"),
        (np.tile([0.0, 4, 3, 5, 2, 7, 6], 8), "modelled"),
    ],
)
def test_kind(values, expected):
    assert kind(values) == expected


def test_a_usual_pause_is_no_stop():
    often = np.tile([3.0, 0, 0, 0, 2, 4], 8)
    assert not has_stopped(np.concatenate([often, [3.0, 0, 0, 0]]))
    assert has_stopped(np.concatenate([often, np.zeros(12)]))


def test_only_what_follows_a_restart_counts():
    values = np.concatenate([np.tile(YEAR, 4), np.zeros(20), np.tile(YEAR, 3)])
    found = situation_of(values, JANUARY)
    assert (found.kind, found.since) == ("modelled", 68)
    assert situation_of(values[:70], JANUARY) == type(found)("short", 68)


def test_months_before_production_began_do_not_count():
    assert since(np.concatenate([np.zeros(9), YEAR])) == 9
    assert since(np.concatenate([np.zeros(5), YEAR])) == 0


def test_a_gap_of_more_than_a_year_is_a_restart():
    gap = np.full(13, np.nan)
    assert since(np.concatenate([YEAR, gap, YEAR])) == 25
    assert since(np.concatenate([YEAR, gap[1:], YEAR])) == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*YEAR, *[0.0] * 20, *YEAR, *[0.0] * 10, *YEAR], 54),  # a second, shorter stop
        ([*YEAR, *[0.0] * 10, *YEAR, *[0.0] * 10, *YEAR], 44),  # two of the same length
        ([*np.tile(CROP, 2), *CROP[:9]], 0),  # off-seasons, the first longer than any zeros before it
        ([*YEAR, *[0.0] * 5, *YEAR], 0),  # too few
        ([*[0.0] * 9, *YEAR, *[0.0] * 9, *YEAR], 30),  # began, stopped, began again
    ],
)
def test_where_a_series_begins_to_count(values, expected):
    assert since(np.array(values)) == expected


def test_runs():
    assert runs_of(np.array([True, False, True, True])) == [(0, 1), (2, 4)]
    assert runs_of(np.array([False, False])) == []
