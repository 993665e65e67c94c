"""Why an otoole folder has no plan, in both languages: floors, ceilings, demands and stores by name."""

import json

import pytest

from fansipan.expansion.answers.diagnose import diagnose
from fansipan.expansion.answers.wording import diagnosis_words
from fansipan.expansion.constraints.build import build
from fansipan.interop.osemosys.convert import network_of
from fansipan.interop.osemosys.folder import read_folder


@pytest.fixture
def folder(tmp_path):
    """Write a model of one technology that makes heat for a demand of 10; call with changed files."""

    def write(**changes):
        files = {
            "REGION": "VALUE\nR",
            "YEAR": "VALUE\n2020",
            "TIMESLICE": "VALUE\nall",
            "TECHNOLOGY": "VALUE\nboiler",
            "FUEL": "VALUE\nheat",
            "MODE_OF_OPERATION": "VALUE\n1",
            "YearSplit": "TIMESLICE,YEAR,VALUE\nall,2020,1",
            "OutputActivityRatio": "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE\nR,boiler,heat,1,2020,1",
            "AccumulatedAnnualDemand": "REGION,FUEL,YEAR,VALUE\nR,heat,2020,10",
        }
        for name, text in (files | changes).items():
            if text is not None:
                (tmp_path / f"{name}.csv").write_text(text + "\n", encoding="utf8")
        return tmp_path

    return write


def told(path):
    network = network_of(read_folder(path))
    model = build(network)
    return diagnose(model, model.arrays(), network.horizon.years)


R = "REGION,TECHNOLOGY,YEAR,VALUE\nR,boiler,2020,"
CEILINGS = [
    ("TotalAnnualMaxCapacity", "capacity_most", "the most capacity of boiler", "công suất nhiều nhất của boiler"),
    ("TotalAnnualMaxCapacityInvestment", "build_most", "the most that may be built of boiler", "xây mới nhiều nhất"),
    (
        "TotalTechnologyAnnualActivityUpperLimit",
        "activity_most",
        "the most activity of boiler in a year",
        "mức hoạt động nhiều nhất một năm của boiler",
    ),
]


@pytest.mark.parametrize(("limit", "kind", "english", "vietnamese"), CEILINGS, ids=[c[0] for c in CEILINGS])
def test_a_ceiling_below_the_demand(folder, limit, kind, english, vietnamese):
    found = told(folder(**{limit: R + "4"}))
    assert {group.kind for group in found.groups} == {kind, "annual_balance"}
    (words, way) = diagnosis_words(None, found, "en")
    assert english in words
    assert "the yearly demand for heat" in words
    assert "6 in all, in 2020" in way
    assert vietnamese in diagnosis_words(None, found, "vi")[0]


def test_a_fuel_that_nobody_makes_leaves_only_its_demand(folder):
    found = told(folder(OutputActivityRatio=None))
    assert [group.kind for group in found.groups] == ["annual_balance"]
    assert found.relaxations[0].amount == pytest.approx(10.0)


def test_a_cap_on_emissions_and_a_demand(folder):
    found = told(
        folder(
            EMISSION="VALUE\nCO2",
            AnnualEmissionLimit="REGION,EMISSION,YEAR,VALUE\nR,CO2,2020,5",
            EmissionActivityRatio="REGION,TECHNOLOGY,EMISSION,MODE_OF_OPERATION,YEAR,VALUE\nR,boiler,CO2,1,2020,1",
        )
    )
    assert "the yearly cap on CO2" in diagnosis_words(None, found, "en")[0]


def test_a_floor_above_a_ceiling_is_told_without_the_demand(folder):
    found = told(folder(TotalAnnualMaxCapacity=R + "20", TotalAnnualMinCapacity=R + "30"))
    assert {group.kind for group in found.groups} == {"capacity_most", "capacity_least"}


STORE = {
    "STORAGE": "VALUE\npond",
    "SEASON": "VALUE\n1",
    "DAYTYPE": "VALUE\n1",
    "DAILYTIMEBRACKET": "VALUE\n1",
    "Conversionls": "TIMESLICE,SEASON,VALUE\nall,1,1",
    "Conversionld": "TIMESLICE,DAYTYPE,VALUE\nall,1,1",
    "Conversionlh": "TIMESLICE,DAILYTIMEBRACKET,VALUE\nall,1,1",
    "StorageLevelStart": "REGION,STORAGE,VALUE\nR,pond,5",
}


def test_a_store_that_opens_fuller_than_it_is_large_is_named(folder):
    """Nobody decides that: the level of the store stands alone, and the way out is not for people to choose."""
    found = told(folder(**STORE))
    assert found.physical
    assert {group.name for group in found.groups} == {"pond"}
    assert diagnosis_words(None, found, "en") == [
        "Even without any limit, these cannot all be kept: the level of the store pond."
    ]
    assert "mức trữ của pond" in diagnosis_words(None, found, "vi")[0]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_command_tells_the_same(fansipan, folder, lang):
    run = fansipan(
        "plan", "diagnose", folder(TotalAnnualMaxCapacity=R + "4"), "--format", "otoole", "--json", lang=lang
    )
    answer = json.loads(run.stdout)
    assert answer["status"] == "infeasible"
    assert {group["kind"] for group in answer["groups"]} == {"capacity_most", "annual_balance"}
    assert answer["relaxations"] == [
        {"kind": "capacity_most", "name": "boiler", "amount": pytest.approx(6.0), "years": [2020]}
    ]
    assert len(answer["messages"]) == 2
