"""One series adjusted: identities, gaps, modes, refusals, lent effects (Rules SA2, SA6, SA7)."""

from functools import cache

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjust import adjust, trimmed
from fansipan.statistics.seasonal.adjustment import Adjustment, TetEffect
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_regressors
from fansipan.statistics.seasonal.x13.spec import Regressors
from support.monthly import EFFECTS, START, needs_x13, tet_factor, wave, with_tet

pytestmark = needs_x13
MONTHS = 108


@cache
def adjusted(method: str = "x11") -> Adjustment:
    return adjust(with_tet(MONTHS), START, method=method)


def identities(done: Adjustment) -> None:
    parts = done.parts
    known = ~np.isnan(done.original)
    assert parts.complete[known] == pytest.approx(done.original[known], rel=1e-12)
    if done.multiplicative:
        whole = parts.seasonal * parts.calendar * parts.holiday * parts.adjusted
        both = parts.trend * parts.irregular
    else:
        whole = parts.seasonal + parts.calendar + parts.holiday + parts.adjusted
        both = parts.trend + parts.irregular
    scale = np.abs(parts.complete).max()
    assert whole == pytest.approx(parts.complete, abs=1e-9 * scale)
    assert both == pytest.approx(parts.adjusted, abs=1e-9 * scale)


@pytest.mark.parametrize("method", ["x11", "seats"])
def test_parts_add_up_and_the_tet_effect_is_recovered(method):
    done = adjusted(method)
    identities(done)
    assert done.mode == "multiplicative"
    assert done.holiday == ("tet_pre7", "tet_post7")
    estimates = {one.name: one.estimate for one in done.coefficients}
    assert [estimates[name] for name in done.holiday] == pytest.approx(EFFECTS, abs=0.025)
    assert done.parts.holiday == pytest.approx(tet_factor(MONTHS), abs=0.025)
    assert done.aicc_with < done.aicc_without
    assert not done.diagnostics.residual_seasonality


def test_the_holiday_factor_is_the_exponential_of_regressors_and_coefficients():
    done = adjusted()
    estimates = [one.estimate for one in done.coefficients if one.name in done.holiday]
    values = tet_regressors(done.windows, START, MONTHS).values
    assert done.parts.holiday == pytest.approx(np.exp(values @ estimates), rel=1e-12)


def test_without_holiday_the_factor_is_one_and_there_is_no_aicc_with():
    done = adjust(with_tet(MONTHS), START, holiday="none", stability=False)
    identities(done)
    assert set(done.parts.holiday) == {1.0}
    assert np.isnan(done.aicc_with)
    assert done.aicc_without > adjusted().aicc_with
    assert done.spans is None
    assert done.history is None


def test_given_regressors_give_the_same_as_the_windows_they_are():
    given = tet_regressors((BEFORE_7, DURING_7), START, MONTHS + 12)
    renamed = Regressors(("trước", "sau"), given.start, given.values)
    done = adjust(with_tet(MONTHS), START, holiday=renamed, stability=False)
    identities(done)
    assert done.holiday == ("trước", "sau")
    assert done.parts.adjusted == pytest.approx(adjusted().parts.adjusted, rel=1e-4)
    assert done.aicc_with == pytest.approx(adjusted().aicc_with, abs=0.01)
    assert done.aicc_without == pytest.approx(adjusted().aicc_without, abs=0.01)


@pytest.mark.parametrize("method", ["x11", "seats"])
def test_given_regressors_must_cover_a_year_ahead(method):
    short = tet_regressors((BEFORE_7,), START, MONTHS + 11)
    with pytest.raises(Refused, match="2012-01 to 2021-12 is needed"):
        adjust(with_tet(MONTHS), START, holiday=short, method=method)


@pytest.mark.parametrize("method", ["x11", "seats"])
def test_a_series_that_is_not_positive_is_adjusted_additively(method):
    series = with_tet(MONTHS) - 150
    done = adjust(series, START, method=method, stability=False)
    identities(done)
    assert done.mode == "additive"
    assert "seasonal.additive" in [note.code for note in done.notes]
    assert abs(done.parts.holiday.mean()) < 2
    assert np.ptp(done.parts.holiday) > 5


def test_gaps_are_estimated_flagged_and_near_what_stood_there():
    series = with_tet(MONTHS).copy()
    series[[20, 21, 60]] = np.nan
    done = adjust(series, START, stability=False)
    identities(done)
    assert done.gaps == (Month(2013, 9), Month(2013, 10), Month(2017, 1))
    assert np.isnan(done.original[[20, 21, 60]]).all()
    assert done.parts.complete[[20, 21, 60]] == pytest.approx(with_tet(MONTHS)[[20, 21, 60]], rel=0.06)
    assert np.isfinite(done.parts.adjusted).all()
    assert not any("MV" in one.name for one in done.coefficients)
    assert done.notes[0].message("en").startswith("3 months without a figure")


def test_outliers_stay_in_the_adjusted_series():
    series = with_tet(MONTHS).copy()
    series[50] *= 1.6
    done = adjust(series, START, stability=False)
    identities(done)
    assert "AO2016.Mar" in done.outliers
    assert done.parts.adjusted[50] / done.parts.trend[50] == pytest.approx(1.6, rel=0.1)


def test_a_level_shift_stays_in_the_trend():
    series = with_tet(MONTHS).copy()
    series[60:] *= 1.5
    done = adjust(series, START, stability=False)
    assert "LS2017.Jan" in done.outliers
    assert done.parts.trend[60] / done.parts.trend[59] == pytest.approx(1.5, rel=0.1)


def test_the_shortest_series():
    done = adjust(with_tet(36), START)
    identities(done)
    assert "seasonal.few-tet" in [note.code for note in done.notes]
    assert done.spans is None
    assert done.history is None


def test_a_short_series_takes_the_effect_of_a_named_longer_one():
    lent = TetEffect("cả nước", (BEFORE_7, DURING_7), EFFECTS)
    done = adjust(with_tet(48), START, lent=lent, stability=False)
    identities(done)
    assert done.parts.holiday == pytest.approx(tet_factor(48))
    assert done.original == pytest.approx(with_tet(48))
    assert done.holiday == ("tet_pre7", "tet_post7")
    assert done.coefficients[0].group == "cả nước"
    assert np.isnan(done.coefficients[0].t)
    assert done.notes[0].message("en").endswith("the Tết effect of the series cả nước is used.")
    assert done.forecast.start == START + 48
    assert done.effect("x") is None


def test_a_long_series_keeps_its_own_effect():
    lent = TetEffect("other", (BEFORE_7,), (0.5,))
    done = adjust(with_tet(MONTHS), START, lent=lent, stability=False)
    assert done.windows == (BEFORE_7, DURING_7)
    effect = done.effect("own")
    assert effect.estimates == pytest.approx(EFFECTS, abs=0.025)
    assert effect.factor(START, MONTHS) == pytest.approx(done.parts.holiday, rel=1e-9)


def test_a_series_that_only_repeats_itself_is_taken_apart_by_filters_alone():
    done = adjust(np.tile(np.arange(1.0, 13.0), 6), START)
    identities(done)
    assert done.model is None
    assert done.parts.adjusted == pytest.approx(np.full(72, done.parts.adjusted[0]), rel=1e-6)
    assert done.notes[0].code == "seasonal.model-none"


def holed(places) -> np.ndarray:
    series = wave(60)
    series[places] = np.nan
    return series


@pytest.mark.parametrize(
    ("series", "options", "message"),
    [
        (wave(35), {}, "only 35 months; at least 36"),
        (holed(slice(35, None)), {}, "only 35 months"),
        (np.full(50, np.nan), {}, "only 0 months"),
        (np.full(50, 5.0), {}, "Every figure of the series is 5.0"),
        (holed(slice(10, 30)), {}, "lacks 20 of 60 months; gaps are estimated up to 25 %"),
        (holed(slice(1, None, 12)), {}, "No year has a figure for month 2"),
        (wave(60) - 200, {"mode": "multiplicative"}, "needs positive figures"),
        (np.tile(np.arange(1.0, 13.0), 6), {"method": "seats"}, "SEATS cannot be used"),
        (wave(1010), {"holiday": "none"}, "takes at most 1008"),
    ],
)
def test_what_cannot_be_adjusted_is_refused_in_words(series, options, message):
    with pytest.raises(Refused, match=message):
        adjust(series, START, **options)


def test_years_without_a_lunar_calendar_are_refused_rather_than_left_without_tet():
    with pytest.raises(Refused, match="no lunar calendar"):
        adjust(wave(60), Month(1850, 1))


def test_blanks_at_the_ends_are_cut():
    start, kept = trimmed(np.array([np.nan, 1.0, np.nan, 2.0, np.nan]), Month(2020, 12))
    assert start == Month(2021, 1)
    assert kept == pytest.approx([1.0, np.nan, 2.0], nan_ok=True)
