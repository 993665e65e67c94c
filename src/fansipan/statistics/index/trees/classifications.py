"""Several classifications over one set of elements: by industry, by portfolio group, by use; one total (Rule S20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from fansipan.errors import Fault, refuse
from fansipan.statistics.index.trees.aggregation import aggregate_index

TOTAL = "total"
ELEMENT = "element"
# Codes of different levels may be the same text; inside the tree a node is its level and the codes on the way to it.
BETWEEN = "\x1f"


def weighting_tree(elements: pl.DataFrame, levels: Sequence[str]) -> pl.DataFrame:
    """The tree of a wide table of elements: ``code``, ``weight`` and a column a level, from the widest to the finest.

    Returns ``code, parent, weight, level, name``: the total, every group and every element; groups have no weight of
    their own, so theirs is the sum of their elements'. `code` is unique in the tree, `name` is the code as it stood.
    Raises InvalidInput where an element lacks a group.
    """
    refuse(
        Fault("index.element-without-group", {"node": row["code"], "level": level})
        for level in levels
        for row in elements.filter(pl.col(level).is_null()).iter_rows(named=True)
    )
    path = [pl.lit(TOTAL)]
    tables = [pl.DataFrame({"code": [TOTAL], "parent": [None], "weight": [None], "level": [TOTAL], "name": [TOTAL]})]
    for level, column in [*((name, name) for name in levels), (ELEMENT, "code")]:
        weight = pl.col("weight") if level == ELEMENT else pl.lit(None)
        nodes = elements.select(
            pl.concat_str([*path, column], separator=BETWEEN).alias("code"),
            pl.concat_str(path, separator=BETWEEN).alias("parent"),
            weight.cast(pl.Float64).alias("weight"),
            pl.lit(level).alias("level"),
            pl.col(column).alias("name"),
        )
        tables.append(nodes if level == ELEMENT else nodes.unique("code", maintain_order=True))
        path.append(pl.col(column))
    return pl.concat(tables, how="vertical_relaxed")


def aggregate_classifications(
    values: pl.DataFrame, elements: pl.DataFrame, classifications: Mapping[str, Sequence[str]], **options: Any
) -> pl.DataFrame:
    """`aggregate_index` of one set of elements by each of several classifications.

    `values` is ``code, period, index`` of the elements; `elements` has ``code``, ``weight`` and the columns that
    `classifications` name: ``{"industry": ["section", "division"], "portfolio": ["group"]}``. Returns the columns of
    `aggregate_index` after ``classification`` and ``level``; the total is the same in each. `options` are those of
    `aggregate_index`.
    """
    results = []
    for name, levels in classifications.items():
        tree = weighting_tree(elements, levels)
        named = tree.filter(pl.col("level") == ELEMENT).select("code", pl.col("name"))
        placed = values.join(named.rename({"code": "node", "name": "code"}), on="code", how="left")
        node = pl.col("node").fill_null(pl.col("code"))
        index = aggregate_index(placed.select(node.alias("code"), "period", "index"), tree, **options)
        told = index.join(tree.select("code", "level", "name"), on="code", maintain_order="left")
        heads = [pl.lit(name).alias("classification"), pl.col("level"), pl.col("name").alias("code")]
        results.append(told.select(*heads, pl.exclude("level", "name", "code")))
    return pl.concat(results)
