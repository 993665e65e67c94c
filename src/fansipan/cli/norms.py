"""``fansipan norms``: the law's figures as of a day, with article and certainty."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, cast

import polars as pl
import typer

from fansipan import norms
from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import DAY_FORMATS, AsJson, Out, show
from fansipan.report.content import words
from fansipan.texts import DEFAULT_LANGUAGE, Language


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
        if on is None:
            found = [norm for code in asked for norm in norms.history(code)]
        elif len(asked) == 1:
            found = [norms.value(asked[0], on=on.date())]
        else:
            found = [norm for code in asked if (norm := norms.find(code, on.date())) is not None]
        caption = words("norms.caption", on=on.date()) if on is not None else words("norms.history")
        show(_table(found, cast(Language, current_language())), caption, "norms.column", as_json=as_json, out=out)


def _table(found: list[norms.Norm], lang: Language) -> pl.DataFrame:
    schema = {"name": pl.String, "label": pl.String, "value": pl.String, "from": pl.Date, "to": pl.Date,
              "article": pl.String, "certainty": pl.String, "note": pl.String}  # fmt: skip
    rows: list[tuple[str, str, str, date, date | None, str, str, str]] = [
        (n.name, n.label(lang), n.shown(lang), n.valid_from, n.valid_to, n.cite(lang), n.certainty, n.remark(lang))
        for n in found
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")
