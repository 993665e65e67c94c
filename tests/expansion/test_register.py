"""What planning tables take from the register where they are left empty, and what is refused."""

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.examples import laocai
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.system.definition import System


@pytest.fixture(scope="module")
def province():
    return laocai.build()


@pytest.fixture(scope="module")
def system(province):
    return System.of(province)


def test_a_project_of_the_register_is_a_candidate_with_its_figures(province, system):
    project = province["projects"].filter(pl.col("project") == "mh-lan").row(0, named=True)
    candidate = next(row for row in system.rows("candidates") if row["project"] == "mh-lan")
    process = system.processes["mh-lan"]
    assert candidate["lump"] == 150_000
    assert process["site"] == project["zone"]
    assert process["name"] == project["name"]
    for figure, own in (("land", "land"), ("power", "power"), ("water", "water"), ("jobs", "labour")):
        assert process[figure] * 150_000 == pytest.approx(project[own], rel=1e-4)


def test_a_process_of_an_establishment_has_its_place_class_capacity_and_people(system):
    process = system.processes["dap-1"]
    assert (process["site"], process["industry"], process["section"]) == ("tang-loong", "2012", "C")
    assert (process["group"], process["capacity"]) == ("priority", 330_000)
    both = [system.processes[code] for code in ("dap-1", "acid-2")]
    assert sum(row["jobs"] * row["capacity"] for row in both) == pytest.approx(585, rel=0.1)


def test_zones_deposits_and_targets_lend_their_figures(system):
    limits = {row["limit"]: row for row in system.rows("limits")}
    assert limits["output-2025"]["value"] == 60_000
    assert limits["land-tang-loong"]["value"] == 914
    assert "Gross industrial output" in limits["output-2025"]["name_en"]
    licence = {row["deposit"]: row["licence_per_year"] for row in system.rows("deposits")}
    assert licence["mh-mo-1"] == 1_200_000


def test_what_stands_in_the_table_goes_before_the_register(province):
    limits = province["limits"].with_columns(
        pl.when(pl.col("limit") == "output-2025").then(50_000.0).otherwise("value").alias("value")
    )
    changed = System.of(province.replace(limits=limits))
    assert next(row["value"] for row in changed.rows("limits") if row["limit"] == "output-2025") == 50_000


def test_what_neither_knows_is_refused_every_cell_at_once(province):
    limits = province["limits"].with_columns(target=pl.lit(None, pl.String))
    goods = province["commodities"].with_columns(product=pl.lit(None, pl.String))
    with pytest.raises(InvalidInput) as refused:
        System.of(province.replace(limits=limits, commodities=goods))
    assert {fault.code for fault in refused.value.faults} == {"plan.check.missing"}
    places = {(fault.place.file, fault.place.column) for fault in refused.value.faults}
    assert {("limits", "value"), ("limits", "name"), ("commodities", "name"), ("commodities", "unit")} <= places


def test_amounts_of_markets_grow_from_the_year_of_the_market(system):
    markets = network_of(system).markets
    row = next(k for k, name in enumerate(markets.names) if name == "sell|10|electricity-sold|1")
    most = markets.most[markets.market == row]
    assert most[0] == pytest.approx(1090 * 1.055)
    assert most[11] == pytest.approx(1090 * 1.055**12)
