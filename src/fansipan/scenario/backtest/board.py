"""The scoreboard: scores kept month after month, never rewritten (Rule BT7)."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from fansipan.scenario.backtest.scores import KEYS, accuracy

NODE_MONTH = [key for key in KEYS if key != "horizon"]


def added(kept: pl.DataFrame, scores: pl.DataFrame, at: datetime) -> pl.DataFrame:
    """The rows of `scores` to be added to `forecast_scores` at the moment `at`.

    Those that stand there already with the same forecast and the same actual are left out, so that recording twice adds
    nothing; a score that has changed, since a return was revised, is added beside the earlier one.
    """
    rows = scores.with_columns(
        pl.lit(at).cast(pl.Datetime("ms")).alias("recorded_at"), pl.lit("estimated").alias("source")
    ).select(kept.columns)
    figures = [pl.col(name).round(6) for name in ("forecast", "actual")]
    same = [*NODE_MONTH, "forecast", "actual"]
    return rows.with_columns(figures).join(latest(kept).with_columns(figures), on=same, how="anti")


def latest(kept: pl.DataFrame) -> pl.DataFrame:
    """The score recorded last of each forecast."""
    return kept.sort("recorded_at").unique(NODE_MONTH, keep="last", maintain_order=True)


def scoreboard(kept: pl.DataFrame, level: str = "total") -> pl.DataFrame:
    """Accuracy by the month that was forecast, of the scores recorded last of a level: see `accuracy`."""
    return accuracy(latest(kept).filter(pl.col("level") == level), "month")
