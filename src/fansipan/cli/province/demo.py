"""``fansipan demo``: the worked example, from nothing to a page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.dossier import dossier, fingerprint
from fansipan.cli.language import Lang, current_language, say
from fansipan.examples import laocai
from fansipan.examples.decisions import decision_folder
from fansipan.periods import Month
from fansipan.report.choice.page import choice_page
from fansipan.report.content import Page
from fansipan.report.province_pages import ProvincePages
from fansipan.report.writers.excel import write_workbook
from fansipan.report.writers.html import write_pages
from fansipan.report.writers.terminal import print_page
from fansipan.texts import DEFAULT_LANGUAGE

MONTH = Month(2024, 5)
KNOWN_ON = date(2024, 5, 31)


def _choice(decision: str, name: str) -> Page:
    folder = decision_folder(decision)
    return choice_page(dossier(read_decision(folder), fingerprint=fingerprint(folder), lang=current_language()), name)


# Every page of the demo: its words for the progress bar and how it is made. The first is the front page.
STEPS: tuple[tuple[str, Callable[[ProvincePages], Page]], ...] = (
    ("demo.step.month", lambda pages: pages.make("month")),
    ("demo.step.outlook", lambda pages: pages.make("scenario")),
    ("demo.step.plan", lambda pages: pages.make("plan")),
    ("demo.step.zones", lambda pages: pages.make("zones")),
    ("demo.step.invest", lambda pages: pages.make("invest")),
    ("demo.step.choice", lambda _: _choice("eight-applicants-one-park", "choice")),
    ("demo.step.developer", lambda _: _choice("three-developers-one-cluster", "developer")),
    ("demo.step.delivery", lambda pages: pages.make("delivery")),
    ("demo.step.meeting", lambda pages: pages.make("meeting")),
)


# What of the plan stands in the terminal: what, where and when, the verdict on each target, the costliest bottlenecks.
PLAN_PARTS = ("overview", "builds", "targets", "bottlenecks", "method")


def register(app: typer.Typer) -> None:
    """Add the command ``demo``."""

    @app.command("demo", help=say("demo.help"))
    def demo(
        out: Annotated[Path, typer.Option("--out", "-o", help=say("demo.out"))] = Path("out/laocai"),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        console = Console()
        pages = make_demo(out, console)
        print_page(pages[0], current_language(), console, anchors=("headlines", "sections", "plan", "response"))
        plan = next(page for page in pages if page.name == "plan")
        console.print()
        print_page(plan, current_language(), console, anchors=PLAN_PARTS)
        console.print()
        console.print(
            say("demo.written", page=out / "index.html", workbook=out / "laocai.xlsx", folder=out / "province")
        )
        console.print(say("demo.next", program=program(), folder=out / "province"))


def program() -> str:
    """How this program is called from where the user stands: beside the interpreter that runs it, if it is there."""
    beside = Path(sys.executable).parent / "fansipan"
    if not beside.exists():
        return "fansipan"
    return str(beside.relative_to(Path.cwd())) if beside.is_relative_to(Path.cwd()) else str(beside)


def make_demo(out: Path, console: Console) -> Sequence[Page]:
    """Build the example into `out`: its folder, its pages, its workbook; returns the pages."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(say("demo.step.build"), total=None)
        province = laocai.build()
        progress.update(task, description=say("demo.step.write"))
        province.write(out / "province")
        pages, example = [], ProvincePages(province, MONTH, KNOWN_ON, scenario="base", news=True)
        for step, make in STEPS:
            progress.update(task, description=say(step))
            pages.append(make(example))
        progress.update(task, description=say("demo.step.draw"))
        write_pages(pages, out, current_language())
        write_workbook(pages, out / "laocai.xlsx", current_language())
    return pages
