"""``fansipan projects record | undo | capital``: dates and capital of projects, only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

import typer

from fansipan.cli.language import current_language, say
from fansipan.cli.record_command import Recording, recording
from fansipan.cli.recording import Day, Reason, UndoReason, on_day, shown_day
from fansipan.cli.showing import DAY_FORMATS
from fansipan.delivery.milestones import ORDER
from fansipan.delivery.recording.milestones import (
    MILESTONE_WORDS,
    Dated,
    DateKind,
    record_capital,
    record_milestone,
    undo_milestone,
)
from fansipan.errors import NotFound
from fansipan.province import Province
from fansipan.report.content import written
from fansipan.tables.declarations.progress import Milestones
from fansipan.tables.registers.appending import Signature
from fansipan.texts import Words

PROJECT = Annotated[str, typer.Argument(help=say("projects.project.help"))]
MILESTONE = Annotated[str, typer.Argument(help=say("projects.record.milestone", known=", ".join(ORDER)))]


def add_to(projects: typer.Typer) -> None:
    """Add the commands to the group ``projects``."""
    _add_record(projects)
    _add_undo(projects)
    _add_capital(projects)


def _add_record(projects: typer.Typer) -> None:
    @recording(projects, "record", "projects.record.help")
    def record_command(
        project: PROJECT,
        milestone: MILESTONE,
        planned: Annotated[
            datetime | None, typer.Option(formats=DAY_FORMATS, help=say("projects.record.planned"))
        ] = None,
        forecast: Annotated[
            datetime | None, typer.Option(formats=DAY_FORMATS, help=say("projects.record.forecast"))
        ] = None,
        actual: Annotated[
            datetime | None, typer.Option(formats=DAY_FORMATS, help=say("projects.record.actual"))
        ] = None,
        reason: Reason = None,
    ) -> Recording:
        given = {"planned": planned, "forecast": forecast, "actual": actual}
        days = [(cast(DateKind, kind), day.date()) for kind, day in given.items() if day is not None]
        if len(days) != 1:
            raise typer.BadParameter(say("projects.record.one-day"))
        kind, day = days[0]
        new = Dated(project=project, milestone=milestone, kind=kind, day=day, reason=reason)

        def change(province: Province, signature: Signature) -> Province:
            return record_milestone(province, new, signature)

        def told(signature: Signature) -> str:
            return say(
                "projects.recorded",
                project=project,
                milestone=MILESTONE_WORDS[milestone],
                kind=_kind(kind),
                day=written(day, current_language()),
            )

        return change, told


def _kind(kind: str) -> Words:
    return Milestones.meaning("kind").choice_words[kind]


def _add_undo(projects: typer.Typer) -> None:
    @recording(projects, "undo", "projects.undo.help")
    def undo_command(project: PROJECT, milestone: MILESTONE, reason: UndoReason) -> Recording:
        if milestone not in ORDER:
            raise NotFound("delivery.no-such", name=milestone, known=", ".join(ORDER))

        def change(province: Province, signature: Signature) -> Province:
            return undo_milestone(province, project, milestone, reason, signature)

        def told(signature: Signature) -> str:
            return say("projects.undone", project=project, milestone=MILESTONE_WORDS[milestone])

        return change, told


def _add_capital(projects: typer.Typer) -> None:
    @recording(projects, "capital", "projects.capital.help")
    def capital_command(
        project: PROJECT,
        realised: Annotated[float, typer.Argument(help=say("projects.capital.realised"))],
        day: Day = None,
        registered: Annotated[
            float | None, typer.Option("--registered", help=say("projects.capital.registered"))
        ] = None,
        reason: Reason = None,
    ) -> Recording:
        def change(province: Province, signature: Signature) -> Province:
            of_day = on_day(day, signature)
            return record_capital(province, project, realised, of_day, signature, registered=registered, reason=reason)

        def told(signature: Signature) -> str:
            return say("projects.capital.recorded", project=project, realised=realised, day=shown_day(day, signature))

        return change, told
