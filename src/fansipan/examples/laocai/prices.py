"""Prices of the example: the fixed ones of 2010 and current ones by month, all illustrative."""

from __future__ import annotations

from functools import cache
from random import Random

import polars as pl

from fansipan.examples.laocai.forms import Goods, read_data
from fansipan.examples.laocai.lines import MONTHS, level
from fansipan.periods import Month

FIXED_YEAR = "2010"


@cache
def current_prices(seed: int) -> dict[tuple[str, Month], float]:
    """The current price of every product in every month, million đồng a unit."""
    prices = {}
    for row in read_data("goods", Goods).iter_rows(named=True):
        for month in MONTHS:
            chance = Random(f"{seed}/price/{row['product']}/{month}")
            way = level("price", row["price_path"], month)
            price = row["price"] + (row["price_2024"] - row["price"]) * way
            prices[row["product"], month] = round(price * (1.0 + 0.02 * (chance.random() - 0.5)), 4)
    return prices


def product_prices(seed: int) -> pl.DataFrame:
    """The table of prices: of 2010 for every product, and current ones for every month of the example."""
    fixed = [
        (product, "constant-2010", FIXED_YEAR, price)
        for product, price in read_data("goods", Goods).select("product", "price").iter_rows()
    ]
    current = [(p, "current", str(month), price) for (p, month), price in current_prices(seed).items()]
    schema = {"product": pl.String, "price_basis": pl.String, "period": pl.String, "price": pl.Float64}
    frame = pl.DataFrame([*fixed, *current], schema=schema, orient="row")
    return frame.with_columns(pl.lit("illustrative").alias("source")).sort("product", "price_basis", "period")
