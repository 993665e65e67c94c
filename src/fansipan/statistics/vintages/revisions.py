"""How figures were revised: the triangle, its averages, and which returns moved a figure (Rules V3 to V5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.comparison import growth
from fansipan.statistics.output_value import Tables, compile_output

PAIR = ("establishment", "product")
# Why a figure moved between two dates: what became of the row behind it.
CAUSES = ("arrived", "corrected", "edited", "re-imputed")


def revision_triangle(province: Tables, months: Sequence[Month], known: Sequence[date]) -> pl.DataFrame:
    """Gross output and its growth on the same month last year, of each month, as known on each date (Rule V3).

    Returns `period`, `known_on`, `value` (billion đồng, constant prices),
    `growth` (percent); no row where the month was not
    yet known. The province may hold everything: only what was recorded by each date is used.
    """
    rows = []
    for day in sorted(known):
        reached = [m for m in months if m.first_day <= day]
        if not reached or not _any_known(province, day):
            continue
        output = compile_output(province, until=max(reached), known_on=day)
        reported = output.rows.filter(pl.col("method").is_null() & pl.col("quantity").is_not_null())["month"].unique()
        levels = dict(output.rows.group_by("month").agg(pl.col("constant").sum()).iter_rows())
        for month in (m for m in reached if str(m) in set(reported)):
            now = levels[str(month)]
            rows.append((str(month), day, now, growth(now, levels.get(str(month - 12)))))
    return pl.DataFrame(
        rows, schema={"period": pl.String, "known_on": pl.Date, "value": pl.Float64, "growth": pl.Float64}, orient="row"
    )


def _any_known(province: Tables, day: date) -> bool:
    first = province["returns"]["recorded_at"].min()
    return first is not None and first.date() <= day  # type: ignore[union-attr]


def revision_summary(triangle: pl.DataFrame) -> pl.DataFrame:
    """Mean and mean absolute revision of growth from each release to the next and from the first to the last (Rule V4).

    `step` 1 is from the first release of a month to its second, and so on; ``0`` from the first to the last. Returns
    `step`, `months` (how many), `mean` and `mean_absolute` (percentage points of growth),
    `mean_relative` (percent of the level).
    """
    ordered = triangle.sort("period", "known_on").with_columns(pl.int_range(pl.len()).over("period").alias("release"))
    steps = ordered.with_columns(
        (pl.col("growth") - pl.col("growth").shift(1).over("period")).alias("points"),
        ((pl.col("value") / pl.col("value").shift(1).over("period") - 1) * 100).alias("relative"),
    ).filter(pl.col("release") > 0)
    whole = (
        ordered.group_by("period")
        .agg(
            (pl.col("growth").last() - pl.col("growth").first()).alias("points"),
            ((pl.col("value").last() / pl.col("value").first() - 1) * 100).alias("relative"),
            pl.len().alias("releases"),
        )
        .filter(pl.col("releases") > 1)
    )
    parts = [steps.select(pl.col("release").cast(pl.Int64).alias("step"), "points", "relative")]
    parts.append(whole.select(pl.lit(0, dtype=pl.Int64).alias("step"), "points", "relative"))
    return (
        pl.concat(parts)
        .group_by("step")
        .agg(
            pl.len().alias("months"),
            pl.col("points").mean().alias("mean"),
            pl.col("points").abs().mean().alias("mean_absolute"),
            pl.col("relative").mean().alias("mean_relative"),
        )
        .sort("step")
    )


def revised_by(province: Tables, month: Month, before: date, after: date) -> pl.DataFrame:
    """Which returns moved the month's output between two dates, largest first; the changes add up exactly (Rule V5).

    Returns establishment, product, `value_before`, `value_after`, `change` (billion đồng,
    constant prices) and `cause`: a
    return arrived in place of an imputed value, was corrected, was edited, or was imputed anew as others came in.
    """
    old, new = (_rows(province, month, day) for day in (before, after))
    joined = old.join(new, on=PAIR, how="full", coalesce=True, suffix="_after")
    change = pl.col("constant_after").fill_null(0.0) - pl.col("constant").fill_null(0.0)
    imputed_now = pl.col("method_after").is_not_null()
    cause = (
        pl.when(imputed_now)
        .then(pl.lit("re-imputed"))
        .when(pl.col("edited_after") & ~pl.col("edited").fill_null(value=False))
        .then(pl.lit("edited"))
        .when(pl.col("method").is_not_null() | pl.col("constant").is_null())
        .then(pl.lit("arrived"))
        .otherwise(pl.lit("corrected"))
    )
    return (
        joined.with_columns(change.alias("change"), cause.alias("cause"))
        .filter(pl.col("change") != 0)
        .select(
            *PAIR,
            pl.col("constant").alias("value_before"),
            pl.col("constant_after").alias("value_after"),
            "change",
            "cause",
        )
        .sort(pl.col("change").abs(), descending=True)
    )


def _rows(province: Tables, month: Month, day: date) -> pl.DataFrame:
    output = compile_output(province, until=month, known_on=day)
    return output.rows.filter(pl.col("month") == str(month)).select(*PAIR, "constant", "method", "edited")
