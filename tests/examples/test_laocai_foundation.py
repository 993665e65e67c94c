"""The lists of the worked example: whole, honest, and hanging together."""

import re
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from fansipan.examples import laocai
from fansipan.examples.laocai.forms import DATA
from fansipan.examples.laocai.foundation import WRITTEN_OUT
from fansipan.tables import REGISTRY


@pytest.fixture(scope="module")
def province():
    return laocai.build()


def test_every_row_says_whether_it_is_published_or_illustrative(province):
    for name in province:
        frame = province[name]
        if "source" in frame.columns:
            assert set(frame["source"]) <= {"published", "illustrative"}, name


def test_every_reference_leads_somewhere(province):
    for name in province:
        for column, meaning in REGISTRY[name].meanings().items():
            if meaning.reference:
                table, _, target = meaning.reference.partition(".")
                loose = set(province[name][column].drop_nulls()) - set(province[table][target])
                assert not loose, f"{name}.{column}: {loose}"


def test_establishments_have_plain_made_up_names_and_no_real_ones(province):
    names = province.establishments["name"].to_list()
    assert len(set(names)) == len(names)
    assert all(name.endswith("(minh họa)") for name in names)
    assert all(name.endswith("(illustrative)") for name in province.establishments["name_en"])
    real = (
        "Đức Giang|Việt Trung|Vinachem|VIMICO|TKV|Apatit Việt Nam|DAP số 2|Sin Quyền|Tả Phời|Nexus|Vitamec|Bắc Hà 90"
        "|Ngòi Phát|Tà Thàng|Nậm Củn|Nậm Phàng|VTM|Nam Tiến|Hóa chất Việt Nam|Điện lực|EVN"
    )
    assert not [name for name in names if re.search(real, name)]
    plain = {name.removesuffix(" (minh họa)").casefold() for name in names}
    assert not [p for p in province.projects["name"] for name in plain if name in p.casefold()]


def test_sixty_establishments_nine_household_aggregates_and_some_35_products(province):
    kinds = province.establishments["kind"].value_counts()
    assert dict(kinds.iter_rows()) == {"industry": 60, "handicraft": 9}
    assert 33 <= province.products.height <= 40
    households = province.establishments.filter(pl.col("kind") == "handicraft")
    units = province.areas.filter(pl.col("parent") == "10")["area"]
    assert sorted(households["area"]) == sorted(units)


def test_nine_units_until_the_merger_of_2025(province):
    units = province.areas.filter(pl.col("parent") == "10")
    assert units["level"].value_counts().sort("level").rows() == [("city", 1), ("district", 7), ("town", 1)]
    assert {str(day) for day in units["valid_to"]} == {"2025-06-30"}
    assert set(units["successor"]) == {"15"}


def test_weights_of_nodes_are_the_sums_of_their_children(province):
    weights = province.index_weights
    own = dict(zip(weights["code"], weights["weight"], strict=True))
    sums = weights.drop_nulls("parent").group_by("parent").agg(pl.col("weight").sum())
    for parent, total in sums.iter_rows():
        assert own[parent] == pytest.approx(total, abs=1e-3)
    assert weights.filter(pl.col("parent").is_null())["code"].to_list() == [province.setting("index_root")]


def test_every_product_has_a_weight_a_base_volume_and_a_class(province):
    leaves = province.index_weights.drop_nulls("base_volume")
    assert sorted(leaves["code"]) == sorted(province.products["product"])
    classes = province.industries.filter(pl.col("version") == "VSIC2018")["industry"]
    assert set(province.products["industry"]) <= set(classes)


def test_the_same_code_means_another_thing_in_the_later_classification(province):
    def name(version: str, code: str) -> str:
        tree = province.industries
        return tree.filter((pl.col("version") == version) & (pl.col("industry") == code))["name_en"].item()

    assert name("VSIC2018", "3512") == "Electric power transmission and distribution"
    assert name("VSIC2025", "3512") == "Electric power generation from renewable sources"
    assert (name("VSIC2018", "35111"), name("VSIC2025", "35111")) == ("Hydropower", "Coal-fired power")
    assert name("VSIC2025", "35121") == "Hydropower"


def test_capacities_of_print_stand_with_stand_ins(province):
    capacity = {(e, p): c for e, p, c in province.capacities.select("establishment", "product", "capacity").iter_rows()}
    names = dict(province.establishments.select("name_en", "establishment").iter_rows())

    def of(name: str, product: str) -> float:
        return capacity[names[f"{name} (illustrative)"], product]

    assert of("DAP plant No. 1", "dap") == 330_000
    assert of("Copper smelter No. 2", "copper-cathode") == 20_000
    assert of("Copper smelter No. 1", "copper-cathode") == 10_000
    assert of("Copper concentrator A", "copper-concentrate") == 100_000
    assert of("Copper concentrator B", "copper-concentrate") == 35_000
    assert of("Steel billet plant No. 1", "steel-billet") == 500_000
    assert of("Apatite concentrator No. 1", "apatite-concentrate") == 350_000
    assert of("Gypsum recycling plant No. 1", "plaster") == 850_000
    for megawatt in (90, 72, 60, 40, 36):
        assert of(f"Hydropower plant of {megawatt} MW", "electricity-generated") == pytest.approx(megawatt * 8.76)
    power = province.capacities.filter(pl.col("product") == "electricity-generated")["capacity"].sum()
    assert power / 8.76 == pytest.approx(1163)


def test_portfolio_has_the_three_groups_and_every_line_once(province):
    groups = province.portfolio["portfolio_group"].value_counts()
    assert dict(groups.iter_rows()) == {"maintain": 4, "priority": 7, "new": 6}
    assert set(province.products["line"].drop_nulls()) <= set(province.portfolio["line"])
    assert all(a != b for a, b in pairwise(sorted(province.portfolio["line"])))


def test_files_hold_no_column_that_their_table_does_not_have():
    for name in WRITTEN_OUT:
        header = (DATA / f"{name}.csv").read_text(encoding="utf8").split("\n", 1)[0].split(",")
        assert set(header) <= set(REGISTRY[name].column_names()), name


def test_the_assumptions_log_is_numbered_without_a_gap():
    text = (Path(__file__).parents[2] / "docs" / "example-laocai.md").read_text(encoding="utf8")
    numbers = [int(n) for n in re.findall(r"^\| L(\d+) \|", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
