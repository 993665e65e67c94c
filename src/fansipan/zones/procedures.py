"""Deadlines of establishing and expanding clusters, step by step, from what was recorded (Rule Z18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.norms import Deadline, Norm, Stop, term, value
from fansipan.norms.norm import CERTAINTIES, Certainty, least_certain

CLOCK_STATES = ("running", "stopped", "overdue", "kept", "missed", "not-known", "no-rule")
STEPS = ("notice", "proposals", "dossier", "appraisal", "decision")


@dataclass(frozen=True, slots=True)
class StepClock:
    """The clock of one step: its rule, its term, and when it was done, if it was."""

    zone: str
    procedure: str
    step: str
    norm: Norm
    deadline: Deadline
    done_on: date | None
    office: str | None

    @property
    def certainty(self) -> Certainty:
        """The least certain of the rule and of the days off counted."""
        return max(least_certain([self.norm]), self.deadline.certainty, key=CERTAINTIES.index)


def valid_acts(steps: pl.DataFrame) -> pl.DataFrame:
    """The acts that no other row makes void; a row of act ``undone`` does nothing else (Rule Z29)."""
    if "cancels" not in steps.columns:
        return steps
    of = ["zone", "procedure", "step"]
    mark = pl.format("{}@{}#{}", "act", pl.col("happened_on").cast(pl.String), "entry")
    void = steps.filter(pl.col("cancels").is_not_null()).select(*of, mark="cancels")
    kept = steps.filter(pl.col("act") != "undone").with_columns(mark.alias("mark"))
    return kept.join(void, on=[*of, "mark"], how="anti", maintain_order="left").drop("mark")


def clocks(steps: pl.DataFrame, zone: str, procedure: str, on: date) -> Iterator[StepClock]:
    """The clocks of a zone's procedure as recorded up to `on`, in the order of the steps.

    The regime is that of the dossier: from the step ``dossier`` on that of the day on which it was handed in (Decree
    303/2026/NĐ-CP, Art. 1.18), before it that of the day on which the procedure began. A step that was not expressly
    started begins on the day on which the step before it was done. Raises Refused ``norm.no-regime`` if no clock is
    carried for that day.
    """
    acts = (
        valid_acts(steps)
        .filter((pl.col("zone") == zone) & (pl.col("procedure") == procedure) & (pl.col("happened_on") <= on))
        .sort("happened_on", maintain_order=True)
    )
    if acts.is_empty():
        return
    begun, previous = acts["happened_on"][0], None
    for step in STEPS:
        own = acts.filter(pl.col("step") == step)
        started = _first(own, "started") or previous
        if started is None:
            continue
        begun = started if step == "dossier" else begun
        norm, done = value(f"cluster.clock.{step}", begun), _first(own, "done")
        office = own["office"].drop_nulls()
        yield StepClock(
            zone, procedure, step, norm, term(norm, started, _stops(own)), done, office[0] if len(office) else None
        )
        previous = done


def dossier_day(steps: pl.DataFrame, zone: str, procedure: str, on: date) -> date | None:
    """The day on which the dossier of a procedure not yet decided on `on` was handed in; None where there is none."""
    acts = valid_acts(steps).filter(
        (pl.col("zone") == zone) & (pl.col("procedure") == procedure) & (pl.col("happened_on") <= on)
    )
    if _first(acts.filter(pl.col("step") == "decision").sort("happened_on"), "done") is not None:
        return None
    return _first(acts.filter(pl.col("step") == "dossier").sort("happened_on"), "started")


def _first(acts: pl.DataFrame, act: str) -> date | None:
    days = acts.filter(pl.col("act") == act)["happened_on"]
    return days[0] if len(days) else None


def _stops(acts: pl.DataFrame) -> list[Stop]:
    asked = acts.filter(pl.col("act") == "asked")["happened_on"].to_list()
    received = acts.filter(pl.col("act") == "received")["happened_on"].to_list()
    return [Stop(day, received[k] if k < len(received) else None) for k, day in enumerate(asked)]


def deadlines(steps: pl.DataFrame, on: date) -> pl.DataFrame:
    """Every clock of every procedure as seen on `on`, one row a step.

    Columns: `zone`, `procedure`, `step`, `office`, `started_on`, `length`, `counting`, `due` (null while stopped or
    not known yet), `done_on`, `state` (kept, missed, running, stopped, overdue, not-known), `late` (in the unit of the
    term), `at_least` (`late` is a lower bound: days not yet decided lie between), `left`, `decree`, `article`,
    `certainty`. A procedure begun on a day for which no clock is
    carried is one row of state ``no-rule``.
    """
    pairs = (
        valid_acts(steps).filter(pl.col("happened_on") <= on).select("zone", "procedure").unique(maintain_order=True)
    )
    rows = [row for zone, procedure in pairs.iter_rows() for row in _rows(steps, zone, procedure, on)]
    return pl.DataFrame(rows, schema=DEADLINE_SCHEMA, orient="row")


DEADLINE_SCHEMA = {
    "zone": pl.String,
    "procedure": pl.String,
    "step": pl.String,
    "office": pl.String,
    "started_on": pl.Date,
    "length": pl.Int64,
    "counting": pl.String,
    "due": pl.Date,
    "done_on": pl.Date,
    "state": pl.String,
    "late": pl.Int64,
    "at_least": pl.Boolean,
    "left": pl.Int64,
    "decree": pl.String,
    "article": pl.String,
    "certainty": pl.String,
}


def _rows(steps: pl.DataFrame, zone: str, procedure: str, on: date) -> list[tuple[object, ...]]:
    try:
        return [_row(clock, on) for clock in clocks(steps, zone, procedure, on)]
    except Refused:
        return [(zone, procedure, *[None] * 7, "no-rule", *[None] * 6)]


def _row(clock: StepClock, on: date) -> tuple[object, ...]:
    d = clock.deadline
    state, late = d.state(on, clock.done_on), d.late(on, clock.done_on)
    return (
        clock.zone,
        clock.procedure,
        clock.step,
        clock.office,
        d.start,
        d.length,
        d.counting,
        d.due,
        clock.done_on,
        state,
        late,
        d.at_least(on, clock.done_on),
        d.left,
        clock.norm.decree,
        clock.norm.article,
        clock.certainty,
    )
