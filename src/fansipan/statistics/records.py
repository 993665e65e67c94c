"""From the append-only returns to one record a key: the latest known, then what editing changed (Rules G1 and G2).

Written against Narwhals: the same function takes a Polars frame, eager or lazy, or a DuckDB relation, and gives the
same kind back.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT

KEY = ("establishment", "product", "month")
EDITED_FIELDS = ("quantity", "sales", "stock", "value")
# What a later record that leaves it blank does not take back.
FIGURES = (*EDITED_FIELDS, "labour", "revenue")


def end_of(day: date) -> datetime:
    """The first moment after `day`."""
    return datetime.combine(day + timedelta(days=1), time())


def latest(returns: IntoFrameT, known_on: date | None = None) -> IntoFrameT:
    """One row a key (establishment, product, month): the one recorded last, of those recorded by the end of `known_on`.

    A figure that the last record leaves blank stays the one recorded before it: who corrects sales says nothing about
    the quantity. Rule G1. `returns` has the columns of the table of that name. The result keeps them all, and tells of
    each figure that can be edited when it was recorded: ``quantity_at`` and so on, null where there is none.
    """
    frame: Any = nw.from_native(cast(Any, returns))
    if known_on is not None:
        frame = frame.filter(nw.col("recorded_at") < end_of(known_on))
    figures = [name for name in FIGURES if name in frame.collect_schema().names()]
    moments = [name for name in figures if name in EDITED_FIELDS]
    frame = frame.with_columns(
        nw.when(~nw.col(name).is_null()).then(nw.col("recorded_at")).alias(moment_of(name)) for name in moments
    )
    carried = [*figures, *map(moment_of, moments)]
    kept = [nw.col(name).fill_null(strategy="forward").over(*KEY, order_by="recorded_at") for name in carried]
    return frame.with_columns(kept).unique(subset=list(KEY), keep="last", order_by="recorded_at").to_native()


def moment_of(field: str) -> str:
    """The column that tells when a figure was recorded: a later record that leaves it blank says nothing about it."""
    return f"{field}_at"


def apply_edits(records: pl.DataFrame, edits: pl.DataFrame, known_on: date | None = None) -> pl.DataFrame:
    """The records with edited fields replaced; adds `edited`, true where an edit changed a field.

    Rule G2. An edit holds for the figure it was made on and older ones: one recorded after it stands against it. Of
    several edits of a field the last one holds. `records` are those of `latest`.
    """
    known = edits if known_on is None else edits.filter(pl.col("recorded_at") < end_of(known_on))
    edited = records.with_columns(pl.lit(False).alias("edited"))
    for field in EDITED_FIELDS:
        last = (
            known.filter(pl.col("field") == field)
            .sort("recorded_at")
            .unique(list(KEY), keep="last", maintain_order=True)
            .select(*KEY, pl.col("recorded_at").alias("edited_at"), "after")
        )
        if last.is_empty():
            continue
        given_at = pl.coalesce(moment_of(field), "recorded_at")
        holds = pl.col("edited_at").is_not_null() & (pl.col("edited_at") >= given_at)
        edited = (
            edited.join(last, on=list(KEY), how="left")
            .with_columns(
                pl.when(holds).then(pl.col("after")).otherwise(pl.col(field)).alias(field),
                (pl.col("edited") | holds).alias("edited"),
            )
            .drop("edited_at", "after")
        )
    return edited
