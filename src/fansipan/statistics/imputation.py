"""Filling what is missing, each method named (Rules G3 and G4).

The default: the same month of last year moved by the class's movement; where the establishment has no such month, its
last value carried. The movement is measured on those who reported both months, at constant prices; a class where
nobody did takes the movement of its division, its section, then of all.
"""

from __future__ import annotations

from typing import Any, cast

import narwhals as nw
from narwhals.typing import IntoFrameT

SAME_MONTH = "same-month-class"
CARRY = "carry"
# After a year without a return a product is taken as given up, and is imputed no more.
LONGEST_GAP = 12
MOVEMENT_LEVELS = ("class", "division", "section", "all")


def expected(records: IntoFrameT, pairs: IntoFrameT, months: IntoFrameT) -> IntoFrameT:
    """Every pair of establishment and product in every month in which a return is expected, with what was reported.

    `records` has establishment, product, `t` (the month as an ordinal: year x 12 + month - 1) and quantity; `pairs`
    establishment, product, `first` and `last` (ordinals of the months between which it is open); `months` `t` and
    month. Rule G3: a return is expected from the first month reported, while the establishment is open.
    """
    reported, months_known = nw.from_native(cast(Any, records)), nw.from_native(cast(Any, months))
    grid: Any = nw.from_native(cast(Any, pairs)).join(months_known, how="cross")
    grid = grid.filter((nw.col("t") >= nw.col("first")) & (nw.col("t") <= nw.col("last")))
    return grid.join(reported, on=["establishment", "product", "t"], how="left").to_native()


def impute(grid: IntoFrameT) -> IntoFrameT:
    """The grid with missing quantities filled; adds `method`, null where the quantity was reported.

    `grid` has establishment, product, class, division, section, `t`, quantity (null where missing) and `price`
    (constant). What no method can fill stays missing. Rule G4.
    """
    frame: Any = nw.from_native(cast(Any, grid)).with_columns(nw.lit("all").alias("all"))
    reported = frame.filter(~nw.col("quantity").is_null())
    year_ago = reported.select(
        "establishment", "product", (nw.col("t") + 12).alias("t"), nw.col("quantity").alias("base")
    )
    frame = frame.join(year_ago, on=["establishment", "product", "t"], how="left")
    filled = frame
    for level in MOVEMENT_LEVELS:
        filled = filled.join(_movement(frame, level), on=[level, "t"], how="left")
    moved = nw.col("base") * nw.coalesce(*(nw.col(f"movement_{level}") for level in MOVEMENT_LEVELS))
    filled = filled.with_columns(moved.alias("moved"))
    filled = filled.join(_carried(frame), on=["establishment", "product", "t"], how="left")
    missing = nw.col("quantity").is_null()
    method = (
        nw.when(missing & ~nw.col("moved").is_null())
        .then(nw.lit(SAME_MONTH))
        .otherwise(nw.when(missing & ~nw.col("carried").is_null()).then(nw.lit(CARRY)).otherwise(nw.lit(None)))
    )
    kept = nw.coalesce(nw.col("quantity"), nw.col("moved"), nw.col("carried"))
    surplus = ["all", "base", "moved", "carried", *(f"movement_{level}" for level in MOVEMENT_LEVELS)]
    return filled.with_columns(method.alias("method"), kept.alias("quantity")).drop(surplus).to_native()


def _movement(frame: Any, level: str) -> Any:
    """The ratio of this month to the same month last year at constant prices, over those who reported both."""
    matched = frame.filter(~nw.col("quantity").is_null() & ~nw.col("base").is_null())
    sums = matched.group_by(level, "t").agg(
        (nw.col("quantity") * nw.col("price")).sum().alias("now"),
        (nw.col("base") * nw.col("price")).sum().alias("then"),
    )
    ratio = (nw.col("now") / nw.col("then")).alias(f"movement_{level}")
    return sums.filter(nw.col("then") > 0).select(level, "t", ratio)


def _carried(frame: Any) -> Any:
    """The last reported quantity of each missing month, if it is not older than `LONGEST_GAP`."""
    pair = ["establishment", "product"]
    missing = frame.filter(nw.col("quantity").is_null()).select(*pair, "t")
    reported = frame.filter(~nw.col("quantity").is_null()).select(*pair, nw.col("t").alias("s"), "quantity")
    before = missing.join(reported, on=pair, how="inner").filter(
        (nw.col("s") < nw.col("t")) & (nw.col("s") >= nw.col("t") - LONGEST_GAP)
    )
    last = before.group_by(*pair, "t").agg(nw.col("s").max())
    return last.join(before, on=[*pair, "t", "s"], how="inner").select(*pair, "t", nw.col("quantity").alias("carried"))
