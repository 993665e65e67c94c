"""A sample of priced products, by hand (Rules S16 and S17)."""

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.statistics import aggregate_index
from fansipan.statistics.index.bilateral.matched_sample import sample_index

TREE = pl.DataFrame({"code": ["T", "x", "y"], "parent": [None, "T", "T"], "weight": [None, 30.0, 10.0]})


def priced(*rows):
    columns = {"product": pl.String, "code": pl.String, "period": pl.String, "price": pl.Float64}
    return pl.DataFrame(rows, columns, orient="row")


PRICES = priced(
    ("a", "x", "1", 10),
    ("b", "x", "1", 10),
    ("c", "y", "1", 5),
    ("a", "x", "2", 12),
    ("b", "x", "2", None),
    ("c", "y", "2", None),
    ("a", "x", "3", 12),
    ("b", "x", "3", 18),
    ("c", "y", "3", 9),
)


def table(result, code):
    return result.index.filter(code=code).select("relative", "index", "weight", "imputed").rows()


def test_missing_prices_move_with_business_then_total_and_are_compared_when_they_return():
    found = sample_index(PRICES, TREE)
    # February: x moves as a, 1.2; y has nothing and moves as the total, 1.2. March: b 18 on 12 carried, so sqrt(1.5).
    assert table(found, "x") == [
        (1, 100, 30, False),
        (pytest.approx(1.2), pytest.approx(120), 30, False),
        (pytest.approx(1.5**0.5), pytest.approx(120 * 1.5**0.5), pytest.approx(36), False),
    ]
    assert table(found, "y")[1:] == [
        (pytest.approx(1.2), pytest.approx(120), 10, True),
        (pytest.approx(1.5), pytest.approx(180), pytest.approx(12), False),
    ]
    assert table(found, "T")[2][1] == pytest.approx(120 * (36 * 1.5**0.5 + 12 * 1.5) / 48)
    estimated = found.prices.filter("imputed").select("product", "period", "price").rows()
    assert estimated == [("b", "2", pytest.approx(12)), ("c", "2", pytest.approx(6))]


def test_contributions_come_from_the_fixed_weights_as_price_updating_keeps_the_index():
    months = PRICES.with_columns(period=pl.concat_str(pl.lit("2024-0"), "period"))
    found = sample_index(months, TREE).index
    leaves = found.filter(pl.col("code") != "T").select("code", "period", "index")
    again = aggregate_index(leaves, TREE, growth="mom")
    assert again["index"].to_list() == pytest.approx(found["index"].to_list(), rel=1e-14)
    march = again.filter(period="2024-03")["contribution"].to_list()
    assert march[1] + march[2] == pytest.approx(march[0], abs=1e-12)


def test_products_that_start_anew_have_no_pair_in_their_first_month():
    found = sample_index(PRICES, TREE, returning="new")
    assert table(found, "x")[2][0] == pytest.approx(1.0)
    assert table(found, "y")[2][::3] == (pytest.approx(1.0), True)


def test_other_elementary_indexes():
    two = priced(("a", "x", "1", 1), ("b", "x", "1", 3), ("a", "x", "2", 2), ("b", "x", "2", 3), ("c", "y", "1", 1))
    relatives = [table(sample_index(two, TREE, method=m), "x")[1][0] for m in ("jevons", "carli", "dutot")]
    assert relatives == pytest.approx([2**0.5, 1.5, 1.25])


def test_every_fault_of_prices_and_tree_at_once():
    bad = priced(
        ("a", "x", "1", 1),
        ("a", "x", "1", 1),
        ("b", "x", "1", 0),
        ("c", "nowhere", "1", 1),
        ("d", "T", "1", 1),
        ("a", "y", "2", 1),
    )
    with pytest.raises(InvalidInput) as refused:
        sample_index(bad, TREE.with_columns(weight=pl.lit(-1.0)))
    found = [f.code for f in refused.value.faults]
    assert found.count("cell.not-above") == 4
    assert set(found) == {
        "cell.not-above",
        "row.duplicate",
        "index.code-unknown",
        "index.value-of-inner-node",
        "index.product-moves",
    }


def test_periods_without_a_single_pair_are_named():
    with pytest.raises(InvalidInput) as refused:
        sample_index(priced(("a", "x", "1", 1), ("c", "y", "2", 1), ("c", "y", "3", 1)), TREE)
    assert [f.message("en") for f in refused.value.faults] == [
        "In 2 no product can be compared with the period before."
    ]
