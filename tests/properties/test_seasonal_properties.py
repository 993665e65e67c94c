"""What must hold for any series: scale, shares of windows, lines of a spec."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.periods import Month
from fansipan.statistics.seasonal.comparison import henderson_weights
from fansipan.statistics.seasonal.decompose import decompose, decomposition_spec
from fansipan.statistics.seasonal.model.identify import Model
from fansipan.statistics.seasonal.model.tet import CENTRED_OVER, Window, tet_regressors, window_shares
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors, Spec
from support.monthly import START, needs_x13, with_tet

windows = st.tuples(st.integers(-30, 30), st.integers(0, 30)).map(lambda pair: Window("w", pair[0], pair[0] + pair[1]))


@given(windows, st.integers(1910, 2080))
@settings(max_examples=40, deadline=None)
def test_the_shares_of_a_tet_add_up_to_one(window, year):
    # Tết lies between 20 January and 21 February, so a window within 50 days of it lies in these eight months
    assert window_shares(window, Month(year - 1, 11), 8).sum() == pytest.approx(1)


@given(windows)
@settings(max_examples=20, deadline=None)
def test_over_the_span_of_centring_every_calendar_month_has_mean_nought(window):
    months = 12 * (CENTRED_OVER[1] - CENTRED_OVER[0] + 1)
    values = tet_regressors((window,), Month(CENTRED_OVER[0], 1), months).values[:, 0]
    assert np.abs(values.reshape(-1, 12).mean(axis=0)).max() < 1e-12


@needs_x13
@given(st.floats(1e-3, 1e6))
@settings(max_examples=5, deadline=None)
def test_parts_do_not_depend_on_the_unit(scale):
    series = with_tet(72)
    one, other = (
        decompose(decomposition_spec(y, START, method="x11", logged=True, model=Model(AIRLINE), regressors=None))[0]
        for y in (series, series * scale)
    )
    assert other.adjusted == pytest.approx(one.adjusted * scale, rel=1e-6)
    assert other.seasonal == pytest.approx(one.seasonal, rel=1e-6)


@given(
    st.lists(st.floats(-1e300, 1e300, allow_nan=False), min_size=36, max_size=60),
    st.lists(st.text(max_size=40), min_size=1, max_size=5),
)
@settings(max_examples=30, deadline=None)
def test_a_spec_holds_every_figure_in_lines_the_program_reads(figures, names):
    values = np.zeros((len(figures) + 12, len(names)))
    spec = Spec(np.array(figures), START, {"x11": {}}, Regressors(tuple(names), START, values))
    text = spec.text()
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 132
    written = text.split("data=(", 1)[1].split(")", 1)[0].split()
    assert [float(word) for word in written] == figures


@given(st.integers(1, 11).map(lambda k: 2 * k + 3))
def test_henderson_weights_add_up_to_one_and_keep_a_cubic(terms):
    weights = henderson_weights(terms)
    j = np.arange(terms) - terms // 2
    assert weights.sum() == pytest.approx(1)
    assert weights @ j**2 == pytest.approx(0, abs=1e-9)
    assert weights == pytest.approx(weights[::-1])
