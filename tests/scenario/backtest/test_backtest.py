"""Rolling origin: nothing later leaks in, levels add up, what is asked for is what is done (Rules BT1 to BT4)."""

from datetime import datetime

import numpy as np
import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.backtest.hierarchy import LEVELS, hierarchy_of
from fansipan.scenario.backtest.origins import origins_of, same_month_before, say_at, seasonal_scale
from fansipan.scenario.backtest.run import backtest
from fansipan.scenario.backtest.scores import FIGURES
from fansipan.scenario.baseline.lines import lines_of
from fansipan.tables import REGISTRY

LAST = Month(2024, 5)


def test_origins_go_back_from_the_month_before_the_last():
    found = origins_of(Month(2019, 1), LAST, 4, 2)
    assert [str(month) for month in found] == ["2023-10", "2023-12", "2024-02", "2024-04"]
    assert str(origins_of(Month(2021, 1), LAST, 30, 1)[0]) == "2023-12"  # its 36th month


def test_a_short_history_is_refused():
    with pytest.raises(Refused, match=r"36 months"):
        origins_of(Month(2021, 6), LAST, 4, 1)


@pytest.mark.parametrize("asked", [{"origins": 0}, {"horizon": 37}, {"step": 13}])
def test_what_cannot_be_asked_is_refused(small, asked):
    option = next(iter(asked))
    with pytest.raises(Refused, match=f"--{option}"):
        backtest(small, LAST, **asked)


def test_every_origin_month_and_node_has_a_row_where_it_has_come(scores):
    total = scores.filter(pl.col("level") == "total").group_by("as_of").agg(pl.len()).sort("as_of")
    assert total["len"].to_list() == [6, 6, 4, 1]
    assert set(scores["level"]) == set(LEVELS)
    assert scores["month"].max() == "2024-05"
    assert set(REGISTRY["forecast_scores"].column_names()) == set(scores.columns) | {"recorded_at", "source"}


def test_levels_add_up_to_the_total(scores):
    for figure in ("forecast", "naive", "actual", "error"):
        sums = scores.group_by("as_of", "month", "level").agg(pl.col(figure).sum())
        spread = sums.group_by("as_of", "month").agg(pl.col(figure).max() - pl.col(figure).min())[figure]
        assert spread.abs().max() <= 1e-9


def test_nothing_recorded_later_leaks_in(small, quick):
    """What is said as of an origin is the same when every later return, in the same file, is spoilt."""
    origin = Month(2023, 6)
    later = pl.col("recorded_at") > datetime(2023, 6, 30, 23, 59, 59)
    quantity = pl.col("quantity")
    spoilt = small["returns"].with_columns(pl.when(later).then(quantity * 9 + 1).otherwise(quantity))
    assert (spoilt["quantity"] != small["returns"]["quantity"]).any()
    told, other = (say_at(one, origin, 6, paths=50) for one in (small, small.replace(returns=spoilt)))
    assert np.array_equal(told.forecast, other.forecast)
    assert np.array_equal(told.naive, other.naive)
    assert all(np.array_equal(told.bounds[name], other.bounds[name]) for name in told.bounds)


def test_bounds_are_in_order_and_the_same_in_every_run(small, quick, scores):
    ordered = pl.col("lo_95") <= pl.col("lo_80"), pl.col("hi_80") <= pl.col("hi_95")
    assert scores.select(one.all().alias(str(at)) for at, one in enumerate(ordered)).row(0) == (True, True)
    again = backtest(small, LAST, origins=4, horizon=6, step=3, paths=50, workers=1)
    assert again.select(FIGURES).equals(scores.select(FIGURES))


def test_the_naive_forecast_is_the_same_month_of_the_last_known_year():
    history = np.arange(36.0)[None]
    assert same_month_before(history, 14)[0].tolist() == [*range(24, 36), 24, 25]
    assert seasonal_scale(history).tolist() == [12]
    assert np.isnan(seasonal_scale(np.ones((1, 36)))).all()


def test_actual_is_what_is_known_at_the_end(small, scores):
    lines = lines_of(small.known_on(LAST.last_day), LAST, LAST.last_day)
    tree = hierarchy_of(lines)
    whole = tree.values(lines.of((LAST,)))[tree.codes.index("total"), 0]
    found = scores.filter((pl.col("level") == "total") & (pl.col("month") == "2024-05"))["actual"]
    assert found.to_list() == pytest.approx([whole] * len(found))
