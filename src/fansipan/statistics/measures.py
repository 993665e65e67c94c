"""The first measures of industry: output by anything, growth, contributions, shares and their change (Rules G7 to G10).

All take an `Output` and give Polars frames; sums are unrounded, money in billion đồng, growth in percent,
contributions and changes of share in percentage points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import polars as pl

from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.statistics.comparison import Comparison, compare, compared_months, sum_over
from fansipan.statistics.output_value import DIMENSIONS, Output

Basis = Literal["constant-2010", "current"]
COLUMN = {"constant-2010": "constant", "current": "current"}
TOTAL = "total"


def select(output: Output, scope: Mapping[str, str] | None) -> pl.DataFrame:
    """The rows of `output` within a scope such as ``{"section": "C", "area": "bao-thang"}``; all, where None.

    Raises NotFound ``scope.unknown`` for a dimension that output cannot be summed by, with the known ones.
    """
    rows = output.rows
    for dimension, code in (scope or {}).items():
        check_dimension(dimension)
        rows = rows.filter(pl.col(dimension) == code)
    return rows


def check_dimension(dimension: str) -> None:
    """Raise NotFound ``scope.unknown`` unless output can be summed by `dimension`."""
    if dimension not in (*DIMENSIONS, TOTAL):
        raise NotFound("scope.unknown", name=dimension, known=", ".join((TOTAL, *DIMENSIONS)))


def gross_output(
    output: Output, *, by: str = TOTAL, basis: Basis = "constant-2010", scope: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Gross output by month and by a dimension, billion đồng.

    Returns `by`, month, `value`, and `imputed` (billion đồng of it that was imputed). A month in which a value is
    missing that no method could fill counts what there is; `coverage` tells how much that is.
    """
    check_dimension(by)
    rows = select(output, scope)
    if by == TOTAL:
        rows = rows.with_columns(pl.lit(TOTAL).alias(TOTAL))
    value = pl.col(COLUMN[basis])
    return (
        rows.group_by(by, "month")
        .agg(value.sum().alias("value"), value.filter(pl.col("method").is_not_null()).sum().alias("imputed"))
        .sort(by, "month", nulls_last=True)
    )


def growth_of_output(
    output: Output,
    month: Month,
    comparison: Comparison,
    *,
    by: str = TOTAL,
    basis: Basis = "constant-2010",
    scope: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Level, base, change and growth of output by a dimension, with each part's contribution to the growth of the
    whole.

    Returns `by`, `level`, `base`, `change`, `growth` (percent) and `contribution` (percentage points): the part's
    change over the base of the whole, so that contributions add up to the growth of the whole (Rule G9). A part that
    did not exist in one of the periods counts as zero there.
    """
    levels = _complete(gross_output(output, by=by, basis=basis, scope=scope), month, comparison, by)
    compared = compare(levels, month, comparison, by=by, value="value")
    whole = compared["base"].sum()
    points = pl.col("change") / whole * 100 if whole > 0 else pl.lit(None, dtype=pl.Float64)
    return compared.with_columns(points.alias("contribution"))


def _complete(levels: pl.DataFrame, month: Month, comparison: Comparison, by: str) -> pl.DataFrame:
    """A row for every part in every month that the whole has: a part without output in a month made nothing in it."""
    wanted = [str(m) for months in compared_months(month, comparison) for m in months]
    months = levels.select("month").unique().filter(pl.col("month").is_in(wanted))
    grid = levels.select(by).unique().join(months, how="cross")
    return grid.join(levels, on=[by, "month"], how="left", nulls_equal=True).with_columns(
        pl.col("value").fill_null(0.0)
    )


def structure(
    output: Output,
    months: list[Month],
    base_months: list[Month] | None = None,
    *,
    by: str = "section",
    basis: Basis = "current",
    scope: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Shares of a whole over `months` and, where base months are given, their change (Rule G10).

    Returns `by`, `value`, `share` (percent) and with a base `base_share` and `change` (percentage points). Structure is
    usually taken at current prices; say so where it is not.
    """
    levels = gross_output(output, by=by, basis=basis, scope=scope)
    shares = _shares(levels, months, by, "share")
    if base_months is None:
        return shares
    before = _shares(levels, base_months, by, "base_share").drop("value")
    joined = shares.join(before, on=by, how="full", coalesce=True, nulls_equal=True)
    return joined.with_columns((pl.col("share") - pl.col("base_share")).alias("change")).sort(by, nulls_last=True)


def _shares(levels: pl.DataFrame, months: list[Month], by: str, name: str) -> pl.DataFrame:
    sums = sum_over(levels, months, by, "value")
    whole = pl.col("value").sum()
    return sums.with_columns(pl.when(whole > 0).then(pl.col("value") / whole * 100).alias(name)).sort(
        by, nulls_last=True
    )


def usable_basis(output: Output) -> Basis:
    """Current prices if everything known has a current value, else constant ones: a structure of half the
    industry misleads.
    """
    unpriced = output.rows["quantity"].is_not_null() & output.rows["current"].is_null()
    return "constant-2010" if unpriced.any() else "current"
