"""Forecasts by rule, worked by hand: a file of series beside the file of forecasts (Rules F1, F9 to F17)."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fansipan.scenario.forecast.engine import forecast_each
from fansipan.scenario.forecast.files import forecast_frame, read_histories

CASES = sorted((Path(__file__).parents[2] / "cases" / "forecast_rules").glob("*_input.csv"))
FIGURES = ["mean", "lo_80", "hi_80", "lo_95", "hi_95"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem.removesuffix("_input"))
def test_case(path):
    expected = pl.read_csv(
        path.with_name(path.name.replace("_input", "_output")), schema_overrides=dict.fromkeys(FIGURES, pl.Float64)
    )
    histories, _ = read_histories(path, 3)
    outcomes, _ = forecast_each(histories, 3, workers=1)
    assert_frame_equal(forecast_frame(outcomes, (80, 95)), expected, abs_tol=1e-8)


def test_there_are_cases():
    assert len(CASES) == 11
