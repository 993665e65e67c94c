"""``fansipan month``: the page of a province's month, in the terminal, as HTML or as a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import DAY_FORMATS
from fansipan.cli.statistics.measure import Compare, chosen_month, last_month
from fansipan.errors import FansipanError
from fansipan.province import Province
from fansipan.report.month.data import gather_month
from fansipan.report.month.page import month_page
from fansipan.report.writers.excel import write_workbook
from fansipan.report.writers.html import write_pages
from fansipan.report.writers.terminal import print_page
from fansipan.texts import DEFAULT_LANGUAGE

# What of the page stands in the terminal: what a leader reads first, and how much of it was reported.
PARTS = ("headlines", "sections", "plan", "response")
ENDINGS = (".html", ".xlsx")


def register(app: typer.Typer) -> None:
    """Add the command ``month``."""

    @app.command("month", help=say("month.help"))
    def month_command(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("measure.path"))],
        month: Annotated[str | None, typer.Option("--month", help=say("measure.month"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, help=say("measure.known-on"))] = None,
        out: Annotated[Path | None, typer.Option("--out", "-o", help=say("month-command.out"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if out is not None and out.suffix.lower() not in ENDINGS:
            raise FansipanError("month-command.ending", file=out.name)
        province = Province.read(path)
        known = province if known_on is None else province.known_on(known_on.date())
        chosen = chosen_month(month, last_month(known), Compare.yoy)
        recorded = known["returns"]["recorded_at"].max()
        day = known_on.date() if known_on else max(recorded.date(), chosen.last_day)  # type: ignore[union-attr]
        page = month_page(gather_month(province, chosen, day))
        if out is None:
            print_page(page, current_language(), Console(), anchors=PARTS)
            return
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix.lower() == ".xlsx":
            write_workbook([page], out, current_language())
        else:
            (out,) = write_pages([replace(page, name=out.stem)], out.parent, current_language())
        typer.echo(say("month-command.written", file=out))
