"""A weighting tree compiled for arithmetic: nodes in breadth-first order, siblings side by side, level by level.

Everything that walks a tree (means upwards, shares downwards) is then a loop over levels of array operations on all
nodes and periods at once, whatever the depth of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Generation:
    """The children of one level: they stand in `children`, side by side by parent.

    `parents` are the positions of those who have children on the level above; `starts` says where, counted from the
    start of `children`, the children of each begin.
    """

    children: slice
    parents: Ints
    starts: Ints

    def sum(self, rows: Floats) -> Floats:
        """Sum the rows of the children (children x anything) by parent."""
        return np.add.reduceat(rows, self.starts, axis=0)

    def any(self, rows: Flags) -> Flags:
        """Whether it holds for any child, by parent; `rows` are the children's."""
        return np.logical_or.reduceat(rows, self.starts, axis=0)


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree with one root, compiled; every array is in breadth-first order, the root first.

    `weight` is each node's weight in its parent: its own where given, else the sum of its children's. `parent` is the
    position of the parent, the root's its own. `order` is where each node stood in the table it was read from.
    """

    codes: tuple[str, ...]
    parent: Ints
    weight: Floats
    leaf: Flags
    order: Ints
    generations: tuple[Generation, ...]

    def upwards(self) -> Iterator[Generation]:
        """The generations from the deepest to the root's children."""
        return reversed(self.generations)

    def downwards(self) -> Iterator[Generation]:
        """The generations from the root's children to the deepest."""
        return iter(self.generations)

    def shares(self) -> Floats:
        """Each node's share in the root (Rule S4): the product of the shares in the parents on the way up to it."""
        share = np.ones(len(self.codes))
        for generation in self.downwards():
            total = np.zeros(len(self.codes))
            total[generation.parents] = generation.sum(self.weight[generation.children])
            up = self.parent[generation.children]
            share[generation.children] = share[up] * self.weight[generation.children] / total[up]
        return share

    def positions(self) -> pl.DataFrame:
        """The table ``code``, ``position``, ``leaf`` that places rows on the tree."""
        return pl.DataFrame({"code": self.codes, "position": np.arange(len(self.codes)), "leaf": self.leaf})


def compile_tree(weights: pl.DataFrame) -> Tree:
    """Compile a sound table ``code``, ``parent``, ``weight`` (see `checks.weight_faults`).

    The root has no parent; a node with children may leave its weight null, which is then the sum of its children's
    weights (Rule S1). Children keep the order of the table.
    """
    codes = weights.get_column("code")
    lookup = pl.DataFrame({"parent": codes, "at": np.arange(len(codes))})
    at = weights.select("parent").join(lookup, on="parent", how="left", maintain_order="left").get_column("at")
    above = at.fill_null(-1).to_numpy()
    order, parent, generations = _breadth_first(above)
    leaf = np.ones(len(order), dtype=bool)
    for generation in generations:
        leaf[generation.parents] = False
    weight = weights.get_column("weight").cast(pl.Float64).fill_null(np.nan).to_numpy()[order]
    tree = Tree(tuple(codes.gather(order)), parent, weight, leaf, order, generations)
    return _with_sums_for_blank_weights(tree)


def _breadth_first(above: Ints) -> tuple[Ints, Ints, tuple[Generation, ...]]:
    """Order the nodes by level and, within it, by parent; `above` holds each node's parent, -1 for the root."""
    by_parent = np.argsort(above, kind="stable")
    first = np.searchsorted(above[by_parent], np.arange(len(above)))
    count = np.bincount(above[above >= 0], minlength=len(above))
    level = by_parent[:1]
    order, parent, placed = [level], [np.zeros(1, dtype=np.int64)], 1
    generations: list[Generation] = []
    while True:
        counts = count[level]
        positions = np.arange(placed - len(level), placed)
        below = by_parent[_ranges(first[level], counts)]
        if not len(below):
            return np.concatenate(order), np.concatenate(parent), tuple(generations)
        starts = (np.cumsum(counts) - counts)[counts > 0]
        generations.append(Generation(slice(placed, placed + len(below)), positions[counts > 0], starts))
        order.append(below)
        parent.append(np.repeat(positions, counts))
        placed += len(below)
        level = below


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """The integers ``start, start + 1, ...`` of every start, `counts` of each, one after another."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)


def _with_sums_for_blank_weights(tree: Tree) -> Tree:
    weight = tree.weight.copy()
    for generation in tree.upwards():
        own = weight[generation.parents]
        weight[generation.parents] = np.where(np.isnan(own), generation.sum(weight[generation.children]), own)
    return Tree(tree.codes, tree.parent, weight, tree.leaf, tree.order, tree.generations)
