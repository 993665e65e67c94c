"""``fansipan units``: figures by administrative unit, laid on the units of any day; which units ended and began."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.showing import DAY_FORMATS, AsJson, On, Out, ProvincePath, choices_of, read_on, show, spoken
from fansipan.delivery.reorganisation import changes
from fansipan.delivery.unit_figures import FIGURES, unit_figures
from fansipan.province import Province
from fansipan.report.content import words
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE


def register(app: typer.Typer) -> None:
    """Add the command ``units``."""

    @app.command("units", help=say("units.help"))
    def units_command(
        path: ProvincePath,
        units_of: Annotated[
            datetime | None, typer.Option("--units-of", formats=DAY_FORMATS, help=say("units.units-of"))
        ] = None,
        figure: Annotated[str, typer.Option("--figure", help=say("units.figure", known=", ".join(FIGURES)))] = "output",
        changed: Annotated[bool, typer.Option("--changes", help=say("units.changes"))] = False,
        on: On = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        whole, (province, day) = Province.read(path), read_on(path, on)
        target = units_of.date() if units_of is not None else day
        said = {
            "area": names_of(whole["areas"], "area"),
            "successor": names_of(whole["areas"], "area"),
            "level": choices_of("areas", "level"),
            "change": spoken(("ended", "began"), "units.change"),
        }
        if changed:
            frame = changes(whole["areas"], target - timedelta(days=1), target).drop("name")
            caption = words("units.changes.caption", on=target)
        else:
            frame = unit_figures(province.replace(areas=whole["areas"]), figure, day, target)
            caption = words(f"units.caption.{figure}", on=day, units_of=target)
        show(frame, caption, "units.column", spoken_as=said, as_json=as_json, out=out)
