"""Recording steps of programmes and tasks: each record is a row; the latest holds, earlier ones stay (Rule D21)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from fansipan.errors import NotFound, Refused
from fansipan.indicators.promise_figures import latest_steps
from fansipan.province import Province
from fansipan.tables.declarations.paperwork import ProgrammeSteps, Tasks
from fansipan.tables.registers.appending import Signature, appended

# Steps that are an act of an authority: done only by a document.
BY_DOCUMENT = ("submission", "approval")


def record_step(
    province: Province,
    programme: str,
    step: str,
    signature: Signature,
    *,
    done_on: date | None = None,
    due: date | None = None,
    reason: str | None = None,
) -> Province:
    """The province with a row more on a step of a programme: done on a day, or due on another.

    Refused ``step.nothing`` where neither is said, ``step.already-done`` (undo it first), ``step.waits`` where a step
    it comes after is not done, ``step.not-yet`` (done after it was recorded), ``step.no-document`` (a submission or
    approval without its document), ``step.no-reason`` (due moved without one). Raises NotFound ``delivery.no-such``.
    """
    table = province["programme_steps"]
    rows = {r["step"]: r for r in latest_steps(table.filter(pl.col("programme") == programme)).iter_rows(named=True)}
    if step not in rows:
        known = ", ".join(rows) or ", ".join(province["programmes"]["programme"])
        raise NotFound("delivery.no-such", name=step if rows else programme, known=known)
    last = rows[step]
    told = {"of": programme, "step": step}
    _check(last, told, signature, done_on=done_on, due=due, reason=reason)
    if done_on is not None:
        waits = [name for name in (last["after"] or "").split() if rows.get(name, {}).get("done_on") is None]
        if waits:
            raise Refused("step.waits", **told, waits=", ".join(waits))
        if last["kind"] in BY_DOCUMENT and not signature.document:
            raise Refused("step.no-document", **told)
    return province.replace(
        programme_steps=appended(table, ProgrammeSteps, _changed(last, due, done_on, reason, signature))
    )


def record_task(
    province: Province,
    task: str,
    signature: Signature,
    *,
    done_on: date | None = None,
    due: date | None = None,
    reason: str | None = None,
) -> Province:
    """The province with a row more on a task: done on a day, or due on another; refusals as of `record_step`."""
    table = province["tasks"]
    last = _last_row(table, "task", task)
    _check(last, {"of": task, "step": task}, signature, done_on=done_on, due=due, reason=reason)
    return province.replace(tasks=appended(table, Tasks, _changed(last, due, done_on, reason, signature)))


def undo_step(province: Province, programme: str, step: str, reason: str, signature: Signature) -> Province:
    """The province with a row that puts the step back to what was recorded before its last row, which stays.

    Refused ``record.nothing-to-undo`` where the step has only its first row.
    """
    own = province["programme_steps"].filter((pl.col("programme") == programme) & (pl.col("step") == step))
    row = _before_last(own, f"{programme} {step}", reason, signature)
    return province.replace(programme_steps=appended(province["programme_steps"], ProgrammeSteps, row))


def undo_task(province: Province, task: str, reason: str, signature: Signature) -> Province:
    """The province with a row that puts the task back to what was recorded before its last row, which stays."""
    row = _before_last(province["tasks"].filter(pl.col("task") == task), task, reason, signature)
    return province.replace(tasks=appended(province["tasks"], Tasks, row))


def latest_tasks(tasks: pl.DataFrame) -> pl.DataFrame:
    """Of each task the row recorded last."""
    return tasks.sort("recorded_at", maintain_order=True).group_by("task", maintain_order=True).last()


def _last_row(table: pl.DataFrame, key: str, code: str) -> dict[str, Any]:
    own = table.filter(pl.col(key) == code).sort("recorded_at", maintain_order=True)
    if own.is_empty():
        known = ", ".join(table[key].unique(maintain_order=True)) or "–"
        raise NotFound("delivery.no-such", name=code, known=known)
    return own.row(-1, named=True)


def _check(
    last: Mapping[str, Any],
    told: Mapping[str, str],
    signature: Signature,
    *,
    done_on: date | None,
    due: date | None,
    reason: str | None,
) -> None:
    if done_on is None and due is None:
        raise Refused("step.nothing", **told)
    if last["done_on"] is not None:
        raise Refused("step.already-done", **told, done=last["done_on"])
    if done_on is not None and done_on > signature.at.date():
        raise Refused("step.not-yet", **told, day=done_on, at=signature.at.date())
    if due is not None and last["due"] is not None and due != last["due"] and not reason:
        raise Refused("step.no-reason", **told)


def _changed(
    last: Mapping[str, Any], due: date | None, done_on: date | None, reason: str | None, signature: Signature
) -> dict[str, Any]:
    return {**last, "due": due or last["due"], "done_on": done_on, "reason": reason, **signature.columns()}


def _before_last(own: pl.DataFrame, code: str, reason: str, signature: Signature) -> dict[str, Any]:
    if own.height < 2:
        raise Refused("record.nothing-to-undo", of=code)
    held = own.sort("recorded_at", maintain_order=True).row(-2, named=True)
    return {**held, "reason": reason, **signature.columns(), "document": signature.document or held["document"]}
