"""Direct and indirect adjustment compared (Rule SA10)."""

from functools import cache

import numpy as np
import pytest

from fansipan.errors import Refused
from fansipan.statistics.seasonal.adjust import adjust
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.comparison import Comparison, compare, compare_direct_indirect, roughness
from fansipan.statistics.seasonal.diagnostics import Statistic
from support.monthly import START, needs_x13, wave

pytestmark = needs_x13
WEIGHTS = {"ore": 0.7, "power": 0.3}


@cache
def done(name: str) -> Adjustment:
    ore, power = wave(96), wave(108, seed=2)[::-1]
    series = {"ore": ore, "power": power, "total": 0.7 * ore + 0.3 * power[:96]}[name]
    return adjust(series, START, holiday="none", stability=False)


def test_the_indirect_series_is_the_weighted_sum_over_the_months_shared():
    found = compare_direct_indirect(done("total"), {name: done(name) for name in WEIGHTS}, WEIGHTS)
    assert len(found.direct) == 96
    summed = 0.7 * done("ore").parts.adjusted + 0.3 * done("power").parts.adjusted[:96]
    assert found.indirect == pytest.approx(summed)
    assert found.direct == pytest.approx(done("total").parts.adjusted)
    assert 0 < found.mean_difference < found.largest_difference < 10
    assert found.growth_difference > 0
    assert 0 <= found.opposite < 95
    assert found.advised in ("direct", "indirect")


def test_a_total_that_is_not_the_sum_is_refused_with_month_and_figures():
    with pytest.raises(Refused, match="not the weighted sum of its components: 2012-01 has"):
        compare_direct_indirect(done("total"), {"ore": done("ore")}, {"ore": 1.0})


def test_too_few_months_in_common_are_refused():
    late = adjust(wave(96), START + 70, holiday="none", stability=False)
    with pytest.raises(Refused, match="share only 26 months"):
        compare_direct_indirect(late, {"ore": done("ore")}, {"ore": 1.0})


def test_a_series_compared_with_itself_does_not_differ():
    series = done("ore").parts.adjusted
    found = compare(series, series, START)
    assert (found.mean_difference, found.largest_difference, found.growth_difference, found.opposite) == (0, 0, 0, 0)
    assert found.roughness_direct == found.roughness_indirect


def test_growth_is_not_compared_where_a_figure_is_not_positive():
    series = done("ore").parts.adjusted - 160
    assert np.isnan(compare(series, series + 1, START).growth_difference)


def test_seasonality_left_in_is_seen():
    found = compare(done("ore").parts.adjusted, wave(96), START)
    assert found.qs_direct.p > 0.01 > found.qs_indirect.p
    assert found.advised == "direct"


def test_a_smooth_trend_is_smooth():
    line = np.arange(60.0)
    assert roughness(line).r1 == pytest.approx(1)
    assert roughness(line).r2 == pytest.approx(0, abs=1e-12)
    assert roughness(line + np.tile([1.0, -1.0], 30)).r2 > 0.5


@pytest.mark.parametrize(("p_direct", "p_indirect", "advised"), [(0.001, 0.5, "indirect"), (0.5, 0.001, "direct")])
def test_the_one_without_residual_seasonality_is_advised(p_direct, p_indirect, advised):
    line, rough = roughness(np.arange(60.0)), roughness(np.arange(60.0) ** 2)
    smoother = (line, rough) if advised == "indirect" else (rough, line)
    found = Comparison(
        START, *[np.ones(2)] * 2, 0, 0, 0, 0, *smoother, Statistic(1, p_direct), Statistic(1, p_indirect)
    )
    assert found.advised == advised
