"""New and vanished products by a named option, logged (Rule S18); classifications and sister indexes (S20, S21)."""

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.statistics import aggregate_index
from fansipan.statistics.index.bilateral.series import bilateral_series
from fansipan.statistics.index.trees.product_changes import settle_product_changes

WEIGHTS = pl.DataFrame({"code": ["T", "A", "B", "C"], "parent": [None, "T", "T", "T"], "weight": [None, 2.0, 1.0, 1.0]})


def table(**series):
    rows = [
        (code, f"2024-{month:02d}", None if value is None else float(value))
        for code, values in series.items()
        for month, value in enumerate(values, 1)
    ]
    return pl.DataFrame(rows, schema=["code", "period", "index"], orient="row")


CHANGING = table(A=[100, 110, 121, 121], B=[None, None, 80, 90], C=[100, 90, None, None])


def settled(**options):
    changes = settle_product_changes(CHANGING, WEIGHTS, **options)
    rows = changes.values.sort("code", "period").partition_by("code", as_dict=True)
    return {code: frame["index"].to_list() for (code,), frame in rows.items()}, changes.log


def test_linked_products_move_as_their_siblings():
    """C goes on with A and, once it is there, B; B comes from A and C: backwards by (2 x 110 + 90) / (2 x 121 + 99)."""
    values, log = settled(new="link", vanished="link")
    assert values["A"] == [100, 110, 121, 121]
    assert values["C"] == [100, 90, pytest.approx(99), pytest.approx(90 * 121 / 110)]
    february = 80 * (2 * 110 + 90) / (2 * 121 + 99)
    assert values["B"][1:] == [pytest.approx(february), 80, 90]
    assert log.rows() == [("B", "new", "2024-03", "link", 2), ("C", "vanished", "2024-02", "link", 2)]


def test_zero_and_carry():
    values, log = settled(new="zero", vanished="carry")
    assert values["B"] == [0, 0, 80, 90]
    assert values["C"] == [100, 90, 90, 90]
    assert log["option"].to_list() == ["zero", "carry"]
    assert settled(new="zero", vanished="zero")[0]["C"] == [100, 90, 0, 0]


def test_settled_values_can_be_aggregated():
    values = settle_product_changes(CHANGING, WEIGHTS, new="link", vanished="link").values
    total = aggregate_index(values, WEIGHTS).filter(pl.col("code") == "T")["index"]
    assert total.null_count() == 0


def test_changes_are_refused_unless_an_option_is_named():
    with pytest.raises(InvalidInput) as refused:
        settle_product_changes(CHANGING, WEIGHTS, new="link")
    assert [f.message("en") for f in refused.value.faults] == ["The product C vanished after 2024-02."]
    with pytest.raises(InvalidInput) as refused:
        settle_product_changes(table(A=[1, 1], B=[None, 1], C=[None, None]), WEIGHTS)
    found = [(f.code, f.params["node"]) for f in refused.value.faults]
    assert found == [("index.product-new", "B"), ("index.never-a-value", "C")]


def test_gaps_in_between_are_left_to_the_aggregation():
    gap = table(A=[100, None, 120], B=[1, 1, 1], C=[1, 1, 1])
    changes = settle_product_changes(gap, WEIGHTS)
    assert changes.log.is_empty()
    assert changes.values.height == 8


def trades(*rows):
    columns = {"product": pl.String, "period": pl.String, "price": pl.Float64, "quantity": pl.Float64}
    return pl.DataFrame(rows, columns, orient="row")


TRADES = trades(
    ("a", "2023", 1, 10),
    ("b", "2023", 2, 10),
    ("a", "2024", 2, 10),
    ("b", "2024", 2, 10),
    ("c", "2024", 9, 9),
    ("a", "2025", 2, 10),
    ("c", "2025", 18, 9),
)


def test_bilateral_series_refuse_unmatched_products():
    with pytest.raises(InvalidInput) as refused:
        bilateral_series(TRADES, "laspeyres")
    assert {f.code for f in refused.value.faults} == {"index.unmatched"}
    assert len(refused.value.faults) == 3


def test_bilateral_series_leave_them_out_and_log_it():
    direct = bilateral_series(TRADES, "laspeyres", unmatched="leave-out")
    assert direct.index["index"].to_list() == pytest.approx([100, 400 / 3, 200])
    assert direct.changes.rows() == [("c", "2024", "new"), ("c", "2025", "new"), ("b", "2025", "vanished")]
    chained = bilateral_series(TRADES, "laspeyres", chained=True, unmatched="leave-out")
    # 2025 on 2024 over a and c: (2 x 10 + 18 x 9) / (2 x 10 + 9 x 9)
    assert chained.index["index"].to_list() == pytest.approx([100, 400 / 3, 400 / 3 * 182 / 101])
    assert chained.changes.rows() == [("c", "2024", "new"), ("b", "2025", "vanished")]
    sums = chained.contributions.group_by("period", maintain_order=True).agg(pl.col("contribution").sum())
    assert sums["contribution"].to_list() == pytest.approx((chained.index["index"] - 100).to_list(), abs=1e-12)


def test_bilateral_series_refuse_figures_that_cannot_be_compared():
    bad = trades(("a", "2023", 0, 10), ("a", "2024", 1, -1), ("a", "2024", 1, 1))
    with pytest.raises(InvalidInput) as refused:
        bilateral_series(bad, "fisher")
    assert [f.code for f in refused.value.faults] == ["row.duplicate", "cell.not-above", "cell.too-small"]
    assert [f.place.row for f in refused.value.faults] == [3, 1, 2]
