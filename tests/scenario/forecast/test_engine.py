"""Many series at once: what must not matter does not, and nothing stops the run (Rules F7 to F9, F16, F17)."""

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.forecast.engine import forecast_each
from fansipan.scenario.forecast.history import History

FIGURES = st.lists(
    st.one_of(st.just(0.0), st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 3)), st.just(np.nan)),
    max_size=23,
)


class Deadly(str):
    """A name that ends the process which is to read it."""

    def __reduce__(self):
        return os._exit, (1,)


def made(values, name="x", capacity=np.inf):
    values = np.asarray(values, dtype=float)
    known = np.flatnonzero(~np.isnan(values))
    kept = values[known[0] : known[-1] + 1] if len(known) else values[:0]
    return History(name, Month(2015, 1), kept, np.full(36, capacity))


@pytest.fixture
def mixed(airline_like):
    """Series of several kinds, of which three are modelled."""
    return [
        airline_like(60, name="a"),
        made([5, 6, 4, 0, 0, 0], "stopped"),
        airline_like(48, seed=3, name="b"),
        made([7] * 30, "constant"),
        replace(airline_like(40, seed=5, name="negative"), values=airline_like(40, seed=5).values - 100),
        made([], "empty"),
    ]


def forecast(histories, horizon=4, **options):
    found, _ = forecast_each(histories, horizon, holiday="none", workers=1, **options)
    return {one.name: one for one in found}


def test_processes_answer_as_one_does(mixed):
    alone, _ = forecast_each(mixed, 3, workers=1)
    spread, _ = forecast_each(mixed, 3, workers=2)
    for one, other in zip(alone, spread, strict=True):
        assert (one.name, one.model) == (other.name, other.model)
        np.testing.assert_array_equal(one.mean, other.mean)
        np.testing.assert_array_equal(one.bounds, other.bounds)


def test_the_order_of_the_series_does_not_matter(mixed):
    there, back = forecast(mixed), forecast(mixed[::-1])
    for name, one in there.items():
        np.testing.assert_array_equal(one.mean, back[name].mean)
        np.testing.assert_allclose(one.bounds, back[name].bounds, rtol=1e-12)


def test_another_series_moves_no_forecast_and_a_rule_s_interval_neither(mixed, airline_like):
    before, after = forecast(mixed), forecast([*mixed, airline_like(50, seed=9, name="new", noise=0.3)])
    for name, one in before.items():
        np.testing.assert_array_equal(one.mean, after[name].mean)
    assert after["stopped"].bounds.tolist() == before["stopped"].bounds.tolist()


def test_a_shorter_horizon_is_the_beginning_of_a_longer_one(mixed):
    short, long = forecast(mixed, 3), forecast(mixed, 12)
    for name, one in short.items():
        np.testing.assert_allclose(one.mean, long[name].mean[:3], rtol=1e-9)


def test_further_levels_change_no_interval(mixed):
    two, four = forecast(mixed, levels=(95, 80)), forecast(mixed, levels=(50, 99, 80, 95))
    for name, one in two.items():
        np.testing.assert_array_equal(one.bounds, four[name].bounds[2:6])


@pytest.mark.parametrize("power", [-40, 40])
def test_a_power_of_two_times_the_figures_gives_the_same_times_the_forecast(mixed, power):
    factor = 2.0**power
    plain = forecast(mixed)
    other = forecast([replace(one, values=one.values * factor) for one in mixed])
    for name, one in plain.items():
        assert other[name].model == one.model
        np.testing.assert_allclose(other[name].mean, one.mean * factor, rtol=1e-9)
        np.testing.assert_allclose(other[name].bounds, one.bounds * factor, rtol=1e-9, atol=1e-9 * factor)


@pytest.mark.parametrize("factor", [1e-6, 1e12])
def test_neither_does_another_unit(x13, airline_like, factor):
    plain = forecast([airline_like(60)])["x"]
    other = forecast([replace(airline_like(60), values=airline_like(60).values * factor)])["x"]
    assert other.model == plain.model
    np.testing.assert_allclose(other.mean, plain.mean * factor, rtol=2e-3)


@given(values=FIGURES, capacity=st.sampled_from([np.inf, 5.0]))
def test_every_series_is_answered_with_nested_intervals(values, capacity):
    history = made(values, capacity=capacity)
    (found,), _ = forecast_each([history], 3, holiday="none", levels=(80, 95), workers=1)
    if not len(history):
        assert found.model == "no-data"
        return
    low_80, high_80, low_95, high_95 = found.bounds
    ordered = np.array([low_95, low_80, found.mean, high_80, high_95])
    assert np.isfinite(ordered).all()
    assert (np.diff(ordered, axis=0) >= 0).all()
    assert ordered.max() <= capacity or history.values.max() > capacity
    if history.never_negative:
        assert ordered.min() >= 0


@pytest.mark.parametrize("seed", range(4))
def test_odd_series_are_all_forecast(seed):
    """Spikes, steps, explosions, alternation, lines, near constants: no failure, nothing that is not finite."""
    random, months = np.random.default_rng(seed), np.arange(48)
    odd = {
        "spike": np.where(months == 20 + seed, 1e15, 100 + random.standard_normal(48)),
        "explosion": np.exp(months / 4),
        "alternating": np.where(months % 2, 1e6, -1e6),
        "step": np.where(months < 40, 100, 1000) + random.standard_normal(48),
        "nearly constant": np.where(months == 47, 7.0000001, 7),
        "line": months + 1.0,
        "one before the last": np.where(months == 46, 9.0, 5),
        "the same each year": np.resize(random.integers(1, 9, 12), 48),
    }
    found = forecast([made(values, name) for name, values in odd.items()], 6)
    for name, one in found.items():
        assert np.isfinite(one.mean).all(), name
        assert np.isfinite(one.bounds).all(), name
        assert (np.diff([one.bounds[2], one.bounds[0], one.mean, one.bounds[1], one.bounds[3]], axis=0) >= 0).all(), (
            name
        )


def test_a_series_that_kills_its_process_is_forecast_by_last_year(airline_like):
    whole = [airline_like(30, seed=seed, name=f"s{seed}") for seed in range(4)]
    deadly = replace(airline_like(30), name=Deadly("deadly"))
    done = []
    found, _ = forecast_each([*whole[:2], deadly, *whole[2:]], 3, holiday="none", workers=2, progress=done.append)
    assert [one.name for one in found] == ["s0", "s1", "deadly", "s2", "s3"]
    assert found[2].model == "last-year; left out all(crashed)"
    assert found[2].mean.tolist() == airline_like(30).values[18:21].tolist()
    assert all(one.model.startswith("ets+theta+ces") for one in found if one.name != "deadly")
    assert sorted(done) == ["deadly", "s0", "s1", "s2", "s3"]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"horizon": 0}, "forecast.horizon", "0 months"),
        ({"horizon": 121}, "forecast.horizon", "1 to 120"),
        ({"levels": ()}, "forecast.levels", "levels of intervals"),
        ({"levels": (80, 100)}, "forecast.levels", "80, 100"),
        ({"levels": (0.8,)}, "forecast.levels", "80,95"),
        ({"holiday": "easter"}, "forecast.holiday", "easter"),
    ],
)
def test_refused(airline_like, options, code, words):
    with pytest.raises(Refused, match=words) as refused:
        forecast_each([airline_like(30)], **{"horizon": 3, **options})
    assert refused.value.code == code


def test_nothing_in_nothing_out():
    assert forecast_each([], 3)[0] == []
