"""How much of the figure was reported: response, imputation, lateness (Rule G11)."""

from __future__ import annotations

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.measures import TOTAL, check_dimension
from fansipan.statistics.output_value import Output


def coverage(output: Output, months: list[Month], *, by: str = TOTAL) -> pl.DataFrame:
    """Response and imputation over `months` by a dimension.

    Returns `by`, `expected` and `received` (returns: establishment x product x month), `response` (percent of the
    returns expected), `imputed` (count), `missing` (that no method could fill), `value` and `imputed_value` (billion
    đồng, constant prices) and `imputed_share` (percent of the value).
    """
    check_dimension(by)
    rows = output.rows.filter(pl.col("month").is_in([str(m) for m in months]))
    if by == TOTAL:
        rows = rows.with_columns(pl.lit(TOTAL).alias(TOTAL))
    imputed, missing = pl.col("method").is_not_null(), pl.col("quantity").is_null()
    counted = rows.group_by(by).agg(
        pl.len().alias("expected"),
        (~imputed & ~missing).sum().alias("received"),
        imputed.sum().alias("imputed"),
        missing.sum().alias("missing"),
        pl.col("constant").sum().alias("value"),
        pl.col("constant").filter(imputed).sum().alias("imputed_value"),
    )
    return counted.with_columns(
        (pl.col("received") / pl.col("expected") * 100).alias("response"),
        pl.when(pl.col("value") > 0).then(pl.col("imputed_value") / pl.col("value") * 100).alias("imputed_share"),
    ).sort(by, nulls_last=True)


def imputations(output: Output, months: list[Month]) -> pl.DataFrame:
    """How many values each method filled over `months`, and what they are worth (billion đồng, constant prices)."""
    rows = output.rows.filter(pl.col("month").is_in([str(m) for m in months]) & pl.col("method").is_not_null())
    return rows.group_by("method").agg(pl.len().alias("count"), pl.col("constant").sum().alias("value")).sort("method")


def response_of_establishments(establishment_returns: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Establishments that answered for `month`: `received`, `late` and `late_share` (percent), one row."""
    last = establishment_returns.filter(pl.col("month") == str(month)).sort("recorded_at")
    first = last.unique("establishment", keep="first", maintain_order=True)
    return first.select(
        pl.len().alias("received"),
        pl.col("late").sum().alias("late"),
        (pl.col("late").mean() * 100).alias("late_share"),
    )
