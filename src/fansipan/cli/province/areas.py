"""``fansipan areas``: the table of areas from the lists before and after a reorganisation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.showing import DAY_FORMATS
from fansipan.interop.admin_units import read_reorganisation
from fansipan.interop.geojson import read_boundaries
from fansipan.tables.files.writing import write_frame
from fansipan.texts import DEFAULT_LANGUAGE


def register(app: typer.Typer) -> None:
    """Add the command ``areas``."""

    @app.command("areas", help=say("areas.help"))
    def areas_command(
        before: Annotated[Path, typer.Argument(help=say("areas.before"))],
        after: Annotated[Path, typer.Argument(help=say("areas.after"))],
        on: Annotated[
            datetime, typer.Option("--on", formats=DAY_FORMATS, help=say("areas.on"), show_default="2025-07-01")
        ] = datetime(2025, 7, 1),
        boundary: Annotated[Path | None, typer.Option(help=say("areas.boundary"))] = None,
        out: Annotated[Path, typer.Option("--out", "-o", help=say("asking.out"))] = Path("areas.csv"),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        grounds = read_boundaries(boundary) if boundary is not None else []
        frame = read_reorganisation(before, after, on.date(), grounds)
        typer.echo(say("asking.written", file=write_frame(frame, out), rows=frame.height))
