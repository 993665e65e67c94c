"""Base forecasts of sums and parts at earlier origins, brought to agree; what that gains; nothing later is used."""

import numpy as np
import polars as pl
import pytest

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.scenario.backtest import origins
from fansipan.scenario.backtest.base import base_of, errors_known
from fansipan.scenario.backtest.gains import LEARNED, bases, gains, reconciled
from fansipan.scenario.forecast.outcome import Outcome
from fansipan.scenario.paths.simulation import simulate
from fansipan.scenario.projection import project
from fansipan.scenario.reconciled import reconcile_projection
from fansipan.scenario.reconciliation import METHODS

LAST = Month(2024, 5)


@pytest.fixture
def found(small, quick):
    return bases(small, LAST, origins=5, horizon=6, step=4, workers=1)


def test_sums_are_forecast_on_their_own_and_products_are_their_lines(found):
    base = found[-1]
    upper = base.summing.upper.shape[0]
    assert {level for level, _ in base.nodes[:upper]} == {"total", "section", "class"}
    assert {level for level, _ in base.nodes[upper:]} == {"product"}
    assert base.summing.upper @ base.came[upper:] == pytest.approx(base.came[:upper])


@pytest.mark.parametrize("method", METHODS)
def test_reconciled_forecasts_add_up_at_every_level(found, method):
    base = found[-1]
    made = reconciled(base, method, errors_known(found[:-1], base))
    upper = base.summing.upper.shape[0]
    assert made[:upper] == pytest.approx(base.summing.upper @ made[upper:], abs=1e-9)
    assert (made >= 0).all()


def test_errors_are_of_earlier_origins_and_of_months_that_had_come(found):
    late = errors_known(found[:-1], found[-1])
    assert late.shape == (4 * 6 - 2 * 1, len(found[-1].nodes)) or len(late) <= 4 * 6
    assert len(errors_known([], found[0])) == 0
    assert len(errors_known(found[1:], found[0])) == 0
    one = errors_known(found[:1], found[1])
    # Four months lie between the two origins.
    assert len(one) == 4
    node = found[1].nodes.index(("total", "total"))
    month = (found[0].origin + 1).ordinal - found[1].start.ordinal
    assert one[0, node] == pytest.approx(
        found[1].came[node, month] - found[0].forecast[found[0].nodes.index(("total", "total")), 0]
    )


def test_gains_compare_every_method_with_summing_the_parts(found, small):
    frame = gains(found, small, LAST)
    assert frame["level"].unique(maintain_order=True).to_list() == ["product", "class", "section", "total", "all"]
    assert set(frame["method"]) == {"base", *METHODS}
    plain = frame.filter(pl.col("method") == "bottom-up")
    assert plain["gain"].to_list() == pytest.approx([0.0] * 5)
    for row in frame.iter_rows(named=True):
        own = plain.filter(pl.col("level") == row["level"])["mase"][0]
        assert row["gain"] == pytest.approx(100 * (1 - row["mase"] / own))


def test_a_total_forecast_better_than_its_parts_makes_mint_gain(small, monkeypatch):
    """Parts are always a third too high, sums are right: MinT learns to trust the sums."""

    def forecaster(histories, horizon, *, progress):
        made = []
        for history in histories:
            high = 1.0 if history.name.split(" ")[0] in ("total", "section", "class") else 1.35
            mean = origins.same_month_before(np.nan_to_num(history.values[None]), horizon)[0] * high
            made.append(Outcome(history.name, history.next_month, mean, [mean * 0.9, mean * 1.1], "high"))
        return made

    monkeypatch.setattr(origins, "single_forecaster", forecaster)
    frame = gains(bases(small, LAST, origins=6, horizon=6, step=4, workers=1), small, LAST)
    mint = frame.filter((pl.col("method") == "mint") & (pl.col("level") == "total"))["gain"][0]
    assert mint > 20


def test_without_a_year_of_errors_learning_is_refused(small, quick):
    few = bases(small, LAST, origins=2, horizon=3, step=1, workers=1)
    with pytest.raises(Refused, match="origin"):
        gains(few, small, LAST)
    for method in LEARNED:
        with pytest.raises(Refused):
            reconciled(few[-1], method, errors_known(few[:1], few[1]))
    with pytest.raises(NotFound, match="mint"):
        reconciled(few[-1], "magic", np.zeros((0, 0)))


@pytest.mark.parametrize("method", [m for m in METHODS if m not in LEARNED])
def test_a_projection_reconciled_still_adds_up_in_every_path(small, quick, method):
    projection = project(small, LAST, forecaster=origins.single_forecaster)
    moved = reconcile_projection(projection, method, forecaster=origins.single_forecaster)
    base = base_of(projection, origins.single_forecaster)
    wanted = reconciled(base, method, np.zeros((0, len(base.nodes))))
    price = projection.lines.price()
    assert price @ moved.quantities[:, moved.known :] == pytest.approx(wanted[base.nodes.index(("total", "total"))])
    assert np.array_equal(moved.quantities[:, : moved.known], projection.quantities[:, : moved.known])
    paths = simulate(moved, paths=50)
    parts = sum(paths.output("section", code) for code in moved.lines.frame["section"].unique())
    assert parts == pytest.approx(paths.output(), rel=1e-9)
    if method == "bottom-up":
        assert moved.quantities == pytest.approx(projection.quantities)
