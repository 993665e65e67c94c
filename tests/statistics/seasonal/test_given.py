"""Given regressors: what cannot be told from the season or from each other is refused by name (Rule SA5)."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjust import adjust
from fansipan.statistics.seasonal.model.given import refuse_unfit_regressors, without_zero_mean
from fansipan.statistics.seasonal.x13.spec import Regressors
from support.monthly import START, needs_x13, wave

MONTHS = 108
SPAN = MONTHS + 12
# New Year of the Hebrew calendar, 2012-2022: it moves between September and October.
ROSH_HASHANAH = (
    "2012-09-17",
    "2013-09-05",
    "2014-09-25",
    "2015-09-14",
    "2016-10-03",
    "2017-09-21",
    "2018-09-10",
    "2019-09-30",
    "2020-09-19",
    "2021-09-07",
    "2022-09-26",
)


def days_after(first_days, days: int) -> np.ndarray:
    """The share of the `days` days from each first day on in every month, less its calendar-month mean."""
    shares = np.zeros(SPAN)
    for day in map(date.fromisoformat, first_days):
        for offset in range(days):
            place = Month.of(day + timedelta(days=offset)).ordinal - START.ordinal
            if 0 <= place < SPAN:
                shares[place] += 1 / days
    means = np.array([shares[month::12].mean() for month in range(12)])
    return shares - means[np.arange(SPAN) % 12]


def regressors(**columns: np.ndarray) -> Regressors:
    return Regressors(tuple(columns), START, np.column_stack(list(columns.values())))


MOVING = days_after(ROSH_HASHANAH, 7)


@needs_x13
def test_the_new_year_of_another_calendar_is_recovered():
    series = wave(MONTHS) * np.exp(-0.15 * MOVING[:MONTHS])
    done = adjust(series, START, holiday=regressors(tuần=MOVING), stability=False)
    (estimate,) = [one.estimate for one in done.coefficients if one.name == "tuần"]
    assert estimate == pytest.approx(-0.15, abs=0.03)
    assert done.parts.holiday == pytest.approx(np.exp(estimate * MOVING[:MONTHS]), rel=1e-9)
    assert done.aicc_with < done.aicc_without - 10
    assert done.notes == ()


@needs_x13
def test_seats_takes_regressors_that_cover_one_year_ahead_and_its_parts_rest_on_no_more():
    series = wave(MONTHS) * np.exp(-0.15 * MOVING[:MONTHS])
    year = regressors(week=MOVING)
    longer = regressors(week=np.concatenate([MOVING, MOVING[:24]]))
    done, same = (adjust(series, START, method="seats", holiday=one, stability=False) for one in (year, longer))
    for part in ("adjusted", "trend", "seasonal", "holiday"):
        assert getattr(done.parts, part) == pytest.approx(getattr(same.parts, part), rel=1e-12)
    assert (len(done.forecast.point), len(same.forecast.point)) == (12, 36)
    assert done.forecast.point == pytest.approx(same.forecast.point[:12], rel=1e-12)
    with pytest.raises(Refused, match=r"The regressors run from 2012-01 to 2021-11"):
        adjust(series, START, method="seats", holiday=Regressors(("week",), START, MOVING[:-1, None]))


@pytest.mark.parametrize(
    "still",
    [
        np.tile(np.where(np.arange(12) == 3, 1.0, 0.0), 10),  # a holiday that never leaves April
        np.tile(np.where(np.arange(12) == 3, 1.0, 0.0), 10) - np.tile(np.where(np.arange(12) == 3, 1.0, 0.0), 10),
        np.random.default_rng(1).normal(0, 1e-16, SPAN) + np.tile(np.arange(12.0), 10),  # rounding only
    ],
    ids=["April", "zero", "rounding"],
)
def test_a_holiday_that_never_moves_is_refused_by_name(still):
    with pytest.raises(Refused, match=r"the regressor Songkran is the same in every year.*Leave it out"):
        refuse_unfit_regressors(regressors(moves=MOVING, Songkran=still), START, wave(MONTHS))


def test_a_holiday_that_moves_after_the_series_only_cannot_be_estimated_on_it():
    later = np.zeros(SPAN)
    later[-1] = 1.0
    with pytest.raises(Refused, match="2012-01 to 2020-12 the regressor later is the same"):
        refuse_unfit_regressors(regressors(later=later), START, wave(MONTHS))


def test_one_that_moves_in_gaps_only_cannot_be_estimated():
    series, once = wave(MONTHS), np.zeros(SPAN)
    once[40], series[40] = 1.0, np.nan
    with pytest.raises(Refused, match="the regressor once"):
        refuse_unfit_regressors(regressors(once=once), START, series)
    refuse_unfit_regressors(regressors(once=once), START, wave(MONTHS))


def test_regressors_made_of_each_other_are_named():
    season = np.tile(np.arange(12.0), 10)
    alike = regressors(a=MOVING, b=np.roll(MOVING, 1), c=2 * MOVING + season)
    with pytest.raises(Refused, match="Of the regressors a, c, one follows from the others"):
        refuse_unfit_regressors(alike, START, wave(MONTHS))


@needs_x13
def test_what_was_not_centred_is_told_and_stays_in():
    raw = regressors(thô=MOVING - MOVING.min(), moves=np.roll(MOVING, 1))
    (note,) = without_zero_mean(raw)
    assert note.message("en").startswith("The regressor thô is not centred by calendar month")
    done = adjust(wave(MONTHS), START, holiday=raw, stability=False)
    assert "seasonal.not-centred" in [one.code for one in done.notes]
    assert done.holiday == ("thô", "moves")


def test_centred_regressors_are_not_complained_about():
    assert list(without_zero_mean(None)) == []
    assert list(without_zero_mean(regressors(moves=MOVING))) == []
    part_of_a_year = replace(regressors(moves=MOVING), values=MOVING[:100, None])
    assert list(without_zero_mean(part_of_a_year)) == []
