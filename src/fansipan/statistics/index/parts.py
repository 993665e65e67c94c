"""The indexes of a province by what they are told by: a level of the industries, products, groups, establishments."""

from __future__ import annotations

from typing import cast

import polars as pl

from fansipan.classification import LEVELS
from fansipan.errors import Refused
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.output_value import Output, Tables
from fansipan.statistics.production_index import base_year_weights, compile_index, compile_index_by, root_of
from fansipan.statistics.sister_measures import SISTERS, TOP, Sister, sister_index

TOTAL = "total"
# What each index can be told by, beside the whole tree (Rules G14, G15 and S21).
BY: dict[str, tuple[str, ...]] = {
    "index": (TOTAL, *LEVELS, "product", "portfolio", "line", "use"),
    "shipment": (TOTAL, *LEVELS, "product"),
    "inventory": (TOTAL, *LEVELS, "product"),
    "labour": (TOTAL, *LEVELS, "establishment"),
}
# Classifications of products beside the industries, each a tree of its own.
OTHER_CLASSIFICATIONS = ("portfolio", "line", "use")


def check_by(indicator: str, by: str) -> None:
    """Raise Refused ``measure.by-index`` unless the index `indicator` can be told by `by`."""
    if by not in BY[indicator]:
        raise Refused("measure.by-index", indicator=indicator, by=by, known=", ".join(BY[indicator]))


def nodes_by(index: pl.DataFrame, province: Tables, by: str, *, root: str = TOTAL) -> pl.DataFrame:
    """The rows of an index's nodes of one kind, and of the total (the code `root`) below them.

    `by` is a level of the industries, ``product``, ``establishment`` or ``total``. Raises Refused ``measure.by-empty``
    where the index has no such node.
    """
    if by == TOTAL:
        return index.filter(pl.col("code") == root)
    own = province["industries"].filter(pl.col("level") == by)["industry"] if by in LEVELS else province[f"{by}s"][by]
    parts = index.filter(pl.col("code").is_in(own.unique().to_list()) & (pl.col("code") != root))
    if parts.is_empty():
        raise Refused("measure.by-empty", by=by)
    return pl.concat([parts, index.filter(pl.col("code") == root)])


def index_by(province: Tables, output: Output, indicator: str, by: str | None, growth: Growth) -> pl.DataFrame:
    """The index `indicator` (a key of `BY`) with its growth, up to the last month of `output`.

    Of every node of its tree, or of the nodes that `by` names with the total below them. Raises as `check_by`,
    `nodes_by`, `compile_index` and `sister_index` do.
    """
    if by is not None:
        check_by(indicator, by)
    if by in OTHER_CLASSIFICATIONS:
        return compile_index_by(province, output, by, growth=growth)
    if indicator in SISTERS:
        sister = cast(Sister, indicator)
        index = sister_index(province, sister, until=output.until, known_on=output.known_on, growth=growth)
    else:
        index = compile_index(province, output, growth=growth)
    if by is None:
        return index
    root = TOP if indicator == "labour" else root_of(base_year_weights(province))
    return nodes_by(index, province, by, root=root)
