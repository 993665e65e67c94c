"""The headline with and without figures that are far off and that nobody has confirmed (Rule ED18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.comparison import Comparison, compared_months
from fansipan.statistics.editing.doubt import doubted_figures, records_until
from fansipan.statistics.editing.limits import USUAL, EditLimits
from fansipan.statistics.measures import Basis, growth_of_output, select
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


@dataclass(frozen=True, slots=True)
class UsualTotal:
    """The total if the `doubted` figures were at their usual level: `level` in billion đồng, `growth` in percent."""

    doubted: pl.DataFrame
    level: float | None
    growth: Mapping[Comparison, float | None]


def total_at_usual(
    province: Tables,
    output: Output,
    month: Month,
    comparisons: Sequence[Comparison],
    *,
    basis: Basis = "constant-2010",
    scope: Mapping[str, str] | None = None,
) -> UsualTotal | None:
    """The total of `scope` in `month` with every figure of the months compared that is far off at its usual level.

    None where no such figure is in the scope. `growth` is that of each of the `comparisons`.
    """
    months = [one for comparison in comparisons for side in compared_months(month, comparison) for one in side]
    doubted = far_off(province, month, months).join(select(output, scope), on=list(KEY), how="semi")
    if doubted.is_empty():
        return None
    usual = at_usual(output, doubted)
    totals = {
        comparison: growth_of_output(usual, month, comparison, basis=basis, scope=scope).row(0, named=True)
        for comparison in comparisons
    }
    growth = {comparison: total["growth"] for comparison, total in totals.items()}
    return UsualTotal(doubted, totals[comparisons[0]]["level"], growth)
