"""User-defined constraints, limits by mode, growth and inputs to capacity: values by hand on two boilers."""

import pytest

from fansipan.errors import InvalidInput
from fansipan.expansion.solve.plan import solve_network
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder
from fansipan.interop.osemosys.warn import oddities

T, M, U = "REGION,TECHNOLOGY,YEAR,VALUE", "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE", "REGION,UDC,VALUE"
X = "REGION,TECHNOLOGY,UDC,YEAR,VALUE"
YEARS = (2020, 2021, 2022)


def model(**changes):
    """Heat of 10 a year for three years: the cheap boiler costs 1 a unit, the dear one 3; no discount; 30 in all."""
    flow = "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE"
    both = ("cheap", "dear")
    files = {
        "REGION": ("VALUE", [["R"]]),
        "YEAR": ("VALUE", [[y] for y in YEARS]),
        "TIMESLICE": ("VALUE", [["a"], ["b"]]),
        "TECHNOLOGY": ("VALUE", [[t] for t in both]),
        "FUEL": ("VALUE", [["heat"], ["steel"]]),
        "MODE_OF_OPERATION": ("VALUE", [[1]]),
        "UDC": ("VALUE", [["mix"]]),
        "YearSplit": ("TIMESLICE,YEAR,VALUE", [[s, y, 0.5] for s in "ab" for y in YEARS]),
        "DiscountRate": ("REGION,VALUE", [["R", 0]]),
        "ResidualCapacity": (T, [["R", t, y, 100] for t in both for y in YEARS]),
        "OutputActivityRatio": (flow, [["R", t, "heat", 1, y, 1] for t in both for y in YEARS]),
        "AccumulatedAnnualDemand": ("REGION,FUEL,YEAR,VALUE", [["R", "heat", y, 10] for y in YEARS]),
        "VariableCost": (M, [["R", t, 1, y, c] for t, c in zip(both, (1, 3), strict=True) for y in YEARS]),
    }
    return files | changes


def value(folder):
    return solve_network(network_of(read_folder(folder))).answer.objective


def constant(*values):
    return "REGION,UDC,YEAR,VALUE", [["R", "mix", y, v] for y, v in zip(YEARS, values, strict=True)]


def activity(**factors):
    return X, [["R", t, "mix", y, k] for t, k in factors.items() for y in YEARS]


@pytest.mark.parametrize(
    ("tag", "constants", "cost"),
    [
        (0, (6, 6, 6), 54.0),  # at most 6 cheap: 6 + 4 x 3 a year
        (0, (10, 10, 10), 30.0),  # on the border
        (0, (9, 10, 11), 32.0),
        (1, (6, 6, 6), 54.0),
        (1, (12, 10, 10), 32.0),  # 12 cheap must run: 2 more are wasted
        (2, (6, 6, 6), 30.0),  # not in force
    ],
)
def test_a_constraint_on_activity(otoole, tag, constants, cost):
    files = {"UDCTag": (U, [["R", "mix", tag]]), "UDCConstant": constant(*constants)}
    assert value(otoole(model(UDCMultiplierActivity=activity(cheap=1), **files))) == pytest.approx(cost)


def test_a_share_by_constraint(otoole):
    """Cheap at most as much as dear, cheap - dear <= 0: 5 and 5 a year, 20 x 3."""
    files = {"UDCTag": (U, [["R", "mix", 0]]), "UDCMultiplierActivity": activity(cheap=1, dear=-1)}
    assert value(otoole(model(**files))) == pytest.approx(60.0)


@pytest.mark.parametrize(("kind", "cost"), [("NewCapacity", 30 + 3 * 2 * 7), ("TotalCapacity", 30 + 2 * 7)])
def test_a_constraint_on_what_is_built_or_stands(otoole, kind, cost):
    """New: 2 must be built each year at 7. Total: existing 100, at least 102 of the dear one: 2 built once at 7."""
    bound = (-2, -2, -2) if kind == "NewCapacity" else (-102, -102, -102)
    files = {
        "UDCTag": (U, [["R", "mix", 0]]),
        "UDCConstant": constant(*bound),
        f"UDCMultiplier{kind}": activity(dear=-1),
        "CapitalCost": (T, [["R", "dear", y, 7] for y in YEARS]),
        "OperationalLife": ("REGION,TECHNOLOGY,VALUE", [["R", "dear", 3]]),
        "DepreciationMethod": ("REGION,VALUE", [["R", 2]]),
    }
    if kind == "NewCapacity":  # built in the second year a third is left, in the third two thirds
        cost -= 2 * 7 * (1 / 3 + 2 / 3)
    assert value(otoole(model(**files))) == pytest.approx(cost)


@pytest.mark.parametrize(("limit", "cost"), [(6, 54.0), (10, 30.0), (0, 30.0), (-1, 30.0)])
def test_an_upper_limit_by_mode(otoole, limit, cost):
    rows = [["R", "cheap", 1, y, limit] for y in YEARS]
    assert value(otoole(model(TechnologyActivityByModeUpperLimit=(M, rows)))) == pytest.approx(cost)


def test_a_lower_limit_by_mode(otoole):
    """4 dear a year: 6 + 12."""
    rows = [["R", "dear", 1, y, 4] for y in YEARS]
    assert value(otoole(model(TechnologyActivityByModeLowerLimit=(M, rows)))) == pytest.approx(54.0)


def test_growth_by_mode_from_year_to_year(otoole):
    """Cheap at most 4 in the first year, then half more each year: 4, 6, 9; dear 6, 4, 1: 19 + 33."""
    files = {
        "TechnologyActivityByModeUpperLimit": (M, [["R", "cheap", 1, 2020, 4]]),
        "TechnologyActivityIncreaseByModeLimit": (M, [["R", "cheap", 1, y, 0.5] for y in YEARS]),
    }
    assert value(otoole(model(**files))) == pytest.approx(52.0)


def test_decline_by_mode_from_year_to_year(otoole):
    """Dear at least 8 in the first year, falling by half: 8, 4, 2; cheap 2, 6, 8: 42 + 16."""
    files = {
        "TechnologyActivityByModeLowerLimit": (M, [["R", "dear", 1, 2020, 8]]),
        "TechnologyActivityDecreaseByModeLimit": (M, [["R", "dear", 1, y, 0.5] for y in YEARS]),
    }
    assert value(otoole(model(**files))) == pytest.approx(58.0)


def test_capacity_takes_what_it_is_kept_with(otoole):
    """Each unit of the cheap boiler's 100 takes 0.02 heat a year: 12 a year in place of 10."""
    rows = [["R", "cheap", "heat", y, 0.02] for y in YEARS]
    files = {"InputToTotalCapacityRatio": ("REGION,TECHNOLOGY,FUEL,YEAR,VALUE", rows)}
    assert value(otoole(model(**files))) == pytest.approx(36.0)


def test_building_takes_what_it_is_made_of(otoole):
    """5 must be built in 2021, each taking 0.4 heat: 2 more heat at 1."""
    files = {
        "TotalAnnualMinCapacityInvestment": (T, [["R", "dear", 2021, 5]]),
        "InputToNewCapacityRatio": ("REGION,TECHNOLOGY,FUEL,YEAR,VALUE", [["R", "dear", "heat", 2021, 0.4]]),
    }
    assert value(otoole(model(**files))) == pytest.approx(32.0)


def test_a_tag_that_nobody_knows_is_refused(otoole):
    with pytest.raises(InvalidInput, match="UDCTag of the constraint mix"):
        read_folder(otoole(model(UDCTag=(U, [["R", "mix", 3]]))))


@pytest.mark.parametrize(("tag", "told"), [(0, "mix (≤)"), (1, "mix (=)"), (2, None)])
def test_how_the_sign_of_a_constraint_was_read_is_told(otoole, tag, told):
    """Versions of the model number the signs unlike: a file must not be read the other way without a word."""
    files = model(UDCTag=(U, [["R", "mix", tag]]), UDCConstant=constant(9, 9, 9))
    files["UDCMultiplierActivity"] = activity(cheap=1)
    faults = [fault for fault in oddities(read_folder(otoole(files))) if fault.code == "plan.warn.udc-tags"]
    assert [fault.params["names"] for fault in faults] == ([told] if told else [])
