"""``fansipan manual``: every command with its arguments and options, as one document to read or print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from fansipan.cli.help_words import help_in
from fansipan.cli.language import Lang, current_language, say
from fansipan.tables.files.writing import replaced
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

# Options that every command has; they are told once, at the top.
SHARED = {"--help", "--lang"}


def register(app: typer.Typer) -> None:
    """Add the command ``manual``."""

    @app.command("manual", help=say("manual.help"))
    def manual(
        context: typer.Context,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("manual.output"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        written = commands_document(context.find_root().command, current_language())
        if output is None:
            typer.echo(written, nl=False)
            return
        with replaced(output) as path:
            path.write_text(written, encoding="utf-8")
        typer.echo(say("manual.written", file=str(output)))


def commands_document(root: Any, lang: Language) -> str:
    """Every command below `root` as Markdown in `lang`: what it does, how it is called, its arguments and options.

    The words of the help texts are those that `root` was built with.
    """
    lines = [f"# {text('manual.title', lang)}", "", text("manual.note", lang), ""]
    for path, command in walk(root, ("fansipan",)):
        lines += _section(path, command, lang)
    return "\n".join(lines).rstrip() + "\n"


def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below `command` with the words that call it, in the order of the help texts."""
    for name, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield (*path, name), below
            yield from walk(below, (*path, name))


def _section(path: tuple[str, ...], command: Any, lang: Language) -> list[str]:
    lines = [f"{'#' * len(path)} {' '.join(path[1:])}", "", _told(command.help), ""]
    if getattr(command, "commands", None) and not command.invoke_without_command:
        return lines
    context = command.make_context(" ".join(path), [], resilient_parsing=True)
    usage = help_in(" ".join(command.collect_usage_pieces(context)), lang)
    lines += [f"`{' '.join((*path, usage))}`", ""]
    rows = [_row(parameter, context, lang) for parameter in command.params if not SHARED & set(parameter.opts)]
    return lines + ([*rows, ""] if rows else [])


def _row(parameter: Any, context: Any, lang: Language) -> str:
    """A parameter as its help text tells it: how it is written, what it means, its default."""
    name, told = parameter.get_help_record(context) or (parameter.name, parameter.help or "")
    return f"- `{name}` {help_in(_told(told), lang)}".rstrip()


def _told(words: str | None) -> str:
    return " ".join((words or "").split())
