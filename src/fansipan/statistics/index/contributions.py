"""Contributions to growth, in percentage points, that add up exactly."""

from __future__ import annotations

import numpy as np

from fansipan.statistics.index.growth import PERCENT, Growth, compare
from fansipan.statistics.index.tree import Floats, Ints, Tree


def contributions_on_tree(tree: Tree, index: Floats, months: Ints, growth: Growth, year_start: int = 1) -> Floats:
    """Each node's contribution to the growth of the root, in percentage points (Rule S6); nodes x months.

    A node's share in the root times the change of its index, over the root's index in the base period (for ``ytd``
    sums of both). Children add up to their parent and the root's is its growth. A node that left its parent's mean in
    a month stands at its parent's level, which is what leaving the mean amounts to.
    """
    level = index.copy()
    for generation in tree.downwards():
        rows, above = level[generation.children], level[tree.parent[generation.children]]
        level[generation.children] = np.where(np.isnan(rows), above, rows)
    now, base = compare(level, months, growth, year_start)
    root = np.where(base[:1] == 0, np.nan, base[:1])
    return PERCENT * tree.shares()[:, None] * (now - base) / root
