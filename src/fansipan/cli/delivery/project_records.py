"""``fansipan projects record | undo | capital``: dates and capital of projects, only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.recording import At, By, Day, Document, Pen, Reason, Title, UndoReason, on_day, record, shown_day
from fansipan.cli.showing import DAY_FORMATS, ProvincePath
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
from fansipan.texts import DEFAULT_LANGUAGE, Words

PROJECT = Annotated[str, typer.Argument(help=say("projects.project.help"))]
MILESTONE = Annotated[str, typer.Argument(help=say("projects.record.milestone", known=", ".join(ORDER)))]


def add_to(projects: typer.Typer) -> None:
    """Add the commands to the group ``projects``."""
    _add_record(projects)
    _add_undo(projects)
    _add_capital(projects)


def _add_record(projects: typer.Typer) -> None:
    @projects.command("record", help=say("projects.record.help"))
    def record_command(
        path: ProvincePath,
        project: PROJECT,
        milestone: MILESTONE,
        by: By,
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
        document: Document = None,
        title: Title = None,
        at: At = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
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

        record(path, Pen(by, at, document, title), change, told)


def _kind(kind: str) -> Words:
    return Milestones.meaning("kind").choice_words[kind]


def _add_undo(projects: typer.Typer) -> None:
    @projects.command("undo", help=say("projects.undo.help"))
    def undo_command(
        path: ProvincePath,
        project: PROJECT,
        milestone: MILESTONE,
        by: By,
        reason: UndoReason,
        document: Document = None,
        title: Title = None,
        at: At = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if milestone not in ORDER:
            raise NotFound("delivery.no-such", name=milestone, known=", ".join(ORDER))

        def change(province: Province, signature: Signature) -> Province:
            return undo_milestone(province, project, milestone, reason, signature)

        def told(signature: Signature) -> str:
            return say("projects.undone", project=project, milestone=MILESTONE_WORDS[milestone])

        record(path, Pen(by, at, document, title), change, told)


def _add_capital(projects: typer.Typer) -> None:
    @projects.command("capital", help=say("projects.capital.help"))
    def capital_command(
        path: ProvincePath,
        project: PROJECT,
        realised: Annotated[float, typer.Argument(help=say("projects.capital.realised"))],
        by: By,
        day: Day = None,
        document: Document = None,
        title: Title = None,
        at: At = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        def change(province: Province, signature: Signature) -> Province:
            return record_capital(province, project, realised, on_day(day, signature), signature)

        def told(signature: Signature) -> str:
            return say("projects.capital.recorded", project=project, realised=realised, day=shown_day(day, signature))

        record(path, Pen(by, at, document, title), change, told)
