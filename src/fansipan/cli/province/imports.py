"""``fansipan import``: other offices' figures into a province's tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from typer.core import TyperGroup

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.province import import_files, plants
from fansipan.errors import FansipanError, Fault, InvalidInput
from fansipan.interop.gso.overlaps import overlaps
from fansipan.interop.gso.workbook import Imported, read_workbook, report_month
from fansipan.province import Province
from fansipan.report.content import Quantity
from fansipan.tables import REGISTRY
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE

MOST_REVISIONS = 12


class FilesUnlessNamed(TyperGroup):
    """The group ``import``: what is no name of a command begins the arguments of ``files``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name."""
        return super().resolve_command(ctx, args if args and args[0] in self.commands else ["files", *args])


def register(app: typer.Typer) -> None:
    """Add the group ``import``."""
    settings = {"ignore_unknown_options": True, "allow_interspersed_args": False}
    group = typer.Typer(cls=FilesUnlessNamed, help=say("import.help"), no_args_is_help=True, context_settings=settings)
    app.add_typer(group, name="import")
    import_files.add_to(group)
    plants.add_to(group)

    @group.command("gso", help=say("import.gso.help"))
    def gso(
        files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("import.gso.files"))],
        out: Annotated[Path | None, typer.Option("--out", "-o", help=say("import.gso.out"))] = None,
        province: Annotated[Path | None, typer.Option(help=say("import.gso.province"))] = None,
        published_on: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("vintages.published-on"))
        ] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if out is None and province is None:
            raise FansipanError("import.gso.nowhere")
        if out is not None:
            check_ending(out)
        read = _all(files, published_on)
        _tell_overlaps(read)
        figures = pl.concat([r.figures for r in read])
        figures = figures.unique(REGISTRY["official_figures"].primary_key(), keep="last", maintain_order=True)
        if out is not None:
            typer.echo(say("measure.written", file=write_frame(figures, out), rows=figures.height))
        if province is not None:
            _add(figures, province)


def _all(files: list[Path], published_on: datetime | None) -> list[Imported]:
    """Every file read; raises InvalidInput with the faults of all that cannot be."""
    read: list[Imported] = []
    faults: list[Fault] = []
    for path in files:
        try:
            read.append(_told(path, published_on))
        except InvalidInput as invalid:
            faults += invalid.faults
    if faults:
        raise InvalidInput(faults)
    return read


def _told(path: Path, published_on: datetime | None) -> Imported:
    """Read a workbook and say what was read and what was passed over."""
    read = read_workbook(path, published_on.date() if published_on else None)
    month = report_month(read.figures)
    typer.echo(say("import.gso.done", file=path.name, month=month, count=read.figures.height))
    for fault in read.faults:
        typer.echo(fault.line(current_language()), err=True)
    return read


def _tell_overlaps(read: list[Imported]) -> None:
    """Say how many figures of several workbooks agree, and show those that were revised, the largest first."""
    shared = overlaps([r.figures for r in read])
    if shared.is_empty():
        return
    agree = int(shared["agrees"].sum())
    typer.echo(say("import.gso.overlaps", shared=shared.height, agree=agree, revised=shared.height - agree))
    order = ["thousandfold", pl.col("revision").abs()]
    revised = shared.filter(~pl.col("agrees")).sort(order, descending=True, nulls_last=False)
    for row in revised.head(MOST_REVISIONS).iter_rows(named=True):
        figures = {name: Quantity(row[name], 2).in_language(current_language()) for name in ("first", "last")}
        if row["revision"] is None:  # counted in another unit, which is no revision
            figures = {name: f"{figures[name]} {row[f'{name}_unit'] or '–'}" for name in figures}
        told = {name: row[name] for name in ("indicator", "scope", "period", "measure")}
        line = say("import.gso.revised", **told, **figures)
        typer.echo(f"{line} {say('import.gso.thousandfold')}" if row["thousandfold"] else line)
    if revised.height > MOST_REVISIONS:
        typer.echo(say("import.gso.more-revised", count=revised.height - MOST_REVISIONS))


def _add(figures: pl.DataFrame, path: Path) -> None:
    """Append what the province does not have yet: what was published before is never overwritten."""
    held = Province.read(path)
    known = held["official_figures"]
    new = figures.join(known, on=REGISTRY["official_figures"].primary_key(), how="anti")
    held.replace(official_figures=pl.concat([known, new])).write(path)
    typer.echo(say("import.gso.added", count=new.height, folder=path, known=figures.height - new.height))
