"""``fansipan zones record | undo | land | history``: the register of zones, only ever added to."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.record_command import Recording, recording
from fansipan.cli.recording import Day, UndoReason, in_force_marks, on_day, shown_day, timed
from fansipan.cli.showing import AsJson, Out, ProvincePath, choices_of, show
from fansipan.errors import NotFound, Refused
from fansipan.province import Province
from fansipan.report.content import words
from fansipan.tables import names_of
from fansipan.tables.declarations.places import ZoneLand
from fansipan.tables.registers.appending import Signature, appended
from fansipan.texts import DEFAULT_LANGUAGE, LANGUAGES, Words
from fansipan.zones import events
from fansipan.zones.facts import zone_row
from fansipan.zones.land import KINDS, check_land, printed
from fansipan.zones.life_cycle import STATES

ZONE = Annotated[str, typer.Argument(help=say("zones.zone.help"))]
HISTORY = [
    "zone",
    "happened_on",
    "state_from",
    "state",
    "act",
    "document",
    "recorded_by",
    "recorded_at",
    "cancels",
    "note",
]


def add_to(zones: typer.Typer) -> None:
    """Add the commands to the group ``zones``."""
    _add_record(zones)
    _add_undo(zones)
    _add_land(zones)
    _add_history(zones)


def _add_record(zones: typer.Typer) -> None:
    @recording(zones, "record", "zones.record.help")
    def record_command(
        zone: ZONE,
        state: Annotated[str, typer.Argument(help=say("zones.record.state", known=", ".join(STATES)))],
        day: Day = None,
        office: Annotated[str | None, typer.Option(help=say("record.office"))] = None,
        note: Annotated[str | None, typer.Option(help=say("record.note"))] = None,
    ) -> Recording:
        if state not in STATES:
            raise NotFound("zones.no-such-state", name=state, known=", ".join(STATES))

        def change(province: Province, signature: Signature) -> Province:
            new = events.Step(
                zone=zone,
                state=state,
                happened_on=on_day(day, signature),
                document=signature.document,
                recorded_by=signature.by,
                recorded_at=signature.at,
                office=office,
                note=note,
            )
            kind = zone_row(province, zone)["kind"]
            return province.replace(zone_events=events.record(province["zone_events"], kind, new))

        def told(signature: Signature) -> str:
            return say("zones.recorded", zone=zone, state=_state(state), day=shown_day(day, signature))

        return change, told


def _add_undo(zones: typer.Typer) -> None:
    @recording(zones, "undo", "zones.undo.help")
    def undo_command(zone: ZONE, reason: UndoReason) -> Recording:
        gone: list[str] = []

        def change(province: Province, signature: Signature) -> Province:
            zone_row(province, zone)
            log = events.undo(province["zone_events"], zone, reason, signature)
            gone.append(str(log["state_from"][-1]))
            return province.replace(zone_events=log)

        def told(signature: Signature) -> str:
            return say("zones.undone", zone=zone, state=_state(gone[0]))

        return change, told


def _state(state: str) -> Words:
    found = choices_of("zone_events", "state")[state]
    return Words(found.vi, found.en)


def _add_land(zones: typer.Typer) -> None:
    @recording(zones, "land", "zones.land.help")
    def land_command(
        zone: ZONE,
        kind: Annotated[str, typer.Argument(help=say("zones.land.kind", known=", ".join(KINDS)))],
        hectares: Annotated[float, typer.Argument(min=0, help=say("zones.land.hectares"))],
        day: Day = None,
    ) -> Recording:
        if kind not in KINDS:
            raise NotFound("zones.no-such-state", name=kind, known=", ".join(KINDS))

        def change(province: Province, signature: Signature) -> Province:
            return record_land(province, zone, kind, hectares, on_day(day, signature), signature)

        def told(signature: Signature) -> str:
            said = choices_of("zone_land", "kind")[kind]
            day_of = shown_day(day, signature)
            kind_said, area = Words(said.vi, said.en), printed(hectares)
            return say("zones.land.recorded", zone=zone, kind=kind_said, hectares=area, day=day_of)

        return change, told


def record_land(province: Province, zone: str, kind: str, hectares: float, on: date, signature: Signature) -> Province:
    """The province with a figure of land more; refused ``land.would-contradict`` where it contradicts the others."""
    zone_row(province, zone)
    row = {"zone": zone, "kind": kind, "as_of": on, "hectares": hectares, **signature.columns()}
    land = appended(province["zone_land"], ZoneLand, row)
    before = {fault.code for fault in check_land(province["zone_land"].filter(pl.col("zone") == zone), on)}
    faults = [f for f in check_land(land.filter(pl.col("zone") == zone), on) if f.code not in before]
    if faults:
        raise Refused("land.would-contradict", why=Words(*(faults[0].message(lang) for lang in LANGUAGES)))
    return province.replace(zone_land=land)


def _add_history(zones: typer.Typer) -> None:
    @zones.command("history", help=say("zones.history.help"))
    def history_command(
        path: ProvincePath,
        zone: Annotated[str | None, typer.Argument(help=say("zones.zone.help"))] = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        log = province["zone_events"]
        if zone is not None:
            zone_row(province, zone)
            log = log.filter(pl.col("zone") == zone)
        valid = in_force_marks(log, events.in_force(log)).alias("in_force")
        said = {
            "zone": names_of(province["zones"], "zone"),
            "state": choices_of("zone_events", "state"),
            "state_from": choices_of("zone_events", "state"),
            "act": choices_of("zone_events", "act"),
        }
        shown = log.select(HISTORY).with_columns(valid)
        show(
            timed(shown, as_json or out is not None),
            words("zones.history.caption"),
            "history.column",
            spoken_as=said,
            as_json=as_json,
            out=out,
        )
