"""``fansipan index bilateral | sample | splice | rebase``: formulas, sampled prices and bases, on files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import polars as pl
import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.errors import FansipanError, InvalidInput, refuse
from fansipan.periods import Period, months_of, parse_period
from fansipan.statistics.index.bilateral.chaining import rebase
from fansipan.statistics.index.bilateral.elementary import Elementary
from fansipan.statistics.index.bilateral.formulas import Formula
from fansipan.statistics.index.bilateral.matched_sample import sample_index
from fansipan.statistics.index.bilateral.series import FIXED_WEIGHTS, bilateral_series
from fansipan.statistics.index.bilateral.splicing import TOLERANCE, Splice, splice
from fansipan.statistics.index.inputs import IndexSeries, IndexWeights, PricesQuantities, SampledPrices, read_rows
from fansipan.statistics.index.trees.checks import key_faults
from fansipan.tables.columns import Table
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE, joined


def choices(name: str, allowed: Iterable[str]) -> Any:
    """The values allowed as an enumeration for the command line."""
    return StrEnum(name, {value.replace("-", "_"): value for value in allowed})


Formulas: Any = choices("Formulas", (*get_args(Formula), *FIXED_WEIGHTS))
Elementaries: Any = choices("Elementaries", get_args(Elementary))


class Compared(StrEnum):
    """What an index compares, the other being the weight."""

    price = "price"
    quantity = "quantity"


class Unmatched(StrEnum):
    """What becomes of a product that is in one of two periods only."""

    refuse = "refuse"
    leave_out = "leave-out"


class Returning(StrEnum):
    """What a product that returns after a gap is compared with."""

    carried = "carried"
    new = "new"


def add_formulas(group: typer.Typer) -> None:
    """Add the commands to the group ``index``."""
    _add_bilateral(group)
    _add_sample(group)
    _add_splice(group)
    _add_rebase(group)


def _add_bilateral(group: typer.Typer) -> None:
    @group.command("bilateral", help=say("index.bilateral.help"))
    def bilateral(
        data: Annotated[Path, typer.Argument(metavar="DATA", help=say("index.bilateral.data"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        formula: Annotated[Formulas, typer.Option(help=say("index.bilateral.formula"))] = Formulas.laspeyres,
        weights_of: Annotated[
            str | None, typer.Option(metavar="PERIOD", help=say("index.bilateral.weights-of"))
        ] = None,
        compared: Annotated[Compared, typer.Option(help=say("index.bilateral.compared"))] = Compared.price,
        chained: Annotated[bool, typer.Option("--chained", help=say("index.bilateral.chained"))] = False,
        unmatched: Annotated[Unmatched, typer.Option(help=say("index.bilateral.unmatched"))] = Unmatched.refuse,
        contributions: Annotated[Path | None, typer.Option(help=say("index.bilateral.contributions"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        for path in filter(None, (out, contributions)):
            check_ending(path)
        frame = sound(data, PricesQuantities)
        weights_of = named_period(weights_of, frame["period"]) if weights_of else None
        with placed_in(data):
            found = bilateral_series(
                frame,
                formula.value,
                weights_of=weights_of,
                compared=compared.value,
                chained=chained,
                unmatched=unmatched.value,
            )
        for period, products in found.changes.group_by("period", maintain_order=True):
            names = ", ".join(products["product"])
            typer.echo(say("index.bilateral.left-out", period=period[0], products=names), err=True)
        write_rows(found.index, out)
        if contributions:
            write_rows(found.contributions, contributions)


def _add_sample(group: typer.Typer) -> None:
    @group.command("sample", help=say("index.sample.help"))
    def sample(
        prices: Annotated[Path, typer.Argument(metavar="PRICES", help=say("index.sample.prices"))],
        weights: Annotated[Path, typer.Argument(metavar="WEIGHTS", help=say("index.aggregate.weights"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        method: Annotated[Elementaries, typer.Option(help=say("index.sample.method"))] = Elementaries.jevons,
        returning: Annotated[Returning, typer.Option(help=say("index.sample.returning"))] = Returning.carried,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        check_ending(out)
        read = read_rows(prices, SampledPrices), read_rows(weights, IndexWeights)
        refuse(fault for rows in read for fault in rows.faults)
        index = sample_index(*(rows.frame for rows in read), method=method.value, returning=returning.value).index
        write_rows(index, out)


def _add_splice(group: typer.Typer) -> None:
    @group.command("splice", help=say("index.splice.help"))
    def join(
        old: Annotated[Path, typer.Argument(metavar="OLD", help=say("index.splice.old"))],
        new: Annotated[Path, typer.Argument(metavar="NEW", help=say("index.splice.new"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        tolerance: Annotated[float, typer.Option(min=0.0, help=say("index.splice.tolerance"))] = TOLERANCE,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        check_ending(out)
        before, after = sound(old, IndexSeries), sound(new, IndexSeries)
        spliced = spliced_series(before, after, tolerance)
        for code, found in spliced.items():
            typer.echo(f"{code}: {found.describe(current_language())}")
        for code in sorted(set(before["code"]) ^ set(after["code"])):
            typer.echo(say("index.splice.only-one", series=code), err=True)
        named = [found.series.select(pl.lit(code).alias("code"), pl.all()) for code, found in spliced.items()]
        write_rows(pl.concat(named), out)


def spliced_series(old: pl.DataFrame, new: pl.DataFrame, tolerance: float) -> dict[str, Splice]:
    """Every series that stands in both frames, spliced; raises FansipanError ``index.splice.nothing`` for none."""
    both = [code for code in new["code"].unique(maintain_order=True) if code in set(old["code"])]
    if not both:
        raise FansipanError("index.splice.nothing")
    kept = "period", "index"
    return {
        code: splice(
            old.filter(pl.col("code") == code).select(kept),
            new.filter(pl.col("code") == code).select(kept),
            tolerance=tolerance,
        )
        for code in both
    }


def _add_rebase(group: typer.Typer) -> None:
    @group.command("rebase", help=say("index.rebase.help"))
    def put_on_base(
        series: Annotated[Path, typer.Argument(metavar="SERIES", help=say("index.rebase.series"))],
        over: Annotated[list[str], typer.Option(help=say("index.rebase.over"))],
        out: Annotated[Path, typer.Option("--out", "-o", help=say("index.aggregate.out"))],
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        check_ending(out)
        frame = sound(series, IndexSeries)
        chosen = base_periods(frame["period"], over)
        for name, months, whole in parts_of_years(frame["period"], over):
            typer.echo(
                say("index.rebase.part", over=name, count=len(months), whole=whole, months=joined(months)), err=True
            )
        write_rows(rebase(frame.select("code", "period", "index"), chosen), out)


def base_periods(periods: pl.Series, over: list[str]) -> list[str]:
    """The periods that `over` names, however they are written: a period itself, or every one within a quarter or year.

    Raises FansipanError ``index.rebase.no-period`` for a name that no period answers to, and what `parse_period`
    raises.
    """
    known = periods.unique().sort().to_list()
    found: list[str] = []
    for name in over:
        named = [str(period) for period in within(parse_period(name), periods)]
        if not named:
            raise FansipanError("index.rebase.no-period", over=name, near=known[-1] if known else "–")
        found += named
    return list(dict.fromkeys(found))


def named_period(name: str, periods: pl.Series) -> str:
    """The period of a column that `name` means, however it is written; the name itself where it means none."""
    written = {text.lstrip("0"): text for text in periods.unique()}
    if name.lstrip("0") in written:
        return written[name.lstrip("0")]
    try:
        return str(parse_period(name))
    except FansipanError:
        return name


def within(span: Period, periods: pl.Series) -> list[Period]:
    """The periods of a column that lie within a span of time, in order."""
    months = set(months_of(span))
    known = (parse_period(period) for period in periods.unique().sort())
    return [period for period in known if set(months_of(period)) <= months]


def parts_of_years(periods: pl.Series, over: list[str]) -> Iterator[tuple[Period, list[Period], int]]:
    """The quarters and years of `over` that are there in part: the span, the periods there, and how many it has."""
    for name in over:
        span = parse_period(name)
        there = within(span, periods)
        whole = len(months_of(span)) // len(months_of(there[0])) if there else 0
        if len(there) < whole:
            yield span, there, whole


def sound(path: Path, table: type[Table]) -> pl.DataFrame:
    """The file as `table`; raises InvalidInput with every fault of its cells, or else of the keys of its rows."""
    rows = read_rows(path, table)
    refuse(rows.faults)
    refuse(tuple(key_faults(rows.frame, table.primary_key(), path.name)))
    return rows.frame


@contextmanager
def placed_in(path: Path) -> Iterator[None]:
    """Name the file in the faults found in its rows."""
    try:
        yield
    except InvalidInput as invalid:
        raise InvalidInput(
            replace(fault, place=replace(fault.place, file=fault.place.file or path.name)) for fault in invalid.faults
        ) from None


def write_rows(frame: pl.DataFrame, path: Path) -> None:
    """Write the rows and say so."""
    typer.echo(say("index.formulas.done", file=write_frame(frame, path), rows=frame.height))
