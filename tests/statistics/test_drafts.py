"""Draft prices and weights meet the total, fill only what is lacking, and say what they are (Rules DR1 to DR3)."""

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.intake import take_in
from fansipan.periods import Month
from fansipan.statistics.drafts import draft_prices, draft_weights, drafted_share, volumes_of, weights_are_drafts
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.production_index import root_of
from support.department import Department, write_book
from support.intake import AT, province_of


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    department = Department(1)
    path = write_book(department.sheets(), tmp_path_factory.mktemp("drafts") / "b.xlsx")
    found = take_in([path], province_of(department), {}, AT).province
    empty = found["establishment_returns"]
    rows = [
        {
            "establishment": tax,
            "month": "2024-12",
            "recorded_at": AT,
            "labour": 100 + 10 * k,
            "late": False,
            "source": "illustrative",
        }
        for k, (_, tax, _) in enumerate(department.firms)
    ]
    return found.replace(
        establishment_returns=pl.concat([empty, pl.DataFrame(rows)], how="diagonal_relaxed").cast(dict(empty.schema))
    )


def worth(province, prices):
    joined = volumes_of(province, 2024).join(prices, on="product")
    return float((joined["volume"] * joined["price"]).sum()) * 12 / 1000


def test_prices_share_the_total_by_work(province):
    prices = draft_prices(province, 2024, {"total": 5000.0})
    assert worth(province, prices) == pytest.approx(5000, rel=1e-5)
    assert set(prices["source"]) == {"estimated"}
    assert set(prices["product"]) == set(province["products"]["product"])


def test_a_known_price_is_left_and_what_it_is_worth_is_taken_off(province):
    product = province["products"]["product"][0]
    row = {"product": product, "price_basis": "constant-2010", "period": "2010", "price": 0.5, "source": "published"}
    known = pl.concat([province["product_prices"], pl.DataFrame([row])], how="diagonal")
    prices = draft_prices(province.replace(product_prices=known), 2024, {"total": 90_000.0})
    assert product not in prices["product"]
    both = pl.concat([prices.select("product", "price"), pl.DataFrame([row]).select("product", "price")])
    assert worth(province, both) == pytest.approx(90_000, rel=1e-5)


def test_totals_by_section(province):
    sections = {"B": 900.0, "C": 3000.0, "D": 700.0, "E": 400.0}
    prices = draft_prices(province, 2024, sections)
    assert worth(province, prices) == pytest.approx(5000, rel=1e-5)
    coal = province["products"].filter(pl.col("industry") < "10")["product"]
    assert worth(province, prices.filter(pl.col("product").is_in(coal.implode()))) == pytest.approx(900, rel=1e-5)


def test_values_in_returns_go_before_the_total(province):
    returns = province["returns"].with_columns((pl.col("quantity") * 0.002).round(6).alias("value"))
    prices = draft_prices(province.replace(returns=returns), 2024, {})
    assert prices["price"].to_list() == pytest.approx([2.0] * prices.height, rel=1e-3)


def test_weights_add_up_the_tree_and_say_that_they_are_drafts(province):
    priced = province.replace(product_prices=draft_prices(province, 2024, {"total": 5000.0}))
    weights = draft_weights(priced, 2024)
    assert root_of(weights) == "total"
    top = weights.filter(code="total")["weight"].item()
    assert top == pytest.approx(5000, rel=1e-5)
    for parent in weights["parent"].drop_nulls().unique():
        parts = weights.filter(parent=parent)["weight"].sum()
        assert parts == pytest.approx(weights.filter(code=parent)["weight"].item(), rel=1e-6)
    assert weights_are_drafts(weights)
    output = compile_output(priced, until=Month(2024, 12))
    assert drafted_share(priced, output) == pytest.approx(100)


def test_refusals(province):
    with pytest.raises(Refused, match="no total to share"):
        draft_prices(province, 2024, {})
    with pytest.raises(Refused, match="No labour is known of anyone who produced in 2024"):
        draft_prices(
            province.replace(establishment_returns=province["establishment_returns"].clear()), 2024, {"total": 5.0}
        )
