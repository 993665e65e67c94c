"""The arguments and options that the commands of `fansipan plan` share, and the progress that they show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fansipan.cli.language import say

if TYPE_CHECKING:
    from fansipan.linear.solver import Options

Folder = Annotated[Path, typer.Argument(help=say("plan.solve.path.help"))]
Form = Annotated[str, typer.Option("--format", help=say("plan.format.help"))]
LeaveOut = Annotated[list[str] | None, typer.Option("--leave-out", help=say("plan.leave-out.help"))]
Scenario = Annotated[str | None, typer.Option("--scenario", help=say("plan.scenario.help"))]
Slices = Annotated[str | None, typer.Option("--slices", help=say("plan.slices.help"))]
Json = Annotated[bool, typer.Option("--json", help=say("plan.json.help"))]
Output = Annotated[Path | None, typer.Option("-o", "--output", help=say("plan.output.help"))]
Start = Annotated[Path | None, typer.Option("--start", help=say("plan.start.help"))]
Seconds = Annotated[float | None, typer.Option("--time-limit", min=0.0, help=say("plan.time.help"))]
Gap = Annotated[float, typer.Option("--gap", min=0.0, help=say("plan.gap.help"))]
Slack = Annotated[float, typer.Option("--slack", min=0.0, max=1.0, help=say("plan.slack.help"))]
Count = Annotated[int, typer.Option("--count", min=1, max=50, help=say("plan.count.help"))]
Measure = Annotated[str, typer.Argument(help=say("plan.measure.help"))]
Before = Annotated[int | None, typer.Option("--before", help=say("plan.before.help"))]
Workers = Annotated[int, typer.Option("--workers", min=1, max=256, help=say("plan.workers.help"))]


def solver_options(time_limit: float | None, gap: float) -> "Options":
    """How long and how closely to solve."""
    from fansipan.linear.solver import Options

    return Options(time_limit=time_limit, gap=gap)


QUESTION_SECONDS = 300.0  # for all solves of a question together, where nothing is asked


def question_options(time_limit: float | None, gap: float, share: float = 1.0) -> "Options":
    """How long and how closely to solve for a question: `share` of the time that it has, which is never without end."""
    return solver_options((QUESTION_SECONDS if time_limit is None else time_limit) * share, gap)


@contextmanager
def progress_bar(code: str, count: int) -> Iterator[Callable[[object], None]]:
    """A bar of `count` steps on standard error; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(say(code), total=count)
        yield lambda step: bar.advance(task)
