"""Which nodes of an index stand for what it is told by: a level of the industries, products, establishments."""

from __future__ import annotations

import polars as pl

from fansipan.classification import LEVELS
from fansipan.errors import Refused
from fansipan.statistics.output_value import Tables

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


def nodes_by(index: pl.DataFrame, province: Tables, by: str) -> pl.DataFrame:
    """The rows of an index's nodes of one kind, and of the total below them.

    `by` is a level of the industries, ``product``, ``establishment`` or ``total``. Raises Refused ``measure.by-empty``
    where the index has no such node.
    """
    if by == TOTAL:
        return index.filter(pl.col("code") == TOTAL)
    own = province["industries"].filter(pl.col("level") == by)["industry"] if by in LEVELS else province[f"{by}s"][by]
    parts = index.filter(pl.col("code").is_in(own.unique().to_list()) & (pl.col("code") != TOTAL))
    if parts.is_empty():
        raise Refused("measure.by-empty", by=by)
    return pl.concat([parts, index.filter(pl.col("code") == TOTAL)])
