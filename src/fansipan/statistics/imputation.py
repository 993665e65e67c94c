"""Filling what is missing, each method named (Rules G3, G4 and D12 to D14).

The default: zero where production had stopped; the last value moved by the class where it had started again; else the
same month of last year moved by the class; where there is no such month, the last value carried. Movements are measured
on those who reported both months, at constant prices; a class where nobody did takes the movement of its division, its
section, then of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import narwhals as nw
from narwhals.typing import IntoFrameT

from fansipan.errors import NotFound
from fansipan.statistics.imputation_methods import (
    BUSINESS,
    CARRY,
    CLASS,
    METHODS,
    NEIGHBOURS,
    RESTARTED,
    SAME_MONTH,
    SAME_MONTH_PLAIN,
    STOPPED,
)

DEFAULT_METHODS = (STOPPED, RESTARTED, SAME_MONTH, CARRY)
# What may be chosen by name; stopped and restarted products come before each of them.
CHOICES = (SAME_MONTH, SAME_MONTH_PLAIN, CLASS, BUSINESS, CARRY, NEIGHBOURS)
ROW = ["establishment", "product", "t"]


def methods_from(first: str) -> tuple[str, ...]:
    """The methods in order when `first` is preferred: what `first` cannot fill is left to the default.

    Raises NotFound ``imputation.unknown`` for a name that is not in `CHOICES`.
    """
    _check((first,), CHOICES)
    return tuple(dict.fromkeys((STOPPED, RESTARTED, first, *DEFAULT_METHODS)))


def _check(methods: Sequence[str], known: Sequence[str]) -> None:
    for method in methods:
        if method not in known:
            raise NotFound("imputation.unknown", name=method, known=", ".join(known))


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


def impute(grid: IntoFrameT, methods: Sequence[str] = DEFAULT_METHODS) -> IntoFrameT:
    """The grid with missing quantities filled; adds `method`, null where the quantity was reported.

    `grid` has establishment, product, class, division, section, `t`, quantity (null where missing) and `price`
    (constant; times the sampling weight, where returns are a sample). Each missing value is filled by the first of
    `methods` that can; what none can fill stays missing. Raises NotFound ``imputation.unknown``. Rule G4.
    """
    _check(methods, tuple(METHODS))
    frame: Any = nw.from_native(cast(Any, grid)).with_columns(nw.lit("all").alias("all"))
    filled = frame
    for number, method in enumerate(methods):
        found = METHODS[method](frame).rename({"imputed": f"imputed_{number}"})
        filled = filled.join(found, on=ROW, how="left")
    values = [nw.col(f"imputed_{number}") for number in range(len(methods))]
    named: Any = nw.lit(None, dtype=nw.String)
    for value, method in reversed(list(zip(values, methods, strict=True))):
        named = nw.when(~value.is_null()).then(nw.lit(method)).otherwise(named)
    # A method finds a value for missing quantities only.
    filled = filled.with_columns(named.alias("method"), nw.coalesce(nw.col("quantity"), *values).alias("quantity"))
    return filled.drop(["all", *(f"imputed_{number}" for number in range(len(methods)))]).to_native()
