"""``fansipan explain``: where a figure came from, in the terminal or as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.statistics.measure import last_month, scopes
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Section, words
from fansipan.report.month.explanation import explanation_blocks
from fansipan.report.naming import Names
from fansipan.report.writers.terminal import rendered
from fansipan.statistics.explain import explain
from fansipan.statistics.imputation.filling import DEFAULT_METHODS, methods_from
from fansipan.texts import DEFAULT_LANGUAGE


def register(app: typer.Typer) -> None:
    """Add the command ``explain``."""

    @app.command("explain", help=say("explain.help"))
    def explain_figure(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("measure.path"))],
        month: Annotated[str | None, typer.Option(help=say("measure.month"))] = None,
        scope: Annotated[list[str] | None, typer.Option(metavar="KIND=CODE", help=say("measure.scope"))] = None,
        known_on: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("measure.known-on"))
        ] = None,
        impute: Annotated[str | None, typer.Option(metavar="METHOD", help=say("explain.impute"))] = None,
        top: Annotated[int, typer.Option(min=1, help=say("explain.top"))] = 15,
        as_json: Annotated[bool, typer.Option("--json", help=say("explain.json"))] = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        day = known_on.date() if known_on else None
        until = Month.parse(month) if month else last_month(province)
        methods = methods_from(impute) if impute else DEFAULT_METHODS
        found = explain(province, month=until, known_on=day, scope=scopes(scope or []), methods=methods)
        if as_json:
            typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2, default=str))
            return
        section = Section("explain", words("explain.title"), explanation_blocks(found, Names(province), most=top))
        console = Console()
        for part in rendered(section, current_language()):
            console.print(part)
