"""Land after allotment: an allotted plot is not a used one (Rules Z21-Z23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.norms import Norm, find
from fansipan.norms.norm import Certainty, least_certain
from fansipan.periods import Month
from fansipan.zones.land import balance, printed
from fansipan.zones.law.situation import exact

PlotState = Literal["free", "allotted", "building", "part-used", "used", "idle", "taken-back"]
PLOT_STATES: tuple[PlotState, ...] = get_args(PlotState)
REMIND = (90, 30, 7)


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


def reminders(plots: pl.DataFrame, on: date, days: Sequence[int] = REMIND) -> pl.DataFrame:
    """Deadlines that come within the longest of `days` or have passed, the most urgent first.

    Columns: `zone`, `plot`, `investor`, `deadline` (``start``, ``build`` or ``extension``), `due`, `days_left`
    (negative: passed), `notice` (the shortest of `days` not yet passed; 0 once the day has passed).
    """
    frame = plots_on(plots, on).filter(pl.col("state").is_in(["allotted", "building", "part-used", "idle"]))
    open_terms = {
        "start": frame.filter(pl.col("started_on").is_null() | (pl.col("started_on") > on)).select(
            *_OF, due="start_due"
        ),
        "build": frame.filter(pl.col("completed_on").is_null() | (pl.col("completed_on") > on)).select(
            *_OF, due="build_due"
        ),
        "extension": frame.select(*_OF, due="extended_to"),
    }
    terms = pl.concat([part.with_columns(pl.lit(name).alias("deadline")) for name, part in open_terms.items()])
    left = (pl.col("due") - pl.lit(on)).dt.total_days()
    notice = pl.coalesce(
        pl.when(left < 0).then(0), *(pl.when(left <= limit).then(limit) for limit in sorted(days))
    ).cast(pl.Int64)
    told = terms.filter(pl.col("due").is_not_null()).with_columns(left.alias("days_left"), notice.alias("notice"))
    return (
        told.filter(pl.col("notice").is_not_null())
        .select("zone", "plot", "investor", "deadline", "due", "days_left", "notice")
        .sort("days_left", "plot", "deadline")
    )


_OF = ("zone", "plot", "investor")


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What the law says of an allotted plot: `stage`, since when, by which rules (Rule Z23).

    ``none``: no ground. ``ground``: land idle or behind schedule for so long that the term may be extended once.
    ``extended``: an extension runs until `until`. ``take-back``: the extension has run out, the land is still unused.
    """

    plot: str
    zone: str
    stage: Literal["none", "ground", "extended", "take-back"]
    reason: str
    since: date | None
    until: date | None
    norms: tuple[Norm, ...]

    @property
    def certainty(self) -> Certainty:
        """That of the least certain rule used."""
        return least_certain(self.norms)


def take_back(plots: pl.DataFrame, on: date) -> list[TakeBack]:
    """The ground for taking back each plot that is held and not wholly used, as of `on` (Rule Z23).

    Source: Land Law 2013, Art. 64.1.i; Land Law 2024, Art. 81.8 (both from memory, and marked so): land not used for 12
    months running, or use 24 months behind the schedule, may be extended by 24 months at most, then is taken back.
    """
    held = plots_on(plots, on).filter(pl.col("state").is_in(["allotted", "building", "part-used", "idle"]))
    return [_ground(row, on) for row in held.iter_rows(named=True)]


def _ground(row: dict[str, object], on: date) -> TakeBack:
    norms = tuple(n for name in ("idle", "delay", "extension") if (n := find(f"plot.{name}_months", on)) is not None)
    limits = {norm.name: int(norm.figure) for norm in norms}
    reason, since = _reason(row, on, limits)
    until = row["extended_to"]
    assert until is None or isinstance(until, date)
    stage: Literal["none", "ground", "extended", "take-back"] = "none"
    if since is not None:
        stage = "ground" if until is None else "extended" if on <= until else "take-back"
    return TakeBack(str(row["plot"]), str(row["zone"]), stage, reason if since else "", since, until, norms)


def _reason(row: dict[str, object], on: date, limits: dict[str, int]) -> tuple[str, date | None]:
    """Which ground there is and the day from which it is one."""
    grounds = []
    if row["state"] in ("idle", "allotted"):
        began = row["idle_since"] if row["state"] == "idle" else row["allotted_on"]
        grounds.append(("idle", began, limits.get("plot.idle_months")))
    if row["state"] == "allotted":
        grounds.append(("start-late", row["start_due"], limits.get("plot.delay_months")))
    if row["completed_on"] is None:
        grounds.append(("build-late", row["build_due"], limits.get("plot.delay_months")))
    reached = [
        (reason, add_months(start, months))
        for reason, start, months in grounds
        if isinstance(start, date) and months is not None and add_months(start, months) <= on
    ]
    return min(reached, key=lambda found: found[1], default=("", None))


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day."""
    month = Month.of(day) + months
    return month.first_day.replace(day=min(day.day, month.last_day.day))
