"""``fansipan imputation``: what imputation does to the total, and who came, went, stopped and started again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.showing import DAY_FORMATS, AsJson, Out, ProvincePath, show, spoken
from fansipan.cli.statistics.measure import last_month
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Words, words
from fansipan.report.month.data import month_words
from fansipan.statistics.imputation.effect import DEFAULT, REPORTED_ONLY, imputation_effect
from fansipan.statistics.imputation.filling import CHOICES
from fansipan.statistics.imputation.status import CHANGES, changes_of_state
from fansipan.statistics.output_value import compile_output
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE

AskedMonth = Annotated[str | None, typer.Option("--month", help=say("calls.month"))]
KnownOn = Annotated[datetime | None, typer.Option("--known-on", formats=DAY_FORMATS, help=say("calls.known-on"))]


def register(app: typer.Typer) -> None:
    """Add the group ``imputation``."""
    group = typer.Typer(help=say("imputation.help"), no_args_is_help=True)
    app.add_typer(group, name="imputation")

    @group.command("effect", help=say("imputation.effect.help"))
    def effect(
        path: ProvincePath,
        month: AskedMonth = None,
        known_on: KnownOn = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, asked, day = _asked(path, month, known_on)
        caption = words("imputation.effect.caption", month=month_words(asked))
        show(
            imputation_effect(province, asked, known_on=day),
            caption,
            "imputation.column",
            spoken_as={"treatment": treatments()},
            as_json=as_json,
            out=out,
            places={"growth": 2, "growth_difference": 3, "value_difference": 3},
        )

    @group.command("changes", help=say("imputation.changes.help"))
    def changes(
        path: ProvincePath,
        month: AskedMonth = None,
        known_on: KnownOn = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, asked, day = _asked(path, month, known_on)
        found = changes_of_state(compile_output(province, until=asked, known_on=day), asked)
        named = {
            "establishment": names_of(province["establishments"], "establishment"),
            "product": names_of(province["products"], "product"),
            "change": spoken(CHANGES, "imputation.change"),
        }
        caption = words("imputation.changes.caption", month=month_words(asked))
        show(found, caption, "imputation.column", spoken_as=named, as_json=as_json, out=out, places={"contribution": 3})


def _asked(path: Path, month: str | None, known_on: datetime | None) -> tuple[Province, Month, date | None]:
    province = Province.read(path)
    day = known_on.date() if known_on else None
    province = province if day is None else province.known_on(day)
    return province, Month.parse(month) if month else last_month(province), day


def treatments() -> dict[str, Words]:
    """The words of every treatment of what is missing."""
    return spoken((REPORTED_ONLY, DEFAULT, *CHOICES), "imputation")
