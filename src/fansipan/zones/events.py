"""The log of zones' steps: only ever added to; what was wrong is cancelled by a later row, never erased (Rule Z17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from fansipan.errors import Fault, Place, Refused
from fansipan.tables.zone_records import ZoneEvents
from fansipan.zones.life_cycle import FORMED, States, step


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
    """The rows of `zone_events` that no other row cancels, in order of their days, up to `on` if it is given.

    A cancelling row counts as soon as it is in the log, whatever its day: what was known when is `Province.known_on`.
    """
    ordered = events.with_row_index("@order").sort("zone", "happened_on", "@order")
    cancelled = ordered.filter(pl.col("cancels").is_not_null()).select("zone", mark="cancels")
    mark = pl.format("{}@{}", "state", pl.col("happened_on").cast(pl.String)).alias("mark")
    kept = ordered.with_columns(mark).join(cancelled, on=["zone", "mark"], how="anti").drop("@order", "mark")
    return kept if on is None else kept.filter(pl.col("happened_on") <= on)


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
    ``zone.out-of-order`` if it happened before the zone's last step, ``zone.nothing-to-cancel`` if it cancels a step
    that is not there.
    """
    past = in_force(events.filter(pl.col("zone") == new.zone))
    if new.cancels is not None:
        past = _without(past, new)
    before = past["state"][-1] if past.height else None
    if past.height and new.happened_on < past["happened_on"][-1]:
        raise Refused("zone.out-of-order", zone=new.zone, day=new.happened_on, last=past["happened_on"][-1])
    step(kind, before, new.state, new.document)
    row = {**{name: getattr(new, name) for name in new.__slots__}, "state_from": before}
    added = pl.DataFrame([row], schema_overrides=events.schema).cast({"recorded_at": events.schema["recorded_at"]})
    return pl.concat([events, added.select(c for c in events.columns if c in added.columns)], how="diagonal")


def _without(past: pl.DataFrame, new: Step) -> pl.DataFrame:
    mark = pl.format("{}@{}", "state", pl.col("happened_on").cast(pl.String))
    kept = past.filter(mark != new.cancels)
    if kept.height == past.height:
        raise Refused("zone.nothing-to-cancel", zone=new.zone, step=new.cancels)
    return kept


def empty_log() -> pl.DataFrame:
    """A log without rows, in the columns of `zone_events`."""
    return ZoneEvents.create_empty()


def check_log(events: pl.DataFrame, zones: pl.DataFrame) -> tuple[Fault, ...]:
    """Every step of the log that the state map forbids or that says another state before than the log shows.

    Rows of the register that say no document are warned of, not refused: published lists often name none.
    """
    kinds = dict(zones.select("zone", "kind").iter_rows())
    return tuple(fault for zone in in_force(events)["zone"].unique(maintain_order=True)
                 for fault in _faults_of(in_force(events.filter(pl.col("zone") == zone)), zone, kinds))  # fmt: skip


def _faults_of(log: pl.DataFrame, zone: str, kinds: dict[str, str]) -> Iterator[Fault]:
    before: str | None = None
    place = Place("zone_events")
    if zone not in kinds:
        yield Fault("zone.unknown", {"zone": zone}, place, zone)
        return
    for row in log.iter_rows(named=True):
        told = row["state_from"]
        if told is not None and told != before:
            seen = States([before] if before else [])
            yield Fault(
                "zone.other-state", {"zone": zone, "told": States([told]), "seen": seen}, place, row["happened_on"]
            )
        try:
            step(kinds[zone], before, row["state"], row["document"])
        except Refused as refusal:
            severity = "warning" if refusal.code == "zone.no-document" else "error"
            yield Fault(refusal.code, refusal.params, place, f"{zone} {row['happened_on']}", severity)
        before = row["state"]
