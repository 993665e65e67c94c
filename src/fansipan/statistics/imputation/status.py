"""Who came, went, stopped and started again: changes of state from one month to the next (Rule ED13)."""

from __future__ import annotations

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.output_value import PAIR, Output

CHANGES = ("born", "closed", "stopped", "restarted", "given-up")


def changes_of_state(output: Output, month: Month) -> pl.DataFrame:
    """The pairs of establishment and product whose state in `month` is not that of the month before.

    - born: the first return of a pair, after the first month of all;
    - closed: expected in the month before, no longer in this one (the establishment has closed);
    - stopped: something was made in the month before, zero reported in this one; restarted: the other way round;
    - given-up: no method fills it any more, a year after the last return (Rule G4).

    Columns: establishment, product, `change`, `before` and `now` (billion đồng, constant prices), `contribution` to the
    growth on the month before (percentage points), and `seasonal`: the same change happened a year ago.
    """
    found = _changes(output, month)
    year_ago = _changes(output, month - 12).select(*PAIR, "change", pl.lit(value=True).alias("seasonal"))
    base = output.rows.filter(pl.col("month") == str(month - 1))["constant"].sum()
    change = pl.col("now").fill_null(0.0) - pl.col("before").fill_null(0.0)
    points = change / base * 100 if base > 0 else pl.lit(None, dtype=pl.Float64)
    found = found.join(year_ago, on=[*PAIR, "change"], how="left").with_columns(
        pl.col("seasonal").fill_null(value=False)
    )
    columns = (*PAIR, "change", "before", "now", "contribution", "seasonal")
    return found.with_columns(points.alias("contribution")).select(columns).sort("change", *PAIR)


def _changes(output: Output, month: Month) -> pl.DataFrame:
    before, now = _state(output, month - 1, "before"), _state(output, month, "now")
    both = before.join(now, on=list(PAIR), how="full", coalesce=True)
    first_of_all = str(output.rows["month"].min())
    was, is_now = pl.col("q_before"), pl.col("q_now")
    change = (
        pl.when(pl.col("in_before").is_null() & is_now.is_not_null() & (pl.lit(str(month)) > first_of_all))
        .then(pl.lit("born"))
        .when(pl.col("in_now").is_null() & was.is_not_null())
        .then(pl.lit("closed"))
        .when((was > 0) & (is_now == 0) & pl.col("told_now"))
        .then(pl.lit("stopped"))
        .when((was == 0) & (is_now > 0) & pl.col("told_now"))
        .then(pl.lit("restarted"))
        .when(was.is_not_null() & is_now.is_null() & pl.col("in_now"))
        .then(pl.lit("given-up"))
    )
    return both.with_columns(change.alias("change")).drop_nulls("change").select(*PAIR, "change", "before", "now")


def _state(output: Output, month: Month, name: str) -> pl.DataFrame:
    """Every pair of the month: its quantity, its value as column `name`, whether it was reported, that it is there."""
    quantity, value = pl.col("quantity").alias(f"q_{name}"), pl.col("constant").alias(name)
    rows = output.rows.filter(pl.col("month") == str(month))
    told = pl.col("method").is_null().alias(f"told_{name}")
    return rows.select(*PAIR, quantity, value, told, pl.lit(value=True).alias(f"in_{name}"))
