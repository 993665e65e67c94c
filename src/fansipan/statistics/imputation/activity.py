"""Who is known to make nothing in a month: one answer for output, the indexes and the scenario (Rule G3b).

Nothing is made by a product's establishment after it has closed, before it has opened, and after a year of silence,
when what it made is taken as given up (Rule G4). That is zero, known; it is not a missing figure to be estimated.
"""

from __future__ import annotations

import polars as pl

from fansipan.periods import Month, month_range
from fansipan.statistics.imputation.methods import LONGEST_GAP

PAIR = ("establishment", "product")


def month_ordinal(month: str = "month") -> pl.Expr:
    """The months of a column (``2024-05``) as ordinals: year x 12 + month - 1."""
    name = pl.col(month)
    return (name.str.slice(0, 4).cast(pl.Int32) * 12 + name.str.slice(5, 2).cast(pl.Int32)) - 1


def first_open_month(day: str = "opened_on") -> pl.Expr:
    """The month, as an ordinal, from which an establishment is open; null where it is not known when it opened."""
    return (pl.col(day).dt.year() * 12 + pl.col(day).dt.month() - 1).cast(pl.Int32)


def last_open_month(day: str = "closed_on") -> pl.Expr:
    """The last month, as an ordinal, in which an establishment is open; a month on whose first day it closed is not."""
    return first_open_month(day) - (pl.col(day).dt.day() == 1).cast(pl.Int32)


def with_given_up(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of an output with `given_up`: no figure, and none reported in the `LONGEST_GAP` months before.

    `rows` has establishment, product, month, quantity and, where anything was imputed, `method` (null where it was
    reported).
    """
    t = month_ordinal()
    imputed = pl.col("method").is_not_null() if "method" in rows.columns else pl.lit(value=False)
    reported = pl.when(pl.col("quantity").is_not_null() & ~imputed).then(t)
    last = reported.forward_fill().over(PAIR, order_by="month")
    silent = pl.col("quantity").is_null() & (t - last > LONGEST_GAP)
    return rows.with_columns(silent.fill_null(value=False).alias("given_up"))


def known_volumes(rows: pl.DataFrame, until: Month) -> pl.DataFrame:
    """Volume of each product by month, in its unit: `product`, month, `volume`, `imputed` (whether any of it was).

    Zero where all who made the product have closed or given it up; missing where nothing is known and somebody could
    have made it. `rows` are those of an output up to `until`, with `given_up`; a product begins with its first row.
    """
    idle = pl.col("given_up") & pl.col("quantity").is_null()
    standing = rows.with_columns(pl.when(~idle).then(pl.col("quantity")).otherwise(0.0).alias("quantity"))
    known = pl.col("quantity").is_not_null().any()
    volumes = standing.group_by("product", "month").agg(
        pl.when(known).then((pl.col("quantity") * pl.col("weight")).sum()).alias("volume"),
        pl.col("method").is_not_null().any().alias("imputed"),
        pl.lit(value=True).alias("expected"),
    )
    begun = standing.group_by("product").agg(pl.col("month").min().alias("begun"))
    first = Month.parse(str(standing["month"].min()))
    months = pl.DataFrame({"month": [str(month) for month in month_range(first, until)]})
    grid = begun.join(months, how="cross").filter(pl.col("month") >= pl.col("begun")).drop("begun")
    nobody = pl.col("expected").is_null()
    filled = grid.join(volumes, on=["product", "month"], how="left", validate="1:1").with_columns(
        pl.when(nobody).then(0.0).otherwise(pl.col("volume")).alias("volume"), pl.col("imputed").fill_null(value=False)
    )
    return filled.drop("expected").sort("product", "month")
