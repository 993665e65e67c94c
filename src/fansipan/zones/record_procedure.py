"""Recording the acts of a zone's procedure, by which its clocks run, stop and end: only ever added to (Rule Z29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.norms import find
from fansipan.tables.declarations.zone_records import ZoneSteps
from fansipan.tables.registers.appending import Signature, appended
from fansipan.texts import Words
from fansipan.zones.procedures import STEPS, valid_acts

PROCEDURES = tuple(choice.value for choice in ZoneSteps.meaning("procedure").choices)
WORDS = ZoneSteps.meaning("step").choice_words | ZoneSteps.meaning("act").choice_words
ACTS = ("started", "asked", "received", "done")
# Steps that an authority ends by a document.
BY_DOCUMENT = ("notice", "appraisal", "decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureAct:
    """An act in a zone's procedure on a day: a step `started`, supplements `asked` for or `received`, a step `done`."""

    zone: str
    procedure: str
    step: str
    act: str
    day: date
    office: str | None = None
    note: str | None = None


def record_act(steps: pl.DataFrame, new: ProcedureAct, signature: Signature) -> pl.DataFrame:
    """The acts with one more; those given are not changed.

    Refused with its reason: ``zone-step.not-yet`` (after it was recorded), ``zone-step.out-of-order`` (before the last
    act of the procedure), ``zone-step.not-begun``, ``zone-step.begun-already``, ``zone-step.done-already``,
    ``zone-step.before`` (the step before is not done), ``zone-step.waiting`` (supplements are awaited),
    ``zone-step.not-waiting``, ``zone-step.no-stop`` (a clock that the law does not stop), ``zone-step.no-document``.
    """
    own = steps.filter((pl.col("zone") == new.zone) & (pl.col("procedure") == new.procedure))
    past = valid_acts(own).sort("happened_on", maintain_order=True)
    told = {"zone": new.zone, "step": WORDS[new.step], "act": WORDS[new.act], "day": new.day}
    if new.day > signature.at.date():
        raise Refused("zone-step.not-yet", **told, at=signature.at.date())
    if past.height and new.day < past["happened_on"][-1]:
        raise Refused("zone-step.out-of-order", **told, last=past["happened_on"][-1])
    reason = _against(past, new, signature)
    if reason is not None:
        raise Refused(f"zone-step.{reason}", **told, before=_before(new.step))
    row = {
        "zone": new.zone,
        "procedure": new.procedure,
        "step": new.step,
        "act": new.act,
        "happened_on": new.day,
        "office": new.office,
        "note": new.note,
        **signature.columns(),
    }
    return appended(steps, ZoneSteps, row)


def undo_act(steps: pl.DataFrame, zone: str, procedure: str, reason: str, signature: Signature) -> pl.DataFrame:
    """The acts with a row that makes the procedure's last act void, because of `reason`; the act stays to be read.

    Refused ``record.nothing-to-undo`` where no act of the procedure is in force.
    """
    own = steps.filter((pl.col("zone") == zone) & (pl.col("procedure") == procedure))
    past = valid_acts(own).sort("happened_on", maintain_order=True)
    if past.is_empty():
        raise Refused("record.nothing-to-undo", of=f"{zone} {procedure}")
    last = past.row(-1, named=True)
    row = {
        "zone": zone,
        "procedure": procedure,
        "step": last["step"],
        "act": "undone",
        "note": reason,
        "happened_on": last["happened_on"],
        "cancels": f"{last['act']}@{last['happened_on']}#{last['entry']}",
        **signature.columns(),
    }
    return appended(steps, ZoneSteps, row)


def _before(step: str) -> Words:
    return WORDS[STEPS[max(STEPS.index(step) - 1, 0)]]


def _against(past: pl.DataFrame, new: ProcedureAct, signature: Signature) -> str | None:
    """The code of the reason against the act, or None."""
    own = past.filter(pl.col("step") == new.step)["act"].to_list()
    earlier = STEPS[: STEPS.index(new.step)]
    done = set(past.filter(pl.col("act") == "done")["step"])
    begun = "started" in own or bool(earlier and earlier[-1] in done)
    waiting = own.count("asked") > own.count("received")
    begins = past["happened_on"][0] if past.height else new.day
    if new.step in done:
        return "done-already"
    if new.act == "started":
        return "begun-already" if "started" in own else "before" if past.height and set(earlier) - done else None
    if not begun:
        return "not-begun"
    if new.act == "asked":
        return "waiting" if waiting else None if _stops(new.step, begins) else "no-stop"
    if new.act == "received":
        return None if waiting else "not-waiting"
    return "waiting" if waiting else "no-document" if new.step in BY_DOCUMENT and not signature.document else None


def _stops(step: str, begun: date) -> bool:
    """Whether the law stops the clock of the step for supplements; where it carries no clock, nothing forbids it."""
    norm = find(f"cluster.clock.{step}", begun)
    return norm is None or norm.note == "stops-for-supplements"
