"""``fansipan import plants``: a list of power plants, what in it cannot be, and the plants as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import AsJson, as_text
from fansipan.interop.geojson import read_boundaries
from fansipan.interop.power_plants import HOURS, check_plants, read_plants
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE


def add_to(group: typer.Typer) -> None:
    """Add the command to the group ``import``."""

    @group.command("plants", help=say("import.plants.help"))
    def plants_command(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=say("import.plants.file"))],
        boundary: Annotated[Path | None, typer.Option(help=say("import.plants.boundary"))] = None,
        as_json: AsJson = False,
        out: Annotated[Path | None, typer.Option("--out", "-o", help=say("asking.out"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if out is not None:
            check_ending(out)
        plants = read_plants(file)
        faults = check_plants(plants, read_boundaries(boundary) if boundary is not None else (), file.name)
        if out is not None:
            told = with_capacity_factor(plants)
            typer.echo(say("asking.written", file=write_frame(told, out), rows=told.height), err=as_json)
        if as_json:
            typer.echo(as_text([fault.as_dict(current_language()) for fault in faults]))
        else:
            for fault in faults:
                typer.echo(fault.line(current_language()))
            unplaced = "" if boundary is not None else say("import.plants.no-boundary")
            typer.echo(say("import.plants.done", count=plants.height, faults=len(faults)) + unplaced)
        raise typer.Exit(1 if faults else 0)


def with_capacity_factor(plants: pl.DataFrame) -> pl.DataFrame:
    """The plants with their `capacity_factor` (%), missing where capacity or generation is."""
    usable = pl.col("capacity") > 0
    factor = pl.when(usable).then(100 * pl.col("generation") / (pl.col("capacity") * HOURS))
    return plants.with_columns(factor.alias("capacity_factor"))
