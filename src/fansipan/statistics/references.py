"""What returns refer to, each thing once: joins with these tables never multiply a figure (Rule G5b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from fansipan.errors import Fault, InvalidInput, Place

CONSTANT, BASE_PERIOD = "constant-2010", "2010"


def once(frame: pl.DataFrame, keys: Sequence[str], table: str) -> pl.DataFrame:
    """`frame`, of which no two rows have the same `keys`.

    Raises InvalidInput ``join.several`` for every key that stands more than once: nobody could say which row holds, and
    a join with it would count a figure twice.
    """
    repeated = frame.drop_nulls(keys).group_by(keys, maintain_order=True).len().filter(pl.col("len") > 1)
    if repeated.height:
        raise InvalidInput(
            Fault("join.several", {"key": ", ".join(map(str, row[:-1])), "count": row[-1]}, Place(file=table), row[0])
            for row in repeated.iter_rows()
        )
    return frame


def constant_prices(product_prices: pl.DataFrame) -> pl.DataFrame:
    """The constant price of each product: `product`, `price` (million đồng a unit of 2010).

    Of several rows that of the year 2010 holds. Raises InvalidInput ``join.several`` where none or more than one is.
    """
    rows = product_prices.filter(pl.col("price_basis") == CONSTANT)
    base = rows.filter(pl.col("period") == BASE_PERIOD)
    others = rows.join(base, on="product", how="anti")
    return once(pl.concat([base, others]).select("product", "price"), ["product"], "product_prices")


def groups_on(portfolio: pl.DataFrame, on: date) -> pl.DataFrame:
    """The portfolio group of each line on a day: `line`, `portfolio`. Raises InvalidInput for a line in several."""
    valid = (pl.col("valid_from") <= on) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= on))
    return once(portfolio.filter(valid).select("line", portfolio="portfolio_group"), ["line"], "portfolio")
