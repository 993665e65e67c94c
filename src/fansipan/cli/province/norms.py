"""``fansipan norms``: the law's figures as of a day, with article and certainty."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Annotated, cast

import polars as pl
import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from fansipan import norms
from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import DAY_FORMATS, AsJson, Out, show
from fansipan.norms.registry import spans
from fansipan.notation import day
from fansipan.report.content import words
from fansipan.texts import DEFAULT_LANGUAGE, Language, both, text

SCHEMA = {
    "name": pl.String,
    "label": pl.String,
    "value": pl.String,
    "from": pl.Date,
    "to": pl.Date,
    "article": pl.String,
    "certainty": pl.String,
    "note": pl.String,
}


def register(app: typer.Typer) -> None:
    """Add the command ``norms``."""

    @app.command("norms", help=say("norms.help"))
    def norms_command(
        name: Annotated[str | None, typer.Argument(help=say("norms.name.help"))] = None,
        on: Annotated[datetime | None, typer.Option("--on", formats=DAY_FORMATS, help=say("norms.on.help"))] = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        asked = [name] if name in norms.names() else norms.names(name or "") or [str(name)]
        tongue = cast(Language, current_language())
        if on is not None and len(asked) == 1:
            norms.value(asked[0], on=on.date())
        frame = _table(asked, None if on is None else on.date(), tongue)
        caption = words("norms.caption", on=on.date()) if on is not None else words("norms.history")
        if as_json or out is not None:
            show(frame, caption, "norms.column", as_json=as_json, out=out)
            return
        console = Console()
        console.print(Text(caption.in_language(tongue), style="bold"))
        for code, rows in groupby(frame.iter_rows(named=True), key=lambda row: row["name"]):
            _tell(console, code, list(rows), tongue)


def _table(asked: list[str], on: date | None, lang: Language) -> pl.DataFrame:
    """A row a regime: all, or the one in force on the day; a norm that has none that day is a row that says so."""
    rows: list[tuple[str, str, str | None, date | None, date | None, str | None, str | None, str]] = []
    for code in asked:
        regimes = norms.history(code)
        held = [n for n in regimes if on is None or n.holds_on(on)]
        rows += [
            (n.name, n.label(lang), n.shown(lang), n.valid_from, n.valid_to, n.cite(lang), n.certainty, n.remark(lang))
            for n in held
        ]
        if not held:
            told = text("norms.none", lang, spans=spans(regimes), label=both(regimes[0].label))
            rows.append((code, regimes[0].label(lang), None, None, None, None, None, told))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _tell(console: Console, code: str, rows: list[dict[str, object]], lang: Language) -> None:
    """One norm: its name and what it is, then a line a regime: the figure, its days, the article, what to be said."""
    console.print(Text.assemble("\n", (code, "cyan"), f"  {rows[0]['label']}"))
    for row in rows:
        if row["value"] is None:
            console.print(Padding(Text(str(row["note"]), style="yellow"), (0, 0, 0, 2)))
            continue
        first, last = cast(date, row["from"]), cast("date | None", row["to"])
        span = f"{day(first, lang)} – {day(last, lang) if last else '…'}"
        told = "; ".join(str(part) for part in (span, row["article"], row["note"]) if part)
        console.print(Padding(Text.assemble((str(row["value"]), "bold"), f"  ({told})"), (0, 0, 0, 2)))
