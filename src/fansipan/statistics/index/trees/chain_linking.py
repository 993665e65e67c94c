"""An index whose weights change every so often, each stretch of months linked to the one before it (Rule S19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

import numpy as np
import polars as pl

from fansipan.errors import FansipanError, Fault, InvalidInput, refuse
from fansipan.statistics.index.trees.checks import index_faults, numbered, weight_faults
from fansipan.statistics.index.trees.contributions import contributions_to_root
from fansipan.statistics.index.trees.growth import Growth, compare, growth_rate, ordinals
from fansipan.statistics.index.trees.layout import to_array, to_frame
from fansipan.statistics.index.trees.tree import Floats, Ints, Tree, compile_tree
from fansipan.statistics.index.trees.walks import mean_upwards

Link = Literal["month", "year"]


def chain_linked_index(
    values: pl.DataFrame,
    stretches: Mapping[str, pl.DataFrame],
    *,
    link: Link = "year",
    growth: Growth | None = None,
    year_start: int = 1,
) -> pl.DataFrame:
    """The index of every node with the weights of each stretch of months, chained, with contributions that add up.

    `values` is as in `aggregate_index`, without gaps; `stretches` gives the weighting tree in force from each month
    (``{"2020-01": weights, "2024-01": weights}``), all with the same codes and parents. A stretch is linked over the
    month before it (``month``) or the twelve months before it (``year``): every leaf is put at 1 there, aggregated
    with the new weights, and every node goes on from the level it has reached (Rule S19).

    Returns ``code, period, index`` and with `growth` also ``growth`` and ``contribution`` (percentage points of the
    root's growth; children add up to their parents also across a link). Raises InvalidInput for faults of the tables,
    trees that differ, a stretch whose link months are not in `values`, or a leaf that is zero in them.
    Source: IRIIP chapter 5 on annual chain-linking; IMF, *Quarterly National Accounts Manual* (2017), chapter 8.
    """
    starts = sorted(stretches)
    refuse(_faults(values, [stretches[start] for start in starts]))
    trees = [compile_tree(_in_order_of(stretches[starts[0]], stretches[start])) for start in starts]
    codes, periods = pl.Series("code", trees[0].codes), values["period"].unique().sort()
    months = ordinals(periods)
    first = ordinals(pl.Series(starts))
    _refuse_unlinkable(trees, starts, months, first, link)
    leaves = to_array(values, codes, periods)
    refuse(_zero_at_a_link(codes, starts, leaves, months, first, 1 if link == "month" else 12))
    index, additive = _linked(trees, leaves, months, first, 1 if link == "month" else 12)
    columns = {"index": index}
    if growth is not None:
        columns["growth"] = growth_rate(*compare(index, months, growth, year_start))
        columns["contribution"] = contributions_to_root(additive, index[:1], months, growth, year_start)
    back = np.argsort(trees[0].order)
    return to_frame(codes.gather(back), periods, {name: array[back] for name, array in columns.items()})


def _faults(values: pl.DataFrame, weights: list[pl.DataFrame]) -> Iterator[Fault]:
    """The values are held against the first tree alone; that the others have its codes is looked at later."""
    for fault in index_faults(values, weights[0]) if weights else ():
        yield replace(fault, code="index.gap-in-chain") if fault.code == "index.value-missing" else fault
    for later in weights[1:]:
        yield from weight_faults(numbered(later))


def _zero_at_a_link(
    codes: pl.Series, starts: list[str], leaves: Floats, months: Ints, first: Ints, overlap: int
) -> Iterator[Fault]:
    """Leaves that cannot be put at 1 over the months of a link."""
    for start, month in zip(starts[1:], first[1:], strict=True):
        link = (months >= month - overlap) & (months < month)
        for place in np.flatnonzero((leaves[:, link] == 0).all(axis=1)):
            yield Fault("index.link-zero", {"node": codes[int(place)], "period": start, "months": overlap})


def _in_order_of(first: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """The rows of `weights` as the codes stand in `first`, whatever else there is after them."""
    place = first.select("code").with_row_index("place")
    return (
        weights.join(place, on="code", how="left", maintain_order="left").sort("place", nulls_last=True).drop("place")
    )


def _linked(trees: list[Tree], leaves: Floats, months: Ints, first: Ints, overlap: int) -> tuple[Floats, Floats]:
    """The chained index of every node and, beside it, its cumulated part in the root's (both nodes x months)."""
    index = mean_upwards(trees[0], leaves)
    additive = trees[0].shares()[:, None] * index
    for tree, start in zip(trees[1:], first[1:], strict=True):
        link = (months >= start - overlap) & (months < start)
        after = months >= start
        level = index[:, link].mean(axis=1, keepdims=True)
        part = additive[:, link].mean(axis=1, keepdims=True)
        relative = mean_upwards(tree, leaves / leaves[:, link].mean(axis=1, keepdims=True))
        index = np.where(after, level * relative, index)
        additive = np.where(after, part + level[0] * tree.shares()[:, None] * (relative - 1), additive)
    return index, additive


def _refuse_unlinkable(trees: list[Tree], starts: list[str], months: Ints, first: Ints, link: Link) -> None:
    faults = []
    for tree, start, month in zip(trees[1:], starts[1:], first[1:], strict=True):
        if tree.codes != trees[0].codes or (tree.parent != trees[0].parent).any():
            faults.append(Fault("index.trees-differ", {"period": start}))
        wanted = range(month - (1 if link == "month" else 12), month)
        if not set(wanted) <= set(months.tolist()):
            faults.append(Fault("index.link-missing", {"period": start, "months": len(wanted)}))
    if not starts:
        raise FansipanError("index.no-rows")
    if first[0] > months[0]:
        faults.append(Fault("index.no-weights-yet", {"period": starts[0]}))
    if faults:
        raise InvalidInput(faults)
