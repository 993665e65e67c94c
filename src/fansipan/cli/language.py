"""Which language this run speaks, and how an error is told in it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, cast

import typer

from fansipan.errors import FansipanError, InvalidInput
from fansipan.texts import DEFAULT_LANGUAGE, LANGUAGES, Language, text

# What would steer a terminal or turn the direction of its text (ESC and its like, marks of direction).
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def choose_language(arguments: Sequence[str]) -> Language:
    """The language of ``--lang vi|en`` anywhere in `arguments`, else of FANSIPAN_LANG, else Vietnamese."""
    asked = os.environ.get("FANSIPAN_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return cast(Language, asked) if asked in LANGUAGES else DEFAULT_LANGUAGE


def current_language() -> Language:
    """The language of this run, from the command line it was started with."""
    return choose_language(sys.argv[1:])


def say(code: str, **params: object) -> str:
    """The words of `code` in the language of this run."""
    return text(code, current_language(), **params)


def _known(value: str) -> str:
    if value not in LANGUAGES:
        raise typer.BadParameter(say("cli.lang.unknown", value=value, known=", ".join(LANGUAGES)))
    return value


# Every command takes `lang: Lang = DEFAULT_LANGUAGE`.
Lang = Annotated[
    str, typer.Option("--lang", help="vi | en", envvar="FANSIPAN_LANG", callback=_known, show_default=True)
]


@contextmanager
def language_below(lang: str) -> Iterator[None]:
    """Make `lang` the default of the commands below: ``fansipan --lang en measure …`` is as good as after the name."""
    before = os.environ.get("FANSIPAN_LANG")
    os.environ["FANSIPAN_LANG"] = lang
    try:
        yield
    finally:
        if before is None:
            del os.environ["FANSIPAN_LANG"]
        else:
            os.environ["FANSIPAN_LANG"] = before


def print_error(error: FansipanError, lang: Language) -> None:
    """Tell `error` on standard error, faults on lines of their own, those alike drawn together."""
    words = error.summary(lang) if isinstance(error, InvalidInput) else error.describe(lang)
    typer.echo(CONTROL.sub("\N{REPLACEMENT CHARACTER}", words), err=True)
