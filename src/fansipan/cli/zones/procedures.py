"""``fansipan zones step``: the acts of a zone's procedure, by which its legal clocks run, stop and end."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import current_language, say
from fansipan.cli.record_command import Recording, recording
from fansipan.cli.recording import Day, on_day
from fansipan.errors import NotFound, Refused
from fansipan.notation import day as written_day
from fansipan.province import Province
from fansipan.tables.registers.appending import Signature
from fansipan.zones.facts import zone_row
from fansipan.zones.procedures import STEPS, deadlines
from fansipan.zones.record_procedure import ACTS, PROCEDURES, WORDS, ProcedureAct, record_act, undo_act

ZONE = Annotated[str, typer.Argument(help=say("zones.zone.help"))]


def add_to(zones: typer.Typer) -> None:
    """Add the command to the group ``zones``."""

    @recording(zones, "step", "zones.step.help")
    def step_command(
        zone: ZONE,
        step: Annotated[str | None, typer.Argument(help=say("zones.step.step", known=", ".join(STEPS)))] = None,
        act: Annotated[str | None, typer.Argument(help=say("zones.step.act", known=", ".join(ACTS)))] = None,
        *,
        procedure: Annotated[str, typer.Option(help=say("zones.step.procedure"))] = PROCEDURES[0],
        undo: Annotated[bool, typer.Option("--undo", help=say("zones.step.undo"))] = False,
        day: Day = None,
        office: Annotated[str | None, typer.Option(help=say("record.office"))] = None,
        note: Annotated[str | None, typer.Option(help=say("record.note"))] = None,
    ) -> Recording:
        _known(procedure, PROCEDURES)
        if undo and not note:
            raise Refused("zone-step.no-reason")
        if not undo:
            _known(step or "–", STEPS)
            _known(act or "–", ACTS)
        last: list[pl.DataFrame] = []

        def change(province: Province, signature: Signature) -> Province:
            zone_row(province, zone)
            steps = province["zone_steps"]
            if undo:
                steps = undo_act(steps, zone, procedure, note or "", signature)
            else:
                new = ProcedureAct(
                    zone=zone,
                    procedure=procedure,
                    step=step or "",
                    act=act or "",
                    day=on_day(day, signature),
                    office=office,
                    note=note,
                )
                steps = record_act(steps, new, signature)
            last.append(steps)
            return province.replace(zone_steps=steps)

        def told(signature: Signature) -> str:
            return _clock_now(last[0], zone, procedure, signature.at.date() if day is None else day.date())

        return change, told


def _known(code: str, known: tuple[str, ...]) -> None:
    if code not in known:
        raise NotFound("zones.no-such-state", name=code, known=", ".join(known))


def _clock_now(steps: pl.DataFrame, zone: str, procedure: str, on: date) -> str:
    """Where the procedure's clock stands after what was recorded."""
    rows = deadlines(steps.filter(pl.col("zone") == zone), on).filter(pl.col("procedure") == procedure)
    if rows.is_empty():
        return say("zones.step.none", zone=zone)
    row = rows.row(-1, named=True)
    if row["state"] == "no-rule":
        return say("zones.step.no-rule", zone=zone)
    due = say("zones.step.due", due=written_day(row["due"], current_language())) if row["due"] else ""
    return say("zones.step.now", zone=zone, step=WORDS[row["step"]], state=say(f"clock.{row['state']}"), due=due)
