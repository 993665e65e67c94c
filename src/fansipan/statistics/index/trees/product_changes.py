"""New and vanished products: what stands in for the months in which they do not exist, by a named option (Rule S18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from fansipan.errors import Fault, InvalidInput
from fansipan.statistics.index.trees.checks import Files, index_faults
from fansipan.statistics.index.trees.gaps import carry_last_value, follow_ancestors
from fansipan.statistics.index.trees.layout import to_array, to_frame
from fansipan.statistics.index.trees.tree import Flags, Floats, Tree, compile_tree

NewProduct = Literal["refuse", "link", "zero"]
VanishedProduct = Literal["refuse", "link", "zero", "carry"]


@dataclass(frozen=True, slots=True)
class ProductChanges:
    """Values with the months before a new and after a vanished product filled, and the log of it.

    `values` is ``code, period, index``; `log` is ``code, change`` (``new`` or ``vanished``), ``period`` (the first or
    last month with a value), ``option`` and ``months`` (how many were filled).
    """

    values: pl.DataFrame
    log: pl.DataFrame


def settle_product_changes(
    values: pl.DataFrame,
    weights: pl.DataFrame,
    *,
    new: NewProduct = "refuse",
    vanished: VanishedProduct = "refuse",
    files: Files = (None, None),
) -> ProductChanges:
    """Fill the months before the first and after the last value of a leaf; gaps in between are left as they are.

    `values` and `weights` are as in `aggregate_index`. ``link``: in the months without it the product moves as its
    siblings, else as the next ancestor, so that it enters or leaves without a step in the index; ``zero``: nothing is
    made, so the index shows the step; ``carry``: the last value stays. Raises InvalidInput naming every product that
    is new or has vanished where the option is ``refuse``, and every one without a value at all; and before that every
    fault of the tree and of the values (Rule S2), under the names of the two in `files`.
    """
    if faults := index_faults(values, weights, "drop", files):
        raise InvalidInput(faults)
    tree = compile_tree(weights)
    codes, periods = pl.Series("code", tree.codes), values["period"].unique().sort()
    observed = to_array(values, codes, periods)
    known = ~np.isnan(observed)
    seen_before = np.logical_or.accumulate(known, axis=1)
    seen_later = np.logical_or.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    leaf = tree.leaf[:, None]
    early, late = leaf & ~seen_before, leaf & ~seen_later
    log = pl.concat([_log(codes, periods, early, "new", new), _log(codes, periods, late, "vanished", vanished)])
    _refuse(log, codes.filter(pl.Series(tree.leaf & ~known.any(axis=1))))
    settled = np.where(late, _stand_in(tree, observed, vanished, periods), observed)
    backwards = _stand_in(tree, settled[:, ::-1], new, periods.reverse())[:, ::-1]
    settled = np.where(early, backwards, settled)
    frame = to_frame(codes, periods, {"index": settled}).drop_nulls("index")
    return ProductChanges(frame, log)


def _stand_in(tree: Tree, observed: Floats, option: VanishedProduct, periods: pl.Series) -> Floats:
    match option:
        case "link":
            return follow_ancestors(tree, observed, periods)
        case "zero":
            return np.zeros_like(observed)
        case "carry":
            return carry_last_value(observed)
    return observed


def _log(codes: pl.Series, periods: pl.Series, filled: Flags, change: str, option: str) -> pl.DataFrame:
    """A row a product with months to fill: its first month if it is new, its last if it has vanished."""
    months = filled.sum(axis=1)
    at = np.flatnonzero((months > 0) & (months < len(periods)))
    edge = months[at] if change == "new" else len(periods) - 1 - months[at]
    named = {"code": codes.gather(at), "period": periods.gather(edge), "months": months[at]}
    return pl.DataFrame(named).select(
        "code", pl.lit(change).alias("change"), "period", pl.lit(option).alias("option"), "months"
    )


def _refuse(log: pl.DataFrame, never: pl.Series) -> None:
    refused = log.filter(pl.col("option") == "refuse")
    faults = [
        Fault(f"index.product-{row['change']}", {"node": row["code"], "period": row["period"]})
        for row in refused.iter_rows(named=True)
    ]
    faults += [Fault("index.never-a-value", {"node": code}) for code in never]
    if faults:
        raise InvalidInput(faults)
