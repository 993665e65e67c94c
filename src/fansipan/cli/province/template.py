"""``fansipan template``: the blank Excel form of a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from fansipan.cli.language import Lang, say
from fansipan.errors import NotFound
from fansipan.province import Province
from fansipan.tables import REGISTRY
from fansipan.tables.forms.template import write_template
from fansipan.tables.reading.contents import nearest_tables, table_named
from fansipan.texts import DEFAULT_LANGUAGE, Language, text


def register(app: typer.Typer) -> None:
    """Add the command ``template``."""

    @app.command("template", help=say("template.help"))
    def template(
        table: Annotated[str | None, typer.Argument(metavar="[TABLE]", help=say("template.table"))] = None,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("template.output"))] = None,
        province: Annotated[Path | None, typer.Option("--province", help=say("template.province"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        language = cast(Language, lang)
        if table is None:
            _list(language)
            return
        declared = table_named(table)
        if declared is None:
            raise NotFound("name.unknown", kind=text("template.kind", language), name=table, near=nearest_tables(table))
        frames = dict(Province.read(province)) if province else None
        path = write_template(declared, output or Path(f"{declared.name}.xlsx"), lang=language, frames=frames)
        typer.echo(text("template.written", language, table=declared.label(language), file=str(path)))


def _list(lang: Language) -> None:
    wide = max(len(name) for name in REGISTRY)
    for name, table in REGISTRY.items():
        typer.echo(f"{name:<{wide}}  {table.label(lang)}")
