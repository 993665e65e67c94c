"""What is computed on a tree: sums, means and flags upwards, and what a node lacks from its ancestors downwards.

Arrays have a row a node, in the order of the tree; further axes (periods) go along.
"""

from __future__ import annotations

import numpy as np

from fansipan.statistics.index.trees.tree import Flags, Floats, Tree


def sum_upwards(tree: Tree, amounts: Floats) -> Floats:
    """For every node, the sum over the leaves under it; only the leaves' rows of `amounts` are read."""
    amounts = amounts.copy()
    for generation in tree.upwards():
        amounts[generation.parents] = generation.sum(amounts[generation.children])
    return amounts


def mean_upwards(tree: Tree, index: Floats, weight: Floats | None = None) -> Floats:
    """Every node's weighted arithmetic mean of its children's values (Rule S1); `index` is nodes x periods.

    Only the leaves' rows of `index` are read. A missing value (NaN) leaves the mean, whose weights are then those of
    the children that are present; a node without any is missing itself (Rule S3). `weight` are the nodes' weights in
    their parents, if not those of the tree.
    """
    index, weights = index.copy(), tree.weight if weight is None else weight
    for generation in tree.upwards():
        rows, given = index[generation.children], weights[generation.children, None]
        missing = np.isnan(rows)
        total = generation.sum(np.where(missing, 0.0, given)) if missing.any() else generation.sum(given)
        amount = generation.sum(np.where(missing, 0.0, given * rows))
        index[generation.parents] = amount / np.where(total > 0, total, np.nan)
    return index


def any_upwards(tree: Tree, flags: Flags) -> Flags:
    """For every node, whether the flag of any leaf under it is set; `flags` is nodes x periods."""
    flags = flags.copy()
    for generation in tree.upwards():
        flags[generation.parents] = generation.any(flags[generation.children])
    return flags


def inherit_downwards(tree: Tree, values: Floats) -> Floats:
    """`values` with every missing one (NaN) taken from the parent, or the next ancestor that has one."""
    values = values.copy()
    for generation in tree.downwards():
        own, above = values[generation.children], values[tree.parent[generation.children]]
        values[generation.children] = np.where(np.isnan(own), above, own)
    return values
