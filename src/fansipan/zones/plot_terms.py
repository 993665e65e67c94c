"""The terms of a plot after allotment: reminders, the ground for taking land back, extensions (Rule Z23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.norms import Norm, find
from fansipan.norms.norm import Certainty, least_certain
from fansipan.periods import Month
from fansipan.zones.plots import plots_on

REMIND = (90, 30, 7)
# The states of a plot that is held and not wholly used.
UNUSED = ("allotted", "building", "part-used", "idle")
_OF = ("zone", "plot", "investor")


def reminders(plots: pl.DataFrame, on: date, days: Sequence[int] = REMIND) -> pl.DataFrame:
    """Deadlines that come within the longest of `days` or have passed, the most urgent first.

    Columns: `zone`, `plot`, `investor`, `deadline` (``start``, ``build`` or ``extension``), `due`, `days_left`
    (negative: passed), `notice` (the shortest of `days` not yet passed; 0 once the day has passed). An extension ends
    at the latest on the most that the law allows.
    """
    frame = plots_on(plots, on).filter(pl.col("state").is_in(UNUSED))
    ends = {found.plot: found.until for found in take_back(plots, on)}
    open_terms = {
        "start": frame.filter(pl.col("started_on").is_null() | (pl.col("started_on") > on)).select(
            *_OF, due="start_due"
        ),
        "build": frame.filter(pl.col("completed_on").is_null() | (pl.col("completed_on") > on)).select(
            *_OF, due="build_due"
        ),
        "extension": frame.select(*_OF, due=pl.col("plot").replace_strict(ends, return_dtype=pl.Date, default=None)),
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


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What the law says of an allotted plot: `stage`, since when, by which rules (Rule Z23).

    ``none``: no ground. ``ground``: land idle or behind schedule for so long that the term may be extended once.
    ``extended``: an extension runs until `until`. ``take-back``: the extension has run out, the land is still unused.
    `extended_to` is the extension as recorded, `most` the last day that the law allows one (None: no ground can be
    counted, or no rule is carried); `until` is the earlier of the two. `from_decision`: the hand-over of the land was
    not recorded, so that the months were counted from the decision and may end later.
    """

    plot: str
    zone: str
    stage: Literal["none", "ground", "extended", "take-back"]
    reason: str
    since: date | None
    until: date | None
    extended_to: date | None
    most: date | None
    from_decision: bool
    norms: tuple[Norm, ...]

    @property
    def certainty(self) -> Certainty:
        """That of the least certain rule used."""
        return least_certain(self.norms)

    @property
    def beyond(self) -> bool:
        """Whether the extension recorded runs longer than the law allows."""
        return self.extended_to is not None and self.most is not None and self.extended_to > self.most


@dataclass(frozen=True, slots=True)
class _Ground:
    """A ground for taking land back: why, the day from which it is one, whether that day rests on the decision's."""

    reason: str
    day: date
    from_decision: bool


def take_back(plots: pl.DataFrame, on: date) -> list[TakeBack]:
    """The ground for taking back each plot that is held and not wholly used, as of `on` (Rule Z23).

    Source: Land Law 2013, Art. 64.1.i; Land Law 2024, Art. 81.8 (both from memory, and marked so): land not used for 12
    months running from its hand-over on site, or use 24 months behind the schedule, may be extended by 24 months at
    most, then is taken back.
    """
    held = plots_on(plots, on).filter(pl.col("state").is_in(UNUSED))
    return [_take_back(row, on) for row in held.iter_rows(named=True)]


def _take_back(row: dict[str, Any], on: date) -> TakeBack:
    norms = tuple(n for name in ("idle", "delay", "extension") if (n := find(f"plot.{name}_months", on)) is not None)
    limits = {norm.name: int(norm.figure) for norm in norms}
    first = min(_grounds(row, limits), key=lambda ground: ground.day, default=None)
    longest, extended_to = limits.get("plot.extension_months"), row["extended_to"]
    most = None if first is None or longest is None else add_months(first.day, longest)
    until = extended_to if extended_to is None or most is None else min(extended_to, most)
    reached = first is not None and first.day <= on
    stage: Literal["none", "ground", "extended", "take-back"] = "none"
    if reached:
        stage = "ground" if until is None else "extended" if on <= until else "take-back"
    return TakeBack(
        plot=row["plot"],
        zone=row["zone"],
        stage=stage,
        reason=first.reason if first is not None and reached else "",
        since=first.day if first is not None and reached else None,
        until=until,
        extended_to=extended_to,
        most=most,
        from_decision=first is not None and first.from_decision,
        norms=norms,
    )


def _grounds(row: dict[str, Any], limits: dict[str, int]) -> Iterator[_Ground]:
    """Every ground that there is or will be if nothing is done, with the day from which it is one.

    Months of no use count from the hand-over, those behind the schedule not before it. Where no hand-over was recorded
    the decision's day stands in, unless building began by the day due: then the land had been handed over.
    """
    idle, delay = limits.get("plot.idle_months"), limits.get("plot.delay_months")
    handed, started = row["handed_over_on"], row["started_on"]
    if idle is not None and row["state"] == "idle":
        yield _Ground("idle", add_months(row["idle_since"], idle), from_decision=False)
    if idle is not None and row["state"] == "allotted":
        yield _Ground("idle", add_months(handed or row["allotted_on"], idle), from_decision=handed is None)
    late = {"start-late": row["start_due"] if row["state"] == "allotted" else None}
    late["build-late"] = row["build_due"] if row["completed_on"] is None else None
    for reason, due in late.items():
        if due is not None and delay is not None:
            unknown = handed is None and (started is None or started > due)
            yield _Ground(reason, add_months(max(due, handed or due), delay), from_decision=unknown)


def term_faults(plots: pl.DataFrame) -> tuple[Fault, ...]:
    """Extensions beyond the most that the law allows or given twice, land handed over before it was allotted.

    An extension that is too long only as counted from the decision, because no hand-over was recorded, is a warning.
    """
    last = plots["as_of"].max()
    if not isinstance(last, date):
        return ()
    place, extension = Place("plots", column="extended_to"), find("plot.extension_months", last)
    faults = []
    for found in take_back(plots, last):
        if found.beyond:
            params = {"plot": found.plot, "extended": found.extended_to, "most": found.most, "law": extension}
            severity: Literal["warning", "error"] = "warning" if found.from_decision else "error"
            code = f"plot.extension-too-long{'-from-decision' if found.from_decision else ''}"
            faults.append(Fault(code, params, place, found.extended_to, severity))
    for (plot,), own in plots.sort("as_of", maintain_order=True).group_by("plot", maintain_order=True):
        extensions = own["extended_to"].drop_nulls().unique(maintain_order=True)
        if len(extensions) > 1 and extension is not None:
            params = {"plot": plot, "first": extensions[0], "second": extensions[-1], "law": extension}
            faults.append(Fault("plot.extended-again", params, place, extensions[-1], "warning"))
    early = plots.filter(pl.col("handed_over_on") < pl.col("allotted_on"))
    for row in early.unique("plot", keep="last", maintain_order=True).iter_rows(named=True):
        params = {"plot": row["plot"], "handed": row["handed_over_on"], "allotted": row["allotted_on"]}
        at = Place("plots", column="handed_over_on")
        faults.append(Fault("plot.handed-before", params, at, row["handed_over_on"], "warning"))
    return tuple(faults)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day."""
    month = Month.of(day) + months
    return month.first_day.replace(day=min(day.day, month.last_day.day))
