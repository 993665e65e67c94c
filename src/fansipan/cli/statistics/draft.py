"""``fansipan draft``: draft prices and weights for a province that has neither."""

from __future__ import annotations

from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.recording import form_of, locked, read_whole
from fansipan.cli.showing import ProvincePath
from fansipan.errors import FansipanError, Refused
from fansipan.province import Province
from fansipan.statistics.drafts import DRAFT, ROOT, draft_prices, draft_weights
from fansipan.statistics.references import CONSTANT
from fansipan.texts import DEFAULT_LANGUAGE


def register(app: typer.Typer) -> None:
    """Add the command ``draft``."""

    @app.command("draft", help=say("draft.help"))
    def draft(
        path: ProvincePath,
        total: Annotated[list[str] | None, typer.Option("--total", help=say("draft.total"))] = None,
        year: Annotated[int | None, typer.Option("--year", help=say("draft.year"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        totals = dict(map(_total, total or []))
        with locked(path):
            province = without_drafts(read_whole(path))
            chosen = year or _last_whole_year(province)
            prices = draft_prices(province, chosen, totals)
            province = province.replace(product_prices=pl.concat([province["product_prices"], prices], how="diagonal"))
            weights = pl.DataFrame()
            if province["index_weights"].is_empty():
                weights = draft_weights(province, chosen)
                province = province.replace(index_weights=weights)
            province.write(path, form_of(path))
        typer.echo(say("draft.done", prices=prices.height, weights=weights.height, year=chosen))


def without_drafts(province: Province) -> Province:
    """The province without the drafts of before, which a new run replaces."""
    prices, weights = province["product_prices"], province["index_weights"]
    kept = prices.filter((pl.col("source") != DRAFT) | (pl.col("price_basis") != CONSTANT))
    return province.replace(product_prices=kept, index_weights=weights.filter(pl.col("source") != DRAFT))


def _total(written: str) -> tuple[str, float]:
    """``C=850000`` or ``1063180`` as scope and billion đồng."""
    scope, sign, figure = written.rpartition("=")
    try:
        return (scope if sign else ROOT), float(figure.replace(" ", "").replace(",", "."))
    except ValueError as error:
        raise FansipanError("draft.total-form", value=written) from error


def _last_whole_year(province: Province) -> int:
    months = province["returns"].select(pl.col("month").unique())["month"]
    counts = months.str.slice(0, 4).value_counts().filter(pl.col("count") == 12)
    if counts.is_empty():
        raise Refused("draft.no-year")
    return int(str(counts["month"].max()))
