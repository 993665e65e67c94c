"""Hydropower: usual output of the month times a wetness that fades."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from fansipan.periods import Month
from fansipan.scenario.baseline.lines import Lines
from fansipan.scenario.baseline.water import RECENT, water_of

USUAL = np.array([10.0, 10, 12, 20, 40, 60, 80, 80, 60, 40, 20, 12])


def river(wetness, plants=(1.0, 0.5), hydropower=True):
    """Plants on one river from January 2019 with the given wetness of each month."""
    wetness = np.asarray(wetness, dtype=float)
    made = np.outer(plants, USUAL[np.arange(len(wetness)) % 12] * wetness)
    names = [f"p{at}" for at in range(len(plants))]
    frame = pl.DataFrame({"establishment": names, "product": ["kwh"] * len(plants)})
    frame = frame.with_columns(hydropower=pl.lit(hydropower), closed=pl.lit(value=False))
    return Lines(frame, Month(2019, 1), made, np.zeros(made.shape, bool))


def test_a_usual_year_goes_on_as_usual():
    water = water_of(river(np.ones(60)))
    assert water.wetness == pytest.approx(1.0)
    assert water.outlook(0, 12) == pytest.approx(np.outer([1.0, 0.5], USUAL))


def test_what_is_usual_is_the_mean_of_past_years():
    water = water_of(river(np.repeat([0.8, 1.2], 12)))
    assert water.usual[0] == pytest.approx(USUAL)


def test_a_dry_year_stays_dry_for_a_while_and_fades():
    rng = np.random.default_rng(4)
    wetness, state = [], 0.0
    for _ in range(120):
        state = 0.8 * state + rng.normal(0, 0.1)
        wetness.append(np.exp(state))
    water = water_of(river([*wetness, 0.5, 0.5, 0.5]))
    assert 0.4 < water.persistence < 0.95
    ratio = water.outlook(3, 9)[0] / water.usual[0][(3 + np.arange(9)) % 12]
    assert ratio[0] < 0.75
    assert (np.diff(ratio) > 0).all()
    assert ratio[-1] < 1.0


def test_plants_share_the_water_and_keep_their_size():
    water = water_of(river([*np.ones(48), 0.6, 0.6, 0.6]))
    ahead = water.outlook(3, 6)
    assert ahead[1] == pytest.approx(0.5 * ahead[0])


def test_paths_without_shocks_are_the_outlook():
    water = water_of(river([*np.ones(36), 1.3, 1.2, 1.1]))
    assert np.exp(water.states(np.zeros((3, 5)))) == pytest.approx(
        np.tile(water.outlook(3, 5)[0] / water.usual[0][3:8], (3, 1))
    )
    assert len(water.recent) == RECENT


@pytest.mark.parametrize("lines", [river(np.ones(20)), river(np.ones(60), hydropower=False)])
def test_no_water_is_read_from_too_short_a_past_or_from_other_plants(lines):
    assert water_of(lines) is None


def test_a_plant_without_figures_in_a_month_is_left_out_of_it():
    lines = river(np.ones(60))
    gappy = lines.quantities.copy()
    gappy[1, :24] = np.nan
    water = water_of(replace(lines, quantities=gappy))
    assert water.outlook(0, 12)[1] == pytest.approx(0.5 * USUAL)
