"""``fansipan obstacles raise | record | resolve | undo | history``: obstacles, only ever added to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.record_command import Recording, recording
from fansipan.cli.recording import Day, UndoReason, in_force_marks, on_day, shown_day, timed
from fansipan.cli.showing import DAY_FORMATS, AsJson, On, Out, ProvincePath, choices_of, read_on, show
from fansipan.delivery.given import read_prices
from fansipan.delivery.obstacles import valid_events
from fansipan.delivery.recording.obstacles import (
    ACT_WORDS,
    ACTS,
    BLOCKED,
    KINDS,
    Act,
    Raised,
    obstacle_row,
    raise_obstacle,
    record_act,
    undo_act,
)
from fansipan.errors import FansipanError
from fansipan.province import Province
from fansipan.report.content import words
from fansipan.report.delivery.meeting_page import NEWS, meeting_page
from fansipan.report.writers.html import write_pages
from fansipan.tables.registers.appending import Signature
from fansipan.texts import DEFAULT_LANGUAGE

OBSTACLE = Annotated[str, typer.Argument(help=say("obstacles.code.help"))]
Due = Annotated[datetime | None, typer.Option("--due", formats=DAY_FORMATS, help=say("obstacles.due.help"))]
Note = Annotated[str | None, typer.Option("--note", help=say("record.note"))]
HISTORY = ["happened_on", "act", "office", "due", "price", "note", "document", "recorded_by", "recorded_at", "cancels"]


def add_to(obstacles: typer.Typer) -> None:
    """Add the commands to the group ``obstacles``."""
    _add_raise(obstacles)
    _add_record(obstacles)
    _add_resolve(obstacles)
    _add_undo(obstacles)
    _add_history(obstacles)
    _add_meeting(obstacles)


def _add_raise(obstacles: typer.Typer) -> None:
    @recording(obstacles, "raise", "obstacles.raise.help")
    def raise_command(
        obstacle: OBSTACLE,
        title: Annotated[str, typer.Argument(help=say("obstacles.title.help"))],
        kind: Annotated[str, typer.Option("--kind", help=say("obstacles.kind.help", known=", ".join(KINDS)))],
        blocks: Annotated[list[str], typer.Option("--blocks", help=say("obstacles.blocks.help"))],
        owner: Annotated[str, typer.Option("--owner", help=say("obstacles.owner.help"))],
        due: Due = None,
        day: Day = None,
        proposal: Annotated[str | None, typer.Option("--proposal", help=say("obstacles.proposal.help"))] = None,
    ) -> Recording:
        (what, code), *also = [_thing(written) for written in blocks]

        def change(province: Province, signature: Signature) -> Province:
            new = Raised(
                obstacle=obstacle,
                title=title,
                kind=kind,
                blocks_kind=what,
                blocks=code,
                also=tuple(also),
                owner=owner,
                raised_on=on_day(day, signature),
                due=due.date() if due else None,
                proposal=proposal,
            )
            return raise_obstacle(province, new, signature)

        def told(signature: Signature) -> str:
            return say("obstacles.raised", obstacle=obstacle)

        return change, told


def _thing(written: str) -> tuple[str, str]:
    """A thing blocked, written as kind:code."""
    what, _, code = written.partition(":")
    if not code:
        raise FansipanError("obstacles.blocks.badly-written", written=written, known=", ".join(BLOCKED))
    return what, code


def _add_record(obstacles: typer.Typer) -> None:
    @recording(obstacles, "record", "obstacles.record.help")
    def record_command(
        obstacle: OBSTACLE,
        act: Annotated[str, typer.Argument(help=say("obstacles.record.act", known=", ".join(ACTS)))],
        day: Day = None,
        office: Annotated[str | None, typer.Option("--office", help=say("obstacles.office.help"))] = None,
        due: Due = None,
        price: Annotated[float | None, typer.Option("--price", help=say("obstacles.price.help"))] = None,
        price_source: Annotated[
            str | None, typer.Option("--price_source", "--price-source", help=say("obstacles.price_source.help"))
        ] = None,
        note: Note = None,
    ) -> Recording:
        fields = {
            "office": office,
            "due": due.date() if due else None,
            "price": price,
            "price_source": price_source,
            "note": note,
        }
        return _recorded(obstacle, act, day, fields)


def _recorded(obstacle: str, act: str, day: datetime | None, fields: dict[str, Any]) -> Recording:
    def change(province: Province, signature: Signature) -> Province:
        new = Act(obstacle=obstacle, act=act, day=on_day(day, signature), **fields)
        return record_act(province, new, signature)

    def told(signature: Signature) -> str:
        return say("obstacles.recorded", obstacle=obstacle, act=ACT_WORDS[act], day=shown_day(day, signature))

    return change, told


def _add_resolve(obstacles: typer.Typer) -> None:
    @recording(obstacles, "resolve", "obstacles.resolve.help")
    def resolve_command(obstacle: OBSTACLE, day: Day = None, note: Note = None) -> Recording:
        return _recorded(obstacle, "resolved", day, {"note": note})


def _add_undo(obstacles: typer.Typer) -> None:
    @recording(obstacles, "undo", "obstacles.undo.help")
    def undo_command(obstacle: OBSTACLE, reason: UndoReason) -> Recording:
        def change(province: Province, signature: Signature) -> Province:
            return undo_act(province, obstacle, reason, signature)

        def told(signature: Signature) -> str:
            return say("obstacles.undone", obstacle=obstacle)

        return change, told


def _add_history(obstacles: typer.Typer) -> None:
    @obstacles.command("history", help=say("obstacles.history.help"))
    def history_command(
        path: ProvincePath, obstacle: OBSTACLE, as_json: AsJson = False, out: Out = None, lang: Lang = DEFAULT_LANGUAGE
    ) -> None:
        province = Province.read(path)
        obstacle_row(province, obstacle)
        log = province["obstacle_events"].filter(pl.col("obstacle") == obstacle)
        shown = log.select(HISTORY).with_columns(in_force_marks(log, valid_events(log)).alias("in_force"))
        said = {"act": choices_of("obstacle_events", "act")}
        caption = words("obstacles.history.caption", obstacle=obstacle)
        show(
            timed(shown, as_json or out is not None),
            caption,
            "history.column",
            spoken_as=said,
            as_json=as_json,
            out=out,
        )


def _add_meeting(obstacles: typer.Typer) -> None:
    @obstacles.command("meeting", help=say("obstacles.meeting.help"))
    def meeting_command(
        path: ProvincePath,
        on: On = None,
        prices: Annotated[Path | None, typer.Option("--prices", help=say("obstacles.prices.help"))] = None,
        days: Annotated[int, typer.Option("--days", min=1, help=say("obstacles.meeting.days"))] = NEWS,
        out: Annotated[Path, typer.Option("--out", "-o", help=say("zones.map.out"))] = Path("out/meeting"),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        out.mkdir(parents=True, exist_ok=True)
        page = meeting_page(province, day, prices=read_prices(prices) if prices else None, days=days)
        typer.echo(say("invest.written", file=write_pages([page], out, current_language())[0]))
