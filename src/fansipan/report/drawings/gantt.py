"""A chart of milestones: first plan, latest plan or forecast, what was done, and where today stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fansipan.report.drawings.charts import BAD, GOOD, INK, QUIET, styled


def gantt(frame: pl.DataFrame, today: date, *, labels: tuple[str, str, str]) -> Any:
    """One line a project, from its first to its last day.

    `frame` has `project`, `milestone`, `first_planned`, `day` and `done`.

    A thin grey mark stands at the first plan, a full one at the day done (green) or now expected (red where it is later
    than first planned, ink else). `labels` name first plan, done and expected.
    """
    import altair as alt

    order = frame["project"].unique(maintain_order=True).to_list()
    shown = frame.with_columns(
        pl.when("done").then(pl.lit(labels[1])).otherwise(pl.lit(labels[2])).alias("state"),
        pl.when("done")
        .then(pl.lit(GOOD))
        .when(pl.col("day") > pl.col("first_planned"))
        .then(pl.lit(BAD))
        .otherwise(pl.lit(INK))
        .alias("colour"),
    )
    y = alt.Y("project:N", sort=order, title=None)
    spans = shown.group_by("project", maintain_order=True).agg(
        pl.min_horizontal("first_planned", "day").min().alias("start"),
        pl.max_horizontal("first_planned", "day").max().alias("end"),
    )
    whole = (
        alt.Chart(spans)
        .mark_bar(height=4, color="#dde3e8")
        .encode(y=y, x=alt.X("start:T", title=None, axis=alt.Axis(format="%m/%Y", labelOverlap=True)), x2="end:T")
    )
    slips = (
        alt.Chart(shown)
        .mark_bar(height=4, opacity=0.55)
        .encode(y=y, x="first_planned:T", x2="day:T", color=alt.Color("colour:N", scale=None))
    )
    first = alt.Chart(shown).mark_tick(color=QUIET, thickness=2, height=16).encode(y=y, x="first_planned:T")
    now = (
        alt.Chart(shown)
        .mark_point(filled=True, size=80, opacity=1)
        .encode(y=y, x="day:T", color=alt.Color("colour:N", scale=None), tooltip=["milestone:N", "state:N", "day:T"])
    )
    rule = alt.Chart(pl.DataFrame({"today": [today]})).mark_rule(strokeDash=[4, 3], color=INK).encode(x="today:T")
    return styled(whole + slips + first + now + rule, height=44 * max(len(order), 1))
