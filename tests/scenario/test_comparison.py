"""Scenarios over one baseline, and changes that do nothing."""

import pytest

from fansipan.periods import Month
from fansipan.scenario.changes import Change, Scenario
from fansipan.scenario.comparison import idle

AUGUST = Month(2024, 8)


def change(select="product", item="cement", act="multiply", value=1.1, first=AUGUST, last=None):
    return Change("x", select, item, act, value, first, last, "", "", "")


def scenario(*changes):
    return Scenario("x", "x", "x", None, changes)


NOTHING = [
    change(last=Month(2024, 8), first=Month(2024, 1), value=1.0),
    change(first=Month(2024, 1), last=Month(2024, 5)),  # months that are reported
    change(act="cap", value=1e9),
    change(act="add", value=0.0),
    change("project", "mh-day-dong", first=Month(2024, 6), last=Month(2024, 6)),  # not there yet
]


@pytest.mark.parametrize("one", NOTHING)
def test_a_change_that_moves_no_month_is_idle(may, one):
    assert idle(may, scenario(one)) == [one]


@pytest.mark.parametrize(
    "one",
    [
        change(),
        change(act="cap", value=1000.0),
        change(act="add", value=1.0),
        change(act="set", value=0.0),
        change("hydropower", None, value=0.85),
        change("project", "mh-day-dong", "shift", 3, first=None),
    ],
)
def test_a_change_that_moves_a_month_is_not(may, one):
    assert idle(may, scenario(one)) == []


def test_each_is_judged_after_those_before_it(may):
    half, twice, nothing = change(value=0.5), change(value=2.0), change(act="cap", value=1e9)
    assert idle(may, scenario(half, nothing, twice)) == [nothing]
    stopped = change(act="set", value=0.0)
    assert idle(may, scenario(stopped, twice)) == [twice]
