"""Nothing of a folder is passed over in silence: files and columns that the engine does not read."""

import json

import pytest

from fansipan.errors import InvalidInput, NotFound
from fansipan.interop.osemosys.folder import read_folder

UNKNOWN = ("REGION,TECHNOLOGY,EMISSION,MODE_OF_OPERATION,YEAR,VALUE", [["R", "SUN", "CO2", 1, 2020, 3]] * 7)


def told(faults):
    return [(fault.code, fault.place.file, fault.severity) for fault in faults]


def refused(folder, **options):
    with pytest.raises(InvalidInput) as error:
        read_folder(folder, **options)
    return error.value.faults


def test_rows_that_are_not_read_are_refused_with_their_file_and_count(otoole, battery):
    fault = refused(otoole(battery(EmissionToActivityChangeRatio=UNKNOWN)))[0]
    assert fault.code == "plan.file-unread"
    assert "EmissionToActivityChangeRatio.csv has 7 rows" in fault.line("en")
    assert "--leave-out EmissionToActivityChangeRatio" in fault.line("vi")


@pytest.mark.parametrize("name", ["EmissionToActivityChangeRatio", "EmissionToActivityChangeRatio.csv", "all"])
def test_rows_left_out_knowingly_are_told(otoole, battery, name):
    folder = read_folder(otoole(battery(EmissionToActivityChangeRatio=UNKNOWN)), [name])
    assert told(folder.messages) == [("plan.file-left-out", "EmissionToActivityChangeRatio.csv", "warning")]
    assert "7 rows" in folder.messages[0].line("en")


def test_leaving_one_file_out_leaves_the_other_refused(otoole, battery):
    files = battery(EmissionToActivityChangeRatio=UNKNOWN, Unheard=UNKNOWN)
    faults = refused(otoole(files), left_out=["Unheard"])
    assert [fault.place.file for fault in faults if fault.severity == "error"] == ["EmissionToActivityChangeRatio.csv"]


@pytest.mark.parametrize("name", ["Nobody", "CapacityFactor"])
def test_a_file_to_be_left_out_must_be_one_that_is_not_read(otoole, battery, name):
    with pytest.raises(NotFound, match=name):
        read_folder(otoole(battery(Unheard=UNKNOWN)), [name])


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("CapitalCosts", "CapitalCost"),
        ("capitalcost", "CapitalCost"),
        ("TechnologyFromStorge", "TechnologyFromStorage"),
    ],
)
def test_a_misspelt_parameter_is_refused_with_the_nearest_name(otoole, battery, name, near):
    fault = refused(otoole(battery(**{name: ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "SUN", 2020, 1]])})))[0]
    assert fault.code == "plan.file-misspelt"
    assert f"nearest name that is read is {near}." in fault.line("en")


@pytest.mark.parametrize("name", ["TotalDiscountedCost", "NewCapacity", "RateOfActivity"])
def test_figures_of_an_answer_beside_the_model_are_no_rows_of_it(otoole, battery, name):
    folder = read_folder(otoole(battery(**{name: ("REGION,YEAR,VALUE", [["R", 2020, 1]])})))
    assert told(folder.messages) == [("plan.file-ignored", f"{name}.csv", "warning")]


def test_a_file_without_rows_is_told(otoole, battery):
    folder = read_folder(otoole(battery(Unheard=("REGION,VALUE", []))))
    assert told(folder.messages) == [("plan.file-ignored", "Unheard.csv", "warning")]


def test_a_column_that_the_parameter_does_not_run_over_is_refused(otoole, battery):
    """Limits by mode in the file of limits of all modes: with one mode a row nothing else would give them away."""
    header = "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE"
    files = battery(TotalTechnologyAnnualActivityUpperLimit=(header, [["R", "SUN", 1, 2020, 5]]))
    fault = refused(otoole(files))[0]
    assert (fault.code, fault.place.column) == ("plan.column-unread", "MODE_OF_OPERATION")


def test_other_columns_such_as_units_are_no_matter(otoole, battery):
    header = "REGION,TECHNOLOGY,YEAR,VALUE,UNITS"
    folder = read_folder(otoole(battery(CapitalCost=(header, [["R", "SUN", 2020, 5, "M$"]]))))
    assert folder.dense("CapitalCost").max() == 5


def test_two_files_of_one_parameter_are_refused(otoole, battery):
    limit = ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "SUN", 2020, 5]])
    files = battery(TotalTechnologyAnnualActivityUp=limit, TotalTechnologyAnnualActivityUpperLimit=limit)
    assert [fault.code for fault in refused(otoole(files))] == ["plan.file-twice"]


def test_solve_is_invalid_until_the_file_is_left_out_by_name(otoole, battery, fansipan):
    folder = otoole(battery(Unheard=UNKNOWN))

    def solve(*more):
        run = fansipan("plan", "solve", folder, "--format", "otoole", "--json", *more)
        return run.returncode, json.loads(run.stdout)

    code, answer = solve()
    assert (code, answer["status"], answer["objective"]) == (1, "invalid", None)
    assert "Unheard.csv" in answer["messages"][0]
    code, answer = solve("--leave-out", "Unheard")
    assert (code, answer["status"]) == (0, "optimal")
    assert any("Unheard.csv" in line for line in answer["messages"])


def test_a_province_has_nothing_to_leave_out(tmp_path, fansipan):
    run = fansipan("plan", "solve", tmp_path, "--leave-out", "all", "--json")
    assert run.returncode == 1
    assert "--leave-out" in json.loads(run.stdout)["messages"][0]
