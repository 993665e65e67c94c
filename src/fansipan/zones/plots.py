"""Land after allotment: an allotted plot is not a used one (Rules Z21, Z22)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, get_args

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.zones.land import balance, printed
from fansipan.zones.law.situation import exact

PlotState = Literal["free", "allotted", "building", "part-used", "used", "idle", "taken-back"]
PLOT_STATES: tuple[PlotState, ...] = get_args(PlotState)


def plots_on(plots: pl.DataFrame, on: date) -> pl.DataFrame:
    """The plots as recorded by `on`: of each the row with the latest `as_of`, with its `state` (Rule Z21).

    ``free`` (no tenant), ``taken-back``, ``idle`` (use has stopped), ``used``, ``part-used`` (in use on less than its
    whole area), ``building``, ``allotted`` (nothing started).
    """
    latest = (
        plots.filter(pl.col("as_of") <= on).sort("as_of", maintain_order=True).group_by("plot", maintain_order=True)
    )
    return latest.last().with_columns(_state(on).alias("state")).sort("zone", "plot")


def _state(on: date) -> pl.Expr:
    by = {
        name: pl.col(name).is_not_null() & (pl.col(name) <= on)
        for name in ("allotted_on", "started_on", "completed_on", "idle_since", "taken_back_on")
    }
    used = pl.col("used_hectares").fill_null(0.0)
    return (
        pl.when(by["taken_back_on"])
        .then(pl.lit("taken-back"))
        .when(~by["allotted_on"])
        .then(pl.lit("free"))
        .when(by["idle_since"])
        .then(pl.lit("idle"))
        .when((used >= pl.col("hectares")) | (by["completed_on"] & pl.col("used_hectares").is_null()))
        .then(pl.lit("used"))
        .when(used > 0)
        .then(pl.lit("part-used"))
        .when(by["started_on"])
        .then(pl.lit("building"))
        .otherwise(pl.lit("allotted"))
    )


def utilisation(plots: pl.DataFrame, on: date) -> pl.DataFrame:
    """Allotted and used land by zone, both said (Rule Z22).

    Columns: `zone`, `plots`, `hectares`, `allotted`, `used`, `allotted_rate` (% of all plots' land), `used_rate` (% of
    all), `used_of_allotted` (%), `not_started` (plots allotted where nothing was begun), `idle` (plots whose use has
    stopped). A completed plot whose used area was not recorded counts as wholly used.
    """
    frame = plots_on(plots, on)
    held = ~pl.col("state").is_in(["free", "taken-back"])
    used = (
        pl.when(pl.col("state") == "used")
        .then("hectares")
        .when(pl.col("state") == "part-used")
        .then("used_hectares")
        .otherwise(0.0)
    )
    sums = frame.group_by("zone", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("plots"),
        pl.col("hectares").sum(),
        pl.col("hectares").filter(held).sum().alias("allotted"),
        used.sum().alias("used"),
        (pl.col("state") == "allotted").sum().cast(pl.Int64).alias("not_started"),
        (pl.col("state") == "idle").sum().cast(pl.Int64).alias("idle"),
    )
    return sums.with_columns(
        (100 * pl.col("allotted") / pl.col("hectares")).alias("allotted_rate"),
        (100 * pl.col("used") / pl.col("hectares")).alias("used_rate"),
        pl.when(pl.col("allotted") > 0).then(100 * pl.col("used") / pl.col("allotted")).alias("used_of_allotted"),
    )


def check_plots(plots: pl.DataFrame, zone_land: pl.DataFrame) -> tuple[Fault, ...]:
    """Zones whose plots together are more than their industrial land, on the first day on which they are (Rule Z33).

    Plots taken back are left out: their ground may have been divided anew.
    """
    found = []
    for (zone,), own in plots.group_by("zone", maintain_order=True):
        land = zone_land.filter((pl.col("zone") == zone) & (pl.col("kind") == "industrial"))
        for day in pl.concat([own["as_of"], land["as_of"]]).unique().sort():
            industrial = balance(land, str(zone), day).get("industrial")
            stood = plots_on(own, day).filter(pl.col("state") != "taken-back")
            together = sum((exact(hectares) for hectares in stood["hectares"]), Fraction())
            if industrial is not None and together > exact(industrial):
                params = {"zone": zone, "on": day, "plots": printed(float(together)), "industrial": printed(industrial)}
                found.append(Fault("plots.over-industrial", params, Place("plots", column="hectares"), float(together)))
                break
    return tuple(found)
