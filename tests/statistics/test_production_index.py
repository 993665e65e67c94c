"""The index of industrial production from a province's returns."""

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.production_index import compile_index, compile_index_by, product_volumes, shares_in_root
from support.returns import returned

MAY = Month(2024, 5)
TREE = [
    ("total", None, None, None),
    ("B", "total", 60.0, None),
    ("0710", "B", None, None),
    ("C", "total", 40.0, None),
    ("1104", "C", None, None),
    ("ore", "0710", 3.0, 10.0),
    ("water", "1104", 9.0, 20.0),
]


@pytest.fixture
def tables(small):
    weights = [
        {"base_year": 2015, "code": c, "parent": p, "weight": w, "base_volume": b, "source": "illustrative"}
        for c, p, w, b in TREE
    ]
    return small(
        [
            returned("a", "ore", "2023-05", 5.0),
            returned("b", "ore", "2023-05", 5.0),
            returned("c", "water", "2023-05", 20.0),
            returned("a", "ore", "2024-05", 6.0),
            returned("b", "ore", "2024-05", 6.0),
            returned("c", "water", "2024-05", 10.0),
        ],
        index_weights=weights,
    )


@pytest.fixture
def output(tables):
    return compile_output(tables, until=MAY)


def at(index, code, column="index", month="2024-05"):
    return index.filter((pl.col("code") == code) & (pl.col("period") == month))[column][0]


def test_product_over_base_volume_then_up_the_tree(tables, output):
    index = compile_index(tables, output, growth="yoy")
    assert at(index, "ore") == pytest.approx(120)
    assert at(index, "water") == pytest.approx(50)
    # a node's own weight counts in its parent: 60 to 40, not 3 to 9
    assert at(index, "total") == pytest.approx(0.6 * 120 + 0.4 * 50)
    assert at(index, "total", "growth") == pytest.approx(-8)
    assert at(index, "B", "contribution") + at(index, "C", "contribution") == pytest.approx(-8, abs=1e-12)


def test_the_total_is_the_same_by_another_classification(tables, output):
    by_group = compile_index_by(tables, output, "portfolio", growth="yoy")
    groups = by_group.filter((pl.col("level") == "portfolio") & (pl.col("period") == "2024-05"))
    assert dict(groups.select("code", "index").iter_rows()) == pytest.approx({"maintain": 120, "unclassified": 50})
    total = by_group.filter((pl.col("level") == "total") & (pl.col("period") == "2024-05"))
    assert total["index"][0] == pytest.approx(92)
    assert groups["contribution"].sum() == pytest.approx(total["growth"][0], abs=1e-12)


def test_leaves_share_the_root(tables):
    shares = dict(shares_in_root(tables["index_weights"]).iter_rows())
    assert shares == pytest.approx({"ore": 0.6, "water": 0.4})


def test_a_month_of_which_nothing_is_known_is_missing_not_zero(small):
    raw = compile_output(
        small([returned("a", "ore", "2024-04", None), returned("c", "water", "2024-04", 1.0)]),
        until=Month(2024, 4),
        imputed=False,
    )
    assert product_volumes(raw).filter(pl.col("product") == "ore")["volume"].to_list() == [None]


def test_without_weights_it_is_refused(small, output):
    with pytest.raises(Refused, match="no weights of base year"):
        compile_index(small([]), output)
    with pytest.raises(Refused, match="no weights of base year 2010"):
        compile_index(small([]), output, base_year=2010)
