"""Areas across a reorganisation: successors, figures of old units laid on the new, nothing re-keyed (Rule D17)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.areas import successor_on, valid_on
from fansipan.errors import NotFound


def predecessors_of(areas: pl.DataFrame, area: str, on: date) -> list[str]:
    """The units of the same level that stood on `on` and whose successor, in the end, is `area`; itself if it stood.

    Units of another level are left out, so that a district is not counted beside the province that it lay in.
    """
    levels = dict(areas.select("area", "level").iter_rows())
    if area not in levels:
        raise NotFound("area.unknown", name=area)
    stood = valid_on(areas, on)
    if area in stood["area"]:
        return [area]
    far = date.max
    return [
        unit
        for unit, level in stood.select("area", "level").iter_rows()
        if level == levels[area] and successor_on(areas, unit, far) == successor_on(areas, area, far)
    ]


def carried(figures: pl.DataFrame, areas: pl.DataFrame, on: date, value: str = "value") -> pl.DataFrame:
    """Figures of units of any date laid on the units of `on`: `area`, `value`, `from_units` (how many were summed).

    `figures` has `area` and `value` (a quantity that may be summed). The rows given are not changed or re-keyed: the
    answer is computed each time from the chain of successors.
    """
    units = {unit: successor_on(areas, unit, on) for unit in figures["area"].unique()}
    laid = figures.with_columns(pl.col("area").replace_strict(units).alias("area"))
    return laid.group_by("area", maintain_order=True).agg(
        pl.col(value).sum(), pl.len().cast(pl.Int64).alias("from_units")
    )


def changes(areas: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Units that ended or began in the span: `area`, `name`, `level`, `change` (ended, began), `day`, `successor`."""
    ended = areas.filter(pl.col("valid_to").is_between(first, last)).with_columns(
        pl.lit("ended").alias("change"), pl.col("valid_to").alias("day")
    )
    began = areas.filter(pl.col("valid_from").is_between(first, last)).with_columns(
        pl.lit("began").alias("change"), pl.col("valid_from").alias("day")
    )
    columns = ["area", "name", "level", "change", "day", "successor"]
    return pl.concat([ended.select(columns), began.select(columns)]).sort("day", "change", "area")
