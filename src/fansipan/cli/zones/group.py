"""The command group `zones`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, cast

import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.zones import procedures as zone_procedures
from fansipan.cli.zones import records as zone_records
from fansipan.cli.zones import register as zone_register
from fansipan.cli.zones import search as zone_search
from fansipan.errors import FansipanError, InvalidInput
from fansipan.notation import number
from fansipan.texts import DEFAULT_LANGUAGE, Language
from fansipan.zones.allocation.assignment import Allocation, allocate
from fansipan.zones.allocation.tables import read_allocation

EXIT = {"optimal": 0, "feasible": 0, "infeasible": 2, "unbounded": 2, "invalid": 1}


def register(app: typer.Typer) -> None:
    """Add the group `zones` to the main application."""
    zones = typer.Typer(name="zones", help=say("zones.help"), no_args_is_help=True, rich_markup_mode=None)
    _register_allocate(zones)
    zone_register.add_to(zones)
    zone_search.add_to(zones)
    zone_records.add_to(zones)
    zone_procedures.add_to(zones)
    app.add_typer(zones)


def _register_allocate(zones: typer.Typer) -> None:
    @zones.command("allocate", help=say("allocation.help"))
    def allocate_command(
        capacities: Annotated[Path, typer.Argument(help=say("allocation.capacities.help"))],
        demands: Annotated[Path, typer.Argument(help=say("allocation.demands.help"))],
        costs: Annotated[Path, typer.Argument(help=say("allocation.costs.help"))],
        divisible: Annotated[bool, typer.Option("--divisible", help=say("allocation.divisible.help"))] = False,
        maximise: Annotated[bool, typer.Option("--maximise", help=say("allocation.maximise.help"))] = False,
        time_limit: Annotated[
            float | None, typer.Option("--time-limit", min=0.01, help=say("allocation.time-limit.help"))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say("allocation.json.help"))] = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        spoken = cast(Language, lang)
        try:
            problem = read_allocation(capacities, demands, costs)
            answer = allocate(problem, divisible=divisible, maximise=maximise, time_limit=time_limit)
        except FansipanError as error:
            if not as_json:
                raise
            typer.echo(_invalid(error, spoken))
            raise typer.Exit(EXIT["invalid"]) from error
        typer.echo(_as_json(answer.as_dict(spoken)) if as_json else _told(answer, spoken))
        raise typer.Exit(EXIT[answer.status])


def _as_json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _invalid(error: FansipanError, lang: Language) -> str:
    faults = [f.line(lang) for f in error.faults] if isinstance(error, InvalidInput) else [error.describe(lang)]
    return _as_json({"status": "invalid", "objective": None, "gap": None, "assignments": [], "messages": faults})


def _told(answer: Allocation, lang: Language) -> str:
    """The answer in words: the verdict, then zone by zone who goes there and with which share."""
    gap = f"{answer.gap:.1e}" if answer.gap else "0"
    lines = [say(f"allocation.told.{answer.status}", objective=number(answer.objective, 3, lang), gap=gap)]
    lines += [f"- {fault.line(lang)}" for fault in answer.messages]
    for (zone,), rows in answer.assignments.sort("zone", maintain_order=True).group_by("zone", maintain_order=True):
        lines.append(say("allocation.told.zone", zone=zone, count=rows.height))
        for project, _, share in rows.iter_rows():
            lines.append(f"  {project}" + ("" if share == 1 else f" ({number(share * 100, 2, lang)}%)"))
    return "\n".join(lines)
