"""Storage in OSeMOSYS models, each case solved by hand (rule E14).

The model of conftest: demand of 10 by night; the sun (cost 1) shines by day, a backstop (cost 10) always runs,
a battery
moves energy from day to night. One day stands for the year unless a case says otherwise; no discounting.
"""

import pytest

from fansipan.expansion.constraints.build import build
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder
from fansipan.linear.solver import solve_arrays


@pytest.fixture
def cost(otoole, battery):
    def solved(years=(2020,), config=None, **changes):
        folder = read_folder(otoole(battery(years, **changes), config))
        answer = solve_arrays(build(network_of(folder)).arrays())
        return answer.objective if answer.objective is not None else answer.status

    return solved


def by_store(value):
    return ("REGION,STORAGE,VALUE", [["R", "BAT", value]])


def by_year(**values):
    return ("REGION,STORAGE,YEAR,VALUE", [["R", "BAT", int(y[1:]), v] for y, v in values.items()])


def test_the_battery_carries_the_day_into_the_night(cost):
    assert cost() == pytest.approx(10)  # 10 from the sun at 1


def test_a_small_store_leaves_the_rest_to_the_backstop(cost):
    assert cost(ResidualStorageCapacity=by_year(y2020=6)) == pytest.approx(6 * 1 + 4 * 10)


def test_a_charge_rate_of_zero_means_no_charging(cost):
    assert cost(StorageMaxChargeRate=by_store(0)) == pytest.approx(100)


def test_an_absent_charge_rate_is_the_default_of_zero(cost):
    assert cost(StorageMaxChargeRate=None) == pytest.approx(100)


def test_the_default_of_the_config_counts_where_a_file_is_absent(cost):
    config = "StorageMaxChargeRate: {indices: [REGION, STORAGE], type: param, dtype: float, default: 8}\n"
    # 8 a year in the half year of the day
    assert cost(config=config, StorageMaxChargeRate=None) == pytest.approx(4 * 1 + 6 * 10)


def test_the_discharge_rate_binds(cost):
    assert cost(StorageMaxDischargeRate=by_store(6)) == pytest.approx(3 * 1 + 7 * 10)


def test_the_level_at_the_start_is_spent_and_not_given_back(cost):
    assert cost(StorageLevelStart=by_store(8)) == pytest.approx(2)


def test_what_must_stay_in_the_store_is_not_usable(cost):
    changes = {"ResidualStorageCapacity": by_year(y2020=10), "StorageLevelStart": by_store(5)}
    assert cost(MinStorageCharge=by_year(y2020=0.5), **changes) == pytest.approx(5 * 1 + 5 * 10)


def test_the_level_must_reach_the_least_from_the_first_moment(cost):
    changes = {"ResidualStorageCapacity": by_year(y2020=10), "StorageLevelStart": by_store(4)}
    assert cost(MinStorageCharge=by_year(y2020=0.5), **changes) == "infeasible"


def test_the_level_runs_on_into_the_next_year(cost):
    dark = [["R", "SUN", s, y, 0] for s, y in (("N", 2020), ("N", 2021), ("D", 2021))]
    header = "REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE"
    assert cost((2020, 2021), CapacityFactor=(header, dark)) == pytest.approx(20)  # the sun of 2020 serves both nights


def test_a_store_that_lives_a_year_is_built_again_to_carry_on(cost):
    dark = [["R", "SUN", s, y, 0] for s, y in (("N", 2020), ("N", 2021), ("D", 2021))]
    found = cost(
        (2020, 2021),
        ResidualStorageCapacity=None,
        OperationalLifeStorage=by_store(1),
        DiscountRateStorage=by_store(0),
        CapacityFactor=("REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE", dark),
        CapitalCostStorage=by_year(y2020=1, y2021=2),
    )
    # 2020: 10 from the sun and a store of 10 (no salvage after its one year); carrying 10 on costs
    # a larger store in 2020 (10) and one in 2021 (20) besides the sun (10), less than the backstop (100).
    assert found == pytest.approx(10 + 10 + 10 + 20 + 10)


def test_a_life_of_zero_means_that_a_new_store_never_stands(cost):
    found = cost(ResidualStorageCapacity=None, OperationalLifeStorage=by_store(0), CapitalCostStorage=None)
    assert found == pytest.approx(100)


def test_a_new_store_is_paid_less_its_salvage_by_straight_line(cost):
    changes = {
        "ResidualStorageCapacity": None,
        "OperationalLifeStorage": by_store(4),
        "DiscountRateStorage": by_store(0),
    }
    found = cost(CapitalCostStorage=by_year(y2020=2), **changes)
    assert found == pytest.approx(10 + 10 * 2 * (1 - 3 / 4))


def test_a_new_store_is_paid_less_its_salvage_by_sinking_fund(cost):
    changes = {
        "ResidualStorageCapacity": None,
        "OperationalLifeStorage": by_store(2),
        "DiscountRateStorage": by_store(0.1),
    }
    worth = 1 - (1.1 - 1) / (1.1**2 - 1)
    assert cost(CapitalCostStorage=by_year(y2020=2), **changes) == pytest.approx(10 + 10 * 2 * (1 - worth / 1.1))


def test_daily_cycles_need_a_store_for_one_day_only(cost):
    """365 days in a year, brackets of half a day: a store of 5/365 passes 5 through in the year."""
    split = ("DAILYTIMEBRACKET,YEAR,VALUE", [[1, 2020, 1 / 730], [2, 2020, 1 / 730]])
    changes = {"DaySplit": split, "DaysInDayType": ("SEASON,DAYTYPE,YEAR,VALUE", [[1, 1, 2020, 7]])}
    assert cost(ResidualStorageCapacity=by_year(y2020=5 / 365), **changes) == pytest.approx(5 * 1 + 5 * 10)


def seasons(summer_store):
    """Two seasons of a day and a night each: sun only in summer, demand only in the winter night."""
    slices = ("SD", "SN", "WD", "WN")
    return {
        "TIMESLICE": ("VALUE", [[s] for s in slices]),
        "SEASON": ("VALUE", [[1], [2]]),
        "YearSplit": ("TIMESLICE,YEAR,VALUE", [[s, 2020, 0.25] for s in slices]),
        "Conversionls": ("TIMESLICE,SEASON,VALUE", [[s, 1 if s[0] == "S" else 2, 1] for s in slices]),
        "Conversionld": ("TIMESLICE,DAYTYPE,VALUE", [[s, 1, 1] for s in slices]),
        "Conversionlh": ("TIMESLICE,DAILYTIMEBRACKET,VALUE", [[s, 1 if s[1] == "D" else 2, 1] for s in slices]),
        "DaySplit": ("DAILYTIMEBRACKET,YEAR,VALUE", [[1, 2020, 0.25], [2, 2020, 0.25]]),
        "DaysInDayType": ("SEASON,DAYTYPE,YEAR,VALUE", [[1, 1, 2020, 1], [2, 1, 2020, 1]]),
        "SpecifiedDemandProfile": ("REGION,FUEL,TIMESLICE,YEAR,VALUE", [["R", "ELC", "WN", 2020, 1]]),
        "CapacityFactor": (
            "REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE",
            [["R", "SUN", s, 2020, 0] for s in ("SN", "WD", "WN")],
        ),
        "ResidualStorageCapacity": by_year(y2020=summer_store),
    }


@pytest.mark.parametrize(("store", "expected"), [(100, 10), (7, 7 * 1 + 3 * 10)])
def test_a_season_hands_its_level_to_the_next(cost, store, expected):
    assert cost(**seasons(store)) == pytest.approx(expected)


def test_day_types_run_on_within_a_season(cost):
    """Five working days with sun and two days of rest with demand: the level climbs over five days, falls over two."""
    slices = ("WD", "WN", "RD", "RN")
    found = cost(
        TIMESLICE=("VALUE", [[s] for s in slices]),
        DAYTYPE=("VALUE", [[1], [2]]),
        YearSplit=("TIMESLICE,YEAR,VALUE", [[s, 2020, share] for s, share in zip(slices, (5, 5, 2, 2), strict=True)]),
        Conversionls=("TIMESLICE,SEASON,VALUE", [[s, 1, 1] for s in slices]),
        Conversionld=("TIMESLICE,DAYTYPE,VALUE", [[s, 1 if s[0] == "W" else 2, 1] for s in slices]),
        Conversionlh=("TIMESLICE,DAILYTIMEBRACKET,VALUE", [[s, 1 if s[1] == "D" else 2, 1] for s in slices]),
        DaySplit=("DAILYTIMEBRACKET,YEAR,VALUE", [[1, 2020, 1], [2, 2020, 1]]),
        DaysInDayType=("SEASON,DAYTYPE,YEAR,VALUE", [[1, 1, 2020, 5], [1, 2, 2020, 2]]),
        SpecifiedDemandProfile=("REGION,FUEL,TIMESLICE,YEAR,VALUE", [["R", "ELC", "RN", 2020, 1]]),
        CapacityFactor=("REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE", [["R", "SUN", s, 2020, 0] for s in slices[1:]]),
        ResidualStorageCapacity=by_year(y2020=8),
    )
    # The store of 8 is full after the fifth working day; 8 of the 10 come from the sun.
    assert found == pytest.approx(8 * 1 + 2 * 10)
