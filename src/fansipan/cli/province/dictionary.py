"""``fansipan dictionary``: what every table and column of a province means, to read or for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from fansipan.cli.language import Lang, say
from fansipan.errors import FansipanError, NotFound
from fansipan.tables import REGISTRY, Table
from fansipan.tables.files.writing import replaced
from fansipan.tables.forms.dictionary import data_dictionary, data_package
from fansipan.tables.reading.contents import nearest_tables, table_named
from fansipan.texts import DEFAULT_LANGUAGE

ENDINGS = (".md", ".json")


def register(app: typer.Typer) -> None:
    """Add the command ``dictionary``."""

    @app.command("dictionary", help=say("dictionary.help"))
    def dictionary(
        tables: Annotated[list[str] | None, typer.Argument(metavar="[TABLE]...", help=say("dictionary.tables"))] = None,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("dictionary.output"))] = None,
        name: Annotated[str, typer.Option("--name", help=say("dictionary.name"))] = "province",
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if output is not None and output.suffix.lower() not in ENDINGS:
            suffix = output.suffix or "?"
            raise FansipanError("file.format-unknown", file=output.name, suffix=suffix, known=", ".join(ENDINGS))
        chosen = [_declared(table) for table in tables or REGISTRY]
        if output is not None and output.suffix.lower() == ".json":
            written = json.dumps(data_package(name, chosen), ensure_ascii=False, indent=2) + "\n"
        else:
            written = data_dictionary(chosen)
        if output is None:
            typer.echo(written, nl=False)
            return
        with replaced(output) as path:
            path.write_text(written, encoding="utf-8")
        typer.echo(say("dictionary.written", file=str(output), count=len(chosen)))


def _declared(name: str) -> type[Table]:
    found = table_named(name)
    if found is None:
        raise NotFound("name.unknown", kind=say("template.kind"), name=name, near=nearest_tables(name))
    return found
