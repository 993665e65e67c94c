"""``fansipan index``: index arithmetic on files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.index.chain import add_chain
from fansipan.cli.index.formulas import add_formulas
from fansipan.cli.language import Lang, current_language, say
from fansipan.errors import Fault, refuse
from fansipan.statistics.index.inputs import IndexValues, IndexWeights, Rows, read_rows
from fansipan.statistics.index.trees.aggregation import aggregate_sound_tables
from fansipan.statistics.index.trees.checks import index_faults, value_faults, weight_faults
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE


class Missing(StrEnum):
    """What becomes of a missing value."""

    error = "error"
    parent = "parent"
    both_ways = "both-ways"
    carry = "carry"
    drop = "drop"


class Growth(StrEnum):
    """What growth is measured on."""

    yoy = "yoy"
    mom = "mom"
    ytd = "ytd"


def register(app: typer.Typer) -> None:
    """Add the group ``index`` to the command line."""
    group = typer.Typer(help=say("index.help"), no_args_is_help=True)
    app.add_typer(group, name="index")
    add_formulas(group)
    add_chain(group)

    @group.command("aggregate", help=say("index.aggregate.help"))
    def aggregate(
        values: Annotated[Path, typer.Argument(metavar="VALUES", help=say("index.aggregate.values"))],
        weights: Annotated[Path, typer.Argument(metavar="WEIGHTS", help=say("index.aggregate.weights"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        growth: Annotated[Growth | None, typer.Option(help=say("index.aggregate.growth"))] = None,
        missing: Annotated[Missing, typer.Option(help=say("index.aggregate.missing"))] = Missing.error,
        year_start: Annotated[
            int, typer.Option(min=1, max=12, metavar="MONTH", help=say("index.aggregate.year-start"))
        ] = 1,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        compile_file(values, weights, out, growth, missing, year_start)


def compile_file(
    values_file: Path, weights_file: Path, out: Path, growth: Growth | None, missing: Missing, year_start: int
) -> None:
    """Read both files, refuse them with every fault of either and of both together, else write the index.

    Of a file that cannot be read as its table, only that is told, and the other one is judged by itself.

    Raises InvalidInput; FansipanError ``file.format-unknown`` before any work, ``file.unwritable`` after it.
    """
    check_ending(out)
    values, weights = read_rows(values_file, IndexValues), read_rows(weights_file, IndexWeights)
    warnings = refuse((*values.faults, *weights.faults, *_faults_of_rows(values, weights, missing)))
    for warning in warnings:
        typer.echo(warning.line(current_language()), err=True)
    index = aggregate_sound_tables(
        values.frame,
        weights.frame,
        missing=missing.value,
        growth=growth.value if growth else None,
        year_start=year_start,
    )
    write_frame(index, out)
    leaf = ~pl.col("code").is_in(weights.frame["parent"].drop_nulls().implode())
    told = {"nodes": index["code"].n_unique(), "months": index["period"].n_unique()}
    typer.echo(say("index.aggregate.done", file=out, imputed=index.filter(leaf & pl.col("imputed")).height, **told))


def _faults_of_rows(values: Rows, weights: Rows, missing: Missing) -> list[Fault]:
    if values.readable and weights.readable:
        return index_faults(values.frame, weights.frame, missing.value, (values.file, weights.file))
    of_weights = weight_faults(weights.frame, weights.file) if weights.readable else ()
    of_values = value_faults(values.frame, values.file) if values.readable else ()
    return [*of_weights, *of_values]
