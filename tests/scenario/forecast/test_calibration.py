"""Interval factors from errors at earlier origins (Rules F15, F16)."""

import numpy as np
import pytest

from fansipan.scenario.forecast.calibration import Errors, band_of, calibrate, origins_for, stretch

NORMAL_80 = 1.2815515655446004


def test_bands_of_the_horizon():
    assert band_of(20).tolist() == [0, 1, 1, 2, 2, 2, *[3] * 6, *[4] * 6, 5, 5]


def test_without_errors_the_normal_distribution_holds():
    found = calibrate([], [80])
    assert found.factors[0] == pytest.approx([NORMAL_80] * 6)


def test_many_normal_errors_return_the_normal_factor():
    random = np.random.default_rng(1)
    found = calibrate([Errors(random.normal(0, 1, 24)) for _ in range(4000)], [95, 80])
    assert found.levels == (80, 95)
    assert found.factors[0] == pytest.approx([NORMAL_80] * 6, rel=0.04)
    assert found.factors[1] == pytest.approx([1.96] * 6, rel=0.04)


def test_factors_cover_the_share_they_promise():
    random = np.random.default_rng(2)
    errors = [Errors(2 * random.standard_t(4, 18)) for _ in range(2000)]
    found = calibrate(errors, [80, 95])
    fresh = 2 * random.standard_t(4, (2000, 18))
    for level in (80, 95):
        inside = np.abs(fresh) <= found.width(np.ones(18), level)
        assert inside.mean() == pytest.approx(level / 100, abs=0.015)


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [([], 1), ([np.nan], 1), ([1.0, -1.5, 0.2], 1), ([0.1, 0.2, 99.0], 1), ([20.0, -20.235, np.nan, 30], 10.0)],
)
def test_a_series_that_its_spread_misjudges_is_stretched(ratios, expected):
    assert stretch([Errors(np.array(ratios))]) == pytest.approx(expected, rel=1e-4)


def test_few_origins_move_the_factor_little():
    one = calibrate([Errors(np.full(1, 10.0))], [80]).factors[0, 0]
    many = calibrate([Errors(np.full(1, 10.0))] * 2000, [80]).factors[0, 0]
    assert NORMAL_80 < one < 1.5
    assert many == pytest.approx(10, rel=0.05)


def test_a_band_without_errors_takes_the_one_before():
    found = calibrate([Errors(np.full(3, 3.0))] * 50, [80]).factors[0]
    assert found[2:].tolist() == [found[1]] * 4


def test_missing_figures_are_passed_over():
    with_gap = [Errors(np.array([2.0, np.nan, 2.0]))] * 100
    assert calibrate(with_gap, [80]).factors[0] == pytest.approx(
        calibrate([Errors(np.full(3, 2.0))] * 100, [80]).factors[0]
    )


@pytest.mark.parametrize(
    ("months", "horizon", "series", "expected"),
    [
        (120, 18, 1000, [102, 96, 90]),
        (60, 18, 1000, [42, 36]),
        (51, 18, 1000, [36]),
        (36, 18, 1000, []),
        (24, 18, 1000, []),
        (120, 12, 100, [108, 102, 96]),
        (60, 12, 1, [48, 42, 36]),
        (40, 60, 1, [36]),
    ],
)
def test_origins(months, horizon, series, expected):
    assert origins_for(months, horizon, series) == expected
