"""``fansipan scenario project | simulate``: where the year ends, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import numpy as np
import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.scenario.inputs import DAYS, bar, month_of, projected, tell, warn_idle
from fansipan.delivery.targets.likelihood import DRAWN, drawn_parts, promise_chances
from fansipan.errors import FansipanError, NotFound
from fansipan.indicators import Scope
from fansipan.periods import Month, month_range
from fansipan.province import Province
from fansipan.report.content import Words, words
from fansipan.report.growth.tables import (
    chances_table,
    distribution_table,
    drivers_table,
    news_table,
    projection_table,
    promises_table,
)
from fansipan.report.naming import Names
from fansipan.report.writers.terminal import grid
from fansipan.scenario.backtest.base import Base
from fansipan.scenario.backtest.gains import LEARNED, bases
from fansipan.scenario.backtest.run import ORIGINS
from fansipan.scenario.baseline.as_of import day_of
from fansipan.scenario.baseline.commissioning import undated
from fansipan.scenario.changes import BASELINE
from fansipan.scenario.news import news
from fansipan.scenario.outlook import by_period
from fansipan.scenario.paths.chances import chances, driver_shares
from fansipan.scenario.paths.figures import ALL, MEASURES, Figure, Measure, distribution, distribution_of
from fansipan.scenario.paths.later import later_chances, later_end, out_of_reach
from fansipan.scenario.paths.simulation import simulate
from fansipan.scenario.projection import MOST_MONTHS, Projection
from fansipan.scenario.reconciled import reconcile_projection
from fansipan.scenario.reconciliation import METHODS
from fansipan.statistics.output_value import DIMENSIONS
from fansipan.texts import DEFAULT_LANGUAGE

PARTS = (ALL, *DIMENSIONS, "project")
# Indicators of the registry that a measure answers, and those drawn from the days of zones and programmes.
NAMED = {"gross-output": "output", "share-of-output": "share"}
ASKED = (*MEASURES, *NAMED, *DRAWN)


class Period(StrEnum):
    """The periods that figures are told by."""

    month = "month"
    quarter = "quarter"
    year = "year"


def add_outlook(group: typer.Typer) -> None:
    """Add the commands to the group ``scenario``."""
    _add_project(group)
    _add_simulate(group)


def _add_project(group: typer.Typer) -> None:
    @group.command("project", help=say("scenario.project.help"))
    def project_command(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        scenario: Annotated[str, typer.Option(help=say("scenario.scenario.help"))] = BASELINE,
        month: Annotated[str | None, typer.Option(help=say("scenario.month.help"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAYS, help=say("scenario.known-on.help"))] = None,
        until: Annotated[str | None, typer.Option(help=say("scenario.until.help"))] = None,
        by: Annotated[str, typer.Option(help=say("scenario.by.help", known=", ".join(PARTS)))] = "section",
        period: Annotated[Period, typer.Option(help=say("scenario.period.help"))] = Period.quarter,
        since: Annotated[str | None, typer.Option(help=say("scenario.since.help"))] = None,
        reconcile: Annotated[
            str, typer.Option(metavar="METHOD", help=say("scenario.reconcile.help", known=", ".join(METHODS)))
        ] = METHODS[0],
        paths: Annotated[int, typer.Option(help=say("scenario.paths.help"))] = 10_000,
        json_only: Annotated[bool, typer.Option("--json", help=say("scenario.json.help"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("scenario.output.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if by not in PARTS:
            raise NotFound("scope.unknown", name=by, known=", ".join(PARTS))
        if reconcile not in METHODS:
            raise NotFound("reconciliation.unknown", name=reconcile, known=", ".join(METHODS))
        province = Province.read(path)
        projection = projected(province, month_of(province, month), scenario, known_on, until)
        names = Names(province)
        if since:
            earlier = projected(province, Month.parse(since), scenario, None, str(projection.months[-1]))
            frame = news(earlier, projection)
            tell(frame, news_table(frame, names, earlier.month, projection.month), output, json_only)
            return
        if reconcile != METHODS[0]:
            projection = _reconciled(province, projection, reconcile)
        frame = by_period(simulate(projection, paths=paths), by, period.value)
        called = Words(projection.scenario.name, projection.scenario.name_en)
        tell(frame, projection_table(frame, by, names, projection, called), output, json_only)
        warn_idle(projection, [projection.scenario], names)
        left_out = undated(province.known_on(projection.day))
        if left_out:
            typer.echo(say("scenario.undated", projects=", ".join(left_out)), err=True)


def _reconciled(province: Province, projection: Projection, method: str) -> Projection:
    """The projection reconciled; what is learned is learned from origins before its month."""
    earlier: list[Base] = []
    if method in LEARNED:
        with bar(say("backtest.progress"), ORIGINS) as advance:
            earlier = bases(province, projection.month, known_on=projection.day, progress=advance)
    return reconcile_projection(projection, method, earlier)


def _add_simulate(group: typer.Typer) -> None:
    @group.command("simulate", help=say("scenario.simulate.help"))
    def simulate_command(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        scenario: Annotated[str, typer.Option(help=say("scenario.scenario.help"))] = BASELINE,
        month: Annotated[str | None, typer.Option(help=say("scenario.month.help"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAYS, help=say("scenario.known-on.help"))] = None,
        until: Annotated[str | None, typer.Option(help=say("scenario.until.help"))] = None,
        measure: Annotated[str, typer.Option(help=say("scenario.measure.help", known=", ".join(ASKED)))] = "output",
        scope: Annotated[str | None, typer.Option(metavar="KIND=CODE", help=say("scenario.scope.help"))] = None,
        period: Annotated[Period, typer.Option(help=say("scenario.period.help"))] = Period.quarter,
        paths: Annotated[int, typer.Option(help=say("scenario.paths.help"))] = 10_000,
        seed: Annotated[int, typer.Option(help=say("scenario.seed.help"))] = 1,
        json_only: Annotated[bool, typer.Option("--json", help=say("scenario.json.help"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("scenario.output.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        measure = NAMED.get(measure, measure)
        if measure not in ASKED:
            raise NotFound("scenario.measure-unknown", name=measure, known=", ".join(ASKED))
        province = Province.read(path)
        if measure in DRAWN:
            day = known_on.date() if known_on else day_of(province, month_of(province, month))
            _tell_promises(province, day, measure, scope, until, paths, seed, output, json_only)
            return
        by, code = scope_of(scope)
        projection = projected(province, month_of(province, month), scenario, known_on, until)
        if by != ALL and not projection.lines.places(by, code or "").any():
            raise NotFound("scenario.scope-empty", kind=by, item=code)
        names, figure = Names(province), Figure(cast(Measure, measure), by, code, period.value)
        warn_idle(projection, [projection.scenario], names)
        drawn = _drawn(province, projection, figure, paths, seed)
        if json_only or output is not None:
            whole = {"distribution": drawn.distribution, "chances": drawn.chances, "drivers": drawn.drivers}
            frame = joined(whole) if output is not None else whole_frame(whole)
            tell(frame, chances_table(drawn.chances, names), output, json_only)
            return
        told = words("scenario.everything") if by == ALL else names.of("section" if by == "industry" else by, code)
        for shown in (
            distribution_table(drawn.distribution, figure, told, paths),
            chances_table(drawn.chances, names),
            drivers_table(drawn.drivers),
        ):
            Console().print(grid(shown, current_language()))


@dataclass(frozen=True, eq=False, slots=True)
class Drawn:
    """What the paths say: the distribution of a figure, the chance of plans and targets, what moves the year."""

    distribution: pl.DataFrame
    chances: pl.DataFrame
    drivers: pl.DataFrame


def _drawn(province: Province, projection: Projection, figure: Figure, paths: int, seed: int) -> Drawn:
    """The paths of a projection, told of: by the periods of `figure`, and by the year."""
    known, simulation = province.known_on(projection.day), simulate(projection, paths=paths, seed=seed)
    frames = [distribution(simulation, figure, known)]
    if figure.period != "year":
        frames.append(distribution(simulation, replace(figure, period="year"), known))
    promised = pl.concat(
        [
            chances(simulation, known),
            *_later(province, projection, known, paths, seed),
            promise_chances(known, projection.day, paths=paths, seed=seed),
        ]
    )
    return Drawn(pl.concat(frames), promised, driver_shares(projection, Figure(), seed=seed))


def _later(province: Province, projection: Projection, known: Province, paths: int, seed: int) -> list[pl.DataFrame]:
    """The chances of targets due in later years, from a longer projection; none is made where no such target is."""
    for code in out_of_reach(projection, known):
        typer.echo(say("scenario.out-of-reach", target=code, most=MOST_MONTHS), err=True)
    end = later_end(projection, known)
    if end is None:
        return []
    far = projected(province, projection.month, projection.scenario.code, projection.day, str(end))
    return [later_chances(simulate(far, paths=paths, seed=seed), projection, known)]


def _tell_promises(
    province: Province,
    day: date,
    measure: str,
    scope: str | None,
    until: str | None,
    paths: int,
    seed: int,
    output: Path | None,
    json_only: bool,
) -> None:
    """An indicator of zones or programmes at the end of each quarter that is still to come."""
    kind, _, code = (scope or "province=").partition("=")
    last = Month.parse(until) if until else Month(day.year, 12)
    first = Month(day.year, 1)
    months = [m for m in month_range(first, last) if m.month % 3 == 0 and m.last_day >= day]
    parts = drawn_parts(
        province, day, measure, Scope(kind, code), first.first_day, [m.last_day for m in months], paths=paths, seed=seed
    )
    values = np.sum(list(parts.values()), axis=0)
    frame = distribution_of([str(m.quarter) for m in months], values)
    shown = promises_table(frame, words(f"indicator.{measure}"), paths)
    tell(frame, shown, output, json_only)


def scope_of(written: str | None) -> tuple[str, str | None]:
    """``section=C`` as a dimension and a code. Raises FansipanError ``scenario.no-scope`` for anything else."""
    if not written:
        return ALL, None
    kind, sign, code = written.partition("=")
    if not sign or not code or kind not in (*PARTS, "industry"):
        raise FansipanError("scenario.no-scope", value=written, known=", ".join((*PARTS[1:], "industry")))
    return kind, code


def joined(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """All frames below one another, with the name of each in the first column."""
    named = [frame.select(pl.lit(name).alias("table"), pl.all()) for name, frame in frames.items()]
    return pl.concat(named, how="diagonal_relaxed")


def whole_frame(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The frames joined, figures that are not numbers left empty, for JSON."""
    found = joined(frames)
    return found.with_columns(pl.when(pl.col(pl.Float64).is_finite()).then(pl.col(pl.Float64)))
