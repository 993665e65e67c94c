"""``fansipan index chain | products``: weights that change over time, products that come and go, on files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, get_args

import polars as pl
import typer

from fansipan.cli.index.formulas import choices, placed_in, sound, write_rows
from fansipan.cli.language import Lang, say
from fansipan.errors import FansipanError
from fansipan.periods import Month
from fansipan.statistics.index.inputs import IndexValues, IndexWeights
from fansipan.statistics.index.trees.chain_linking import Link, chain_linked_index
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.index.trees.product_changes import NewProduct, VanishedProduct, settle_product_changes
from fansipan.tables.files.writing import check_ending
from fansipan.texts import DEFAULT_LANGUAGE

Links: Any = choices("Links", get_args(Link))
Growths: Any = choices("Growths", get_args(Growth))
NewOptions: Any = choices("NewOptions", get_args(NewProduct))
VanishedOptions: Any = choices("VanishedOptions", get_args(VanishedProduct))


def add_chain(group: typer.Typer) -> None:
    """Add the commands to the group ``index``."""
    _add_chain(group)
    _add_products(group)


def _add_chain(group: typer.Typer) -> None:
    @group.command("chain", help=say("index.chain.help"))
    def chain(
        values: Annotated[Path, typer.Argument(metavar="VALUES", help=say("index.aggregate.values"))],
        weights: Annotated[list[str], typer.Option("--weights", metavar="MONTH=FILE", help=say("index.chain.weights"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        link: Annotated[Links, typer.Option(help=say("index.chain.link"))] = Links.year,
        growth: Annotated[Growths | None, typer.Option(help=say("index.aggregate.growth"))] = None,
        year_start: Annotated[
            int, typer.Option(min=1, max=12, metavar="MONTH", help=say("index.aggregate.year-start"))
        ] = 1,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        check_ending(out)
        stretches = {month: sound(path, IndexWeights) for month, path in stretches_named(weights).items()}
        frame = sound(values, IndexValues)
        with placed_in(values):
            index = chain_linked_index(
                frame, stretches, link=link.value, growth=growth.value if growth else None, year_start=year_start
            )
        write_rows(index, out)


def stretches_named(words: list[str]) -> dict[str, Path]:
    """The file of weights in force from each month, from ``2020-01=weights.csv``.

    Raises FansipanError ``index.chain.stretch`` for other words, ``index.chain.twice`` for a month named twice.
    """
    found: dict[str, Path] = {}
    for word in words:
        month, equals, name = word.partition("=")
        try:
            start = str(Month.parse(month.strip()))
        except FansipanError:
            start = ""
        if not (equals and name and start):
            raise FansipanError("index.chain.stretch", words=word)
        if start in found:
            raise FansipanError("index.chain.twice", month=start)
        found[start] = Path(name)
    return found


def _add_products(group: typer.Typer) -> None:
    @group.command("products", help=say("index.products.help"))
    def products(
        values: Annotated[Path, typer.Argument(metavar="VALUES", help=say("index.aggregate.values"))],
        weights: Annotated[Path, typer.Argument(metavar="WEIGHTS", help=say("index.aggregate.weights"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        new: Annotated[NewOptions, typer.Option(help=say("index.products.new"))] = NewOptions.refuse,
        vanished: Annotated[
            VanishedOptions, typer.Option(help=say("index.products.vanished"))
        ] = VanishedOptions.refuse,
        log: Annotated[Path | None, typer.Option(help=say("index.products.log"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        for path in filter(None, (out, log)):
            check_ending(path)
        tree, frame = sound(weights, IndexWeights), sound(values, IndexValues)
        with placed_in(values):
            names = (values.name, weights.name)
            settled = settle_product_changes(frame, tree, new=new.value, vanished=vanished.value, files=names)
        _tell(settled.log)
        write_rows(settled.values, out)
        if log:
            write_rows(settled.log, log)


def _tell(log: pl.DataFrame) -> None:
    for row in log.iter_rows(named=True):
        typer.echo(say(f"index.products.{row.pop('change')}-told", product=row.pop("code"), **row))
    if log.is_empty():
        typer.echo(say("index.products.none"))
