"""The chained index of a sample of priced products, where missing prices move with their business, class and total.

The same arithmetic serves volumes. (Rules S16 and S17; PPI chapters 7, 9 and 20.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from fansipan.errors import Fault, InvalidInput, Place, refuse
from fansipan.statistics.index.bilateral.chaining import chain
from fansipan.statistics.index.bilateral.elementary import Elementary, elementary_by_group
from fansipan.statistics.index.trees.checks import numbered, weight_faults
from fansipan.statistics.index.trees.layout import to_array, to_frame
from fansipan.statistics.index.trees.tree import Flags, Floats, Ints, Tree, compile_tree
from fansipan.statistics.index.trees.walks import inherit_downwards, mean_upwards, sum_upwards

Returning = Literal["carried", "new"]


@dataclass(frozen=True, slots=True)
class SampleIndex:
    """The index of every node, and the prices it was computed from.

    `index` is ``code, period, relative, index, weight, imputed``: the relative on the period before, the chained index
    (first period 100), the price-updated weight the node had in this period's mean, and whether the relative was taken
    from an ancestor for want of a matched pair. `prices` is ``product, period, price, imputed`` with every price that
    was estimated for a product once it had been seen.
    """

    index: pl.DataFrame
    prices: pl.DataFrame


def sample_index(
    prices: pl.DataFrame, weights: pl.DataFrame, *, method: Elementary = "jevons", returning: Returning = "carried"
) -> SampleIndex:
    """Elementary relatives over matched pairs, aggregated with price-updated weights and chained.

    `prices` has ``product``, ``code`` (the leaf of the tree it belongs to, for example a business), ``period`` and
    ``price`` (null where missing); `weights` is a weighting tree ``code``, ``parent``, ``weight`` (see
    `aggregate_index`). Period by period: a leaf's relative is the elementary index of the products with a price now
    and before; a leaf without any takes that of the next ancestor which has one; a product without a price is then
    carried by its leaf's relative (Rule S16); weights are updated by the relatives (Rule S17). A product that returns
    after a gap is compared with its carried price (``returning="carried"``) or starts anew (``"new"``).

    Raises InvalidInput with every fault of both tables, or naming the periods in which nothing can be compared.
    """
    weights, prices = numbered(weights), numbered(prices)
    refuse([*weight_faults(weights), *price_faults(prices, weights)])
    tree = compile_tree(weights)
    products = prices.select("product", "code").unique("product", maintain_order=True)
    periods = prices["period"].unique().sort()
    leaf = products.join(tree.positions(), on="code", how="left", maintain_order="left")["position"].to_numpy()
    observed = to_array(prices, products["product"], periods, value="price")
    relatives, carried, imputed = _relatives(tree, observed, leaf, method, returning, periods)
    level = chain(relatives)
    before = np.concatenate([np.ones((len(tree.codes), 1)), level[:, :-1]], axis=1)
    weight = tree.shares()[:, None] * tree.weight[0] * before
    columns: dict[str, Floats | Flags] = {"relative": relatives, "index": 100 * level}
    columns |= {"weight": sum_upwards(tree, weight), "imputed": imputed}
    back = np.argsort(tree.order)
    index = to_frame(pl.Series("code", tree.codes).gather(back), periods, {n: a[back] for n, a in columns.items()})
    return SampleIndex(index, _with_gaps_filled(products, periods, observed, carried))


def price_faults(prices: pl.DataFrame, weights: pl.DataFrame) -> list[Fault]:
    """Repeated prices, prices not above zero, products of an unknown code, of an inner node or of two codes."""
    product, code = pl.col("product"), pl.col("code")
    known, inner = weights["code"].drop_nulls().implode(), weights["parent"].drop_nulls().implode()
    once = prices.unique(["product", "code"], keep="first", maintain_order=True)
    found = {
        "row.duplicate": prices.filter(~pl.struct("product", "period").is_first_distinct()),
        "cell.not-above": prices.filter(~((pl.col("price") > 0) & pl.col("price").is_finite())),
        "index.code-unknown": once.filter(~code.is_in(known)),
        "index.value-of-inner-node": once.filter(code.is_in(inner)),
        "index.product-moves": once.filter(~product.is_first_distinct()),
    }
    told = {"keys": "product, period", "column": "price", "bound": 0}
    return [
        Fault(rule, {**told, "node": row["code"], "product": row["product"]}, Place(row=row["row"]), row["product"])
        for rule, rows in found.items()
        for row in rows.iter_rows(named=True)
    ]


def _relatives(
    tree: Tree, observed: Floats, leaf: Ints, method: Elementary, returning: Returning, periods: pl.Series
) -> tuple[Floats, Floats, Flags]:
    """Relatives of every node, prices with those carried, and which relatives are an ancestor's."""
    nodes, count = len(tree.codes), observed.shape[1]
    relatives, imputed = np.ones((nodes, count)), np.zeros((nodes, count), dtype=bool)
    carried = observed.copy()
    before = carried if returning == "carried" else observed
    weight = tree.shares()
    empty = []
    for t in range(1, count):
        matched = elementary_by_group(before[:, t - 1], observed[:, t], leaf, nodes, method)
        own = mean_upwards(tree, matched[:, None], weight)[:, 0]
        relatives[:, t] = inherit_downwards(tree, own)
        imputed[:, t] = np.isnan(own)
        if np.isnan(relatives[0, t]):
            empty.append(Fault("index.no-pairs", {"period": periods[t]}))
            relatives[:, t] = 1.0
        weight = sum_upwards(tree, weight * relatives[:, t])
        absent = np.isnan(carried[:, t])
        carried[absent, t] = carried[absent, t - 1] * relatives[leaf[absent], t]
    if empty:
        raise InvalidInput(empty)
    return relatives, carried, imputed


def _with_gaps_filled(products: pl.DataFrame, periods: pl.Series, observed: Floats, carried: Floats) -> pl.DataFrame:
    """The prices used, observed and estimated; a product not yet seen has none."""
    columns: dict[str, Floats | Flags] = {"price": carried, "imputed": np.isnan(observed) & ~np.isnan(carried)}
    return to_frame(products["product"], periods, columns).drop_nulls("price")
