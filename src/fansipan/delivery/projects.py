"""Every project on a day: capital, last milestone, slip, forecast of completion, what a month's delay costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fansipan.delivery.capital import realised_capital, registered_capital
from fansipan.delivery.milestones import forecast_completion, output_lost, progress
from fansipan.province import Province

SCHEMA = {
    "project": pl.String,
    "kind": pl.String,
    "standing": pl.String,
    "zone": pl.String,
    "capital": pl.Float64,
    "realised": pl.Float64,
    "realised_rate": pl.Float64,
    "milestone": pl.String,
    "expected": pl.Date,
    "slip": pl.Int64,
    "moves": pl.Int64,
    "forecast": pl.Date,
    "early": pl.Date,
    "late": pl.Date,
    "history": pl.Int64,
    "lost_a_month": pl.Float64,
}


def overview(province: Province, on: date) -> pl.DataFrame:
    """A row a project, those that slip most first, those without a milestone last.

    `capital` as adjusted by `on` and `realised` (billion đồng, the latest recorded by `on`) and its percent; the
    last planned `milestone`, the day it is `expected` the days it has slipped (Rule D10) and how often its
    plan was moved; the `forecast` of its
    completion with quartiles and how many milestones of history it rests on (Rule D11); `lost_a_month`, output lost
    by a month's delay (Rule D12).
    """
    rows = [_row(province, row, on) for row in province["projects"].iter_rows(named=True)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("slip", descending=True, nulls_last=True)


def _row(province: Province, row: dict[str, Any], on: date) -> tuple[object, ...]:
    code, milestones = row["project"], province["milestones"]
    realised = realised_capital(province, code, on)
    registered = registered_capital(province, code, on)
    rate = 100 * realised / registered if realised is not None and registered else None
    found = progress(milestones, code, on)
    ahead = forecast_completion(milestones, code, on, similar_projects(province, code))
    return (
        code,
        row["kind"],
        row["standing"],
        row["zone"],
        registered,
        realised,
        rate,
        found.name if found else None,
        found.day if found else None,
        found.slip if found else None,
        found.moves if found else None,
        ahead.expected if ahead else None,
        ahead.early if ahead else None,
        ahead.late if ahead else None,
        ahead.history if ahead else None,
        output_lost(province["project_products"], province["product_prices"], code),
    )


def similar_projects(province: Province, project: str) -> tuple[str, ...]:
    """Projects of the same kind and, where the industry is known, of the same division."""
    projects = province["projects"]
    own = projects.filter(pl.col("project") == project).row(0, named=True)
    alike = projects.filter((pl.col("kind") == own["kind"]) & (pl.col("project") != project))
    if own["industry"] is not None:
        alike = alike.filter(pl.col("industry").str.slice(0, 2) == own["industry"][:2])
    return tuple(alike["project"])
