"""Reading otoole folders: names, defaults, and every fault at once."""

import numpy as np
import pytest

from fansipan.errors import InvalidInput, NotFound
from fansipan.interop.osemosys.folder import read_folder
from fansipan.interop.osemosys.warn import oddities


def codes(faults):
    return [fault.code for fault in faults]


def test_an_absent_row_has_the_default_of_the_config(otoole, battery):
    folder = read_folder(otoole(battery(), "CapacityFactor: {indices: [], type: param, default: 0.3}\n"))
    assert folder.dense("CapacityFactor").ravel().tolist() == [0.3, 0, 0.3, 0.3, 0.3, 0.3]


def test_older_folders_state_their_defaults_in_a_table(otoole, battery):
    """As the published model SIMPLICITY does; a config.yaml goes before it."""
    table = ("name,default_value", [["ResidualStorageCapacity", "999"], ["DiscountRate", "0.08"]])
    folder = read_folder(otoole(battery(default_values=table, ResidualStorageCapacity=None)))
    assert folder.dense("ResidualStorageCapacity").ravel().tolist() == [999]
    assert codes(folder.messages) == []
    config = "ResidualStorageCapacity: {type: param, default: 7}\n"
    folder = read_folder(otoole(battery(default_values=table, ResidualStorageCapacity=None), config))
    assert folder.dense("ResidualStorageCapacity").ravel().tolist() == [7]


@pytest.mark.parametrize("table", [("parameter,value", [["A", 1]]), ("name,default_value", [["DiscountRate", "x"]])])
def test_a_table_of_defaults_that_cannot_be_read_is_a_fault(otoole, battery, table):
    with pytest.raises(InvalidInput):
        read_folder(otoole(battery(default_values=table)))


def test_without_a_config_the_defaults_are_those_of_osemosys(otoole, battery):
    folder = read_folder(otoole(battery()))
    assert folder.parameters["TotalAnnualMaxCapacity"].default == -1
    assert folder.parameters["DiscountRateStorage"].default == 0.05
    assert folder.parameters["OperationalLife"].default == 1


def test_the_rate_of_a_technology_is_its_regions_unless_given(otoole, battery):
    own = ("REGION,TECHNOLOGY,VALUE", [["R", "BACK", 0.2]])
    folder = read_folder(otoole(battery(DiscountRate=("REGION,VALUE", [["R", 0.1]]), DiscountRateIdv=own)))
    assert folder.dense("DiscountRateIdv").tolist() == [[0.1, 0.2, 0.1]]


def test_a_default_rate_in_the_config_stands_for_every_technology(otoole, battery):
    folder = read_folder(otoole(battery(), "DiscountRateIdv: {type: param, default: 0.07}\n"))
    assert folder.dense("DiscountRateIdv").tolist() == [[0.07] * 3]


def test_short_names_mean_the_same(otoole, battery):
    limit = ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "SUN", 2020, 5]])
    folder = read_folder(otoole(battery(TotalTechnologyAnnualActivityUp=limit)))
    assert folder.dense("TotalTechnologyAnnualActivityUpperLimit").ravel().tolist() == [5, -1, -1]


def test_years_and_modes_written_as_decimals_are_whole_numbers(otoole, battery):
    folder = read_folder(
        otoole(battery(YEAR=("VALUE", [["2021.0"], ["2020"]]), MODE_OF_OPERATION=("VALUE", [["2.0"], ["1.0"]])))
    )
    assert folder.sets["YEAR"] == ("2020", "2021")
    assert folder.sets["MODE_OF_OPERATION"] == ("1", "2")


def test_a_set_without_a_file_is_gathered_from_the_parameters(otoole, battery):
    folder = read_folder(otoole(battery(FUEL=None)))
    assert folder.sets["FUEL"] == ("ELC",)
    assert codes(folder.messages) == ["plan.set-gathered"]


@pytest.mark.parametrize(
    "header", ["REGION,REGION2,FUEL,YEAR,VALUE", "REGION,_REGION,FUEL,YEAR,VALUE", "REGION,REGION,FUEL,YEAR,VALUE"]
)
def test_trade_names_its_second_region_in_any_of_the_usual_ways(otoole, battery, header):
    route = (header, [["R", "S", "ELC", 2020, 0.9]])
    folder = read_folder(otoole(battery(REGION=("VALUE", [["R"], ["S"]]), TradeRoute=route)))
    assert np.argwhere(folder.dense("TradeRoute")).tolist() == [[0, 1, 0, 0]]


def test_trade_with_one_region_column_is_trade_with_itself(otoole, battery):
    folder = read_folder(otoole(battery(TradeRoute=("REGION,FUEL,YEAR,VALUE", [["R", "ELC", 2020, 1]]))))
    assert np.argwhere(folder.dense("TradeRoute")).tolist() == [[0, 0, 0, 0]]


def test_every_fault_of_every_file_is_told_at_once(otoole, battery):
    files = battery(
        CapitalCost=("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "WIND", 2020, 1], ["R", "SUN", 2020, "much"]]),
        FixedCost=("REGION,YEAR,VALUE", [["R", 2020, 1]]),
        OperationalLife=("REGION,TECHNOLOGY,VALUE", [["R", "SUN", 3], ["R", "SUN", 4]]),
    )
    with pytest.raises(InvalidInput) as refused:
        read_folder(otoole(files))
    found = [(fault.code, fault.place.file, fault.place.row) for fault in refused.value.faults]
    assert set(found) == {
        ("cell.not-number", "CapitalCost.csv", 3),
        ("column.missing", "FixedCost.csv", None),
        ("plan.label-unknown", "CapitalCost.csv", 2),
        ("plan.row-twice", "OperationalLife.csv", 3),
    }


def test_a_year_outside_the_horizon_is_told_and_left_out(otoole, battery):
    cost = ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "SUN", 2020, 3], ["R", "SUN", 2050, 4]])
    folder = read_folder(otoole(battery(CapitalCost=cost)))
    assert [(fault.code, fault.value) for fault in folder.messages] == [("plan.label-unknown", "2050")]
    assert folder.dense("CapitalCost")[0, 0].tolist() == [3]


def test_byte_order_mark_semicolons_extra_columns_and_blank_files_are_taken(otoole, battery):
    folder = otoole(battery())
    words = "\ufeffregion;technology;year;value;unit\r\nR;SUN;2020;7;USD\r\n"
    (folder / "CapitalCost.csv").write_bytes(words.encode())
    (folder / "FixedCost.csv").write_bytes(b"")
    read = read_folder(folder)
    assert read.dense("CapitalCost")[0, 0].tolist() == [7]
    assert codes(read.messages) == ["plan.file-blank"]


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(NotFound, match="no CSV file of an OSeMOSYS model"):
        read_folder(tmp_path)
    with pytest.raises(NotFound, match="There is no folder"):
        read_folder(tmp_path / "nowhere")


def test_the_horizon_must_not_be_empty(otoole, battery):
    with pytest.raises(InvalidInput) as refused:
        read_folder(otoole(battery(YEAR=("VALUE", []))))
    assert "plan.set-empty" in codes(refused.value.faults)


def test_what_makes_nothing_or_adds_up_to_nothing_is_a_warning(otoole, battery):
    technologies = ("VALUE", [["SUN"], ["BACK"], ["BATT"], ["IDLE"]])
    demand = ("REGION,FUEL,YEAR,VALUE", [["R", "ELC", 2020, 10], ["R", "HEAT", 2020, 1]])
    folder = read_folder(
        otoole(battery(TECHNOLOGY=technologies, FUEL=("VALUE", [["ELC"], ["HEAT"]]), SpecifiedAnnualDemand=demand))
    )
    assert [(fault.code, fault.params["names"]) for fault in oddities(folder)] == [
        ("plan.warn.no-output", "IDLE"),
        ("plan.warn.unmade", "HEAT"),
        ("plan.warn.profile", "HEAT"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SpecifiedDemandProfile": ("REGION,FUEL,TIMESLICE,YEAR,VALUE", [["R", "ELC", "N", 2020, 0.9]])}, "ELC"),
        ({"TotalAnnualMaxCapacity": ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "SUN", 2020, 5]])}, "ResidualCapacity"),
        (
            {
                "TotalAnnualMinCapacityInvestment": ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "BACK", 2020, 5]]),
                "TotalAnnualMaxCapacityInvestment": ("REGION,TECHNOLOGY,YEAR,VALUE", [["R", "BACK", 2020, 4]]),
            },
            "BACK",
        ),
        (
            {
                "EMISSION": ("VALUE", [["CO2"]]),
                "ModelPeriodEmissionLimit": ("REGION,EMISSION,VALUE", [["R", "CO2", 3]]),
                "ModelPeriodExogenousEmission": ("REGION,EMISSION,VALUE", [["R", "CO2", 4]]),
            },
            "CO2",
        ),
    ],
)
def test_contradictions_in_a_folder_are_warnings(otoole, battery, changes, words):
    told = [fault for fault in oddities(read_folder(otoole(battery(**changes)))) if words in fault.line("en")]
    assert [fault.severity for fault in told] == ["warning"]


def test_a_sound_folder_has_no_warning(otoole, battery):
    assert oddities(read_folder(otoole(battery()))) == ()
