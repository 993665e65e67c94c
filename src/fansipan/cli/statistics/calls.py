"""``fansipan calls``: which returns to ask about first, in words that whoever calls can read out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import DAY_FORMATS, as_text
from fansipan.cli.statistics.measure import last_month
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.month.call_words import Call, calls_in_words
from fansipan.report.month.data import month_words
from fansipan.statistics.editing import CallList, compile_calls
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE, Language

INDENT = "   "
FIGURES = (
    "rank",
    "establishment",
    "product",
    "reported",
    "expected",
    "suspicion",
    "potential",
    "effect",
    "slip",
    "meant",
)


def register(app: typer.Typer) -> None:
    """Add the command ``calls``."""

    @app.command("calls", help=say("calls.help"))
    def calls(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("calls.path"))],
        month: Annotated[str | None, typer.Option(help=say("calls.month"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, help=say("calls.known-on"))] = None,
        top: Annotated[int | None, typer.Option(min=1, help=say("calls.top"))] = None,
        out: Annotated[Path | None, typer.Option("--out", "-o", help=say("calls.out"))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say("calls.json"))] = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if out is not None:
            check_ending(out)
        province = Province.read(path)
        day = known_on.date() if known_on else None
        province = province if day is None else province.known_on(day)
        asked = Month.parse(month) if month else last_month(province)
        found = compile_calls(province, asked, known_on=day)
        told = calls_in_words(found, province)[:top]
        if out is not None:
            written = write_frame(as_frame(found, told, current_language()), out)
            typer.echo(say("calls.written", file=written, rows=len(told)))
        if as_json:
            typer.echo(as_text(as_frame(found, told, current_language()).to_dicts()))
        elif out is None:
            _tell(found, told, current_language())


def as_frame(calls: CallList, told: list[Call], lang: Language) -> pl.DataFrame:
    """The calls as a frame: figures unrounded, and names, signs, sources and question in words of `lang`."""
    figures = calls.rows.head(len(told)).select(pl.lit(str(calls.month)).alias("month"), *FIGURES)
    said: dict[str, list[str | None]] = {
        "establishment_name": [call.establishment.in_language(lang) for call in told],
        "product_name": [call.product.in_language(lang) for call in told],
        "why": [call.why.in_language(lang) if call.why else None for call in told],
        "signs": [call.signs.in_language(lang) for call in told],
        "effect_words": [call.effect.in_language(lang) for call in told],
        "question": [call.question.in_language(lang) for call in told],
    }
    edits = calls.rows.head(len(told))["edits"].list.join(" ").alias("edits")
    return figures.with_columns(edits, *(pl.Series(name, column, dtype=pl.String) for name, column in said.items()))


def _tell(calls: CallList, told: list[Call], lang: Language) -> None:
    month = month_words(calls.month).in_language(lang)
    if not told:
        typer.echo(say("calls.none", month=month, judged=calls.judged))
        return
    typer.echo(say("calls.title", month=month, count=calls.rows.height, judged=calls.judged))
    for call in told:
        head, *lines = (line.in_language(lang) for line in call.lines())
        typer.echo(f"\n{head}")
        for line in lines:
            typer.echo(INDENT + line)
