"""A projection told by period: what is expected, the same period last year, the growth, an interval (Rule P15)."""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.scenario.paths.figures import growth
from fansipan.scenario.paths.simulation import Simulation, period_sums

INTERVAL = (0.1, 0.9)


def by_period(simulation: Simulation, by: str, period: str, *, basis: str = "constant") -> pl.DataFrame:
    """Every part of industry by ``month``, ``quarter`` or ``year``, and the whole last (``total``).

    Returns `by`, `period`, `value` (billion đồng, the projection itself), `year_before`, `growth` (percent), `low` and
    `high` (80 % of the paths, of totals simulated and never summed) and `known` (every month of it was reported).
    """
    projection = simulation.projection
    lines, months = projection.lines, projection.months
    reported = np.arange(len(months)) < projection.known
    parts = [] if by == "total" else lines.frame[by].unique(maintain_order=True).sort(nulls_last=True).to_list()
    frames = []
    for code in [*parts, "total"]:
        rows = _rows(lines.frame, by, code)
        weight = lines.price(basis) * rows
        periods, now = period_sums(months, weight @ projection.quantities, period)
        before = period_sums(months, weight @ projection.year_before, period)[1]
        drawn = period_sums(months, simulation.weighted(weight), period)[1]
        low, high = np.quantile(drawn, INTERVAL, axis=0)
        known = period_sums(months, (~reported).astype(float), period)[1] == 0
        columns = {"value": now, "year_before": before, "growth": growth(now, before), "low": low, "high": high}
        frames.append(
            pl.DataFrame(
                {by: [code] * len(periods), "period": periods, **columns, "known": known},
                schema_overrides={by: pl.String},
            )
        )
    whole = pl.concat(frames)
    return whole.with_columns(pl.when(pl.col("growth").is_finite()).then("growth"))


def _rows(frame: pl.DataFrame, by: str, code: str | None) -> np.ndarray:
    if code == "total":
        return np.ones(frame.height)
    return frame[by].eq_missing(pl.Series([code], dtype=pl.String)).to_numpy().astype(float)
