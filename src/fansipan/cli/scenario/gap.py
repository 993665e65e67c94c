"""``fansipan scenario gap``: plan against actual and forecast, what opens the gap, what would close it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.scenario.inputs import DAYS, bar, month_of, warn_idle
from fansipan.cli.showing import as_text
from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.growth.data import ScenarioData, gather_gap
from fansipan.report.growth.gap_sections import gap_sections
from fansipan.report.growth.gap_words import told
from fansipan.report.growth.page import scenario_page
from fansipan.report.writers.html import write_pages
from fansipan.report.writers.terminal import rendered
from fansipan.scenario.changes import BASELINE
from fansipan.scenario.gap.measured import ALL, SPLIT, required, table
from fansipan.scenario.gap.openers import openers, unallotted
from fansipan.scenario.gap.pace import warnings
from fansipan.scenario.gap.relief import measures_frame, obstacle_prices, together
from fansipan.statistics.output_value import DIMENSIONS
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE, LANGUAGES

PARTS = (ALL, *DIMENSIONS)
NONE = "none"


def add_gap(group: typer.Typer) -> None:
    """Add the command to the group ``scenario``."""

    @group.command("gap", help=say("gap.help"))
    def gap_command(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        month: Annotated[str | None, typer.Option(help=say("scenario.month.help"))] = None,
        year: Annotated[int | None, typer.Option(help=say("gap.year.help"))] = None,
        scenario: Annotated[str, typer.Option(help=say("scenario.scenario.help"))] = BASELINE,
        known_on: Annotated[datetime | None, typer.Option(formats=DAYS, help=say("scenario.known-on.help"))] = None,
        by: Annotated[str, typer.Option(help=say("gap.by.help"))] = "section",
        count: Annotated[int, typer.Option(min=1, max=1000, help=say("gap.count.help"))] = 5,
        since: Annotated[str, typer.Option(help=say("gap.since.help"))] = NONE,
        paths: Annotated[int, typer.Option(help=say("scenario.paths.help"))] = 10_000,
        seed: Annotated[int, typer.Option(help=say("scenario.seed.help"))] = 1,
        json_only: Annotated[bool, typer.Option("--json", help=say("scenario.json.help"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("gap.output.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if by not in PARTS:
            raise NotFound("gap.by-unknown", name=by, known=", ".join(PARTS))
        if output is not None and output.suffix not in ("", ".html"):
            check_ending(output)
        earlier = None if since == NONE else Month.parse(since)
        province = Province.read(path)
        with bar(say("scenario.progress"), province["establishments"].height) as advance:
            data = gather_gap(
                province,
                month_of(province, month),
                year=year,
                known_on=known_on.date() if known_on else None,
                scenario=scenario,
                since=earlier,
                paths=paths,
                seed=seed,
                progress=advance,
            )
        if output is not None:
            _write(data, output, count)
        elif json_only:
            typer.echo(as_text(as_json(data, count)))
        else:
            console = Console()
            for section in gap_sections(data, by, count):
                for part in rendered(section, current_language()):
                    console.print(part)
        if data.outlook is not None:
            warn_idle(data.outlook.projection, [data.outlook.projection.scenario], data.names)
        for fault in () if data.gap is None else data.gap.planned.faults:
            typer.echo(fault.line(current_language()), err=True)


def frames_of(data: ScenarioData, count: int) -> dict[str, pl.DataFrame]:
    """Every table of a gap by name, as written to CSV."""
    gap = data.gap
    assert gap is not None
    periods = ("quarter", "year")
    found = {
        "gap": pl.concat([table(gap, SPLIT, period) for period in periods]),
        "sections": pl.concat([table(gap, ("section",), period) for period in periods]),
        "total": pl.concat([table(gap, (), period) for period in (*periods, "month")]),
        "required": pl.concat(
            [
                required(gap, by).rename({by: "code"}).select(pl.lit(by).alias("dimension"), pl.all())
                for by in (ALL, *SPLIT)
            ]
        ),
        "openers": openers(gap, count=count),
        "openers_by_product": openers(gap, ("product",), count=count),
        "openers_by_establishment": openers(gap, ("establishment",), count=count),
        "unallotted": unallotted(gap),
        "uncovered": gap.uncovered(),
        "warnings": warnings(gap, data.thresholds),
        "measures": measures_frame(data.measures, gap),
        "obstacle_prices": obstacle_prices(data.measures),
    }
    if data.outlook is not None:
        promised = data.outlook.chances
        found |= {
            "chances": promised,
            "cases": data.outlook.cases,
            "drivers": data.outlook.drivers,
            "target_chances": promised.filter(pl.col("source") == "target").select(target="item", chance="chance"),
        }
        if data.outlook.news is not None:
            found["news"] = data.outlook.news
    return found


def as_json(data: ScenarioData, count: int) -> dict[str, Any]:
    """A gap as plain data: the sentences in both languages, and every table."""
    gap = data.gap
    assert gap is not None
    sentences = list(told(gap, data.names))
    tables = {
        name: frame.with_columns(pl.when(pl.col(pl.Float64).is_finite()).then(pl.col(pl.Float64))).to_dicts()
        for name, frame in frames_of(data, count).items()
    }
    return {
        "month": str(data.month),
        "year": data.course.year,
        "known_on": data.known_on.isoformat(),
        "sentences": {lang: [one.in_language(lang) for one in sentences] for lang in LANGUAGES},
        "faults": [fault.as_dict(current_language()) for fault in gap.planned.faults],
        "measures_together": together(data.measures, gap),
        **tables,
    }


def _write(data: ScenarioData, output: Path, count: int) -> None:
    """A folder with every table and the page, or one file by its ending."""
    if output.suffix == ".html":
        output.parent.mkdir(parents=True, exist_ok=True)
        write_pages([replace(scenario_page(data), name=output.stem)], output.parent, current_language())
        typer.echo(say("invest.written", file=output))
        return
    frames = frames_of(data, count)
    if output.suffix:
        typer.echo(say("scenario.written", file=write_frame(frames["gap"], output), rows=frames["gap"].height))
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        write_frame(frame, output / f"{name}.csv")
    write_pages([scenario_page(data)], output, current_language())
    typer.echo(say("gap.written", count=len(frames) + 1, folder=output))
