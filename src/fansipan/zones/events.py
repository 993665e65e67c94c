"""The log of zones' steps: only ever added to; what was wrong is cancelled by a later row, never erased (Rule Z17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from fansipan.errors import Fault, Place, Refused
from fansipan.tables.declarations.zone_records import ZoneEvents
from fansipan.tables.registers.appending import Signature, appended
from fansipan.zones.life_cycle import FORMED, state_words, step


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step to be recorded: which zone enters which state, when, by which document, recorded by whom and when."""

    zone: str
    state: str
    happened_on: date
    document: str | None
    recorded_by: str
    recorded_at: datetime
    office: str | None = None
    note: str | None = None
    cancels: str | None = None
    source: str = "reported"


def in_force(events: pl.DataFrame, on: date | None = None) -> pl.DataFrame:
    """The rows of `zone_events` that no later row makes void, in order of their days, up to `on` if it is given.

    A row that cancels counts as soon as it is in the log, whatever its day (what was known when is
    `Province.known_on`), and makes void only rows that stand above it. A row of act ``undo`` does nothing else.
    """
    log = events.with_row_index("@order").with_columns(_mark().alias("@mark"))
    cancelled = log.filter(pl.col("cancels").is_not_null()).select("zone", "cancels", pl.col("@order").alias("@by"))
    void = log.join(cancelled, left_on=["zone", "@mark"], right_on=["zone", "cancels"]).filter(
        pl.col("@order") < pl.col("@by")
    )
    kept = log.filter(~pl.col("@order").is_in(void["@order"].implode()), pl.col("act").ne_missing("undo"))
    ordered = kept.sort("zone", "happened_on", "@order").drop("@order", "@mark")
    return ordered if on is None else ordered.filter(pl.col("happened_on") <= on)


def _mark() -> pl.Expr:
    """How a row is named where a later one cancels it: ``state@date``."""
    return pl.format("{}@{}", "state", pl.col("happened_on").cast(pl.String))


def state_on(events: pl.DataFrame, zone: str, on: date) -> str | None:
    """The state of `zone` at the end of the day `on`; None if the log says nothing of it by then."""
    found = in_force(events.filter(pl.col("zone") == zone), on)
    return found["state"][-1] if found.height else None


def states_on(events: pl.DataFrame, on: date) -> pl.DataFrame:
    """`zone`, `state`, `since` (the day it was entered), `document`: where every zone stood at the end of `on`."""
    return (
        in_force(events, on)
        .group_by("zone", maintain_order=True)
        .last()
        .select("zone", "state", pl.col("happened_on").alias("since"), "document")
    )


def formed_between(events: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """`zone`, `formed_on`, `document`: zones whose first state in law (established or later) fell in the span.

    A zone that entered the register already operating was formed at a day that nobody recorded: it is left out.
    """
    log = in_force(events).with_columns((pl.int_range(pl.len()).over("zone") == 0).alias("entry"))
    formed = log.filter(pl.col("state").is_in(FORMED)).group_by("zone", maintain_order=True).first()
    dated = formed.filter((pl.col("state") == "established") | ~pl.col("entry"))
    inside = dated.filter(pl.col("happened_on").is_between(first, last))
    return inside.select("zone", pl.col("happened_on").alias("formed_on"), "document")


def record(events: pl.DataFrame, kind: str, new: Step) -> pl.DataFrame:
    """The log with one step more, the state it leaves filled in; the log given is not changed.

    `kind` is the zone's kind. Raises Refused with the reason if the state map forbids the step (`life_cycle.step`),
    ``zone.out-of-order`` if it happened before the zone's last step, ``zone.not-yet`` if it is said to happen after it
    was recorded, ``zone.nothing-to-cancel`` or ``zone.cancel-last-only`` if it cancels a step that is not there or not
    the last one.
    """
    past = in_force(events.filter(pl.col("zone") == new.zone))
    if new.happened_on > new.recorded_at.date():
        raise Refused("zone.not-yet", zone=new.zone, day=new.happened_on, at=new.recorded_at.date())
    if new.cancels is not None:
        past = _without_last(past, new.zone, new.cancels)
    before = past["state"][-1] if past.height else None
    if past.height and new.happened_on < past["happened_on"][-1]:
        raise Refused("zone.out-of-order", zone=new.zone, day=new.happened_on, last=past["happened_on"][-1])
    step(kind, before, new.state, new.document)
    row = {**{name: getattr(new, name) for name in new.__slots__}, "state_from": before, "act": "step"}
    return appended(events, ZoneEvents, row)


def undo(events: pl.DataFrame, zone: str, reason: str, signature: Signature) -> pl.DataFrame:
    """The log with a row that makes the zone's last step void, because of `reason`; the step itself stays to be read.

    The row's states are those it goes from and back to (the step's own, where none was before). Refused
    ``zone.nothing-to-undo`` for a zone without a step.
    """
    past = in_force(events.filter(pl.col("zone") == zone))
    if past.is_empty():
        raise Refused("zone.nothing-to-undo", zone=zone)
    last = past.row(-1, named=True)
    back = past["state"][-2] if past.height > 1 else last["state"]
    row = {
        "zone": zone,
        "happened_on": last["happened_on"],
        "state": back,
        "act": "undo",
        "state_from": last["state"],
        "cancels": f"{last['state']}@{last['happened_on']}",
        "note": reason,
        **signature.columns(),
    }
    return appended(events, ZoneEvents, row)


def _without_last(past: pl.DataFrame, zone: str, cancels: str) -> pl.DataFrame:
    marks = past.select(_mark()).to_series().to_list()
    if cancels not in marks:
        raise Refused("zone.nothing-to-cancel", zone=zone, step=cancels)
    if marks[-1] != cancels:
        raise Refused("zone.cancel-last-only", zone=zone, step=cancels, last=marks[-1])
    return past.head(-1)


def empty_log() -> pl.DataFrame:
    """A log without rows, in the columns of `zone_events`."""
    return ZoneEvents.create_empty()


def check_log(events: pl.DataFrame, zones: pl.DataFrame) -> tuple[Fault, ...]:
    """Every step of the log that the state map forbids or that says another state before than the log shows.

    Rows of the register that say no document are warned of, not refused: published lists often name none.
    """
    kinds = dict(zones.select("zone", "kind").iter_rows())
    return tuple(
        fault
        for zone in in_force(events)["zone"].unique(maintain_order=True)
        for fault in _faults_of(in_force(events.filter(pl.col("zone") == zone)), zone, kinds)
    )


def _faults_of(log: pl.DataFrame, zone: str, kinds: dict[str, str]) -> Iterator[Fault]:
    before: str | None = None
    place = Place("zone_events")
    if zone not in kinds:
        yield Fault("zone.unknown", {"zone": zone}, place, zone)
        return
    for row in log.iter_rows(named=True):
        told = row["state_from"]
        if told is not None and told != before:
            seen = state_words([before] if before else [])
            yield Fault(
                "zone.other-state", {"zone": zone, "told": state_words([told]), "seen": seen}, place, row["happened_on"]
            )
        try:
            step(kinds[zone], before, row["state"], row["document"])
        except Refused as refusal:
            severity = "warning" if refusal.code == "zone.no-document" else "error"
            yield Fault(refusal.code, refusal.params, place, f"{zone} {row['happened_on']}", severity)
        before = row["state"]
