"""A page as one HTML file that reads offline: style, letters and pictures inside, Vietnamese with an English switch."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from fansipan import __version__
from fansipan.notation import rounded
from fansipan.report.content import Chart, Column, Page, cell_text, words
from fansipan.report.drawings.charts import to_svg
from fansipan.tables.files.writing import replaced
from fansipan.texts import Language

FACES = (("BeVietnamPro-Regular.ttf", 400), ("BeVietnamPro-SemiBold.ttf", 600))


def render(page: Page, lang: Language, pages: Sequence[Page] = ()) -> str:
    """The page as HTML text, opening in `lang`; `pages` are those its navigation names (itself alone, where empty)."""
    environment = Environment(
        loader=PackageLoader("fansipan.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(kind=lambda block: type(block).__name__, show=cell_text, sense=_sense, drawn=_drawn)
    environment.globals["shown_all"] = lambda count: words("plan-page.unfold", count=count)
    environment.globals["is_day"] = lambda cell: isinstance(cell, date)
    return environment.get_template("page.html").render(
        page=page,
        pages=pages or (page,),
        lang=lang,
        labels=_labels(),
        fonts=_fonts(),
        style=_asset("style.css"),
        script=_asset("page.js") + _asset("map.js"),
    )


def write_pages(pages: Sequence[Page], folder: Path, lang: Language) -> list[Path]:
    """Write every page into `folder` as ``NAME.html``, each naming the others, opening in `lang`; returns the paths."""
    paths = []
    for page in pages:
        path = folder / f"{page.name}.html"
        with replaced(path) as temporary:
            temporary.write_text(render(page, lang, pages), encoding="utf8")
        paths.append(path)
    return paths


def _labels() -> dict[str, Any]:
    names = ("skip", "pages", "contents", "illustrative", "published")
    return {name: words(f"page.{name}") for name in names} | {"made_by": words("page.made-by", version=__version__)}


def _asset(name: str) -> str:
    return (files("fansipan.report") / "templates" / name).read_text(encoding="utf8")


@cache
def _fonts() -> str:
    """The letters of the page, inside it: a reader's machine may lack Vietnamese ones."""
    spec = find_spec("fontpkg_be_vietnam_pro")
    if spec is None or not spec.submodule_search_locations:
        return ""
    root, faces = Path(spec.submodule_search_locations[0]), []
    for name, weight in FACES:
        path = next(root.rglob(name), None)
        if path is not None:
            letters = base64.b64encode(path.read_bytes()).decode()
            faces.append(
                f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};font-display:swap;'
                f"src:url(data:font/ttf;base64,{letters})}}"
            )
    return "".join(faces)


def _sense(cell: Any, column: Column) -> str:
    """The colour of a change: a class for a gain, a loss, or none."""
    if column.kind != "points" or not isinstance(cell, int | float):
        return ""
    shown = rounded(cell, column.places) if cell == cell else 0
    return "" if shown == 0 else (" up" if shown > 0 else " down")


def _drawn(block: Chart, lang: Language) -> str:
    return to_svg(block.draw(lang), lang)
