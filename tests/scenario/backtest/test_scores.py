"""Measures of accuracy against hand-worked figures, and a scoreboard that is only added to (Rules BT5 to BT7)."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.scenario.backtest.board import added, latest, scoreboard
from fansipan.scenario.backtest.scores import accuracy, banded
from fansipan.tables import REGISTRY

KEPT = REGISTRY["forecast_scores"].create_empty()


def row(horizon, forecast, actual, naive, *, level="total", code="total", covered=(True, True)):
    return {
        "as_of": date(2023, 12, 31),
        "level": level,
        "code": code,
        "month": f"2024-{horizon:02}",
        "horizon": horizon,
        "forecast": forecast,
        "lo_80": forecast - 5,
        "hi_80": forecast + 5,
        "lo_95": forecast - 9,
        "hi_95": forecast + 9,
        "naive": naive,
        "actual": actual,
        "error": actual - forecast,
        "scaled_error": (actual - forecast) / 10,
        "naive_scaled_error": (actual - naive) / 10,
        "covered_80": covered[0],
        "covered_95": covered[1],
        "model": "quick",
    }


SCORES = pl.DataFrame(
    [
        row(1, 100.0, 110.0, 90.0, covered=(False, False)),
        row(2, 120.0, 115.0, 100.0),
        row(3, 0.0, 0.0, 0.0),
        row(4, 80.0, 88.0, 100.0, covered=(False, True)),
    ]
)


def test_measures_by_hand():
    found = accuracy(SCORES, "level").row(0, named=True)
    terms = [200 * 10 / 210, 200 * 5 / 235, 0, 200 * 8 / 168]
    assert found["smape"] == pytest.approx(sum(terms) / 4)
    assert found["mase"] == pytest.approx((1 + 0.5 + 0 + 0.8) / 4)
    assert found["naive_mase"] == pytest.approx((2 + 1.5 + 0 + 1.2) / 4)
    assert found["better"] == pytest.approx(100 * (1 - 2.3 / 4.7))
    assert (found["coverage_80"], found["coverage_95"]) == (50, 75)
    assert found["forecasts"] == 4


def test_bands_of_months_ahead():
    months = pl.DataFrame({"horizon": [1, 2, 3, 4, 6, 7, 12, 13, 36]})
    expected = ["1", "2-3", "2-3", "4-6", "4-6", "7-12", "7-12", "13-36", "13-36"]
    assert months.select(banded())["band"].to_list() == expected


def test_levels_from_products_to_the_total():
    rows = [row(1, 1.0, 1.0, 1.0, level=level, code=level) for level in ("total", "class", "product", "section")]
    assert accuracy(pl.DataFrame(rows), "level")["level"].to_list() == ["product", "class", "section", "total"]


def test_recording_twice_adds_nothing_and_a_revised_score_is_added_beside_the_earlier():
    first = added(KEPT, SCORES, datetime(2024, 6, 1, 8))
    assert first.height == 4
    assert added(first, SCORES, datetime(2024, 6, 2, 8)).is_empty()
    actual = pl.when(pl.col("horizon") == 1).then(111.0).otherwise(pl.col("actual")).alias("actual")
    second = added(first, SCORES.with_columns(actual), datetime(2024, 6, 3, 8))
    assert second["month"].to_list() == ["2024-01"]
    whole = pl.concat([first, second])
    assert whole.height == 5
    assert latest(whole).filter(pl.col("month") == "2024-01")["actual"].to_list() == [111.0]


def test_the_scoreboard_is_by_month():
    board = scoreboard(added(KEPT, SCORES, datetime(2024, 6, 1, 8)))
    assert board["month"].to_list() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert board["mase"].to_list() == pytest.approx([1, 0.5, 0, 0.8])
