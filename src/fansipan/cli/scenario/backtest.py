"""``fansipan scenario backtest``: how good the forecasts would have been, and the scoreboard of those made."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.recording import form_of, locked, read_whole
from fansipan.cli.scenario.inputs import DAYS, bar, month_of
from fansipan.cli.showing import AsJson, Out, choices_of, show
from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Words, words
from fansipan.report.growth.tables import written_month
from fansipan.scenario.backtest.board import added, latest, scoreboard
from fansipan.scenario.backtest.gains import bases, gains
from fansipan.scenario.backtest.run import HORIZON, ORIGINS, PATHS, STEP, backtest
from fansipan.scenario.backtest.scores import accuracy
from fansipan.scenario.reconciliation import METHODS
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE

PLACES = dict.fromkeys(("smape", "naive_smape", "better", "coverage_80", "coverage_95"), 1)


class Grouping(StrEnum):
    """What accuracy is told by."""

    horizon = "horizon"
    level = "level"
    month = "month"
    product = "product"
    klass = "class"
    section = "section"


GROUPS: dict[Grouping, tuple[str, ...]] = {
    Grouping.horizon: ("level", "band"),
    Grouping.level: ("level",),
    Grouping.month: ("month",),
}


def add_backtest(group: typer.Typer) -> None:
    """Add the command to the group ``scenario``."""

    @group.command("backtest", help=say("backtest.help"))
    def backtest_command(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        month: Annotated[str | None, typer.Option(help=say("backtest.month.help"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAYS, help=say("scenario.known-on.help"))] = None,
        origins: Annotated[int, typer.Option(metavar="N", help=say("backtest.origins.help"))] = ORIGINS,
        horizon: Annotated[int, typer.Option(metavar="H", help=say("backtest.horizon.help"))] = HORIZON,
        step: Annotated[int, typer.Option(metavar="S", help=say("backtest.step.help"))] = STEP,
        by: Annotated[Grouping, typer.Option(help=say("backtest.by.help"))] = Grouping.horizon,
        record: Annotated[bool, typer.Option("--record", help=say("backtest.record.help"))] = False,
        kept: Annotated[bool, typer.Option("--kept", help=say("backtest.kept.help"))] = False,
        reconcile: Annotated[bool, typer.Option("--reconcile", help=say("backtest.reconcile.help"))] = False,
        workers: Annotated[int | None, typer.Option(min=1, max=64, help=say("forecast.workers.help"))] = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        if reconcile:
            asked = {"origins": origins, "horizon": horizon, "step": step, "workers": workers}
            _gains(province, month_of(province, month), known_on, asked, as_json=as_json, out=out)
            return
        if kept:
            scores = kept_scores(province)
            caption = words("backtest.caption.kept")
            grouped = scoreboard(scores) if by is Grouping.month else _grouped(scores, by)
        else:
            last = month_of(province, month)
            with bar(say("backtest.progress"), origins) as advance:
                scores = backtest(
                    province,
                    last,
                    known_on=known_on.date() if known_on else None,
                    origins=origins,
                    horizon=horizon,
                    step=step,
                    paths=PATHS,
                    workers=workers,
                    progress=advance,
                )
            caption = words("backtest.caption", month=written_month(last), origins=scores["as_of"].n_unique())
            grouped = _grouped(scores, by)
        _tell(province, scores, grouped, caption, as_json=as_json, out=out)
        if record and not kept:
            typer.echo(say("backtest.recorded", count=keep(path, scores), file=path))


def _gains(
    province: Province,
    last: Month,
    known_on: datetime | None,
    asked: dict[str, Any],
    *,
    as_json: bool,
    out: Path | None,
) -> None:
    """What each way of reconciling would have gained over summing the parts."""
    day = known_on.date() if known_on else None
    with bar(say("backtest.progress"), asked["origins"]) as advance:
        found = bases(province, last, known_on=day, progress=advance, **asked)
    frame = gains(found, province, last, day)
    said = {
        "level": choices_of("forecast_scores", "level") | {"all": words("backtest.level.all")},
        "method": {name: words(f"backtest.method.{name}") for name in ("base", *METHODS)},
    }
    caption = words("backtest.caption.gains", month=written_month(last), origins=len(found))
    show(frame, caption, "backtest.column", spoken_as=said, as_json=as_json, out=out, places={"mase": 3, "gain": 1})


def kept_scores(province: Province) -> pl.DataFrame:
    """The scores recorded last of each forecast kept. Raises Refused ``backtest.none-kept``."""
    scores = latest(province["forecast_scores"])
    if scores.is_empty():
        raise Refused("backtest.none-kept")
    return scores


def keep(path: Path, scores: pl.DataFrame) -> int:
    """Add the scores to the province's scoreboard; rows that stand there are never changed. How many were added."""
    with locked(path):
        whole = read_whole(path)
        rows = added(whole["forecast_scores"], scores, datetime.now().replace(microsecond=0))
        if rows.height:
            whole.replace(forecast_scores=pl.concat([whole["forecast_scores"], rows])).write(path, form_of(path))
    return rows.height


def _grouped(scores: pl.DataFrame, by: Grouping) -> pl.DataFrame:
    if by is Grouping.month:
        return accuracy(scores.filter(pl.col("level") == "total"), "month")
    if by in GROUPS:
        return accuracy(scores, *GROUPS[by])
    return accuracy(scores.filter(pl.col("level") == by.value), "code").sort("mase", descending=True, nulls_last=True)


def _tell(
    province: Province, scores: pl.DataFrame, grouped: pl.DataFrame, caption: Words, *, as_json: bool, out: Path | None
) -> None:
    """The accuracy on the screen or as JSON; every single forecast into a file."""
    said = {
        "level": choices_of("forecast_scores", "level"),
        "code": {**names_of(province["products"], "product"), **names_of(province["industries"], "industry")},
    }
    shown = scores if out is not None else grouped
    show(shown, caption, "backtest.column", spoken_as=said, as_json=as_json, out=out, places=PLACES)
