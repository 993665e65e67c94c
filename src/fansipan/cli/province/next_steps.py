"""``fansipan next``: what is missing for a first month, a first index and a first scenario, each with its command."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import typer

from fansipan.checks.readiness import STAGES, Step, as_word, is_empty, missing
from fansipan.cli.language import Lang, say
from fansipan.cli.showing import AsJson, ProvincePath, as_text
from fansipan.province import Province
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

READY = {
    "month": "fansipan month {path}",
    "index": "fansipan measure {path} --indicator index",
    "scenario": "fansipan scenario project {path}",
}


def register(app: typer.Typer) -> None:
    """Add the command ``next``."""

    @app.command("next", help=say("next.help"))
    def run(path: ProvincePath, as_json: AsJson = False, lang: Lang = DEFAULT_LANGUAGE) -> None:
        language = cast(Language, lang)
        province = Province.read(path)
        steps = missing(province)
        if as_json:
            typer.echo(as_text([_as_data(step, path, language) for step in steps]))
            return
        if is_empty(province):
            typer.echo(text("next.empty", language))
        elif not steps:
            typer.echo(text("next.none", language))
        for stage in STAGES:
            _show(stage, steps, path, language)


def _as_data(step: Step, path: Path, lang: Language) -> dict[str, object]:
    return {
        "stage": step.stage,
        "code": step.code,
        "blocking": step.blocking,
        "message": step.message(lang),
        "command": step.command(str(path), lang),
    }


def _show(stage: str, steps: tuple[Step, ...], path: Path, lang: Language) -> None:
    """The heading of a stage, whether it can be had already, and what is missing for it."""
    before = ("month", stage)
    heading = text(f"next.{stage}", lang)
    if not any(step.blocking and step.stage in before for step in steps):
        heading += ": " + text("next.ready", lang, command=READY[stage].format(path=as_word(path)))
    elif not any(step.blocking and step.stage == stage for step in steps):
        heading += ": " + text("next.waits", lang)
    typer.echo(f"\n{heading}")
    for number, step in enumerate((step for step in steps if step.stage == stage), start=1):
        what = step.message(lang)
        typer.echo(f"  {number}. {what if step.blocking else text('next.advised', lang, what=what)}")
        typer.echo(f"     → {step.command(str(path), lang)}")
