"""Tết windows: shares of days, centring, years without a lunar calendar (Rule SA3)."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.model.tet import (
    AFTER_7,
    BEFORE_7,
    CANDIDATES,
    DURING_7,
    DURING_14,
    Window,
    tet_dates,
    tet_regressors,
    window_shares,
)

CASES = Path(__file__).parents[2] / "cases" / "tet_windows"


def test_tet_1985_differs_from_the_chinese_new_year():
    assert tet_dates()[1985] == date(1985, 1, 21)
    assert tet_dates()[2024] == date(2024, 2, 10)


def test_shares_of_a_tet_that_the_turn_of_the_month_divides():
    # Tết 2014 was 31 January: the week before in January, one day of the week from Tết on in January, six in February
    assert window_shares(BEFORE_7, Month(2014, 1), 3) == pytest.approx([1, 0, 0])
    assert window_shares(DURING_7, Month(2014, 1), 3) == pytest.approx([1 / 7, 6 / 7, 0])
    assert window_shares(AFTER_7, Month(2014, 1), 3) == pytest.approx([0, 1, 0])


def test_a_window_that_reaches_into_the_neighbouring_year():
    early = Window("early", -40, -1)  # Tết 2012 was 23 January: the window begins on 14 December 2011
    assert window_shares(early, Month(2011, 12), 2) == pytest.approx([18 / 40, 22 / 40])
    assert window_shares(early, Month(2012, 1), 1) == pytest.approx([22 / 40])


def test_regressors_are_nought_where_tet_never_is():
    regressors = tet_regressors((BEFORE_7, DURING_14), Month(2010, 1), 36)
    assert regressors.names == ("tet_pre7", "tet_post14")
    away = [month for month in range(36) if month % 12 not in (0, 1, 2)]
    assert np.abs(regressors.values[away]).max() == 0


def test_a_longer_series_does_not_move_the_regressors_of_its_past():
    short = tet_regressors((DURING_7,), Month(2010, 1), 60).values
    long = tet_regressors((DURING_7,), Month(1990, 1), 600).values
    assert long[240:300] == pytest.approx(short)


def test_no_window_is_among_the_candidates_and_names_tell_them_apart():
    assert CANDIDATES[0] == ()
    assert len({tuple(w.name for w in windows) for windows in CANDIDATES}) == len(CANDIDATES)


@pytest.mark.parametrize("year", [1890, 2100])
def test_years_without_a_lunar_calendar_are_refused(year):
    with pytest.raises(Refused, match=r"no lunar calendar for .*; Tết is known from 1902 to 2099"):
        tet_regressors((BEFORE_7,), Month(year, 1), 24)


@pytest.mark.parametrize("given", sorted(CASES.glob("*_input.csv")), ids=lambda path: path.stem.removesuffix("_input"))
def test_days_of_a_window_by_month(given):
    """Cases counted by hand on a calendar: how many days of each window lie in which month."""
    expected = pl.read_csv(given.with_name(given.name.replace("_input", "_output")))
    for tet, first, last in pl.read_csv(given).iter_rows():
        assert str(tet_dates()[int(tet[:4])]) == tet
        start = Month(int(tet[:4]) - 1, 12)
        shares = window_shares(Window("w", first, last), start, 5)
        days = {str(start + k): round(share * (last - first + 1), 9) for k, share in enumerate(shares) if share}
        mine = expected.filter((pl.col("first_day") == first) & (pl.col("last_day") == last))
        assert days == dict(zip(mine["period"], mine["days"], strict=True))
