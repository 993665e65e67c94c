"""Price-updated weights: carrying weights from the period they are of to another by what the elements moved (S17)."""

from __future__ import annotations

import polars as pl

from fansipan.errors import FansipanError


def update_weights(
    weights: pl.DataFrame, index: pl.DataFrame, *, since: str, until: str, by: str = "code"
) -> pl.DataFrame:
    """`weights` (`by`, ``weight``, any other columns) times the index of `until` over that of `since`.

    `index` is `by`, ``period``, ``index``. Only leaves need weights: a null stays null, so that a node keeps the sum of
    its children's. With weights so updated, an index that starts anew in `until` and is chained continues the one with
    the old weights exactly (a Lowe index). Raises FansipanError ``index.update-missing`` naming elements with a weight
    whose index lacks one of the periods or is not above zero in the first.
    Source: PPI chapter 9; IRIIP chapter 5.
    """
    levels = [
        index.filter(pl.col("period") == period).select(by, pl.col("index").alias(name))
        for name, period in (("since", since), ("until", until))
    ]
    joined = weights.join(levels[0], on=by, how="left", maintain_order="left")
    joined = joined.join(levels[1], on=by, how="left", maintain_order="left")
    movement = pl.when(pl.col("since") > 0).then(pl.col("until") / pl.col("since"))
    bad = joined.filter(pl.col("weight").is_not_null() & movement.is_null())
    if not bad.is_empty():
        raise FansipanError("index.update-missing", elements=", ".join(bad[by]), since=since, until=until)
    return joined.with_columns(pl.col("weight") * movement).drop("since", "until")
