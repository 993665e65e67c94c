"""Which parts open the gap most, and what of the plan nobody carries (Rules GA5, GA9)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from fansipan.errors import Refused
from fansipan.scenario.gap.measured import Gap, weakest

LINE = ("establishment", "product", "project")
MOST = 1000


def openers(gap: Gap, by: Sequence[str] = LINE, count: int = 5) -> pl.DataFrame:
    """The `count` parts whose year falls most short of plan, the largest first.

    Returns the dimensions `by`, `origin`, `plan`, `outcome`, `gap`, `so_far` and `ahead` (the gap of the months
    reported and of those expected), `points` (of the year's growth of all industry) and `percent` (of plan). What no
    product carries is left out where products or establishments are told apart: see `unallotted`. Raises Refused
    ``gap.count``.
    """
    if not 1 <= count <= MOST:
        raise Refused("gap.count", count=count, most=MOST)
    difference = gap.outcome - gap.plan
    frame = gap.rows.select(*by, "origin").with_columns(
        plan=pl.Series(gap.plan.sum(axis=1)),
        outcome=pl.Series(gap.outcome.sum(axis=1)),
        so_far=pl.Series((difference * gap.reported).sum(axis=1)),
        ahead=pl.Series((difference * ~gap.reported).sum(axis=1)),
    )
    if set(by) & set(LINE):
        frame = frame.filter(pl.col("origin") != "unallotted")
    figures = pl.col("plan", "outcome", "so_far", "ahead")
    kept = frame.group_by(by, maintain_order=True).agg(weakest().alias("origin"), figures.sum())
    year = float(gap.course.before.sum())
    short = kept.with_columns(gap=pl.col("so_far") + pl.col("ahead")).filter(pl.col("gap") < 0)
    return (
        short.with_columns(
            points=100 * pl.col("gap") / year if year > 0 else pl.lit(None, dtype=pl.Float64),
            percent=100 * pl.col("outcome") / pl.when(pl.col("plan") > 0).then("plan"),
        )
        .sort("gap")
        .head(count)
    )


def unallotted(gap: Gap) -> pl.DataFrame:
    """What plans hold beyond the plans below them: `of` (which plan), `section`, `product`, `plan` (billion đồng) and
    `points` (of the year's growth of all industry that it asks for), the largest first.
    """
    year = float(gap.course.before.sum())
    columns = ("of", "section", "product", "establishment", "origin")
    frame = gap.rows.select(columns).with_columns(plan=pl.Series(gap.plan.sum(axis=1)))
    kept = frame.filter(pl.col("origin") == "unallotted").sort(pl.col("plan").abs(), descending=True)
    points = 100 * pl.col("plan") / year if year > 0 else pl.lit(None, dtype=pl.Float64)
    return kept.with_columns(points=points)
