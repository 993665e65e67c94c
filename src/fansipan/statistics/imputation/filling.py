"""Filling what is missing, each method named (Rules G3, G4 and ED12 to ED14).

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
from fansipan.statistics.imputation.methods import (
    BUSINESS,
    CARRY,
    CLASS,
    FOUND,
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
# What is told of an imputed value beside its method: see `impute`.
EVIDENCE = {"base_quantity": nw.Float64, "base_t": nw.Int64, "moved_by": nw.String}


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
    """The grid with missing quantities filled; adds `method`, null where the quantity was reported, and its evidence.

    `grid` has establishment, product, class, division, section, `t`, quantity (null where missing) and `price`
    (constant; times the sampling weight, where returns are a sample). Each missing value is filled by the first of
    `methods` that can; what none can fill stays missing. The evidence, null but where `method` is set (Rule X3):
    `base_quantity` and `base_t`, the reported quantity it was made from and its month (an ordinal), and `moved_by`, the
    level whose movement was applied (class, division, section, all, establishment; null where none was). Raises
    NotFound ``imputation.unknown``. Rule G4.
    """
    _check(methods, tuple(METHODS))
    filled: Any = nw.from_native(cast(Any, grid)).with_columns(nw.lit("all").alias("all"))
    frame = filled
    for number, method in enumerate(methods):
        found = METHODS[method](frame).rename({name: f"{name}_{number}" for name in FOUND})
        filled = filled.join(found, on=ROW, how="left")
    # A method finds a value for missing quantities only.
    values = [nw.col(f"imputed_{number}") for number in range(len(methods))]
    named = _of_the_first([nw.lit(method) for method in methods], nw.String)
    evidence = [
        _of_the_first([nw.col(f"{name}_{number}") for number in range(len(methods))], kind).alias(name)
        for name, kind in EVIDENCE.items()
    ]
    quantity = nw.coalesce(nw.col("quantity"), *values).alias("quantity")
    filled = filled.with_columns(named.alias("method"), *evidence, quantity)
    used = [f"{name}_{number}" for name in FOUND for number in range(len(methods))]
    return filled.drop(["all", *used]).to_native()


def _of_the_first(choices: Sequence[Any], kind: Any) -> Any:
    """The choice of the first method that found a value; null where none did."""
    chosen: Any = nw.lit(None, dtype=kind)
    for number, choice in reversed(list(enumerate(choices))):
        chosen = nw.when(~nw.col(f"imputed_{number}").is_null()).then(choice).otherwise(chosen)
    return chosen
