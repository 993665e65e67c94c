"""``fansipan page NAME PROVINCE``: any page of any province, or all that its data allow, into a folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.scenario.inputs import month_of
from fansipan.cli.showing import DAY_FORMATS
from fansipan.errors import FansipanError, NotFound
from fansipan.province import Province
from fansipan.report.content import Page
from fansipan.report.province_pages import PAGES, ProvincePages
from fansipan.report.writers.html import write_pages
from fansipan.scenario.changes import BASELINE
from fansipan.texts import DEFAULT_LANGUAGE, Words

ALL = "all"


def register(app: typer.Typer) -> None:
    """Add the command ``page``."""

    @app.command("page", help=say("page.help"))
    def page(
        name: Annotated[str, typer.Argument(metavar="NAME", help=say("page.name", known=", ".join((*PAGES, ALL))))],
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("asking.province"))],
        month: Annotated[str | None, typer.Option("--month", help=say("measure.month"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAY_FORMATS, help=say("measure.known-on"))] = None,
        scenario: Annotated[str, typer.Option("--scenario", help=say("scenario.scenario.help"))] = BASELINE,
        out: Annotated[Path, typer.Option("--out", "-o", help=say("page.out"))] = Path("trang"),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if name not in (*PAGES, ALL):
            raise NotFound("name.unknown", kind=Words("trang", "page"), name=name, near=", ".join((*PAGES, ALL)))
        province = Province.read(path)
        chosen = month_of(province if known_on is None else province.known_on(known_on.date()), month)
        recorded = province.last_recorded()
        day = known_on.date() if known_on else max(filter(None, (recorded, chosen.last_day)))
        pages = ProvincePages(province, chosen, day, scenario)
        made: list[Page] = []
        for one in PAGES if name == ALL else (name,):
            try:
                made.append(pages.make(one))
            except FansipanError as error:
                if name != ALL:
                    raise
                typer.echo(say("page.passed", page=one, why=error.describe(current_language())), err=True)
        if not made:
            raise FansipanError("page.none", path=path.name)
        for file in write_pages(made, out, current_language()):
            typer.echo(say("page.written", file=file))
