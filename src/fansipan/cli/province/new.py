"""``fansipan new``: start a province with what all know of it: its areas, the classes of industry, its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.errors import FansipanError
from fansipan.province import Province
from fansipan.reference import areas_of, industries, province_named
from fansipan.tables import REGISTRY
from fansipan.tables.files.folder import write_folder
from fansipan.tables.files.writing import replaced
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

# What a province begins with; the other tables come when they are needed.
FIRST = (
    "settings",
    "areas",
    "documents",
    "industries",
    "portfolio",
    "products",
    "product_prices",
    "index_weights",
    "establishments",
    "capacities",
    "returns",
    "establishment_returns",
    "plans",
    "official_figures",
    "economy",
    "zones",
    "zone_land",
    "zone_events",
    "investors",
    "projects",
    "targets",
    "programmes",
    "obstacles",
)
SETTINGS = {"classification": "VSIC2018", "base_year": "2015", "price_base": "2010"}


def register(app: typer.Typer) -> None:
    """Add the command ``new``."""

    @app.command("new", help=say("new.help"))
    def new(
        folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=say("new.folder"))],
        name: Annotated[str | None, typer.Option("--name", help=say("new.name"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        language = cast(Language, lang)
        start_province(folder, name or folder.resolve().name, language)
        typer.echo(text("new.done", language, folder=str(folder), count=len(FIRST)))
        typer.echo(text("new.next", language, folder=str(folder)))


def start_province(folder: Path, name: str, lang: Language) -> None:
    """Make `folder` with a header-only CSV for each of `FIRST`, the settings and a README in `lang`.

    Raises FansipanError ``folder.not-empty`` if something stands there already, ``file.unwritable``.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FansipanError("folder.not-empty", folder=str(folder))
    settings = {"name": name, **SETTINGS}
    known = {"settings": pl.DataFrame({"setting": list(settings), "value": list(settings.values())})}
    known["industries"] = industries()
    if code := province_named(name):
        known["areas"] = areas_of(code)
    province = Province(known)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = "\n".join(f"| `{table}.csv` | {REGISTRY[table].label(lang)} |" for table in FIRST)
        with replaced(folder / "README.md") as readme:
            readme.write_text(text("new.readme", lang, name=name, tables=lines) + "\n", encoding="utf8")
    except OSError as error:
        raise FansipanError("file.unwritable", file=str(folder), reason=error.strerror or "?") from error
    write_folder(dict(province), folder, always=FIRST)
