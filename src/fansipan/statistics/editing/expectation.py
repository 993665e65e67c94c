"""What a return was expected to say, from everything that speaks about it (Rule ED1).

Each source speaks for itself, the middle one of them is the expectation: one wrong source, or one wrong past figure,
does not move it far.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

# The sources, in the order in which they are told.
SOURCES = ("by-last-month", "by-last-year", "by-statement", "by-earlier-return", "by-value", "by-stock")
LEVELS_OF_MOVEMENT = ("class", "division", "section")
LEAST_PEERS = 3
ENOUGH_SOURCES = 4
LIKE_EACH_OTHER = 1.5


def expect(evidence: pl.DataFrame, month_prices: pl.DataFrame | None = None) -> pl.DataFrame:
    """The evidence with a column for each of `SOURCES`, `expected` (their median) and `sources` (how many spoke).

    Of an even number, the expectation is the point between the two middle ones that is nearest to the return.

    All in the product's unit, null where a source has nothing to say:

    - by-last-month and by-last-year: that quantity times the median movement of the class since then (of the division,
      section, all, where fewer than three others reported both months; its own left out);
    - by-statement: what the establishment said a month ago that it would make;
    - by-earlier-return: its previous return of the same month;
    - by-value: the value reported over the unit value of last month, else over the current price in `month_prices`
      (product, `month_price` in million đồng a unit);
    - by-stock: sales and closing stock less the stock before.

    The last two come from the return itself: where they are zero they only repeat it, and say nothing.
    """
    rows = evidence
    for base, name in (("last_quantity", "by-last-month"), ("year_quantity", "by-last-year")):
        rows = _moved(rows, base, name)
    if month_prices is None:
        rows = rows.with_columns(pl.lit(None, dtype=pl.Float64).alias("month_price"))
    else:
        rows = rows.join(month_prices, on="product", how="left")
    unit_value = pl.coalesce(
        pl.when((pl.col("last_quantity") > 0) & (pl.col("last_value") > 0)).then(
            pl.col("last_value") / pl.col("last_quantity")
        ),
        pl.col("month_price") / 1000.0,
    )
    identity = pl.col("sales") + pl.col("stock") - pl.col("last_stock")
    rows = rows.with_columns(
        pl.col("stated").alias("by-statement"),
        pl.col("earlier").alias("by-earlier-return"),
        pl.when(pl.col("value") > 0).then(pl.col("value") / unit_value).alias("by-value"),
        pl.when(identity > 0).then(identity).alias("by-stock"),
        unit_value.alias("unit_value"),
    )
    spoken = pl.concat_list(SOURCES).list.drop_nulls()
    rows = rows.with_columns(spoken.list.sort().alias("spoken"), spoken.list.len().alias("sources"))
    return rows.with_columns(_middle().alias("expected")).drop("spoken")


def _middle() -> pl.Expr:
    """The median; of an even number, the return itself where it lies between the two middle ones.

    Two sources alone are let stand for a range only where they are not far apart: one of them may be the mistake.
    """
    spoken, half = pl.col("spoken"), pl.col("sources") // 2
    low, high = spoken.list.get(half - 1, null_on_oob=True), spoken.list.get(half, null_on_oob=True)
    even = (pl.col("sources") % 2 == 0) & pl.col("quantity").is_not_null()
    between = even & ((pl.col("sources") >= ENOUGH_SOURCES) | (high <= low * LIKE_EACH_OTHER))
    return pl.when(between).then(pl.col("quantity").clip(low, high)).otherwise(spoken.list.median())


def _moved(rows: pl.DataFrame, base: str, name: str) -> pl.DataFrame:
    """`base` times the median movement of the others since then."""
    both = (pl.col(base) > 0) & (pl.col("quantity") > 0)
    rows = rows.with_columns(pl.when(both).then(pl.col("quantity") / pl.col(base)).alias("ratio"))
    movements = [pl.Series(level, _of_groups(rows, level)) for level in LEVELS_OF_MOVEMENT]
    everyone = pl.Series("all", median_of_others(rows["ratio"].cast(pl.Float64).to_numpy(), LEAST_PEERS))
    movement = pl.coalesce([s.fill_nan(None) for s in (*movements, everyone)] + [pl.lit(1.0)])
    return rows.with_columns((pl.col(base) * movement).alias(name)).drop("ratio")


def _of_groups(rows: pl.DataFrame, level: str) -> NDArray[np.float64]:
    """The median of the others' ratios within each group of `level`; NaN where too few, or without a group."""
    found = np.full(rows.height, np.nan)
    ratios = rows["ratio"].cast(pl.Float64).to_numpy()
    for group in rows.with_row_index("place").drop_nulls(level).partition_by(level):
        places = group["place"].to_numpy()
        found[places] = median_of_others(ratios[places], LEAST_PEERS)
    return found


def median_of_others(values: NDArray[np.float64], least: int = 1) -> NDArray[np.float64]:
    """For every place the median of `values` without its own; NaN where fewer than `least` others are known.

    Missing values are NaN; a missing place gets the median of all that are known.
    """
    known = np.isfinite(values)
    ordered = np.sort(values[known])
    count = ordered.size
    found = np.full(values.shape, np.nan)
    if count >= least and count:
        found[~known] = np.median(ordered)
    others = count - 1
    if others >= max(least, 1):
        rank = np.empty(count, dtype=np.intp)
        rank[np.argsort(values[known], kind="stable")] = np.arange(count)
        # Without the value of rank r the k-th of the others is the k-th of all, or the one after it from r on.
        low, high = (others - 1) // 2, others // 2
        found[known] = (ordered[low + (rank <= low)] + ordered[high + (rank <= high)]) / 2.0
    return found
