"""Several classifications over one set of elements (Rule S20) and the sister indexes (Rule S21)."""

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.statistics.index.sister_indexes import inventory_index, labour_index, quantity_relatives, shipment_index
from fansipan.statistics.index.trees.classifications import aggregate_classifications, weighting_tree

ELEMENTS = pl.DataFrame(
    {
        "code": ["10", "11", "24", "20"],
        "weight": [1.0, 2.0, 3.0, 4.0],
        "section": ["C", "C", "C", "C"],
        "division": ["10", "11", "24", "20"],
        "group": ["maintain", "new", "priority", "priority"],
    }
)
VALUES = pl.DataFrame(
    {
        "code": ELEMENTS["code"].to_list() * 2,
        "period": ["2024-01"] * 4 + ["2024-02"] * 4,
        "index": [100.0, 110.0, 90.0, 105.0, 120.0, 80.0, 100.0, 100.0],
    }
)
BY = {"industry": ["section", "division"], "portfolio": ["group"]}


def test_the_tree_tells_levels_apart_though_codes_repeat():
    tree = weighting_tree(ELEMENTS, ["section", "division"])
    assert tree["level"].to_list() == ["total", "section", *["division"] * 4, *["element"] * 4]
    assert tree["code"].n_unique() == tree.height == 10
    assert tree.filter(level="element")["weight"].to_list() == [1.0, 2.0, 3.0, 4.0]


def test_every_classification_has_the_same_total():
    found = aggregate_classifications(VALUES, ELEMENTS, BY, growth="mom")
    total = found.filter(level="total").partition_by("classification")
    assert total[0].drop("classification").equals(total[1].drop("classification"))
    assert total[0]["index"].to_list() == pytest.approx([101.0, 98.0])
    priority = found.filter(classification="portfolio", level="group", code="priority")
    assert priority["index"].to_list() == pytest.approx([(270 + 420) / 7, 100.0])
    assert found.columns[:4] == ["classification", "level", "code", "period"]


def test_contributions_of_groups_add_up_in_each_classification():
    found = aggregate_classifications(VALUES, ELEMENTS, BY, growth="mom").filter(period="2024-02")
    for classification, level in (("industry", "division"), ("portfolio", "group")):
        parts = found.filter(classification=classification, level=level)["contribution"].sum()
        assert parts == pytest.approx(100 * (98 - 101) / 101, abs=1e-12)


def test_an_element_without_a_group_is_refused():
    loose = ELEMENTS.with_columns(pl.when(pl.col("code") != "11").then("group").alias("group"))
    with pytest.raises(InvalidInput, match="11 has no group at the level group"):
        weighting_tree(loose, ["group"])


TREE = pl.DataFrame({"code": ["T", "a", "b"], "parent": [None, "T", "T"]})
QUANTITIES = pl.DataFrame(
    {
        "code": ["a", "a", "a", "b", "b", "b"],
        "period": ["2015-01", "2015-02", "2024-01"] * 2,
        "quantity": [10.0, 30.0, 30.0, 5.0, 5.0, 4.0],
    }
)


def total(index):
    return index.filter(code="T", period="2024-01")["index"].item()


def test_quantities_are_compared_with_the_mean_month_of_the_base_year():
    assert quantity_relatives(QUANTITIES, 2015)["index"].to_list() == [50, 150, 150, 100, 100, 80]


def test_shipments_weigh_by_value_inventories_by_mean_stock_labour_by_persons():
    values = pl.DataFrame({"code": ["a", "b"], "value": [1, 3]})
    assert total(shipment_index(QUANTITIES, TREE, values, base_year=2015)) == pytest.approx((150 + 3 * 80) / 4)
    balances = pl.DataFrame({"code": ["a", "b"], "opening": [2.0, 0.0], "closing": [4.0, 2.0]})
    assert total(inventory_index(QUANTITIES, TREE, balances, base_year=2015)) == pytest.approx((3 * 150 + 80) / 4)
    assert total(labour_index(QUANTITIES, TREE, base_year=2015)) == pytest.approx(100 * 34 / 25)


def test_sister_indexes_take_the_options_of_the_aggregation():
    gap = QUANTITIES.with_columns(pl.when(pl.int_range(pl.len()) != 5).then("quantity").alias("quantity"))
    values = pl.DataFrame({"code": ["a", "b"], "value": [1, 3]})
    found = shipment_index(gap, TREE, values, base_year=2015, missing="parent", growth="mom")
    assert found.filter(code="b", period="2024-01")["imputed"].item()
    assert "contribution" in found.columns


def test_products_without_a_base_and_bad_quantities_are_refused():
    bad = pl.DataFrame({"code": ["a", "a", "b"], "period": ["2015-01", "2015-01", "2024-01"], "quantity": [1.0, 1, -1]})
    with pytest.raises(InvalidInput) as refused:
        quantity_relatives(bad, 2015)
    found = [(f.code, f.place.row) for f in refused.value.faults]
    assert found == [("row.duplicate", 2), ("cell.too-small", 3), ("index.no-base", 3)]
