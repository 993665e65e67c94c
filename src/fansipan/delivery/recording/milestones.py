"""Recording the dates of a project's milestones: only ever added to, refused with a reason (Rule D19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from fansipan.delivery.capital import capital_faults
from fansipan.delivery.milestones import ORDER, valid_rows
from fansipan.errors import NotFound, Refused
from fansipan.province import Province
from fansipan.tables.declarations.progress import MILESTONES, Milestones, ProjectCapital
from fansipan.tables.registers.appending import Signature, appended
from fansipan.texts import Words

DateKind = Literal["planned", "forecast", "actual"]
MILESTONE_WORDS = {code: Words(vi, en) for code, vi, en in MILESTONES}
# Milestones that are an act of an authority: done only by a document.
BY_DOCUMENT = ("policy-approval", "registration", "land", "environment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date to be recorded for a milestone: planned, forecast or actual, and why."""

    project: str
    milestone: str
    kind: DateKind
    day: date
    reason: str | None = None


def record_milestone(province: Province, new: Dated, signature: Signature) -> Province:
    """The province with one date more; dates given before stay as baselines.

    Refused: ``milestone.not-yet`` (done after it was recorded), ``milestone.already-done`` (an actual date stands: undo
    it first), ``milestone.no-reason`` (a plan or forecast is moved without one), ``milestone.no-document`` (an act of
    an authority without its document), ``milestone.before`` (done before a milestone that comes earlier).
    Raises NotFound ``delivery.no-such`` for a project or milestone that is not known.
    """
    table = province["milestones"]
    _known(province, new)
    past = valid_rows(table).filter(pl.col("project") == new.project)
    own = past.filter(pl.col("milestone") == new.milestone)
    done = own.filter(pl.col("kind") == "actual")
    told = {"project": new.project, "milestone": MILESTONE_WORDS[new.milestone], "day": new.day}
    if done.height:
        raise Refused("milestone.already-done", **told, done=done["day"][-1])
    if new.kind == "actual":
        _check_actual(past, new, signature)
    elif own.filter(pl.col("kind") == new.kind).height and not new.reason:
        raise Refused("milestone.no-reason", **told)
    row = {
        "project": new.project,
        "milestone": new.milestone,
        "kind": new.kind,
        "day": new.day,
        "reason": new.reason,
        **signature.columns(),
    }
    return province.replace(milestones=appended(table, Milestones, row))


def undo_milestone(province: Province, project: str, milestone: str, reason: str, signature: Signature) -> Province:
    """The province with a row that makes the milestone's last date void; the date itself stays to be read.

    Refused ``record.nothing-to-undo`` if no date of the milestone is in force.
    """
    table = province["milestones"]
    past = valid_rows(table).filter((pl.col("project") == project) & (pl.col("milestone") == milestone))
    if past.is_empty():
        raise Refused("record.nothing-to-undo", of=f"{project} {milestone}")
    last = past.sort("recorded_at", maintain_order=True).row(-1, named=True)
    row = {
        "project": project,
        "milestone": milestone,
        "kind": last["kind"],
        "day": last["day"],
        "reason": reason,
        "cancels": last["recorded_at"],
        **signature.columns(),
    }
    return province.replace(milestones=appended(table, Milestones, row))


def record_capital(
    province: Province,
    project: str,
    realised: float,
    on: date,
    signature: Signature,
    *,
    registered: float | None = None,
    reason: str | None = None,
) -> Province:
    """The province with the capital of `project` realised up to `on` (billion đồng); earlier figures stay.

    `registered` is the registered capital as adjusted from that day, `reason` why the cumulative figure falls. Refused
    ``capital.negative``, ``capital.not-yet`` for a day after it was recorded, ``capital.over-registered`` and
    ``capital.falls`` (Rule D29).
    """
    if project not in province["projects"]["project"]:
        raise _no_such(province, project)
    if realised < 0:
        raise Refused("capital.negative", realised=realised)
    if on > signature.at.date():
        raise Refused("capital.not-yet", day=on, at=signature.at.date())
    row = {"project": project, "as_of": on, "realised": realised, "registered": registered, "reason": reason}
    rows = appended(province["project_capital"], ProjectCapital, {**row, **signature.columns()})
    frames = {"projects": province["projects"], "project_capital": province["project_capital"]}
    stood = capital_faults(frames)
    new = [fault for fault in capital_faults({**frames, "project_capital": rows}) if fault not in stood]
    if new:
        raise Refused(new[0].code, **new[0].params)
    return province.replace(project_capital=rows)


def _known(province: Province, new: Dated) -> None:
    if new.project not in province["projects"]["project"]:
        raise _no_such(province, new.project)
    if new.milestone not in ORDER:
        raise NotFound("delivery.no-such", name=new.milestone, known=", ".join(ORDER))


def _no_such(province: Province, project: str) -> NotFound:
    return NotFound("delivery.no-such", name=project, known=", ".join(province["projects"]["project"]))


def _check_actual(past: pl.DataFrame, new: Dated, signature: Signature) -> None:
    told = {"project": new.project, "milestone": MILESTONE_WORDS[new.milestone], "day": new.day}
    if new.day > signature.at.date():
        raise Refused("milestone.not-yet", **told, at=signature.at.date())
    if new.milestone in BY_DOCUMENT and not signature.document:
        raise Refused("milestone.no-document", **told)
    earlier = ORDER[: ORDER.index(new.milestone)]
    done = past.filter((pl.col("kind") == "actual") & pl.col("milestone").is_in(earlier) & (pl.col("day") > new.day))
    if done.height:
        raise Refused(
            "milestone.before", **told, other=MILESTONE_WORDS[done["milestone"][-1]], other_day=done["day"][-1]
        )
