"""Joint paths: sums hold in every path, seeds repeat, each driver moves what it should, errors go together."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.scenario.baseline.lines import Lines
from fansipan.scenario.changes import scenario_of
from fansipan.scenario.comparison import compared, under
from fansipan.scenario.news import news
from fansipan.scenario.outlook import by_period
from fansipan.scenario.paths.chances import chances, driver_shares
from fansipan.scenario.paths.dependence import errors_of, outage_chance, outages
from fansipan.scenario.paths.figures import MEASURES, Figure, distribution, drawn
from fansipan.scenario.paths.later import later_chances, later_end, out_of_reach
from fansipan.scenario.paths.simulation import DRIVERS, period_sums, simulate
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.production_index import compile_index


@pytest.fixture(scope="module")
def simulated(may):
    return simulate(may, paths=400)


@pytest.mark.parametrize("by", ["section", "division", "product", "establishment", "area", "kind"])
def test_parts_add_up_to_the_total_in_every_path(may, simulated, by):
    codes = may.lines.frame[by].unique()
    parts = sum(simulated.output(by, code) for code in codes if code is not None)
    parts = parts + simulated.weighted(may.lines.price() * may.lines.frame[by].is_null().to_numpy())
    assert parts == pytest.approx(simulated.output(), rel=1e-9)


def test_quarters_and_months_add_up_to_the_year_in_every_path(may, simulated):
    months = simulated.output()
    year = period_sums(may.months, months, "year")[1][:, 0]
    assert period_sums(may.months, months, "quarter")[1].sum(axis=1) == pytest.approx(year, rel=1e-12)


def test_the_same_seed_gives_the_same_paths_and_another_gives_others(may, simulated):
    assert np.array_equal(simulate(may, paths=400).ahead, simulated.ahead)
    assert not np.array_equal(simulate(may, paths=400, seed=2).ahead, simulated.ahead)


def test_months_reported_do_not_vary(may, simulated):
    assert simulated.output()[:, : may.known].std(axis=0) == pytest.approx(np.zeros(may.known), abs=1e-9)


def test_without_drivers_every_path_is_the_projection(may):
    still = simulate(may, paths=3, drivers=())
    assert still.ahead == pytest.approx(np.repeat(may.quantities[None, :, may.known :], 3, axis=0))


def test_each_driver_moves_its_own_lines(laocai, may, projected):
    wet = may.lines.frame["hydropower"].to_numpy()
    water = simulate(may, paths=50, drivers=("water",)).ahead.std(axis=0).sum(axis=1)
    assert (water[wet] > 0).all()
    assert not (water[~wet] > 1e-9).any()
    long = projected(laocai, Month(2024, 5), until=Month(2025, 12))
    late = simulate(long, paths=50, drivers=("delay",)).ahead.std(axis=0).sum(axis=1)
    new = long.lines.frame["project"].is_not_null().to_numpy()
    assert late[new].any()
    assert not (late[~new] > 1e-9).any()


def test_a_random_number_of_one_driver_does_not_depend_on_the_others(may):
    alone = simulate(may, paths=60, drivers=("water",))
    both = simulate(may, paths=60, drivers=("water", "delay"))
    wet = may.lines.frame["hydropower"].to_numpy()
    assert np.array_equal(alone.ahead[:, wet], both.ahead[:, wet])


def test_the_interval_of_a_total_is_that_of_the_paths_and_narrower_than_the_sum_of_intervals(may):
    table = by_period(simulate(may, paths=2000), "product", "year")
    width = (pl.col("high") - pl.col("low")).sum()
    parts = table.filter(pl.col("product") != "total").select(width).item()
    whole = table.filter(pl.col("product") == "total").select(width).item()
    assert 0 < whole < parts


def test_a_scenario_is_laid_on_every_path(laocai, may):
    low = simulate(under(may, scenario_of(laocai, "low")), paths=200)
    base = simulate(under(may, scenario_of(laocai, "base")), paths=200)
    assert (low.output().sum(axis=1) < base.output().sum(axis=1)).all()


@pytest.mark.parametrize("paths", [0, 200_001])
def test_too_few_or_too_many_paths_are_refused(may, paths):
    with pytest.raises(Refused, match="200000"):
        simulate(may, paths=paths)


def correlated(months=72, lines=4, together=0.9, seed=1):
    rng = np.random.default_rng(seed)
    common, own = rng.normal(size=months), rng.normal(size=(lines, months))
    level = np.exp(0.1 * (together * common + np.sqrt(1 - together**2) * own))
    frame = pl.DataFrame({"establishment": [str(k) for k in range(lines)], "hydropower": [False] * lines})
    return Lines(frame, Month(2018, 1), 100 * level, np.zeros(level.shape, bool))


def test_errors_keep_their_correlation_and_have_one_standard_deviation():
    lines = correlated()
    paths = errors_of(lines).paths(np.random.default_rng(1), 6000, 6)
    assert paths.std(axis=(0, 2)) == pytest.approx(np.ones(4), abs=0.12)
    past = np.corrcoef(errors_of(lines).past)[0, 1]
    assert np.corrcoef(paths[:, 0].ravel(), paths[:, 1].ravel())[0, 1] == pytest.approx(past, abs=0.06)
    assert past > 0.6


def test_lines_without_a_past_are_drawn_on_their_own():
    lines = correlated()
    quantities = lines.quantities.copy()
    quantities[3, :-6] = np.nan
    errors = errors_of(replace(lines, quantities=quantities))
    assert errors.drawn.tolist() == [True, True, True, False]
    paths = errors.paths(np.random.default_rng(1), 4000, 3)
    assert paths[:, 3].std() == pytest.approx(1.0, abs=0.05)


def test_a_standstill_in_between_is_an_outage_and_a_stop_is_none():
    lines = correlated()
    quantities = lines.quantities.copy()
    quantities[0, 30] = 0.0
    quantities[1, 66:] = 0.0
    found = outages(replace(lines, quantities=quantities))
    assert np.argwhere(found).tolist() == [[0, 30]]
    working = quantities.size - int((quantities[0] == 0).sum()) - int((quantities[1] == 0).sum())
    assert outage_chance(replace(lines, quantities=quantities)) == pytest.approx(1.5 / (working + 1 + 1))


def test_a_month_that_is_low_every_year_is_no_outage():
    lines = correlated()
    quantities = lines.quantities.copy()
    quantities[0, 1::12] = 0.1 * quantities[0].mean()
    assert not outages(replace(lines, quantities=quantities)).any()
    quantities[0, 25] = 0.0
    assert outages(replace(lines, quantities=quantities)).nonzero()[1].tolist() == [25]


def test_an_outage_never_seen_may_come():
    lines = correlated()
    assert not outages(lines).any()
    assert outage_chance(lines) == pytest.approx(0.5 / (lines.quantities.size + 1))


def test_the_index_of_a_month_reported_is_the_compiled_one(laocai, may, simulated):
    compiled = compile_index(laocai, compile_output(laocai, until=Month(2024, 5)))
    for node, by in ((None, "total"), ("C", "section"), ("20", "division")):
        code = node or compiled.filter(pl.col("code") == "total")["code"][0]
        periods, values = drawn(simulated, Figure("index", by, node, "month"), laocai)
        own = compiled.filter((pl.col("code") == code) & (pl.col("period") == "2024-03"))["index"][0]
        assert values[0, periods.index("2024-03")] == pytest.approx(own, rel=1e-6)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("period", ["quarter", "year"])
def test_every_measure_has_a_distribution(laocai, simulated, measure, period):
    figure = Figure(measure, "section", "C", period)
    found = distribution(simulated, figure, laocai)
    assert found["period"].to_list() == (["2024"] if period == "year" else [f"2024-Q{k}" for k in (1, 2, 3, 4)])
    assert (found["p05"] <= found["p50"]).all()
    assert (found["p50"] <= found["p95"]).all()


def test_growth_is_of_the_same_period_last_year(simulated, may):
    periods, rates = drawn(simulated, Figure("growth", period="quarter"))
    first = rates[0, periods.index("2024-Q1")]
    price = may.lines.price()
    now, then = price @ may.quantities[:, :3], price @ may.year_before[:, :3]
    assert first == pytest.approx(100 * (now.sum() / then.sum() - 1))


def test_unknown_measures_and_nodes_are_refused(laocai, simulated):
    with pytest.raises(NotFound, match="profit"):
        drawn(simulated, Figure("profit"))
    with pytest.raises(NotFound):
        drawn(simulated, Figure("index"))
    with pytest.raises(NotFound, match="99"):
        drawn(simulated, Figure("index", "class", "99"), laocai)


def test_chances_of_plans_and_targets(laocai, may, simulated):
    found = chances(simulated, laocai)
    plan = found.filter((pl.col("indicator") == "gross-output") & (pl.col("scope_kind") == "province")).row(
        0, named=True
    )
    year = simulated.output().sum(axis=1)
    assert plan["chance"] == (year >= 52_196.7769).mean()
    assert plan["mean"] == pytest.approx(year.mean())
    water = found.filter(pl.col("scope") == "waste-water").row(0, named=True)
    assert 0 <= water["chance"] <= 1
    shares = found.filter(pl.col("source") == "target")
    assert set(shares["item"]) == {"manufacturing-share", "mining-share"}
    assert set(found["period"]) == {"2024"}


def test_a_target_of_next_year_is_answered_where_the_span_reaches_it(laocai, projected):
    long = simulate(projected(laocai, Month(2024, 5), until=Month(2025, 12)), paths=100)
    assert "gross-output-2025" in chances(long, laocai)["item"].to_list()


def test_targets_of_later_years_are_answered_by_a_longer_projection_of_their_own(laocai, may, projected):
    assert later_end(may, laocai) == Month(2025, 12)
    assert out_of_reach(may, laocai) == []
    long = simulate(projected(laocai, Month(2024, 5), until=Month(2025, 12)), paths=100)
    found = later_chances(long, may, laocai)
    assert found["item"].to_list() == ["gross-output-2025"]
    assert found["mean"].item() == pytest.approx(long.output()[:, 12:].sum(axis=1).mean())
    assert later_end(long.projection, laocai) is None


def test_a_target_too_far_away_is_named_and_not_projected(laocai, may):
    far = laocai["targets"].with_columns(
        due=pl.when(pl.col("target") == "gross-output-2025").then(date(2027, 12, 31)).otherwise("due")
    )
    later = laocai.replace(targets=far)
    assert later_end(may, later) is None
    assert out_of_reach(may, later) == ["gross-output-2025"]


def test_a_share_to_go_up_in_a_year_ahead_is_compared_with_the_year_before_it_in_the_same_path(laocai, projected):
    long = simulate(projected(laocai, Month(2024, 5), until=Month(2025, 12)), paths=100)
    row = chances(long, laocai).filter(pl.col("item") == "manufacturing-share").row(0, named=True)
    shares = drawn(long, Figure("share", "industry", "C", "year"), laocai)[1]
    assert row["period"] == "2025"
    assert row["chance"] == (shares[:, 1] >= shares[:, 0]).mean()
    assert row["value"] == pytest.approx(shares[:, 0].mean())


def test_shares_of_the_drivers_add_up_to_all(may):
    found = driver_shares(may, Figure(), paths=500)
    assert found["driver"].to_list() == [*DRIVERS, "together", "all"]
    share = dict(found.select("driver", "share").iter_rows())
    assert sum(share[d] for d in (*DRIVERS, "together")) == pytest.approx(100)
    assert share["market"] > share["water"] > share["outage"]


def test_news_add_up_to_the_change_of_the_years_total(laocai, may, projected):
    april = projected(laocai, Month(2024, 4))
    found = news(april, may)
    total = [(p.quantities * p.lines.price()[:, None]).sum() for p in (april, may)]
    assert found["change"].sum() == pytest.approx(total[1] - total[0], rel=1e-9)
    parts = found["revised"] + found["arrived"] + found["outlook"]
    assert parts.to_numpy() == pytest.approx(found["change"].to_numpy())
    assert found["change"].abs().is_sorted(descending=True)


def test_news_of_another_year_or_backwards_are_refused(laocai, may, projected):
    with pytest.raises(Refused, match="2023-05"):
        news(projected(laocai, Month(2023, 5)), may)
    with pytest.raises(Refused):
        news(may, projected(laocai, Month(2024, 4)))


def test_scenarios_side_by_side_use_the_same_random_numbers(laocai, may):
    cases = [scenario_of(laocai, code) for code in ("baseline", "low", "base", "high")]
    found = compared(may, cases, laocai, paths=300)
    assert found["scenario"].to_list() == ["baseline", "low", "base", "high"]
    assert found["output"][1] < found["output"][2] < found["output"][3]
    again = compared(may, cases[:1], laocai, paths=300)
    assert again["output"][0] == found["output"][0]
    assert (found["low"] < found["high"]).all()
