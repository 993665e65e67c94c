"""What reconciliation gains over summing the parts, at earlier origins (Rules BT11, BT12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import numpy as np
import polars as pl

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.scenario.backtest.base import Base, base_at, enough, errors_known
from fansipan.scenario.backtest.hierarchy import LEVELS, hierarchy_of
from fansipan.scenario.backtest.origins import origins_of
from fansipan.scenario.backtest.run import HORIZON, ORIGINS, STEP, Progress, reported_origins, spread
from fansipan.scenario.baseline.as_of import day_of
from fansipan.scenario.baseline.lines import Floats, lines_of
from fansipan.scenario.forecast.engine import cores
from fansipan.scenario.reconciliation import (
    METHODS,
    bottom_up,
    mint_weights,
    ols_weights,
    reconcile,
    structural_weights,
    variance_weights,
)

LEARNED = ("variance", "mint")  # methods whose weights are learned from errors
SCHEMA = {"level": pl.String, "method": pl.String, "forecasts": pl.Int64, "mase": pl.Float64, "gain": pl.Float64}


def reconciled(base: Base, method: str, errors: Floats) -> Floats:
    """The base forecasts of every node brought to agree by `method`; never below zero in the parts.

    Raises NotFound ``reconciliation.unknown``, Refused ``reconciliation.few-origins`` where weights are to be learned
    from less than a year of `errors`.
    """
    if method not in METHODS:
        raise NotFound("reconciliation.unknown", name=method, known=", ".join(METHODS))
    if method == "bottom-up":
        return bottom_up(base.forecast, base.summing)
    if method in LEARNED and not enough(errors):
        raise Refused("reconciliation.few-origins", count=len(errors))
    weights = {
        "ols": lambda: ols_weights(base.summing),
        "structural": lambda: structural_weights(base.summing),
        "variance": lambda: variance_weights(errors),
        "mint": lambda: mint_weights(errors),
    }[method]()
    found = reconcile(base.forecast, base.summing, weights)
    # Sums are taken again after the parts are kept from falling below zero.
    return bottom_up(np.maximum(found, 0.0), base.summing)


def bases(
    province: Province,
    last: Month,
    *,
    known_on: date | None = None,
    origins: int = ORIGINS,
    horizon: int = HORIZON,
    step: int = STEP,
    workers: int | None = None,
    progress: Progress = lambda origin: None,
) -> list[Base]:
    """The base forecasts at each of the last `origins` origins, oldest first. Raises Refused ``backtest.too-short``."""
    day = known_on or day_of(province, last)
    known = province.known_on(day)
    lines = lines_of(known, last, day)
    chosen = reported_origins(known, origins_of(lines.start, last, origins, step))
    tasks = [(origin, min(horizon, last.ordinal - origin.ordinal)) for origin in chosen]
    count = min(workers or cores(), len(tasks))
    found = {one.origin: one for one in spread(partial(base_at, known), tasks, count, progress)}
    return [found[origin] for origin in chosen]


def gains(found: Sequence[Base], province: Province, last: Month, known_on: date | None = None) -> pl.DataFrame:
    """The accuracy of each method at the origins that have a year of errors before them, by level and in all.

    Returns `level` (``all``: every node), `method` (``base``: each node's own forecast, which do not add up),
    `forecasts` compared, `mase` and `gain` (percent by which it is below that of summing the parts; negative: worse).
    Raises Refused ``reconciliation.few-origins`` where no origin has a year of errors before it.
    """
    day = known_on or day_of(province, last)
    lines = lines_of(province.known_on(day), last, day)
    hierarchy = hierarchy_of(lines)
    places = {node: at for at, node in enumerate(zip(hierarchy.levels, hierarchy.codes, strict=True))}
    rows: list[tuple[str, str, float]] = []
    for at, base in enumerate(found):
        errors = errors_known(found[:at], base)
        if not enough(errors):
            continue
        months = tuple(base.origin + 1 + ahead for ahead in range(base.forecast.shape[1]))
        values = hierarchy.values(lines.of(months))
        came = np.array([values[places[node]] if node in places else np.zeros(len(months)) for node in base.nodes])
        for method in ("base", *METHODS):
            forecast = base.forecast if method == "base" else reconciled(base, method, errors)
            scaled = np.abs(came - forecast) / base.scale[:, None]
            rows += [(node[0], method, value) for node, line in zip(base.nodes, scaled, strict=True) for value in line]
    if not rows:
        raise Refused("reconciliation.few-origins", count=0)
    return _means(rows)


def _means(rows: Iterable[tuple[str, str, float]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["level", "method", "error"], orient="row").filter(pl.col("error").is_finite())
    whole = pl.concat([frame, frame.with_columns(level=pl.lit("all"))])
    means = whole.group_by("level", "method").agg(
        pl.len().cast(pl.Int64).alias("forecasts"), mase=pl.col("error").mean()
    )
    plain = means.filter(pl.col("method") == "bottom-up").select("level", plain="mase")
    rated = means.join(plain, on="level").with_columns(gain=100 * (1 - pl.col("mase") / pl.col("plain")))
    order = {name: at for at, name in enumerate((*LEVELS, "all"))}
    methods = {name: at for at, name in enumerate(("base", *METHODS))}
    return rated.select(*SCHEMA).sort(
        pl.col("level").replace_strict(order, return_dtype=pl.Int8),
        pl.col("method").replace_strict(methods, return_dtype=pl.Int8),
    )
