"""From the index of the leaves to the index of every node of a weighting tree, month by month.

product -> class -> division -> section -> total, or any other tree of any depth
"""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.errors import FansipanError, refuse
from fansipan.statistics.index.trees.checks import Missing, index_faults
from fansipan.statistics.index.trees.contributions import contributions_on_tree
from fansipan.statistics.index.trees.gaps import carry_last_value, follow_ancestors, follow_both_ways
from fansipan.statistics.index.trees.growth import Growth, compare, growth_rate, ordinals
from fansipan.statistics.index.trees.layout import to_array, to_frame
from fansipan.statistics.index.trees.tree import Flags, Floats, Tree, compile_tree
from fansipan.statistics.index.trees.walks import any_upwards, mean_upwards


def aggregate_index(
    values: pl.DataFrame,
    weights: pl.DataFrame,
    *,
    missing: Missing = "error",
    growth: Growth | None = None,
    year_start: int = 1,
) -> pl.DataFrame:
    """The index of every node: the weighted arithmetic mean of its children's (Rules S1-S6).

    `values` has ``code``, ``period`` (``2024-05``) and ``index`` of the leaves, in any order; `weights` has ``code``,
    ``parent`` (null at the top) and ``weight`` (null allowed for a node with children: the sum of theirs). A value
    may be missing (no row, or null): `missing` says whether that is an error, or the leaf moves as its siblings or
    next ancestor do (``parent``; ``both-ways``: also backwards, before its first value), keeps its last value
    (``carry``) or leaves the mean in that month (``drop``).

    Returns ``code, period, index, imputed``, nodes in the order of `weights`, and with `growth` (month on month,
    year on year or year to date, percent; the year starts in month `year_start`) also ``growth`` and
    ``contribution`` (percentage points of the root's growth). Nothing is rounded.

    Raises InvalidInput with every fault of both tables, FansipanError ``index.year-start`` for a month that is none.
    Source: IMF, *Producer Price Index Manual* (2004), chapter 9; UN, *International Recommendations for the Index of
    Industrial Production 2010*, chapter 5.
    """
    if not 1 <= year_start <= 12:
        raise FansipanError("index.year-start", value=year_start)
    values = values.with_columns(pl.col("index").cast(pl.Float64).fill_nan(None))
    refuse(index_faults(values, weights, missing))
    return aggregate_sound_tables(values, weights, missing=missing, growth=growth, year_start=year_start)


def aggregate_sound_tables(
    values: pl.DataFrame, weights: pl.DataFrame, *, missing: Missing, growth: Growth | None, year_start: int
) -> pl.DataFrame:
    """`aggregate_index` for tables already found to be without a fault."""
    tree = compile_tree(weights)
    periods = values["period"].unique().sort()
    codes = pl.Series("code", tree.codes)
    observed = to_array(values, codes, periods)
    index = mean_upwards(tree, _filled(tree, observed, missing, periods))
    imputed = any_upwards(tree, tree.leaf[:, None] & np.isnan(observed) & ~np.isnan(index))
    columns: dict[str, Floats | Flags] = {"index": index, "imputed": imputed}
    if growth is not None:
        months = ordinals(periods)
        columns["growth"] = growth_rate(*compare(index, months, growth, year_start))
        columns["contribution"] = contributions_on_tree(tree, index, months, growth, year_start)
    back = np.argsort(tree.order)
    return to_frame(codes.gather(back), periods, {name: array[back] for name, array in columns.items()})


def _filled(tree: Tree, observed: Floats, missing: Missing, periods: pl.Series) -> Floats:
    """The leaves' values with gaps filled as `missing` says; gaps left open leave the means (Rule S3)."""
    if missing == "carry":
        return carry_last_value(observed)
    if missing == "parent":
        return follow_ancestors(tree, observed, periods)
    if missing == "both-ways":
        return follow_both_ways(tree, observed)
    return observed
