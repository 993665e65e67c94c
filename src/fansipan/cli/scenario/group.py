"""``fansipan scenario``: forecasts of monthly series, and the group that the scenarios of a province belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.scenario.backtest import add_backtest
from fansipan.cli.scenario.cases import add_cases
from fansipan.cli.scenario.gap import add_gap
from fansipan.cli.scenario.outlook import add_outlook
from fansipan.scenario.forecast.engine import forecast_each
from fansipan.scenario.forecast.files import forecast_frame, read_histories
from fansipan.scenario.forecast.outcome import Outcome
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE


def register(app: typer.Typer) -> None:
    """Add the group ``scenario``."""
    group = typer.Typer(help=say("scenario.help"), no_args_is_help=True)
    app.add_typer(group, name="scenario")

    add_cases(group)
    add_outlook(group)
    add_gap(group)
    add_backtest(group)

    @group.command("forecast", help=say("forecast.help"))
    def forecast_command(
        series: Annotated[Path, typer.Argument(metavar="SERIES.csv", help=say("forecast.series.help"))],
        horizon: Annotated[int, typer.Option(min=1, max=120, metavar="H", help=say("forecast.horizon.help"))],
        output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.csv", help=say("forecast.output.help"))],
        holiday: Annotated[str, typer.Option(metavar="tet|none", help=say("forecast.holiday.help"))] = "tet",
        levels: Annotated[str, typer.Option(metavar="80,95", help=say("forecast.levels.help"))] = "80,95",
        workers: Annotated[int | None, typer.Option(min=1, max=64, help=say("forecast.workers.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        check_ending(output)
        asked = read_levels(levels)
        histories, warnings = read_histories(series, horizon)
        for warning in warnings:
            typer.echo(warning.line(current_language()), err=True)
        with _progress(len(histories)) as advance:
            outcomes, _ = forecast_each(
                histories, horizon, holiday=holiday, levels=asked, workers=workers, progress=advance
            )
        write_frame(forecast_frame(outcomes, asked), output)
        _tell(outcomes, output)


def read_levels(words: str) -> tuple[float, ...]:
    """The levels of ``80,95``, ascending and each once. Raises typer.BadParameter for anything else."""
    try:
        levels = sorted({float(word) for word in words.split(",")})
    except ValueError:
        levels = []
    if not levels or not all(1 <= level < 100 for level in levels):
        raise typer.BadParameter(say("forecast.levels", levels=words), param_hint="--levels")
    return tuple(levels)


@contextmanager
def _progress(count: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(say("forecast.progress"), total=count)
        yield lambda name: bar.advance(task)


def _tell(outcomes: list[Outcome], output: Path) -> None:
    """What was done, and every series whose forecast does not combine all members."""
    notable = [one for one in outcomes if ";" in one.model or "+" not in one.model]
    for one in notable[:20]:
        typer.echo(say("forecast.notable", name=one.name, model=one.model), err=True)
    if len(notable) > 20:
        typer.echo(say("forecast.notable-more", count=len(notable) - 20), err=True)
    typer.echo(say("forecast.done", count=len(outcomes), file=output, notable=len(notable)))
