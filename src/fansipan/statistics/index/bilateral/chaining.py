"""Chained and fixed-base series, and the move from one reference period to another (Rules S12 and S13).

Arrays run over periods on the last axis.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from fansipan.errors import FansipanError
from fansipan.statistics.index.trees.tree import Floats


def chain(relatives: Floats) -> Floats:
    """The fixed-base series of period-on-period `relatives`: their products up to each period (Rule S12)."""
    return np.cumprod(relatives, axis=-1, dtype=np.float64)


def unchain(levels: Floats) -> Floats:
    """The period-on-period relatives of a fixed-base series, the first being 1: the inverse of `chain`."""
    relatives = np.ones_like(levels)
    relatives[..., 1:] = levels[..., 1:] / levels[..., :-1]
    return relatives


def chain_contributions(contributions: Floats, relatives: Floats) -> Floats:
    """Contributions to the change of a chained index since its start, from those to each link (Rule S14).

    `contributions` is elements x periods: each element's part of the link's change (the column sums to the relative
    less 1; the first column is zero); `relatives` has the links. Each link counts at the level the chain has reached
    before it, so the parts sum to the chained index less 1, exactly.
    Source: M. B. Reinsdorf, W. E. Diewert, C. Ehemann (2002); price-updated weights, PPI chapter 9.
    """
    before = np.concatenate([[1.0], chain(relatives)[:-1]])
    return np.cumsum(before * contributions, axis=-1)


def rebase(index: pl.DataFrame, periods: Sequence[str], *, by: str = "code", level: float = 100.0) -> pl.DataFrame:
    """Every series of `index` (`by`, ``period``, ``index``) with its mean over `periods` put at `level` (Rule S13).

    One period, the months of a year, or any other reference period; movements are unchanged. Raises FansipanError
    ``index.rebase-missing`` naming the series that lack one of the periods or are zero over them.
    """
    wanted = index.filter(pl.col("period").is_in(list(periods)) & pl.col("index").is_not_null())
    reference = wanted.group_by(by).agg(pl.col("index").mean().alias("reference"), pl.len().alias("found"))
    rebased = index.join(reference, on=by, how="left", maintain_order="left")
    bad = rebased.filter((pl.col("found").fill_null(0) != len(set(periods))) | ~(pl.col("reference") > 0))
    if not bad.is_empty():
        names = ", ".join(map(str, bad[by].unique(maintain_order=True)))
        raise FansipanError("index.rebase-missing", series=names, periods=", ".join(periods))
    return rebased.with_columns(pl.col("index") / pl.col("reference") * level).drop("reference", "found")
