"""``fansipan targets``: the province's promises, computed from the register as of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.recording import form_of, locked, read_whole, timed
from fansipan.cli.showing import AsJson, On, Out, ProvincePath, as_text, read_on, show, with_code
from fansipan.delivery.given import read_chances
from fansipan.delivery.targets.evaluation import evaluate, history, published_only, recorded
from fansipan.delivery.targets.verdicts import VERDICTS, TargetVerdict
from fansipan.province import Province
from fansipan.report.content import Words, known_words, same, words, written
from fansipan.report.delivery.target_words import measured
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE, Language

SCHEMA = {
    "target": pl.String,
    "reading": pl.String,
    "verdict": pl.String,
    "value": pl.Float64,
    "needed": pl.Float64,
    "due": pl.Date,
    "evidence": pl.String,
}


# What of a verdict is printed with its unit.
MEASURED = ("value", "needed")


def register(app: typer.Typer) -> None:
    """Add the command ``targets``."""

    @app.command("targets", help=say("targets.help"))
    def targets_command(
        path: ProvincePath,
        on: On = None,
        target: Annotated[list[str] | None, typer.Option(help=say("targets.target.help"))] = None,
        record: Annotated[bool, typer.Option("--record", help=say("targets.record.help"))] = False,
        published: Annotated[bool, typer.Option("--published", help=say("targets.published.help"))] = False,
        chances: Annotated[Path | None, typer.Option("--chances", help=say("targets.chances.help"))] = None,
        past: Annotated[bool, typer.Option("--history", help=say("targets.history.help"))] = False,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        province = published_only(province) if published else province
        if past:
            _tell_history(Province.read(path), day, tuple(target or ()), as_json=as_json, out=out)
            return
        known = read_chances(chances) if chances else None
        found = evaluate(province, day, only=tuple(target or ()), chances=known)
        if record:
            _keep(path, found)
        tongue = cast(Language, current_language())
        if as_json:
            typer.echo(as_text([verdict.as_dict(tongue) for verdict in found]))
            return
        said = _spoken(province, [v.reading for v in found])
        table = _table(found, tongue)
        if out is None:
            told = [
                pl.Series(n, [written(measured(getattr(v, n), v), tongue) for v in found], pl.String) for n in MEASURED
            ]
            table = table.with_columns(told)
        show(table, words("targets.caption", on=day), "targets.column", spoken_as=said, out=out)
        if target:
            for verdict in found:
                _tell_units(province, verdict, tongue)


def _spoken(province: Province, readings: Sequence[str]) -> dict[str, Mapping[str, Words]]:
    return {
        "verdict": {v: words(f"target.{v}") for v in VERDICTS},
        "reading": {r: known_words(f"reading.{r}", same(r)) for r in readings if r},
        "target": with_code(names_of(province["targets"], "target")),
    }


def _tell_history(province: Province, day: date, only: tuple[str, ...], *, as_json: bool, out: Path | None) -> None:
    """The verdicts kept on days up to `day`, whenever they were recorded."""
    frame = history(province, only).filter(pl.col("as_of") <= day)
    said = _spoken(province, frame["reading"].unique().to_list())
    shown = timed(frame, as_json or out is not None)
    show(shown, words("targets.history.caption", on=day), "targets.column", spoken_as=said, as_json=as_json, out=out)


def _keep(path: Path, found: list[TargetVerdict]) -> None:
    """Add the verdicts to the province's history of verdicts; rows that stand there are never changed."""
    with locked(path):
        whole = read_whole(path)
        added = recorded(found, datetime.now().replace(microsecond=0))
        kept = pl.concat([whole["target_verdicts"], added], how="diagonal_relaxed")
        whole.replace(target_verdicts=kept).write(path, form_of(path))


def _table(found: list[TargetVerdict], lang: Language) -> pl.DataFrame:
    rows = [
        (v.target, v.reading, v.verdict, v.value, v.needed, v.due, "; ".join(e.sentence(lang) for e in v.evidence))
        for v in found
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _tell_units(province: Province, verdict: TargetVerdict, lang: Language) -> None:
    """Every unit of the scope with its verdict and why."""
    areas = names_of(province["areas"], "area")
    for part in verdict.parts:
        why = "; ".join(reason.sentence(lang) for reason in part.reasons)
        told = f"{areas[part.unit].in_language(lang)}: {words(f'target.{part.verdict}').in_language(lang)}"
        typer.echo(f"  {told}; {why}" if why else f"  {told}")
