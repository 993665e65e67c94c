"""Wild models against the long form, and folders as people leave them (rule E16)."""

import pytest

from fansipan.errors import InvalidInput
from fansipan.expansion.solve.plan import solve_network
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder
from fansipan.interop.osemosys.warn import oddities
from support.osemosys_long_form import LongForm
from support.osemosys_wild import Wild


@pytest.mark.parametrize("seed", range(40))
def test_a_wild_model_costs_what_the_long_form_says(otoole, seed):
    wild = Wild(seed)
    folder = read_folder(otoole(wild.files, wild.config))
    found = solve_network(network_of(folder), prices=False).answer
    expected = LongForm(folder).solve()
    if expected is None:
        assert found.status in ("infeasible", "unbounded")
    else:
        assert found.status == "optimal"
        assert found.objective == pytest.approx(expected, rel=1e-6, abs=1e-6)
        assert found.bound == pytest.approx(expected, rel=1e-5, abs=1e-5)


def test_the_wild_draw_is_of_many_kinds():
    """Trade, stores, shared slices, distant years and lumps all occur among the seeds that are tried."""
    drawn = [Wild(seed) for seed in range(40)]
    for name in (
        "TradeRoute",
        "TechnologyToStorage",
        "CapacityOfOneTechnologyUnit",
        "DiscountRateIdv",
        "ModelPeriodEmissionLimit",
        "ReserveMargin",
        "REMinProductionTarget",
    ):
        assert sum(name in wild.files for wild in drawn) >= 5, name
    assert any(wild.years[-1] - wild.years[0] >= 5 for wild in drawn)
    assert any(row[-1] not in (0, 1) for wild in drawn for row in wild.files.get("Conversionls", ("", []))[1])
    assert {wild.config == "" for wild in drawn} == {False} or len({wild.config for wild in drawn}) > 30


def cost(path):
    return solve_network(network_of(read_folder(path)), prices=False).answer.objective


def lower_headers(files):
    return {name: (header.lower(), rows) for name, (header, rows) in files.items()}


def seasons_as_decimals(files):
    return files | {"SEASON": ("VALUE", [["1.0"]]), "DAYTYPE": ("VALUE", [["1.0"]])}


def seasons_as_words(files):
    return files | {
        "SEASON": ("VALUE", [["dry"]]),
        "Conversionls": ("TIMESLICE,SEASON,VALUE", [["D", "dry", 1], ["N", "dry", 1]]),
        "DaysInDayType": ("SEASON,DAYTYPE,YEAR,VALUE", [["dry", 1, 2020, 1]]),
    }


def modes_as_words(files):
    words = {1: "charge", 2: "release"}

    def spoken(name, place):
        header, rows = files[name]
        return header, [[*row[:place], words[row[place]], *row[place + 1 :]] for row in rows]

    places = {
        "OutputActivityRatio": 3,
        "InputActivityRatio": 3,
        "TechnologyToStorage": 3,
        "TechnologyFromStorage": 3,
        "VariableCost": 2,
    }
    told = {name: spoken(name, place) for name, place in places.items()}
    return files | told | {"MODE_OF_OPERATION": ("VALUE", [["charge"], ["release"]])}


def without_set_of_stores(files):
    return files | {"STORAGE": None}


def empty_set_of_emissions(files):
    return files | {"EMISSION": ("VALUE", [])}


def columns_that_nobody_asked_for(files):
    header, rows = files["VariableCost"]
    return files | {"VariableCost": (f"note,{header},UNITS", [["x", *row, "MUSD"] for row in rows])}


def years_as_decimals(files):
    return files | {"YEAR": ("VALUE", [["2020.0"]])}


def spaces_and_exponents(files):
    header, rows = files["VariableCost"]
    return files | {"VariableCost": (header, [[*row[:-1], f" {float(row[-1]):e} "] for row in rows])}


@pytest.mark.parametrize(
    "change",
    [
        lower_headers,
        seasons_as_decimals,
        seasons_as_words,
        modes_as_words,
        without_set_of_stores,
        empty_set_of_emissions,
        columns_that_nobody_asked_for,
        years_as_decimals,
        spaces_and_exponents,
    ],
)
def test_a_folder_written_otherwise_is_the_same_model(otoole, battery, change):
    expected = cost(otoole(battery()))
    assert cost(otoole(change(battery()))) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("value", ["1,5", "nan", "", "inf", "ten"])
def test_a_value_that_is_no_number_is_refused_with_its_row(otoole, battery, value):
    files = battery()
    header, rows = files["VariableCost"]
    path = otoole(files | {"VariableCost": (header, [rows[0], [*rows[1][:-1], value]])})
    with pytest.raises(InvalidInput) as refused:
        read_folder(path)
    (fault,) = refused.value.faults
    assert (fault.place.file, fault.place.row, fault.place.column) == ("VariableCost.csv", 3, "VALUE")


def test_a_default_that_is_no_number_is_refused(otoole, battery):
    with pytest.raises(InvalidInput, match=r"VariableCost\.default"):
        read_folder(otoole(battery(), "VariableCost: {type: param, default: cheap}\n"))


@pytest.mark.parametrize("lost", ["Conversionls", "Conversionld", "Conversionlh"])
def test_a_store_whose_slices_belong_nowhere_is_a_warning(otoole, battery, lost):
    """The published equations then let the store give what it never took: the model costs nothing, and says why."""
    folder = read_folder(otoole(battery() | {lost: None}))
    (fault,) = [fault for fault in oddities(folder) if fault.code == "plan.warn.loose-store"]
    assert fault.severity == "warning"
    assert "D, N" in fault.line("en")
    assert cost(otoole(battery() | {lost: None})) == pytest.approx(0.0)


def test_stores_that_belong_somewhere_are_no_warning(otoole, battery):
    assert "plan.warn.loose-store" not in {fault.code for fault in oddities(read_folder(otoole(battery())))}
