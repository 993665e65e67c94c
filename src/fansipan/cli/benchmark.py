"""``fansipan benchmark``: monthly series fitted to annual official totals."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fansipan.cli.language import Lang, say
from fansipan.statistics.benchmarking import Conversion, Difference, benchmark
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading import read_table
from fansipan.tables.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE


@declared("monthly-series", vi="Chuỗi tháng", en="Monthly series", registered=False)
class MonthlySeries(Table):
    """A row is a month of a series."""

    series = column.code("Chuỗi", "Series", key=True)
    period = column.month("Kỳ", "Period", key=True)
    value = column.number("Giá trị", "Value", scale=None, nullable=True)


@declared("annual-totals", vi="Tổng năm", en="Annual totals", registered=False)
class AnnualTotals(Table):
    """A row is a year of a series."""

    series = column.code("Chuỗi", "Series", key=True)
    period = column.integer("Năm", "Year", key=True, min=1900, max=2200)
    value = column.number("Giá trị", "Value", scale=None)


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
        out: Annotated[Path, typer.Option("--out", "-o", help=say("measure.out"))],
        difference: Annotated[
            DifferenceChoice, typer.Option(help=say("benchmark.difference"))
        ] = DifferenceChoice.proportional,
        conversion: Annotated[ConversionChoice, typer.Option(help=say("benchmark.conversion"))] = ConversionChoice.sum,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        check_ending(out)
        kept: Difference = difference.value
        made: Conversion = conversion.value
        totals = read_table(annual, AnnualTotals)
        totals = totals.with_columns(totals["period"].cast(str))
        fitted = benchmark(read_table(monthly, MonthlySeries), totals, difference=kept, conversion=made)
        typer.echo(say("measure.written", file=write_frame(fitted, out), rows=fitted.height))
