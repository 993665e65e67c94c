"""Forecasts beside what came: errors, scaled errors, coverage, and their means (Rules BT4 to BT7)."""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.periods import month_range
from fansipan.scenario.backtest.hierarchy import LEVELS, Hierarchy
from fansipan.scenario.backtest.origins import BOUNDS, Said
from fansipan.scenario.baseline.lines import Lines

KEYS = ("as_of", "level", "code", "month", "horizon")
FIGURES = ("forecast", *BOUNDS, "naive", "actual", "error", "scaled_error", "naive_scaled_error")
# Months ahead are taken together as the reader plans: next month, the quarter, half a year, a year, later.
BANDS = (1, 3, 6, 12, 36)
# Rounding of the paths' quantiles must not make a forecast without any width miss what came exactly.
SLACK = 1e-9


def scores_of(said: Said, lines: Lines, hierarchy: Hierarchy) -> pl.DataFrame:
    """What was said at one origin beside what came, a row a node and month; nodes of `said` only.

    `lines` and their `hierarchy` are what is known at the end; a node that is gone by then came to nothing.
    """
    horizon = said.forecast.shape[1]
    months = tuple(month_range(said.origin + 1, said.origin + horizon))
    came = dict(
        zip(zip(hierarchy.levels, hierarchy.codes, strict=True), hierarchy.values(lines.of(months)), strict=True)
    )
    frames = [
        pl.DataFrame(
            {
                "level": level,
                "code": code,
                "month": [str(month) for month in months],
                "horizon": np.arange(1, horizon + 1),
                "forecast": said.forecast[at],
                **{name: bound[at] for name, bound in said.bounds.items()},
                "naive": said.naive[at],
                "actual": came.get((level, code), np.zeros(horizon)),
                "scale": said.scale[at],
                "model": said.models[at],
            }
        )
        for at, (level, code) in enumerate(zip(said.hierarchy.levels, said.hierarchy.codes, strict=True))
    ]
    return _scored(pl.concat(frames), said)


def _scored(rows: pl.DataFrame, said: Said) -> pl.DataFrame:
    error = pl.col("actual") - pl.col("forecast")
    slack = SLACK * pl.max_horizontal(pl.col("actual").abs(), 1.0)
    return rows.with_columns(
        pl.lit(said.origin.last_day).alias("as_of"),
        error.alias("error"),
        (error / pl.col("scale")).fill_nan(None).alias("scaled_error"),
        ((pl.col("actual") - pl.col("naive")) / pl.col("scale")).fill_nan(None).alias("naive_scaled_error"),
        *(
            pl.col("actual")
            .is_between(pl.col(f"lo_{level}") - slack, pl.col(f"hi_{level}") + slack)
            .alias(f"covered_{level}")
            for level in (80, 95)
        ),
    ).select(*KEYS, *FIGURES, "covered_80", "covered_95", "model")


def banded() -> pl.Expr:
    """The band of months ahead as text: ``1``, ``2-3``, ``4-6``, ``7-12``, ``13-36``."""
    found = pl.lit(f"{BANDS[-2] + 1}-{BANDS[-1]}")
    for low, high in reversed(list(zip((1, *(band + 1 for band in BANDS)), BANDS[:-1], strict=False))):
        word = str(low) if low == high else f"{low}-{high}"
        found = pl.when(pl.col("horizon") <= high).then(pl.lit(word)).otherwise(found)
    return found.alias("band")


def accuracy(scores: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Accuracy in each group of `by` (columns of scores, or ``band``), products first.

    `forecasts` compared; `smape` and `mase` of the forecast and of the seasonal naive one; `better`, by how many
    percent the mean absolute scaled error is below the naive one's; coverage of the intervals in percent (Rule BT5).
    """
    rows = scores.with_columns(banded())
    groups = rows.group_by(by, maintain_order=True).agg(
        pl.len().alias("forecasts"),
        _smape("forecast").alias("smape"),
        _smape("naive").alias("naive_smape"),
        pl.col("scaled_error").abs().mean().alias("mase"),
        pl.col("naive_scaled_error").abs().mean().alias("naive_mase"),
        *(pl.col(f"covered_{level}").mean().mul(100).alias(f"coverage_{level}") for level in (80, 95)),
    )
    better = (100 * (1 - pl.col("mase") / pl.col("naive_mase"))).fill_nan(None).alias("better")
    return _ordered(groups.with_columns(better), by)


def _smape(column: str) -> pl.Expr:
    """Mean of 200 |actual - forecast| / (|actual| + |forecast|), percent; 0 where both are zero."""
    together = pl.col("actual").abs() + pl.col(column).abs()
    term = 200 * (pl.col("actual") - pl.col(column)).abs() / together
    return pl.when(together > 0).then(term).otherwise(0.0).mean()


def _ordered(frame: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """By level from products to the total, by months ahead, then as written."""
    places = {
        "level": pl.col("level").replace_strict({name: at for at, name in enumerate(LEVELS)}, return_dtype=pl.Int64),
        "band": pl.col("band").str.extract(r"^(\d+)").cast(pl.Int64),
    }
    return frame.sort([places[name] if name in places else pl.col(name) for name in by]) if by else frame
