"""Hierarchies agree in every path: output at every level and price basis, the index as the mean of its parts."""

import numpy as np
import pytest

from fansipan.scenario.paths.figures import Figure, drawn
from fansipan.scenario.paths.simulation import DRIVERS, simulate
from fansipan.statistics.output_value import DIMENSIONS
from fansipan.statistics.production_index import base_year_weights, shares_in_root


@pytest.fixture(scope="module")
def simulated(may):
    return simulate(may, paths=120)


@pytest.mark.parametrize("basis", ["constant", "current"])
@pytest.mark.parametrize("by", [*DIMENSIONS, "project"])
def test_output_of_all_parts_is_the_whole_in_every_path_and_month(may, simulated, by, basis):
    price = np.nan_to_num(may.lines.price(basis))
    codes = may.lines.frame[by].fill_null("-")
    parts = sum(simulated.weighted(price * codes.eq(code).to_numpy()) for code in codes.unique())
    whole = simulated.weighted(price)
    assert np.abs(parts / whole - 1).max() < 1e-9


def index_of(simulated, laocai, by, node):
    return drawn(simulated, Figure("index", by, node, "month"), laocai)[1]


@pytest.mark.parametrize("level", ["section", "division"])
def test_the_index_is_the_weighted_mean_of_the_level_below_in_every_path(laocai, simulated, level):
    weights = base_year_weights(laocai)
    leaves = dict(shares_in_root(weights).iter_rows())
    parents = dict(weights.select("code", "parent").iter_rows())
    root = next(code for code, parent in parents.items() if parent is None)

    def above(code):
        while code is not None:
            yield code
            code = parents[code]

    share = {node: sum(value for leaf, value in leaves.items() if node in above(leaf)) for node in parents}
    top = root if level == "section" else "C"
    below = [code for code, parent in parents.items() if parent == top]
    assert len(below) > 1
    mean = sum(share[code] * index_of(simulated, laocai, level, code) for code in below) / share[top]
    whole = index_of(simulated, laocai, "total" if top == root else "section", None if top == root else top)
    assert np.abs(mean / whole - 1).max() < 1e-9


def test_shares_of_the_sections_are_a_hundred_percent_in_every_path(may, simulated):
    for measure in ("share", "share-current"):
        sections = may.lines.frame["section"].drop_nulls().unique()
        parts = [drawn(simulated, Figure(measure, "section", code, "quarter"))[1] for code in sections]
        assert np.abs(sum(parts) - 100).max() < 1e-9


@pytest.mark.parametrize("driver", DRIVERS)
def test_with_any_driver_alone_nothing_is_negative_and_reported_months_stay(may, driver):
    alone = simulate(may, paths=60, drivers=(driver,))
    assert (alone.ahead >= 0).all()
    assert np.ptp(alone.output()[:, : may.known], axis=0).max() < 1e-9


def test_a_wet_path_is_wet_for_every_plant(may):
    wet = may.lines.frame["hydropower"].to_numpy()
    paths = simulate(may, paths=300, drivers=("water",)).ahead[:, wet, 0]
    assert np.corrcoef(paths.T).min() > 0.99


def test_an_outage_stops_a_line_for_the_month_and_spares_hydropower(may):
    paths = simulate(may, paths=400, drivers=("outage",))
    working = may.before[:, may.known :] > 0
    existing = may.lines.frame["project"].is_null().to_numpy()
    still = (paths.ahead == 0) & working[None]
    wet = may.lines.frame["hydropower"].to_numpy()
    assert still[:, existing & ~wet].any()
    assert not still[:, wet].any()


def test_more_paths_of_the_same_seed_tell_the_same_distribution(may):
    few, many = (simulate(may, paths=paths).output().sum(axis=1) for paths in (2000, 6000))
    assert few.mean() == pytest.approx(many.mean(), rel=0.003)
    assert few.std() == pytest.approx(many.std(), rel=0.08)
