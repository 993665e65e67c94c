"""A mode without flows neither earns nor meets a least activity; by hand on one boiler that makes heat for 10."""

import pytest

from fansipan.expansion.solve.plan import solve_network
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder
from fansipan.interop.osemosys.warn import oddities

FLOW = "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE"
COST = "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE"
LEAST = "REGION,TECHNOLOGY,YEAR,VALUE"


def model(**changes):
    """Heat of 10 at 2 a unit, capacity 100; mode 2 of the boiler does nothing."""
    files = {
        "REGION": ("VALUE", [["R"]]),
        "YEAR": ("VALUE", [[2020]]),
        "TIMESLICE": ("VALUE", [["all"]]),
        "TECHNOLOGY": ("VALUE", [["boiler"], ["idler"]]),
        "FUEL": ("VALUE", [["heat"]]),
        "MODE_OF_OPERATION": ("VALUE", [[1], [2]]),
        "YearSplit": ("TIMESLICE,YEAR,VALUE", [["all", 2020, 1]]),
        "DiscountRate": ("REGION,VALUE", [["R", 0]]),
        "ResidualCapacity": ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", t, 2020, 100] for t in ("boiler", "idler")]),
        "TotalAnnualMaxCapacity": ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", t, 2020, 100] for t in ("boiler", "idler")]),
        "OutputActivityRatio": (FLOW, [["R", "boiler", "heat", 1, 2020, 1]]),
        "AccumulatedAnnualDemand": ("REGION,FUEL,YEAR,VALUE", [["R", "heat", 2020, 10]]),
        "VariableCost": (COST, [["R", "boiler", 1, 2020, 2]]),
    }
    return files | changes


def solved(folder):
    read = read_folder(folder)
    return solve_network(network_of(read)).answer.objective, {fault.code for fault in oddities(read)}


def test_a_mode_without_flows_does_not_earn_from_a_negative_cost(otoole):
    """It would earn 3 on each of the 90 units of capacity left: 20 - 270."""
    cost = [["R", "boiler", 1, 2020, 2], ["R", "boiler", 2, 2020, -3]]
    value, told = solved(otoole(model(VariableCost=(COST, cost))))
    assert value == pytest.approx(20.0)
    assert "plan.warn.earns-idle" in told


def test_a_technology_without_flows_does_not_earn_either(otoole):
    cost = [["R", "boiler", 1, 2020, 2], ["R", "idler", 1, 2020, -3]]
    value, told = solved(otoole(model(VariableCost=(COST, cost))))
    assert value == pytest.approx(20.0)
    assert "plan.warn.earns-idle" in told


@pytest.mark.parametrize(("least", "cost"), [(10, 20.0), (10.5, 21.0), (40, 80.0)])
def test_a_least_activity_is_met_by_the_mode_that_does_something(otoole, least, cost):
    """Met by doing nothing in mode 2 it would cost 20 whatever it is."""
    limit = (LEAST, [["R", "boiler", 2020, least]])
    value, told = solved(otoole(model(TotalTechnologyAnnualActivityLowerLimit=limit)))
    assert value == pytest.approx(cost)
    assert "plan.warn.least-idle" in told


def test_a_technology_that_only_must_run_does_so_and_it_is_told(otoole):
    """No mode of it has flows: the least activity of 5 at 4 a unit costs 20 beside the heat's 20."""
    cost = [["R", "boiler", 1, 2020, 2], ["R", "idler", 1, 2020, 4], ["R", "idler", 2, 2020, 4]]
    limit = (LEAST, [["R", "idler", 2020, 5]])
    value, told = solved(otoole(model(VariableCost=(COST, cost), TotalTechnologyAnnualActivityLowerLimit=limit)))
    assert value == pytest.approx(40.0)
    assert "plan.warn.runs-idle" in told


def test_a_negative_cost_of_a_mode_with_flows_earns_as_ever(otoole):
    """Heat in plenty may be given away: 100 units at -1."""
    value, told = solved(otoole(model(VariableCost=(COST, [["R", "boiler", 1, 2020, -1]]))))
    assert value == pytest.approx(-100.0)
    assert "plan.warn.earns-idle" not in told
