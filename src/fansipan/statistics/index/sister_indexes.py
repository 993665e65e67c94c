"""The sisters of the index of industrial production: shipment, inventory and labour indexes (Rule S21).

Each compares a monthly quantity of every product (or establishment) with its mean month of the base year, and takes
the weighted mean up the tree.
Source: IRIIP chapter 5; UN, *International Recommendations for Industrial Statistics* (2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place, refuse
from fansipan.statistics.index.trees.aggregation import aggregate_index
from fansipan.statistics.index.trees.checks import numbered


def quantity_relatives(quantities: pl.DataFrame, base_year: int) -> pl.DataFrame:
    """Each product's quantity over its mean month of `base_year`, times 100.

    `quantities` is ``code, period, quantity``, a row a product and month; the result ``code, period, index``. A missing
    quantity stays missing. Raises InvalidInput for repeated rows, quantities below zero and products without a mean
    above zero in the base year.
    """
    base = quantities.filter(pl.col("period").str.starts_with(f"{base_year:04d}-"))
    mean = base.group_by("code").agg(pl.col("quantity").mean().alias("mean"))
    joined = quantities.join(mean, on="code", how="left", maintain_order="left")
    refuse(_quantity_faults(numbered(joined), base_year))
    return joined.select("code", "period", index=100 * pl.col("quantity") / pl.col("mean"))


def shipment_index(
    shipments: pl.DataFrame, tree: pl.DataFrame, values: pl.DataFrame, *, base_year: int, **options: Any
) -> pl.DataFrame:
    """The shipment index (chỉ số tiêu thụ): quantities shipped, weighted by the value shipped in the base year.

    `shipments` is ``code, period, quantity``; `tree` is ``code, parent`` with every node; `values` is ``code, value``
    of the products. `options` and the result are those of `aggregate_index`.
    """
    weights = _weighted(tree, values.select("code", weight="value"))
    return aggregate_index(quantity_relatives(shipments, base_year), weights, **options)


def inventory_index(
    stocks: pl.DataFrame, tree: pl.DataFrame, balances: pl.DataFrame, *, base_year: int, **options: Any
) -> pl.DataFrame:
    """The inventory index (chỉ số tồn kho): closing stocks, weighted by the mean of opening and closing stock.

    `stocks` is ``code, period, quantity`` at the end of each month; `balances` is ``code, opening, closing``: the value
    of the stock at the start and the end of the base year. Otherwise as `shipment_index`.
    """
    mean_stock = balances.select("code", weight=(pl.col("opening") + pl.col("closing")) / 2)
    return aggregate_index(quantity_relatives(stocks, base_year), _weighted(tree, mean_stock), **options)


def labour_index(labour: pl.DataFrame, tree: pl.DataFrame, *, base_year: int, **options: Any) -> pl.DataFrame:
    """The labour index (chỉ số sử dụng lao động): persons employed, weighted by the mean employment of the base year.

    `labour` is ``code, period, quantity`` (persons). With these weights the index of a group is the ratio of its
    employment to that of the base year. Otherwise as `shipment_index`.
    """
    base = labour.filter(pl.col("period").str.starts_with(f"{base_year:04d}-"))
    persons = base.group_by("code").agg(pl.col("quantity").mean().alias("weight"))
    return aggregate_index(quantity_relatives(labour, base_year), _weighted(tree, persons), **options)


def _weighted(tree: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    return tree.select("code", "parent").join(
        weights.with_columns(pl.col("weight").cast(pl.Float64)), on="code", how="left", maintain_order="left"
    )


def _quantity_faults(quantities: pl.DataFrame, base_year: int) -> Iterator[Fault]:
    keys = ["code", "period"]
    for row in quantities.filter(~pl.struct(keys).is_first_distinct()).iter_rows(named=True):
        yield Fault("row.duplicate", {"keys": ", ".join(keys)}, Place(row=row["row"]), row["code"])
    for row in quantities.filter(~((pl.col("quantity") >= 0) & pl.col("quantity").is_finite())).iter_rows(named=True):
        yield Fault("cell.too-small", {"column": "quantity", "bound": 0}, Place(row=row["row"]), row["quantity"])
    baseless = quantities.filter(~(pl.col("mean") > 0).fill_null(value=False) & pl.col("code").is_first_distinct())
    for row in baseless.iter_rows(named=True):
        yield Fault("index.no-base", {"node": row["code"], "year": base_year}, Place(row=row["row"]))
