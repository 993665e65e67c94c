"""The command line: parse, call the library, print. One module a command group, listed in `GROUPS`."""

from __future__ import annotations

import logging
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib import import_module
from io import TextIOWrapper

import typer

from fansipan import __version__
from fansipan.cli.help_words import refusal, speaking
from fansipan.cli.language import CONTROL, Lang, choose_language, language_below, print_error
from fansipan.cli.log import show_log
from fansipan.cli.outputs import keeping_inputs
from fansipan.errors import FansipanError
from fansipan.texts import DEFAULT_LANGUAGE, text

LOG = logging.getLogger(__name__)

# Every module here has `register(app)`, which adds to the main application the commands and sub-applications named.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "province.demo": ("demo",),
    "province.new": ("new",),
    "province.template": ("template",),
    "province.dictionary": ("dictionary",),
    "province.manual": ("manual",),
    "province.add": ("add",),
    "province.check": ("check",),
    "province.next_steps": ("next",),
    "statistics.measure": ("measure",),
    "statistics.month": ("month",),
    "statistics.draft": ("draft",),
    "province.page": ("page",),
    "statistics.calls": ("calls",),
    "statistics.edits": ("edits",),
    "statistics.imputation": ("imputation",),
    "statistics.explain": ("explain",),
    "statistics.benchmark": ("benchmark",),
    "province.imports": ("import",),
    "index.group": ("index",),
    "statistics.seasonal": ("seasonal",),
    "zones.group": ("zones",),
    "scenario.group": ("scenario",),
    "plan.group": ("plan",),
    "appraise": ("appraise",),
    "statistics.vintages": ("vintages",),
    "delivery.targets": ("targets",),
    "delivery.group": ("projects", "programmes", "obstacles", "clocks"),
    "province.norms": ("norms",),
    "province.areas": ("areas",),
    "delivery.units": ("units",),
}


def groups_for(arguments: Sequence[str]) -> list[str]:
    """The modules that a run with `arguments` needs: the one that has its command; none where only names are shown.

    Importing all takes three times as long as one; a clerk on an old machine waits for that at every command.
    """
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            next(words, None)
        elif not word.startswith("-"):
            if word == "manual":  # it describes every command
                return list(GROUPS)
            return [name for name, commands in GROUPS.items() if word in commands]
    return []


def build(groups: Iterable[str] = GROUPS) -> typer.Typer:
    """The command line as one Typer application, its help in the language chosen for this run.

    `groups` are the modules of `GROUPS` whose commands it has: all, unless the run is known to need one. With none it
    has every command by name and help only.
    """
    groups = list(groups)
    lang = choose_language(sys.argv[1:])
    app = typer.Typer(
        name="fansipan", help=text("cli.help", lang), no_args_is_help=True, add_completion=False, rich_markup_mode=None
    )

    @app.callback(invoke_without_command=True)
    def root(
        context: typer.Context,
        version: bool = typer.Option(False, "--version", help=text("cli.version.help", lang)),
        verbose: int = typer.Option(
            0, "--verbose", count=True, help=text("cli.verbose.help", lang), show_default=False
        ),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        context.with_resource(language_below(lang))
        show_log(verbose, choose_language(["--lang", lang]))
        if version:
            typer.echo(f"fansipan {__version__}")
        elif context.invoked_subcommand is None:
            typer.echo(context.get_help())

    for name in groups:
        import_module(f"fansipan.cli.{name}").register(app)
    if not groups:
        for command in (command for commands in GROUPS.values() for command in commands):
            app.command(command, help=text(f"{command}.help", lang))(_named_only)
    return app


def _named_only() -> None:
    """Stands for a command that is only listed."""


def composed(arguments: Iterable[str]) -> list[str]:
    """The arguments with composed letters (NFC), as tables keep them; a file's name that stands as typed stays so."""
    return [word if os.path.exists(word) else unicodedata.normalize("NFC", word) for word in arguments]  # noqa: PTH110


def _write_harmless(write: Callable[[str], int], words: str) -> int:
    """Write `words` without what would steer a terminal: no name in a table is a command to it."""
    write(CONTROL.sub("\N{REPLACEMENT CHARACTER}", words))
    return len(words)


def main() -> None:
    """Run the command line; a known error is told in words with status 1, never as a traceback."""
    sys.argv[1:] = composed(sys.argv[1:])
    lang = choose_language(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal's encoding lacks is no reason to end.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
            stream.write = partial(_write_harmless, stream.write)  # type: ignore[method-assign]
    try:
        command = keeping_inputs(speaking(typer.main.get_command(build(groups_for(sys.argv[1:]))), lang))
        sys.exit(command.main(standalone_mode=False))
    except FansipanError as error:
        LOG.debug("log.refused", {"refusal": error.code}, exc_info=True)
        print_error(error, lang)
        sys.exit(1)
    except typer.Abort:
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        file = error.filename or "?"
        print_error(FansipanError("file.failed", file=file, reason=error.strerror or str(error)), lang)
        sys.exit(1)
    except Exception as error:
        # The library's refusals of wrong arguments have no public class in common but know how to be told.
        if not hasattr(error, "format_message"):
            raise
        typer.echo(refusal(error, lang), err=True)
        sys.exit(getattr(error, "exit_code", 2))
