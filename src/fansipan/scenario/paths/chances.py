"""The chance of each plan and target, and what makes the result uncertain (Rules P16, P17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from fansipan.errors import FansipanError
from fansipan.province import Province
from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.paths.figures import ALL, Figure, Measure, drawn
from fansipan.scenario.paths.simulation import DRIVERS, Simulation, simulate
from fansipan.scenario.projection import Projection

# Indicators of plans and targets that a simulation answers, as measures.
ANSWERED: dict[str, Measure] = {
    "gross-output": "output",
    "gross-output-growth": "growth",
    "output-volume": "volume",
    "production-index-growth": "index-growth",
    "share-of-output": "share",
}
PARTS = {
    "province": ALL,
    "industry": "industry",
    "product": "product",
    "area": "area",
    "zone": "zone",
    "establishment": "establishment",
    "portfolio": "portfolio",
    "kind": "kind",
    "ownership": "ownership",
}


def chances(simulation: Simulation, province: Province) -> pl.DataFrame:
    """The chance of every plan and target that the simulated span answers, as known when it was made.

    Returns `source` (``plan`` or ``target``), `item` (the target's code), `indicator`, `scope_kind`, `scope`, `period`,
    `comparison`, `value`, `mean`, `p10`, `p90` and `chance` (0 to 1). A target to go ``up`` or ``down`` is compared
    with the year before its due: as reported, or of the same path where that lies ahead, too (`value` is its mean).
    """
    rows = [*_of_plans(simulation, province), *_of_targets(simulation, province)]
    text = ("source", "item", "indicator", "scope_kind", "scope", "period", "comparison")
    schema = dict.fromkeys(text, pl.String) | dict.fromkeys(("value", "mean", "p10", "p90", "chance"), pl.Float64)
    return pl.DataFrame(rows, schema=schema)


def _of_plans(simulation: Simulation, province: Province) -> Iterator[dict[str, Any]]:
    basis = pl.col("price_basis").is_null() | (pl.col("price_basis") == "constant-2010")
    for row in province["plans"].filter(basis).iter_rows(named=True):
        yield from _row(simulation, province, row, "plan", row["period"], "at-least", row["value"])


def _of_targets(simulation: Simulation, province: Province) -> Iterator[dict[str, Any]]:
    for row in province["targets"].iter_rows(named=True):
        year = str((row["due"] or simulation.projection.months[-1].last_day).year)
        if row["comparison"] in ("up", "down"):
            yield from _row(simulation, province, row, "target", year, row["comparison"], None)
        elif row["value"] is not None:
            yield from _row(simulation, province, row, "target", year, row["comparison"], row["value"])


def _row(
    simulation: Simulation,
    province: Province,
    row: dict[str, Any],
    source: str,
    period: str,
    comparison: str,
    value: float | None,
) -> Iterator[dict[str, Any]]:
    """The row of one promise; none for an indicator, scope or period that the simulation does not answer."""
    measure = ANSWERED.get(row["indicator"])
    part = PARTS.get(row["scope_kind"])
    if measure is None or part is None:
        return
    kind = "quarter" if "-Q" in period else "month" if "-" in period else "year"
    figure = Figure(measure, part, None if part == ALL else row["scope"], kind)
    try:
        periods, values = drawn(simulation, figure, province)
    except FansipanError:
        return
    if period not in periods:
        return
    found = values[:, periods.index(period)]
    at = periods.index(period)
    before: float | Floats = values[:, at - 1] if at else _last_years(simulation.projection, figure)
    asked = before if value is None else value
    met = found <= asked if comparison in ("at-most", "down") else found >= asked
    low, high = np.quantile(found, (0.1, 0.9))
    yield {
        "source": source,
        "item": row.get("target"),
        "indicator": row["indicator"],
        "scope_kind": row["scope_kind"],
        "scope": row["scope"],
        "period": period,
        "comparison": comparison,
        "value": float(np.mean(asked)),
        "mean": float(found.mean()),
        "p10": float(low),
        "p90": float(high),
        "chance": float(met.mean()),
    }


def _last_years(projection: Projection, figure: Figure) -> float:
    """A share in the year before the projected ones, percent at 2010 prices."""
    lines = projection.lines
    price = np.nan_to_num(lines.price())
    before = (projection.year_before[:, :SEASON] * price[:, None]).sum(axis=1)
    part = lines.places(figure.by, figure.code or "") if figure.by != ALL else np.ones(len(lines), bool)
    whole = float(before.sum())
    return 100 * float(before[part].sum()) / whole if whole else float("nan")


def driver_shares(projection: Projection, figure: Figure, *, paths: int = 4000, seed: int = 1) -> pl.DataFrame:
    """How much of the spread of a figure of the last period each driver explains (Rule P17).

    Each driver is let loose alone, with the random numbers it has when all are: `driver`, `sd` (of the figure), and
    `share`, its variance over the variance of all, in percent. ``together`` is what only appears when they meet: it may
    be below zero.
    """
    whole = _variance(simulate(projection, paths=paths, seed=seed), figure)
    alone = {d: _variance(simulate(projection, paths=paths, seed=seed, drivers=(d,)), figure) for d in DRIVERS}
    rest = whole - sum(alone.values())
    rows = [*alone.items(), ("together", rest), ("all", whole)]
    return pl.DataFrame(
        [(name, float(np.sqrt(max(v, 0.0))), 100 * v / whole if whole else 0.0) for name, v in rows],
        schema={"driver": pl.String, "sd": pl.Float64, "share": pl.Float64},
        orient="row",
    )


def _variance(simulation: Simulation, figure: Figure) -> float:
    values: Floats = drawn(simulation, figure)[1][:, -1]
    return float(values.var())
