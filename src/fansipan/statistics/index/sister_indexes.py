"""The sisters of the index of industrial production: shipment, inventory and labour indexes (Rule S21).

Each compares a monthly quantity of every product (or establishment) with its mean month of the base year, and takes
the weighted mean up the tree.
Source: IRIIP chapter 5; UN, *International Recommendations for Industrial Statistics* (2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from fansipan.errors import Fault, Place, refuse
from fansipan.statistics.index.trees.aggregation import aggregate_index
from fansipan.statistics.index.trees.checks import numbered
from fansipan.statistics.index.trees.contributions import contributions_to_root
from fansipan.statistics.index.trees.growth import Growth, compare, growth_rate, ordinals
from fansipan.statistics.index.trees.layout import to_array, to_frame
from fansipan.statistics.index.trees.tree import Flags, Floats, compile_tree
from fansipan.statistics.index.trees.walks import any_upwards, sum_upwards


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


def labour_index(
    labour: pl.DataFrame, tree: pl.DataFrame, *, base_year: int, growth: Growth | None = None, year_start: int = 1
) -> pl.DataFrame:
    """The labour index (chỉ số sử dụng lao động): the persons employed over their monthly mean in the base year, x 100.

    `labour` is ``code, period, quantity`` (persons) of every establishment in every month, 0 where nobody worked, and
    optionally ``imputed``; `tree` is ``code, parent`` with every node. A group's index is the ratio of its sums, so
    who opened after the base year counts, and who has closed no longer does; a group without persons in the base year
    has none. Returns the columns of `aggregate_index`. Raises InvalidInput for repeated rows and persons below 0.
    """
    unmarked = [pl.lit(value=False).alias("imputed")] if "imputed" not in labour.columns else []
    labour = labour.with_columns(unmarked)
    refuse(_row_faults(numbered(labour)))
    tree = tree.with_columns(pl.when(pl.col("code").is_in(labour["code"].implode())).then(1.0).alias("weight"))
    nodes = compile_tree(tree)
    periods = labour["period"].unique().sort()
    codes = pl.Series("code", nodes.codes)
    persons = sum_upwards(nodes, np.nan_to_num(to_array(labour.rename({"quantity": "index"}), codes, periods)))
    filled = labour.select("code", "period", index=pl.col("imputed").cast(pl.Float64))
    base = persons[:, periods.str.starts_with(f"{base_year:04d}-").to_numpy()].mean(axis=1, keepdims=True)
    index = 100 * persons / np.where(base > 0, base, np.nan)
    columns: dict[str, Floats | Flags] = {"index": index}
    columns["imputed"] = any_upwards(nodes, np.nan_to_num(to_array(filled, codes, periods)) > 0)
    if growth is not None:
        months = ordinals(periods)
        columns["growth"] = growth_rate(*compare(persons, months, growth, year_start))
        columns["contribution"] = contributions_to_root(persons, persons[:1], months, growth, year_start)
    back = np.argsort(nodes.order)
    return to_frame(codes.gather(back), periods, {name: array[back] for name, array in columns.items()})


def _weighted(tree: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    return tree.select("code", "parent").join(
        weights.with_columns(pl.col("weight").cast(pl.Float64)), on="code", how="left", maintain_order="left"
    )


def _quantity_faults(quantities: pl.DataFrame, base_year: int) -> Iterator[Fault]:
    yield from _row_faults(quantities)
    baseless = quantities.filter(~(pl.col("mean") > 0).fill_null(value=False) & pl.col("code").is_first_distinct())
    for row in baseless.iter_rows(named=True):
        yield Fault("index.no-base", {"node": row["code"], "year": base_year}, Place(row=row["row"]))


def _row_faults(quantities: pl.DataFrame) -> Iterator[Fault]:
    keys = ["code", "period"]
    for row in quantities.filter(~pl.struct(keys).is_first_distinct()).iter_rows(named=True):
        yield Fault("row.duplicate", {"keys": ", ".join(keys)}, Place(row=row["row"]), row["code"])
    for row in quantities.filter(~((pl.col("quantity") >= 0) & pl.col("quantity").is_finite())).iter_rows(named=True):
        yield Fault("cell.too-small", {"column": "quantity", "bound": 0}, Place(row=row["row"]), row["quantity"])
