"""``fansipan vintages``: what was known and published when, and how it was revised."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.errors import Refused
from fansipan.periods import Month, month_range
from fansipan.province import Province
from fansipan.report.content import Column, Table, table, words
from fansipan.report.naming import Names
from fansipan.report.terminal import grid
from fansipan.statistics.vintages.publishing import publish, verify
from fansipan.statistics.vintages.revisions import revised_by, revision_summary, revision_triangle
from fansipan.tables.writing import check_ending, write_frame
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
        raise Refused("output.no-returns", until=str(last))
    if out is not None:
        typer.echo(say("measure.written", file=write_frame(shown, out), rows=shown.height))
        return
    console = Console()
    console.print(grid(triangle_table(shown), current_language()))
    console.print(grid(summary_table(revision_summary(shown)), current_language()))


def triangle_table(shown: pl.DataFrame) -> Table:
    """The triangle with a row a month and a column a date of knowledge, billion đồng."""
    wide = shown.sort("known_on").pivot("known_on", index="period", values="value").sort("period")
    days = [date.fromisoformat(c) for c in wide.columns[1:]]
    columns = [Column(words("month.column.of-month"), "text")] + [Column(words("vintages.as-of", day=d)) for d in days]
    return table(words("vintages.triangle.caption"), columns, wide.rows(), name="Tam giác điều chỉnh")


def summary_table(summary: pl.DataFrame) -> Table:
    """Mean and mean absolute revision by step."""
    rows = []
    for row in summary.iter_rows(named=True):
        step = (
            words("vintages.step.whole")
            if row["step"] == 0
            else words("vintages.step", step=row["step"], next=row["step"] + 1)
        )
        rows.append([step, row["months"], row["mean"], row["mean_absolute"], row["mean_relative"]])
    columns = [
        Column(words("vintages.column.step"), "text"), Column(words("vintages.column.months"), places=0),
        Column(words("vintages.column.mean"), "points", 2), Column(words("vintages.column.mean-absolute"), places=2),
        Column(words("vintages.column.mean-relative"), "points", 2),
    ]  # fmt: skip
    return table(words("vintages.summary.caption"), columns, rows, name="Mức điều chỉnh")


def compare(
    path: Folder,
    month: Annotated[str, typer.Option(help=say("measure.month"))],
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
        shown = revised_table(moved.head(25), Names(province), month, before.date(), after.date())
        Console().print(grid(shown, current_language()))


def revised_table(moved: pl.DataFrame, names: Names, month: str, before: date, after: date) -> Table:
    """The returns that moved a figure, with the cause of each in words."""
    rows = [
        [names.of("establishment", r["establishment"]), names.of("product", r["product"]), r["value_before"],
         r["value_after"], r["change"], words(f"vintages.cause.{r['cause']}")]
        for r in moved.iter_rows(named=True)
    ]  # fmt: skip
    columns = [
        Column(words("vintages.column.establishment"), "text"), Column(words("month.column.product"), "text"),
        Column(words("vintages.as-of", day=before), places=2), Column(words("vintages.as-of", day=after), places=2),
        Column(words("month.column.change"), "points", 2), Column(words("vintages.column.cause"), "text"),
    ]  # fmt: skip
    return table(words("vintages.compare.caption", month=month), columns, rows, name="Nguồn điều chỉnh")


def publish_month(
    path: Folder,
    vintage: Annotated[str, typer.Argument(metavar="VINTAGE", help=say("vintages.name"))],
    month: Annotated[str, typer.Option(help=say("measure.month"))],
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
