"""``fansipan benchmark``: monthly series fitted to annual official totals, and whether periods agree at all."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.errors import FansipanError
from fansipan.periods import parse_period
from fansipan.statistics.benchmarking import Conversion, Difference, below_zero, benchmark
from fansipan.statistics.consistency import consistency, printed_places
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.tables.reading.rows import read_table
from fansipan.texts import DEFAULT_LANGUAGE, Quantity, joined


@declared("period-figures", vi="Số liệu tháng, quý, năm", en="Months, quarters and years", registered=False)
class PeriodFigures(Table):
    """A row is a month, a quarter or a year of a series."""

    series = column.code("Chuỗi", "Series", key=True)
    period = column.period("Kỳ", "Period", key=True)
    value = column.number("Giá trị", "Value", scale=None, nullable=True)


MOST_TOLD = 6  # periods named of those below zero


class DifferenceChoice(StrEnum):
    """Which movement is kept."""

    proportional = "proportional"
    additive = "additive"


class ConversionChoice(StrEnum):
    """How months make a year."""

    sum = "sum"
    mean = "mean"


def register(app: typer.Typer) -> None:
    """Add the command ``benchmark``."""

    @app.command("benchmark", help=say("benchmark.help"))
    def benchmark_file(
        monthly: Annotated[Path, typer.Argument(metavar="MONTHLY", help=say("benchmark.monthly"))],
        annual: Annotated[Path, typer.Argument(metavar="ANNUAL", help=say("benchmark.annual"))],
        out: Annotated[Path | None, typer.Option("--out", "-o", help=say("measure.out"))] = None,
        difference: Annotated[
            DifferenceChoice, typer.Option(help=say("benchmark.difference"))
        ] = DifferenceChoice.proportional,
        conversion: Annotated[ConversionChoice, typer.Option(help=say("benchmark.conversion"))] = ConversionChoice.sum,
        check: Annotated[bool, typer.Option("--check", help=say("benchmark.check"))] = False,
        tolerance: Annotated[float | None, typer.Option(min=0.0, help=say("benchmark.tolerance"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if out is not None:
            check_ending(out)
        made: Conversion = conversion.value
        if check:
            _check([monthly, annual], made, tolerance, out)
            return
        if out is None:
            raise FansipanError("benchmark.nowhere")
        kept: Difference = difference.value
        totals = read_table(annual, PeriodFigures).drop_nulls("value")
        series = read_table(monthly, PeriodFigures)
        for name in sorted(set(totals["series"]) - set(series["series"])):
            typer.echo(say("benchmark.no-months", series=name), err=True)
        fitted = benchmark(series, totals, difference=kept, conversion=made)
        typer.echo(say("measure.written", file=write_frame(fitted, out), rows=fitted.height))
        for (name,), rows in below_zero(fitted).group_by("series", maintain_order=True):
            first = joined([parse_period(period) for period in rows["period"].head(MOST_TOLD)])
            typer.echo(say("benchmark.below-zero", series=name, count=rows.height, periods=first), err=True)


def _check(paths: list[Path], conversion: Conversion, tolerance: float | None, out: Path | None) -> None:
    """Tell where quarters and years are not what their parts make; exit status 1 where there is any such."""
    figures = pl.concat(read_table(path, PeriodFigures) for path in paths).unique(maintain_order=True)
    found = consistency(figures, conversion=conversion, tolerance=tolerance)
    if out is not None:
        typer.echo(say("measure.written", file=write_frame(found, out), rows=found.height))
    for row in found.iter_rows(named=True):
        shown = {name: Quantity(row[name], printed_places(row[name])) for name in ("value", "expected", "difference")}
        typer.echo(say(f"benchmark.apart.{row['of']}", **{**row, **shown}))
    typer.echo(say("benchmark.agree" if found.is_empty() else "benchmark.apart", count=found.height))
    if found.height:
        raise typer.Exit(1)
