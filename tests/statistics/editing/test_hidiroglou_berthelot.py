"""The Hidiroglou-Berthelot edit against cases worked by hand, the arithmetic written out below (Rule ED4)."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fansipan.statistics.editing.hidiroglou_berthelot import ratio_effects

CASES = Path(__file__).parents[2] / "cases" / "editing"


@pytest.mark.parametrize("path", sorted(CASES.glob("*_hb_*_input.csv")), ids=lambda path: path.name[:-10])
def test_cases(path):
    given = pl.read_csv(path, schema_overrides={"earlier": pl.Float64, "now": pl.Float64})
    wanted = pl.read_csv(
        path.with_name(path.name.replace("_input", "_output")), schema_overrides={"effect": pl.Float64}
    )
    found = ratio_effects(given["earlier"].fill_null(np.nan).to_numpy(), given["now"].fill_null(np.nan).to_numpy())
    np.testing.assert_allclose(found.effects, wanted["effect"].fill_null(np.nan).to_numpy(), atol=5e-6)
    assert found.outlying.tolist() == wanted["outlying"].to_list()


def test_bounds_and_distance_by_hand():
    # ratios 1, 1.1, 1.2, 1, 4 with median 1.1; E = -1, 0, 0.995859, -2, 52.727273; quartiles -1, 0, 0.995859
    found = ratio_effects(np.array([100.0, 100, 100, 400, 100]), np.array([100.0, 110, 120, 400, 400]))
    assert (found.low, found.high) == (pytest.approx(-4), pytest.approx(4 * (1.2 / 1.1 - 1) * 120**0.5))
    assert found.distance[4] == pytest.approx((52.7272727 - found.high) / found.high, rel=1e-7)


def test_the_larger_of_two_equal_ratios_stands_out_sooner():
    earlier = np.concatenate([np.full(20, 100.0) * np.linspace(0.9, 1.1, 20), [1.0, 10_000.0]])
    now = np.concatenate([np.full(20, 100.0), [1.6, 16_000.0]])
    assert ratio_effects(earlier, now).outlying[-2:].tolist() == [False, True]
    assert ratio_effects(earlier, now, exponent=0.0).effects[-2:].tolist() == pytest.approx([0.6, 0.6], rel=0.05)


def test_nothing_to_compare():
    found = ratio_effects(np.array([0.0, np.nan, 5.0]), np.array([1.0, 2.0, 0.0]))
    assert np.isnan(found.effects).all()
    assert not found.outlying.any()


def test_equal_ratios_but_one_leave_no_room():
    found = ratio_effects(np.full(6, 10.0), np.array([10.0, 10, 10, 10, 10, 11]))
    assert found.outlying.tolist() == [False] * 5 + [True]
    assert found.distance[-1] == np.inf
