"""Contributions of the nodes of a tree to the growth of its root, in percentage points, that add up exactly."""

from __future__ import annotations

import numpy as np

from fansipan.statistics.index.trees.growth import PERCENT, Growth, compare
from fansipan.statistics.index.trees.tree import Floats, Ints, Tree
from fansipan.statistics.index.trees.walks import inherit_downwards


def contributions_on_tree(tree: Tree, index: Floats, months: Ints, growth: Growth, year_start: int = 1) -> Floats:
    """Each node's contribution to the growth of the root with fixed weights (Rule S6); nodes x months.

    A node's part in the root is its share (Rule S4) times its index. A node that left its parent's mean in a month
    stands at its parent's level, which is what leaving the mean amounts to.
    """
    part = tree.shares()[:, None] * inherit_downwards(tree, index)
    return contributions_to_root(part, index[:1], months, growth, year_start)


def contributions_to_root(part: Floats, root: Floats, months: Ints, growth: Growth, year_start: int = 1) -> Floats:
    """The change of each node's `part` in the root (nodes x months), in percent of the `root`'s base level.

    For ``ytd`` sums of both. As parts of children add up to their parent's, and the root's moves as its index, so do
    the contributions; NaN where a month that is needed is absent or the root is zero in the base.
    """
    now, base = compare(part, months, growth, year_start)
    level = compare(root, months, growth, year_start)[1]
    return PERCENT * (now - base) / np.where(level == 0, np.nan, level)
