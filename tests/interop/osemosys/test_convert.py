"""Parts of the OSeMOSYS formulation, each alone in a model solved by hand."""

import pytest

from fansipan.expansion.constraints.build import build
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder
from fansipan.linear.solver import solve_arrays

MANY = {
    "REGION": ("VALUE", [["R"]]),
    "YEAR": ("VALUE", [[2020], [2021], [2022]]),
    "TIMESLICE": ("VALUE", [["A"]]),
    "TECHNOLOGY": ("VALUE", [["COAL"], ["WIND"]]),
    "FUEL": ("VALUE", [["ELC"]]),
    "EMISSION": ("VALUE", [["CO2"]]),
    "MODE_OF_OPERATION": ("VALUE", [[1]]),
    "STORAGE": ("VALUE", []),
}
YEARS = (2020, 2021, 2022)


def per(header, **values):
    """A parameter by technology and year, the same every year."""
    return (header, [["R", name, year, value] for name, value in values.items() for year in YEARS])


def tech(**values):
    return per("REGION,TECHNOLOGY,YEAR,VALUE", **values)


@pytest.fixture
def cost(otoole):
    def solved(**changes):
        files = MANY | {
            "YearSplit": ("TIMESLICE,YEAR,VALUE", [["A", year, 1] for year in YEARS]),
            "DiscountRate": ("REGION,VALUE", [["R", 0]]),
            "AccumulatedAnnualDemand": per("REGION,FUEL,YEAR,VALUE", ELC=10),
            "OutputActivityRatio": (
                "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE",
                [["R", name, "ELC", 1, year, 1] for name in ("COAL", "WIND") for year in YEARS],
            ),
            "VariableCost": (
                "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE",
                [["R", name, 1, year, value] for name, value in (("COAL", 1), ("WIND", 4)) for year in YEARS],
            ),
            "EmissionActivityRatio": (
                "REGION,TECHNOLOGY,EMISSION,MODE_OF_OPERATION,YEAR,VALUE",
                [["R", "COAL", "CO2", 1, y, 2] for y in YEARS],
            ),
            "ResidualCapacity": tech(COAL=100, WIND=100),
        }
        answer = solve_arrays(build(network_of(read_folder(otoole(files | changes)))).arrays())
        return answer.objective if answer.objective is not None else answer.status

    return solved


def test_the_cheapest_technology_serves_the_demand(cost):
    assert cost() == pytest.approx(30)


def test_a_cap_on_emissions_of_a_year_counts_those_from_outside(cost):
    caps = per("REGION,EMISSION,YEAR,VALUE", CO2=12)
    outside = per("REGION,EMISSION,YEAR,VALUE", CO2=2)
    # (12 - 2) / 2 = 5 from coal, 5 from wind, three years
    assert cost(AnnualEmissionLimit=caps, AnnualExogenousEmission=outside) == pytest.approx(3 * (5 + 20))


def test_a_cap_over_the_period(cost):
    changes = {"ModelPeriodEmissionLimit": ("REGION,EMISSION,VALUE", [["R", "CO2", 20]])}
    changes["ModelPeriodExogenousEmission"] = ("REGION,EMISSION,VALUE", [["R", "CO2", 4]])
    assert cost(**changes) == pytest.approx(8 * 1 + 22 * 4)


def test_a_penalty_is_a_cost(cost):
    assert cost(EmissionsPenalty=per("REGION,EMISSION,YEAR,VALUE", CO2=1)) == pytest.approx(3 * 10 * (1 + 2))


def test_an_emission_may_be_taken_up(cost):
    ratio = ("REGION,TECHNOLOGY,EMISSION,MODE_OF_OPERATION,YEAR,VALUE", [["R", "WIND", "CO2", 1, y, -5] for y in YEARS])
    changes = {"EmissionsPenalty": per("REGION,EMISSION,YEAR,VALUE", CO2=1), "EmissionActivityRatio": ratio}
    changes["TotalTechnologyAnnualActivityUpperLimit"] = tech(WIND=10, COAL=10)
    assert cost(**changes) == pytest.approx(3 * (10 * (4 - 5)) + 0)


def test_a_share_must_come_from_tagged_technologies(cost):
    target = ("REGION,YEAR,VALUE", [["R", year, 0.4] for year in YEARS])
    tags = {"RETagTechnology": tech(WIND=1), "RETagFuel": per("REGION,FUEL,YEAR,VALUE", ELC=1)}
    assert cost(REMinProductionTarget=target, **tags) == pytest.approx(3 * (6 + 16))


def test_the_reserve_is_a_margin_over_production(cost):
    margin = ("REGION,YEAR,VALUE", [["R", year, 1.5] for year in YEARS])
    tags = {"ReserveMarginTagTechnology": tech(COAL=1), "ReserveMarginTagFuel": per("REGION,FUEL,YEAR,VALUE", ELC=1)}
    life = ("REGION,TECHNOLOGY,VALUE", [["R", "COAL", 3]])
    changes = {"ResidualCapacity": tech(COAL=10, WIND=100), "CapitalCost": tech(COAL=2), "OperationalLife": life}
    # 15 must be held over 10 made: 5 are built in the first year, all used up by the end
    assert cost(ReserveMargin=margin, **tags, **changes) == pytest.approx(30 + 5 * 2)


@pytest.mark.parametrize(("unit", "units"), [(0, 10 / 3), (4, 3)])
def test_whole_units_are_built_whole(cost, unit, units):
    life = ("REGION,TECHNOLOGY,VALUE", [["R", "COAL", 3], ["R", "WIND", 3]])
    changes = {"ResidualCapacity": None, "CapitalCost": tech(COAL=1, WIND=100), "OperationalLife": life}
    size = unit or 3
    found = cost(CapacityOfOneTechnologyUnit=tech(COAL=unit), **changes)
    assert found == pytest.approx(30 + units * size)


@pytest.mark.parametrize(
    ("limit", "header", "value", "expected"),
    [
        ("TotalTechnologyAnnualActivityUpperLimit", "RTY", 4, 3 * (4 + 24)),
        ("TotalTechnologyAnnualActivityLowerLimit", "RTY", 12, 3 * 12),
        ("TotalTechnologyModelPeriodActivityUpperLimit", "RT", 4, 4 + 26 * 4),
        ("TotalTechnologyModelPeriodActivityLowerLimit", "RT", 33, 33),
        ("TotalTechnologyAnnualActivityUpperLimit", "RTY", 0, 3 * 40),
        ("TotalTechnologyAnnualActivityUpperLimit", "RTY", -1, 30),
        ("TotalAnnualMaxCapacity", "RTY", 99, "infeasible"),
        ("TotalAnnualMinCapacity", "RTY", 103, 30 + 3 * 5),
        ("TotalAnnualMinCapacityInvestment", "RTY", 1, 30 + 3 * 5),
    ],
)
def test_limits_of_coal(cost, limit, header, value, expected):
    rows = [["R", "COAL", year, value] for year in YEARS] if header == "RTY" else [["R", "COAL", value]]
    table = ("REGION,TECHNOLOGY,YEAR,VALUE" if header == "RTY" else "REGION,TECHNOLOGY,VALUE", rows)
    life = ("REGION,TECHNOLOGY,VALUE", [["R", "COAL", 3]])
    # a plant of life 3 loses a third of its price a year: built in any of the three years it costs 5 a year left
    found = cost(**{limit: table, "CapitalCost": tech(COAL=5), "OperationalLife": life})
    if limit == "TotalAnnualMinCapacity":
        expected = 30 + 3 * 5  # three units built in 2020, nothing left of them
    if limit == "TotalAnnualMinCapacityInvestment":
        expected = 30 + 5 * (3 + 2 + 1) / 3
    assert found == (expected if isinstance(expected, str) else pytest.approx(expected))


def test_investment_is_limited(cost):
    changes = {"ResidualCapacity": tech(WIND=100), "TotalAnnualMaxCapacityInvestment": tech(COAL=3)}
    assert cost(**changes) == pytest.approx(3 * (3 * 1 + 7 * 4))  # life 1: three of coal each year


def test_discounting_salvage_and_the_hurdle_rate(cost):
    """One plant for three years, life 4, rate 10 %: paid at the start, credited at the end, run at mid-year."""
    changes = {
        "ResidualCapacity": None,
        "CapitalCost": tech(COAL=8, WIND=999),
        "OperationalLife": ("REGION,TECHNOLOGY,VALUE", [["R", "COAL", 4], ["R", "WIND", 4]]),
        "DiscountRate": ("REGION,VALUE", [["R", 0.1]]),
        "FixedCost": tech(COAL=0.5),
    }
    left = 1 - (1.1**3 - 1) / (1.1**4 - 1)
    run = sum((10 * 1 + 10 * 0.5) / 1.1 ** (year + 0.5) for year in range(3))
    plain = 80 * (1 - left / 1.1**3)
    assert cost(**changes) == pytest.approx(plain + run)
    dear = (1 - 1.2**-1) / (1 - 1.2**-4) * (1 - 1.1**-4) * 1.1 / 0.1
    hurdle = ("REGION,TECHNOLOGY,VALUE", [["R", "COAL", 0.2]])
    assert cost(**changes, DiscountRateIdv=hurdle) == pytest.approx(plain * dear + run)
    straight = ("REGION,VALUE", [["R", 2]])
    assert cost(**changes, DepreciationMethod=straight) == pytest.approx(80 * (1 - (1 - 3 / 4) / 1.1**3) + run)


def test_maintenance_takes_its_share_of_the_year(cost):
    changes = {"ResidualCapacity": tech(COAL=10, WIND=100), "AvailabilityFactor": tech(COAL=0.6)}
    assert cost(**changes, TotalAnnualMaxCapacityInvestment=tech(COAL=0)) == pytest.approx(3 * (6 + 16))


def test_regions_trade_what_one_has(otoole, cost):
    """Coal stands in region R only; S pays for nothing but may receive 80 % of what R sends."""
    columns = "REGION,TECHNOLOGY,YEAR,VALUE"
    del columns
    header = "REGION,REGION2,FUEL,YEAR,VALUE"
    route = [["R", "S", "ELC", y, 1] for y in YEARS] + [["S", "R", "ELC", y, 0.8] for y in YEARS]
    demand = [["S", "ELC", y, 8] for y in YEARS]
    found = cost(
        REGION=("VALUE", [["R"], ["S"]]),
        DiscountRate=("REGION,VALUE", [["R", 0], ["S", 0]]),
        TradeRoute=(header, route),
        AccumulatedAnnualDemand=("REGION,FUEL,YEAR,VALUE", demand),
    )
    assert found == pytest.approx(30)


def test_a_demand_that_nobody_can_serve_is_infeasible(cost):
    assert cost(OutputActivityRatio=None) == "infeasible"
    assert (
        cost(
            SpecifiedAnnualDemand=per("REGION,FUEL,YEAR,VALUE", ELC=1),
            SpecifiedDemandProfile=("REGION,FUEL,TIMESLICE,YEAR,VALUE", [["R", "ELC", "A", y, 1] for y in YEARS]),
            OutputActivityRatio=None,
        )
        == "infeasible"
    )


def test_a_cost_below_zero_without_a_limit_is_unbounded(cost):
    negative = ("REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE", [["R", "COAL", 1, y, -1] for y in YEARS])
    assert cost(VariableCost=negative) == "unbounded"
