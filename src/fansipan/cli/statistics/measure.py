"""``fansipan measure``: output and the index of a province, for any part of it, in the terminal or a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, cast

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.errors import FansipanError, Refused
from fansipan.notation import number
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Column, Table, Words, table, words
from fansipan.report.month.call_words import far_off_figures
from fansipan.report.naming import Names
from fansipan.report.writers.terminal import grid
from fansipan.statistics.drafts import drafted_share, weights_are_drafts
from fansipan.statistics.editing.headline import total_at_usual
from fansipan.statistics.imputation.filling import DEFAULT_METHODS, methods_from
from fansipan.statistics.index.parts import check_by, index_by
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.measures import TOTAL, gross_output, growth_of_output
from fansipan.statistics.output_value import DIMENSIONS, Output, compile_output
from fansipan.statistics.production_index import base_year_weights, unreported_weights
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE, Quantity, joined


class Indicator(StrEnum):
    """What is measured."""

    gross_output = "gross-output"
    production_index = "index"
    shipment = "shipment"
    inventory = "inventory"
    labour = "labour"


class Compare(StrEnum):
    """What it is compared with."""

    mom = "mom"
    yoy = "yoy"
    ytd = "ytd"
    year = "year"


class Basis(StrEnum):
    """The prices it is measured at."""

    constant = "constant-2010"
    current = "current"


def register(app: typer.Typer) -> None:
    """Add the command ``measure``."""

    @app.command("measure", help=say("measure.help"))
    def measure(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("measure.path"))],
        indicator: Annotated[Indicator, typer.Option(help=say("measure.indicator"))] = Indicator.gross_output,
        by: Annotated[str | None, typer.Option(help=say("measure.by", known=", ".join((TOTAL, *DIMENSIONS))))] = None,
        month: Annotated[str | None, typer.Option(help=say("measure.month"))] = None,
        compare: Annotated[Compare | None, typer.Option(help=say("measure.compare"))] = None,
        basis: Annotated[Basis | None, typer.Option(help=say("measure.basis"))] = None,
        scope: Annotated[list[str] | None, typer.Option(metavar="KIND=CODE", help=say("measure.scope"))] = None,
        known_on: Annotated[
            datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("measure.known-on"))
        ] = None,
        raw: Annotated[bool, typer.Option("--raw", help=say("measure.raw"))] = False,
        impute: Annotated[str | None, typer.Option(metavar="METHOD", help=say("measure.impute"))] = None,
        series: Annotated[bool, typer.Option("--series", help=say("measure.series"))] = False,
        out: Annotated[Path | None, typer.Option("--out", "-o", help=say("measure.out"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if out is not None:
            check_ending(out)
        province = Province.read(path)
        day = known_on.date() if known_on else None
        province = province if day is None else province.known_on(day)
        unused = {"--basis": basis, "--raw": raw or None, "--impute": impute, "--compare": compare}
        refuse_unused(indicator, by, series=series, options=unused, scope=scope or [])
        compare, basis = compare or Compare.yoy, basis or Basis.constant
        until = chosen_month(month, last_month(province), compare)
        methods = methods_from(impute) if impute else DEFAULT_METHODS
        output = compile_output(province, until=until, known_on=day, imputed=not raw, methods=methods)
        typer.echo(draft_words(province, output, indicator), err=True, nl=False)
        parts = scopes(scope or [])
        refuse_empty(output, parts)
        if indicator is not Indicator.gross_output:
            shown = index_by(province, output, indicator.value, by, index_growth(compare))
            shown = shown if series else shown.filter(pl.col("period") == str(until))
            if indicator is Indicator.production_index:
                typer.echo(left_out(province, output), err=True, nl=False)
        elif series:
            shown = gross_output(output, by=by or "section", basis=basis.value, scope=parts)
        else:
            shown = growth_of_parts(output, until, compare, basis, by or "section", parts, with_whole=out is None)
            typer.echo(far_off_words(province, output, until, compare, basis=basis, scope=parts), err=True, nl=False)
        if out is not None:
            typer.echo(say("measure.written", file=write_frame(shown, out), rows=shown.height))
        else:
            unit = basis.value if indicator is Indicator.gross_output else "index"
            Console().print(grid(as_table(shown, Names(province), until, unit), current_language()))


def growth_of_parts(
    output: Output, until: Month, compare: Compare, basis: Basis, by: str, scope: dict[str, str], *, with_whole: bool
) -> pl.DataFrame:
    """Output and growth by `by`; `with_whole` puts the whole of `scope` below its parts, as tables in print do."""
    growth = partial(growth_of_output, output, until, compare.value, basis=basis.value, scope=scope)
    parts = growth(by=by)
    if not with_whole or by == TOTAL:
        return parts
    whole = growth().rename({TOTAL: by})
    return pl.concat([parts, whole.with_columns(pl.lit(TOTAL).alias(by))])


def far_off_words(
    province: Province, output: Output, until: Month, compare: Compare, *, basis: Basis, scope: dict[str, str]
) -> str:
    """A line on the figures that are far off and unconfirmed, with the total at what is usual; empty without any."""
    usual = total_at_usual(province, output, until, (compare.value,), basis=basis.value, scope=scope)
    if usual is None:
        return ""
    return "{}\n".format(
        say(
            "measure.far-off",
            count=usual.doubted.height,
            figures=joined(far_off_figures(usual.doubted, Names(province)), "; "),
            level=Quantity(usual.level, 2),
            growth=Quantity(usual.growth[compare.value], 2, sign=True, percent=True),
        )
    )


def draft_words(province: Province, output: Output, indicator: Indicator) -> str:
    """A line on draft prices or weights that the figures rest on; empty where they rest on none."""
    if indicator is Indicator.production_index:
        drafts = weights_are_drafts(base_year_weights(province))
        return f"{say('measure.draft-weights')}\n" if drafts else ""
    share = drafted_share(province, output)
    return f"{say('measure.draft-prices', share=Quantity(share, 1, percent=True))}\n" if share else ""


def chosen_month(written: str | None, last: Month, compare: Compare) -> Month:
    """The month to measure; for whole years the December of the year asked for, else of the last whole year.

    Raises Refused ``measure.month-ahead`` for a month after `last`, ``measure.year-open`` for a year without its
    December.
    """
    month = Month.parse(written) if written else last
    if month > last:
        raise Refused("measure.month-ahead", month=month, last=last)
    if compare is not Compare.year:
        return month
    december = Month(month.year, 12)
    if december <= last:
        return december
    if written:
        raise Refused("measure.year-open", year=month.year, last=last)
    return Month(last.year - 1, 12)


def last_month(province: Province) -> Month:
    """The last month with a return; raises Refused ``output.no-returns-at-all`` where there is none."""
    last = province["returns"]["month"].max()
    if last is None:
        raise Refused("output.no-returns-at-all")
    return Month.parse(str(last))


def scopes(written: list[str]) -> dict[str, str]:
    """``["area=bao-thang"]`` as a mapping; raises FansipanError ``measure.scope-form`` for anything else."""
    pairs = [word.partition("=") for word in written]
    for (kind, sign, code), word in zip(pairs, written, strict=True):
        if not (kind and sign and code):
            raise FansipanError("measure.scope-form", value=word)
    return {kind: code for kind, _, code in pairs}


def index_growth(compare: Compare) -> Growth:
    """What an index is compared with; raises FansipanError ``measure.index-year`` for whole years."""
    if compare is Compare.year:
        raise FansipanError("measure.index-year")
    return cast(Growth, compare.value)


def left_out(province: Province, output: Output) -> str:
    """A line for each weighted product without any return: the index stands without it."""
    rows = unreported_weights(province, output).iter_rows(named=True)
    names, lang = Names(province), current_language()
    lines = [
        say("measure.no-return", product=names.find(row["code"]), share=number(row["share"], 2, lang)) for row in rows
    ]
    return "".join(f"{line}\n" for line in lines)


def refuse_empty(output: Output, scope: Mapping[str, str]) -> None:
    """Refuse a scope in which nobody reports."""
    for kind, code in scope.items():
        if kind in DIMENSIONS and code not in output.rows[kind]:
            raise Refused("measure.scope-empty", kind=kind, part=code)


def refuse_unused(
    indicator: Indicator, by: str | None, *, series: bool, options: Mapping[str, object], scope: list[str]
) -> None:
    """Refuse what would be passed over: options that the indicator does not use, parts that it does not have."""
    unused: tuple[str, ...]
    if indicator is Indicator.gross_output:
        unused = ("--compare",) if series else ()
    elif indicator is Indicator.production_index:
        unused = ("--basis",)
    else:
        unused = ("--basis", "--raw", "--impute")
    if indicator is not Indicator.gross_output:
        if scope:
            raise Refused("measure.scope-index", indicator=indicator.value)
        if by is not None:
            check_by(indicator.value, by)
    for option in unused:
        if options[option] is not None:
            raise Refused("measure.option-unused", option=option, indicator=indicator.value)


def as_table(frame: pl.DataFrame, names: Names, month: Month, basis: str) -> Table:
    """The measured frame as a table with names in place of codes."""
    by = frame.columns[0]
    rows = []
    for row in frame.iter_rows(named=True):
        if row[by] == TOTAL:
            first: Words = words("measure.total")
        else:
            first = names.of(by, row[by]) if by in (TOTAL, *DIMENSIONS) else names.find(row[by])
        rows.append([first, *(_marked(row[c]) for c in frame.columns[1:])])
    kinds = {"change": "points", "growth": "points", "contribution": "points"}
    figures = [
        Column(words(f"measure.column.{c}"), kinds.get(c, "number") if frame[c].dtype.is_numeric() else "text", 2)  # type: ignore[arg-type]
        for c in frame.columns[1:]
    ]
    caption = words("measure.caption", month=str(month), basis=words(f"measure.basis.{basis}"))
    return table(caption, [Column(words("measure.column.part"), "text"), *figures], rows)


def _marked(cell: object) -> object:
    """A yes as a mark and a no as nothing; anything else as it is."""
    return ("✓" if cell else "") if isinstance(cell, bool) else cell
