"""``fansipan seasonal adjust``: parse, adjust every series, write, tell what was refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.errors import FansipanError
from fansipan.statistics.seasonal.adjust import Mode
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.decompose import Method
from fansipan.statistics.seasonal.files import adjusted_frame, read_regressors, read_series
from fansipan.statistics.seasonal.many import Outcome, adjust_each
from fansipan.statistics.seasonal.model.identify import Search, arima_words, outlier_words
from fansipan.statistics.seasonal.model.settle import Holiday
from fansipan.statistics.seasonal.record import record
from fansipan.statistics.seasonal.verdict import verdict
from fansipan.tables.files.writing import replaced, write_frame
from fansipan.texts import DEFAULT_LANGUAGE


def register(app: typer.Typer) -> None:
    """Add the group ``seasonal``."""
    group = typer.Typer(help=say("seasonal.help"), no_args_is_help=True)
    app.add_typer(group, name="seasonal")

    @group.command("adjust", help=say("seasonal.adjust.help"))
    def adjust_command(
        series: Annotated[Path, typer.Argument(metavar="SERIES.csv", help=say("seasonal.series.help"))],
        output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.csv", help=say("seasonal.output.help"))],
        holiday: Annotated[str, typer.Option(metavar="tet|none|FILE", help=say("seasonal.holiday.help"))] = "tet",
        method: Annotated[str, typer.Option(metavar="x11|seats", help=say("seasonal.method.help"))] = "x11",
        mode: Annotated[
            str, typer.Option(metavar="auto|multiplicative|additive", help=say("seasonal.mode.help"))
        ] = "auto",
        model: Annotated[str, typer.Option(metavar="auto|ARIMA", help=say("seasonal.model.help"))] = "auto",
        outliers: Annotated[bool, typer.Option(help=say("seasonal.outliers.help"))] = True,
        trading_days: Annotated[bool, typer.Option(help=say("seasonal.trading-days.help"))] = True,
        known_outlier: Annotated[
            list[str] | None, typer.Option(metavar="AO2020-04", help=say("seasonal.known.help"))
        ] = None,
        tet_from: Annotated[str | None, typer.Option(help=say("seasonal.lend.help"))] = None,
        workers: Annotated[int, typer.Option(min=1, max=64, help=say("seasonal.workers.help"))] = 2,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        chosen = cast(Method, _one_of(method, ("x11", "seats"), "method"))
        asked_mode = _one_of(mode, ("auto", "multiplicative", "additive"), "mode")
        known = tuple(outlier_words(words) for words in known_outlier or ())
        search = Search(None if model == "auto" else arima_words(model), outliers, trading_days, known)
        if output.suffix.lower() == ".json":
            raise FansipanError("seasonal.output-json", file=output.name)
        given = read_series(series)
        asked = _holiday(holiday)
        with _progress(len(given)) as advance:
            done = adjust_each(
                given,
                method=chosen,
                holiday=asked,
                mode=None if asked_mode == "auto" else cast(Mode, asked_mode),
                search=search,
                lend_from=tet_from,
                workers=workers,
                progress=advance,
            )
        _write(done, chosen, output)


def _one_of(value: str, choices: tuple[str, ...], option: str) -> str:
    if value not in choices:
        raise typer.BadParameter(say(f"seasonal.{option}.unknown", value=value), param_hint=f"--{option}")
    return value


def _holiday(value: str) -> Holiday:
    word = value.strip().casefold()
    return "tet" if word in ("tet", "tết") else "none" if word == "none" else read_regressors(value)


@contextmanager
def _progress(count: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(say("seasonal.progress"), total=count)
        yield lambda name: bar.advance(task)


def _write(done: dict[str, Outcome], method: Method, output: Path) -> None:
    lang = current_language()
    target = output if output.suffix else output.with_suffix(".csv")
    beside = target.with_suffix(".json")
    write_frame(adjusted_frame(done), target)
    words = json.dumps(record(done, method, lang), ensure_ascii=False, indent=2, allow_nan=False)
    with replaced(beside) as temporary:
        temporary.write_text(words + "\n", encoding="utf8")
    for name, outcome in done.items():
        if isinstance(outcome, FansipanError):
            typer.echo(say("seasonal.refused-line", name=name, reason=outcome.describe(lang)), err=True)
            continue
        typer.echo(f"{name}: {verdict(outcome).in_language(lang)}")
        for note in outcome.notes:
            typer.echo(f"  – {note.message(lang)}")
    made = [one for one in done.values() if isinstance(one, Adjustment)]
    counts = {"adjusted": sum(not one.unchanged for one in made), "unchanged": sum(one.unchanged for one in made)}
    typer.echo(say("seasonal.done", **counts, count=len(done), file=target, record=beside))
