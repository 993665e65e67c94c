"""Missing values of leaves: their last value, or their last value moved as siblings or the next ancestor move (S3)."""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.errors import Fault, refuse
from fansipan.statistics.index.trees.tree import Flags, Floats, Ints, Tree
from fansipan.statistics.index.trees.walks import inherit_downwards, mean_upwards


def last_observed(observed: Floats) -> Ints:
    """For each series and month, the last month with a value up to then; -1 before the first. Series x months."""
    months = np.arange(observed.shape[1])
    return np.maximum.accumulate(np.where(np.isnan(observed), -1, months), axis=1)


def carry_last_value(observed: Floats) -> Floats:
    """Each gap filled with the last value before it; NaN before the first value. Series x months."""
    last = last_observed(observed)
    carried = np.take_along_axis(observed, np.maximum(last, 0), axis=1)
    return np.where(last < 0, np.nan, carried)


def follow_ancestors(tree: Tree, observed: Floats, periods: pl.Series) -> Floats:
    """Each gap of a leaf filled with its last value times the movement of its siblings, else of the next ancestor's.

    `observed` is nodes x months. The movement of a node, from the month s of the leaf's last value to the month t of
    the gap, is that of the leaves under it which have a value in both: the mean of its children's movements, weighted
    by weight times level in s. Where no sibling has one, the next ancestor's children are asked, and so on to the top.
    Before its first value a leaf stays missing.

    Raises InvalidInput, naming leaf and month, where no leaf of the whole tree has a value in both months.
    """
    index, unmoved = _followed(tree, observed)
    refuse(
        Fault("index.no-movement", {"node": tree.codes[leaf], "period": periods[int(month)]})
        for leaf, month in np.argwhere(unmoved)
    )
    return index


def follow_both_ways(tree: Tree, observed: Floats) -> Floats:
    """`follow_ancestors`, and before its first value each leaf moves back from it as its siblings or ancestors do.

    A leaf that joins late then makes no step in the means above it. What no leaf of the tree can move stays missing,
    and so does a leaf without any value. Rules S3 and S18.
    """
    onwards, _ = _followed(tree, observed)
    backwards, _ = _followed(tree, onwards[:, ::-1])
    return backwards[:, ::-1]


def _followed(tree: Tree, observed: Floats) -> tuple[Floats, Flags]:
    """The values of all nodes with each leaf's gaps after a value filled, and where nothing moved it."""
    last = last_observed(observed)
    index = mean_upwards(tree, observed)
    gaps = tree.leaf[:, None] & np.isnan(observed) & (last >= 0)
    for month in np.flatnonzero(gaps.any(axis=0)):
        leaves = np.flatnonzero(gaps[:, month])
        source = last[leaves, month]
        sources, which = np.unique(source, return_inverse=True)
        movement = _movements(tree, index[:, sources], observed[:, sources], observed[:, [month]])
        index[leaves, month] = observed[leaves, source] * movement[leaves, which]
        index[:, month] = mean_upwards(tree, index[:, [month]])[:, 0]
    return index, gaps & np.isnan(index)


def _movements(tree: Tree, level: Floats, then: Floats, now: Floats) -> Floats:
    """What each node moves by from the earlier months (columns) to this month: its own movement or its ancestor's.

    `level` is the index of every node in the earlier months, `then` what was observed of the leaves in them, `now`
    what was observed this month (one column).
    """
    both = tree.leaf[:, None] & ~np.isnan(then) & ~np.isnan(now)
    before, after = np.where(both, then, 0.0), np.where(both, now, 0.0)
    movement = np.full(level.shape, np.nan)
    for generation in tree.upwards():
        weight = tree.weight[generation.children, None]
        base = generation.sum(weight * before[generation.children])
        ratio = generation.sum(weight * after[generation.children]) / np.where(base > 0, base, np.nan)
        own = np.where(base > 0, level[generation.parents], 0.0)
        movement[generation.parents] = ratio
        before[generation.parents] = own
        after[generation.parents] = np.where(base > 0, own * ratio, 0.0)
    return inherit_downwards(tree, movement)
