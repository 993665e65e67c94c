"""Seasonal factors drawn towards no season (Rule F4)."""

import numpy as np
import pytest
from statsmodels.tsa.seasonal import seasonal_decompose

from fansipan.scenario.forecast.models.shrinkage import seasonal_factors

MONTHS = np.arange(72)
SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)


@pytest.fixture
def noisy():
    """Returns a function: so many months with a season and noise of so many parts."""

    def make(months=72, noise=0.1, seed=4):
        random = np.random.default_rng(seed)
        return 100 * np.resize(SEASON, months) * np.exp(noise * random.standard_normal(months))

    return make


def test_a_season_without_noise_is_found_whole():
    found = seasonal_factors(50 * np.resize(SEASON, 72), multiplicative=True)
    assert found == pytest.approx(SEASON / SEASON.mean(), rel=1e-12)
    added = seasonal_factors(50 + 0.5 * MONTHS + np.resize(SEASON, 72), multiplicative=False)
    assert added == pytest.approx(SEASON - SEASON.mean(), abs=1e-12)


@pytest.mark.parametrize("kind", ["multiplicative", "additive"])
@pytest.mark.parametrize("months", [36, 50, 72])
def test_they_are_the_classical_ones_drawn_in_by_one_weight(noisy, kind, months):
    """The classical factors are statsmodels'; what is left of each is the same share."""
    values = noisy(months)
    none = 1.0 if kind == "multiplicative" else 0.0
    classical = seasonal_decompose(values, model=kind, period=12).seasonal[:12] - none
    found = seasonal_factors(values, multiplicative=kind == "multiplicative") - none
    shares = found / classical
    assert np.ptp(shares) < 1e-9
    assert 0 < shares[0] < 1


def test_the_weight_is_that_of_miller_and_williams(noisy):
    """W = (p - 3) / (p - 1) V / (V + A), worked from the ratios month by month."""
    values = noisy(72)
    level = np.array([np.dot(values[k - 6 : k + 7], [0.5, *[1] * 11, 0.5]) / 12 for k in range(6, 66)])
    ratios = values[6:66] / level
    by_month = [[ratios[k] for k in range(60) if (k + 6) % 12 == month] for month in range(12)]
    factors = np.array([np.mean(one) for one in by_month])
    error = np.mean([np.var(one, ddof=1) / len(one) for one in by_month])
    observed = np.sum((factors / factors.mean() - 1) ** 2) / 11
    weight = 9 / 11 * error / observed
    found = seasonal_factors(values, multiplicative=True)
    assert found == pytest.approx(1 + (1 - weight) * (factors / factors.mean() - 1), rel=1e-9)


def test_noise_alone_leaves_little_season():
    random = np.random.default_rng(8)
    kept = [
        np.std(seasonal_factors(100 * np.exp(0.1 * random.standard_normal(72)), multiplicative=True)) for _ in range(40)
    ]
    classical = 0.1 / np.sqrt(5)
    assert np.mean(kept) < 0.4 * classical


def test_two_years_do_not_tell_how_sure_they_are_and_keep_half():
    found = seasonal_factors(50 * np.resize(SEASON, 24), multiplicative=True)
    assert found - 1 == pytest.approx((SEASON / SEASON.mean() - 1) / 2)


def test_a_flat_series_has_no_season():
    assert seasonal_factors(np.full(40, 7.0), multiplicative=True).tolist() == [1] * 12


@pytest.mark.parametrize("factor", [1e-9, 3.0, 1e12])
def test_the_unit_does_not_matter(noisy, factor):
    values = noisy()
    assert seasonal_factors(values * factor, multiplicative=True) == pytest.approx(
        seasonal_factors(values, multiplicative=True), rel=1e-12
    )
    assert seasonal_factors(values * factor, multiplicative=False) == pytest.approx(
        factor * seasonal_factors(values, multiplicative=False), rel=1e-9
    )
