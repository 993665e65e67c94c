"""Warnings where a part runs behind its plan: against the plan of the months so far, and the year's end (Rule GA10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import polars as pl

from fansipan.errors import Refused
from fansipan.scenario.gap.measured import ALL, Gap, required

Level = Literal["fine", "watch", "alarm"]
SETTINGS = {"watch": "gap_watch", "alarm": "gap_alarm", "smallest": "gap_smallest"}


class Settings(Protocol):
    """Where the thresholds of a province stand."""

    def setting(self, name: str, default: str | None = None) -> str | None:
        """The value of a setting."""
        ...


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percent of plan below which a part is watched and below which it is an alarm; parts smaller than `smallest`
    percent of all that is planned are not warned of.
    """

    watch: float = 97.0
    alarm: float = 90.0
    smallest: float = 0.5


def thresholds_of(province: Settings) -> Thresholds:
    """The province's own thresholds: settings ``gap_watch``, ``gap_alarm``, ``gap_smallest``, percent.

    Raises Refused ``gap.threshold`` for one that is no figure from 0 to 100, or an alarm above the watch.
    """
    own = {}
    for name, setting in SETTINGS.items():
        written = province.setting(setting)
        if written is None:
            continue
        try:
            own[name] = float(written.strip().replace(",", "."))
        except ValueError:
            own[name] = -1.0
        if not 0 <= own[name] <= 100:
            raise Refused("gap.threshold", setting=setting, value=written)
    found = Thresholds(**own)
    if found.alarm > found.watch:
        raise Refused("gap.threshold", setting=SETTINGS["alarm"], value=f"{found.alarm:g} > {found.watch:g}")
    return found


def pace(gap: Gap, by: str = ALL, thresholds: Thresholds | None = None) -> pl.DataFrame:
    """How far each part has filled its plan and will have, with a level of warning, the worst first.

    Returns `by`, `plan`, `done`, `plan_so_far`, `filled` (percent of the year's plan done), `even` (percent that the
    plan has by now), `so_far` (percent of the plan of the months reported), `outlook` (percent of the year's plan by
    the forecast) and `level`: by the lower of `so_far` and `outlook`.
    """
    limits = thresholds or Thresholds()
    outcome = gap.outcome.sum(axis=1)
    ends = (
        pl.DataFrame(
            {by: [ALL] * gap.rows.height if by == ALL else gap.rows[by], "outcome": outcome},
            schema_overrides={by: pl.String},
        )
        .group_by(by, maintain_order=True)
        .agg(pl.col("outcome").sum())
    )
    frame = required(gap, by).join(ends, on=by, nulls_equal=True, how="left", maintain_order="left")
    positive = {name: pl.when(pl.col(name) > 0).then(name) for name in ("plan", "plan_so_far")}
    rated = frame.filter(pl.col("plan") > 0).with_columns(
        filled=100 * pl.col("done") / positive["plan"],
        even=100 * pl.col("plan_so_far") / positive["plan"],
        so_far=100 * pl.col("done") / positive["plan_so_far"],
        outlook=100 * pl.col("outcome") / positive["plan"],
    )
    lower = pl.min_horizontal("so_far", "outlook")
    small = pl.col("plan") < limits.smallest / 100 * float(gap.plan.sum())
    level = (
        pl.when(small)
        .then(pl.lit("fine"))
        .when(lower < limits.alarm)
        .then(pl.lit("alarm"))
        .when(lower < limits.watch)
        .then(pl.lit("watch"))
        .otherwise(pl.lit("fine"))
    )
    columns = (by, "plan", "done", "plan_so_far", "filled", "even", "so_far", "outlook")
    order = pl.col("level").replace_strict({"alarm": 0, "watch": 1, "fine": 2}, return_dtype=pl.Int8)
    return rated.with_columns(level=level).select(*columns, "level").sort(order, lower)


def warnings(
    gap: Gap, thresholds: Thresholds, dimensions: Sequence[str] = ("section", "product", "establishment")
) -> pl.DataFrame:
    """Every part that runs behind, of the whole and of `dimensions`: `dimension`, `code` and the columns of `pace`."""
    frames = []
    for by in (ALL, *dimensions):
        found = pace(gap, by, thresholds).filter((pl.col("level") != "fine") & pl.col(by).is_not_null())
        frames.append(found.rename({by: "code"}).select(pl.lit(by).alias("dimension"), pl.all()))
    return pl.concat(frames)
