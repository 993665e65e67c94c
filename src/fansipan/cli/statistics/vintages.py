"""``fansipan vintages``: what was known and published when, and how it was revised."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.errors import Refused
from fansipan.periods import Month, month_range
from fansipan.province import Province
from fansipan.report.content import same
from fansipan.report.month.revisions import revised_table, summary_table, triangle_table
from fansipan.report.naming import Names
from fansipan.report.writers.terminal import grid
from fansipan.statistics.vintages.publishing import publish, verify
from fansipan.statistics.vintages.revisions import revised_by, revision_summary, revision_triangle
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
Folder = Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("measure.path"))]
Out = Annotated[Path | None, typer.Option("--out", "-o", help=say("measure.out"))]


def register(app: typer.Typer) -> None:
    """Add the group ``vintages``."""
    group = typer.Typer(help=say("vintages.help"), no_args_is_help=True)
    app.add_typer(group, name="vintages")
    group.command("triangle", help=say("vintages.triangle.help"))(triangle)
    group.command("compare", help=say("vintages.compare.help"))(compare)
    group.command("publish", help=say("vintages.publish.help"))(publish_month)
    group.command("verify", help=say("vintages.verify.help"))(verify_vintage)


def triangle(
    path: Folder,
    months: Annotated[int, typer.Option(min=1, help=say("vintages.months"))] = 12,
    until: Annotated[str | None, typer.Option(help=say("measure.month"))] = None,
    out: Out = None,
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Show each month's output as known at the end of each later month."""
    if out is not None:
        check_ending(out)
    province = Province.read(path)
    last = Month.parse(until) if until else Month.parse(str(province["returns"]["month"].max() or "0001-01"))
    covered = list(month_range(last - (months - 1), last))
    shown = revision_triangle(province, covered, [m.last_day for m in covered])
    if shown.is_empty():
        raise Refused("output.no-returns", until=last)
    if out is not None:
        typer.echo(say("measure.written", file=write_frame(shown, out), rows=shown.height))
        return
    console = Console()
    console.print(grid(triangle_table(shown), current_language()))
    console.print(grid(summary_table(revision_summary(shown)), current_language()))


def compare(
    path: Folder,
    month: Annotated[str, typer.Option(help=say("vintages.month"))],
    before: Annotated[datetime, typer.Option(formats=DATE_FORMATS, help=say("vintages.before"))],
    after: Annotated[datetime, typer.Option(formats=DATE_FORMATS, help=say("vintages.after"))],
    out: Out = None,
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Show which returns moved a month's output between two dates."""
    if out is not None:
        check_ending(out)
    province = Province.read(path)
    moved = revised_by(province, Month.parse(month), before.date(), after.date())
    if out is not None:
        typer.echo(say("measure.written", file=write_frame(moved, out), rows=moved.height))
    else:
        shown = revised_table(moved.head(25), Names(province), same(month), before.date(), after.date())
        Console().print(grid(shown, current_language()))


def publish_month(
    path: Folder,
    vintage: Annotated[str, typer.Argument(metavar="VINTAGE", help=say("vintages.name"))],
    month: Annotated[str, typer.Option(help=say("vintages.month"))],
    known_on: Annotated[datetime, typer.Option(formats=DATE_FORMATS, help=say("measure.known-on"))],
    published_on: Annotated[datetime, typer.Option(formats=DATE_FORMATS, help=say("vintages.published-on"))],
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Freeze a month's figures in the province."""
    province = Province.read(path)
    made = publish(
        province, vintage=vintage, month=Month.parse(month), known_on=known_on.date(), published_on=published_on.date()
    )
    tables = {"vintages": made.row, "vintage_figures": made.figures}
    grown = {name: pl.concat([province[name], frame], how="diagonal_relaxed") for name, frame in tables.items()}
    province.replace(**grown).write(path)
    typer.echo(say("vintages.published", vintage=vintage, figures=made.figures.height, digest=made.row["digest"][0]))


def verify_vintage(
    path: Folder,
    vintage: Annotated[str, typer.Argument(metavar="VINTAGE", help=say("vintages.name"))],
    lang: Lang = DEFAULT_LANGUAGE,
) -> None:
    """Tell whether a vintage is untouched; exit status 1 if it is not."""
    sound = verify(Province.read(path), vintage)
    typer.echo(say("vintages.sound" if sound else "vintages.touched", vintage=vintage))
    if not sound:
        raise typer.Exit(1)
