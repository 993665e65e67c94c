"""The headline with and without figures that are far off and that nobody has confirmed (Rule ED18)."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.editing.doubt import doubted_figures, records_until
from fansipan.statistics.editing.limits import USUAL, EditLimits
from fansipan.statistics.output_value import Output, Tables
from fansipan.statistics.records import KEY


def far_off(province: Tables, until: Month, months: Sequence[Month], *, limits: EditLimits = USUAL) -> pl.DataFrame:
    """The unconfirmed figures of `months` that are more than `headline_ratio` times what is usual, or less than that
    part of it: the rows of `doubted_figures`.
    """
    doubted = doubted_figures(records_until(province["returns"], province["edits"], until), limits)
    off = (pl.col("quantity") / pl.col("usual")).log().abs() > log(limits.headline_ratio)
    return doubted.filter(pl.col("month").is_in([str(month) for month in months]) & off)


def at_usual(output: Output, doubted: pl.DataFrame) -> Output:
    """The output with each doubted figure at its usual level, in both price bases."""
    usual = doubted.select(*KEY, "usual")
    rows = output.rows.join(usual, on=list(KEY), how="left", validate="1:1", maintain_order="left")
    replaced = pl.col("usual").is_not_null() & pl.col("method").is_null()
    share = pl.when(replaced).then(pl.col("usual") / pl.col("quantity")).otherwise(1.0)
    figures = [(pl.col(name) * share).alias(name) for name in ("quantity", "constant", "current")]
    return Output(rows.with_columns(figures).drop("usual"), output.until, output.known_on)
