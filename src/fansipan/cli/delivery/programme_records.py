"""``fansipan programmes record | undo | tasks | task``: steps of programmes and tasks, only ever added to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from fansipan.cli.delivery.moves import with_moves
from fansipan.cli.language import Lang, say
from fansipan.cli.record_command import Recording, recording
from fansipan.cli.recording import Reason, UndoReason
from fansipan.cli.showing import DAY_FORMATS, AsJson, On, Out, ProvincePath, read_on, show, spoken
from fansipan.delivery.recording.steps import record_step, record_task, undo_step, undo_task
from fansipan.delivery.tasks import TASK_STATES, tasks_on
from fansipan.province import Province
from fansipan.report.content import words
from fansipan.tables import names_of
from fansipan.tables.registers.appending import Signature
from fansipan.texts import DEFAULT_LANGUAGE

PROGRAMME = Annotated[str, typer.Argument(help=say("programmes.programme.help"))]
STEP = Annotated[str, typer.Argument(help=say("programmes.record.step"))]
TASK = Annotated[str, typer.Argument(help=say("programmes.task.code"))]
Done = Annotated[datetime | None, typer.Option("--done", formats=DAY_FORMATS, help=say("programmes.record.done"))]
Due = Annotated[datetime | None, typer.Option("--due", formats=DAY_FORMATS, help=say("programmes.record.due"))]


def add_to(programmes: typer.Typer) -> None:
    """Add the commands to the group ``programmes``."""
    _add_record(programmes)
    _add_undo(programmes)
    _add_tasks(programmes)
    _add_task(programmes)


def _day(given: datetime | None) -> date | None:
    return given.date() if given is not None else None


def _add_record(programmes: typer.Typer) -> None:
    @recording(programmes, "record", "programmes.record.help")
    def record_command(
        programme: PROGRAMME, step: STEP, done: Done = None, due: Due = None, reason: Reason = None
    ) -> Recording:
        def change(province: Province, signature: Signature) -> Province:
            return record_step(province, programme, step, signature, done_on=_day(done), due=_day(due), reason=reason)

        return change, lambda _: _told(programme, step)


def _told(code: str, step: str) -> str:
    return say("programmes.recorded", of=code, step=step)


def _add_undo(programmes: typer.Typer) -> None:
    @recording(programmes, "undo", "programmes.undo.help")
    def undo_command(programme: PROGRAMME, step: STEP, reason: UndoReason) -> Recording:
        def change(province: Province, signature: Signature) -> Province:
            return undo_step(province, programme, step, reason, signature)

        return change, lambda _: _told(programme, step)


def _add_tasks(programmes: typer.Typer) -> None:
    @programmes.command("tasks", help=say("programmes.tasks.help"))
    def tasks_command(
        path: ProvincePath, on: On = None, as_json: AsJson = False, out: Out = None, lang: Lang = DEFAULT_LANGUAGE
    ) -> None:
        province, day = read_on(path, on)
        said = {
            "task": names_of(province["tasks"], "task"),
            "programme": names_of(province["programmes"], "programme"),
            "state": spoken(TASK_STATES, "task"),
        }
        caption = words("programmes.tasks.caption", on=day)
        frame = tasks_on(province["tasks"], day)
        frame = frame if as_json or out else with_moves(frame)
        show(frame, caption, "programmes.column", spoken_as=said, as_json=as_json, out=out)


def _add_task(programmes: typer.Typer) -> None:
    @recording(programmes, "task", "programmes.task.help")
    def task_command(
        task: TASK,
        done: Done = None,
        due: Due = None,
        reason: Reason = None,
        undo: Annotated[bool, typer.Option("--undo", help=say("programmes.task.undo"))] = False,
    ) -> Recording:
        def change(province: Province, signature: Signature) -> Province:
            if undo:
                return undo_task(province, task, reason or "", signature)
            return record_task(province, task, signature, done_on=_day(done), due=_day(due), reason=reason)

        return change, lambda _: task
