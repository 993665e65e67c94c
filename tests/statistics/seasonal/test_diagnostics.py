"""Diagnostics and stability read from the program's answers (Rules SA8, SA9)."""

from functools import cache

import numpy as np
import pytest

from fansipan.statistics.seasonal.decompose import decompose, decomposition_spec
from fansipan.statistics.seasonal.diagnostics import Diagnostics, Statistic, read_diagnostics
from fansipan.statistics.seasonal.model.identify import Model
from fansipan.statistics.seasonal.stability import SlidingSpans, revision_history, sliding_spans
from fansipan.statistics.seasonal.x13 import program as x13
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Spec
from support.monthly import START, needs_x13, wave

MODEL = Model(AIRLINE)


def spec(series: np.ndarray, method: str = "x11", *, logged: bool = True) -> Spec:
    return decomposition_spec(series, START, method=method, logged=logged, model=MODEL, regressors=None)


@cache
def read(method: str) -> Diagnostics:
    return read_diagnostics(decompose(spec(wave(120), method))[1])


@needs_x13
def test_x11_gives_its_monitoring_statistics():
    quality = read("x11").quality
    assert list(quality.m) == [f"M{k}" for k in range(1, 12)]
    assert all(0 <= value <= 3 for value in quality.m.values())
    assert quality.q == pytest.approx(weighted(quality.m), abs=0.011)
    assert quality.q2 == pytest.approx(weighted({k: v for k, v in quality.m.items() if k != "M2"}), abs=0.011)
    assert quality.seasonal_filter.startswith("3x")
    assert read("x11").seats is None


def weighted(m: dict[str, float]) -> float:
    """Weights of Lothian and Morry (1978): 10, 11, 10, 8, 11, 10, 18, 7, 7, 4, 4."""
    weights = dict(zip((f"M{k}" for k in range(1, 12)), (10, 11, 10, 8, 11, 10, 18, 7, 7, 4, 4), strict=True))
    return sum(weights[name] * value for name, value in m.items()) / sum(weights[name] for name in m)


@needs_x13
def test_seats_gives_its_variances_and_tests():
    seats = read("seats").seats
    assert seats.model == AIRLINE
    assert not seats.replaced
    assert set(seats.variances) == set(seats.over_under) == {"trend", "adjusted", "irregular", "seasonal"}
    component, estimator, estimate = seats.variances["irregular"]
    assert component > estimator > 0
    assert estimate > 0
    assert seats.revision_trend > 0
    assert read("seats").quality is None


@needs_x13
@pytest.mark.parametrize("method", ["x11", "seats"])
def test_seasonality_is_in_the_original_and_not_in_the_adjusted_series(method):
    found = read(method)
    assert found.qs["original"].p < 0.01
    assert found.qs["adjusted"].p > 0.05
    assert not found.residual_seasonality
    assert 0 <= found.ljung_box.p <= 1


@needs_x13
def test_stable_seasonality_is_identified():
    assert read("x11").identifiable
    assert read("x11").kruskal_wallis.p < 0.001
    shuffled = np.random.default_rng(2).permutation(wave(120))
    assert read_diagnostics(decompose(spec(shuffled))[1]).identifiable is False


def test_an_answer_that_gives_nothing_has_no_diagnostics():
    empty = read_diagnostics(Output({"f2.kw": "129.252    0.00", "qssadj": "9.9 *****"}, {}, (), (), {}, ()))
    assert empty.quality is None
    assert empty.seats is None
    assert empty.ljung_box is None
    assert empty.identifiable is None
    assert empty.kruskal_wallis == Statistic(129.252, 0.0)
    assert empty.qs == {}
    assert not empty.residual_seasonality


@pytest.mark.parametrize(("adjusted", "changes", "stable"), [(14.9, 34.9, True), (15, 0, False), (0, 35, False)])
def test_spans_are_stable_under_15_and_35_percent(adjusted, changes, stable):
    assert SlidingSpans(4, 100, adjusted, changes, 0.0).stable is stable


@needs_x13
def test_a_regular_series_is_stable_in_spans_and_history():
    spans = sliding_spans(spec(wave(144)))
    assert spans.spans >= 2
    assert spans.months > 100
    assert spans.stable
    history = revision_history(spec(wave(144)))
    assert (history.first, history.last) == (START + 84, START + 142)
    assert 0 < history.adjusted < 3


@needs_x13
def test_a_season_that_turns_over_is_unstable():
    series = wave(144)
    series[72:] = series[72:][::-1]
    assert not sliding_spans(spec(series)).stable


def test_short_series_have_neither():
    assert sliding_spans(spec(wave(95))) is None
    assert revision_history(spec(wave(83))) is None


@needs_x13
def test_where_the_program_cannot_compare_spans_there_are_none():
    bare = Spec(wave(144), START, {"x11": {"mode": "nonsense"}})
    assert sliding_spans(bare) is None
    assert revision_history(bare) is None


@needs_x13
def test_the_ljung_box_statistic_is_that_of_the_residuals():
    settled = spec(wave(120))
    saved = Spec(settled.series, START, {**settled.sections, "estimate": {"save": "(rsd)"}})
    answer = x13.run(saved)
    residuals = answer.tables["rsd"].first[-answer.lags["acf"].shape[0] * 100 :][13:]
    n = len(residuals)
    r = [residuals[k:] @ residuals[:-k] / (residuals @ residuals) for k in range(1, 25)]
    q = n * (n + 2) * sum(rk**2 / (n - k) for k, rk in enumerate(r, 1))
    assert read_diagnostics(answer).ljung_box.statistic == pytest.approx(q, rel=0.02)
