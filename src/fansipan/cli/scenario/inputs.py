"""What the commands of ``fansipan scenario`` share: the month, a projection with its bar, showing a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import current_language, say
from fansipan.cli.statistics.measure import last_month
from fansipan.errors import Refused
from fansipan.notation import decimals
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Quantity, Table
from fansipan.report.growth.tables import choice, months_of, selection
from fansipan.report.naming import Names
from fansipan.report.writers.terminal import grid
from fansipan.scenario.changes import Scenario
from fansipan.scenario.comparison import idle
from fansipan.scenario.projection import Projection, project
from fansipan.tables.files.writing import check_ending, write_frame

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def month_of(province: Province, asked: str | None) -> Month:
    """The month asked for, else the last with returns. Raises Refused ``measure.month-ahead``."""
    last = last_month(province)
    month = Month.parse(asked) if asked else last
    if month > last:
        raise Refused("measure.month-ahead", month=month, last=last)
    return month


def projected(
    province: Province, month: Month, scenario: str, known_on: date | None = None, until: str | None = None
) -> Projection:
    """The projection, with a bar on standard error while it is made."""
    with bar(say("scenario.progress"), province["establishments"].height) as advance:
        return project(
            province,
            month,
            known_on=known_on.date() if isinstance(known_on, datetime) else known_on,
            until=Month.parse(until) if until else None,
            scenario=scenario,
            progress=advance,
        )


@contextmanager
def bar(label: str, count: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error; nothing where that is no terminal."""
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task(label, total=count)
        yield lambda name: shown.advance(task)


def warn_idle(projection: Projection, scenarios: Sequence[Scenario], names: Names) -> None:
    """Say on standard error which changes of `scenarios` do nothing in the months ahead; each once."""
    for change in dict.fromkeys(change for scenario in scenarios for change in idle(projection, scenario)):
        what = {"act": choice("act", change.act), "selection": selection(change, names), "months": months_of(change)}
        value = Quantity(change.value, decimals(change.value)).in_language(current_language())
        said = {name: found.in_language(current_language()) for name, found in what.items()}
        typer.echo(say("scenario.idle", scenario=change.scenario, value=value, **said), err=True)


def tell(frame: pl.DataFrame, shown: Table, output: Path | None, json_only: bool) -> None:
    """Print the table, or the frame as JSON, or write the frame to a file."""
    if output is not None:
        check_ending(output)
        typer.echo(say("scenario.written", file=write_frame(frame, output), rows=frame.height))
    elif json_only:
        typer.echo(json.dumps(frame.to_dicts(), ensure_ascii=False, indent=2, allow_nan=False, default=str))
    else:
        Console().print(grid(shown, current_language()))
