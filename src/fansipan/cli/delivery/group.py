"""``fansipan projects | programmes | obstacles | clocks``: what is delivered, what is late, what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import polars as pl
import typer

from fansipan.cli.delivery import obstacle_records, programme_records, project_records
from fansipan.cli.delivery.moves import with_moves
from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.listing import Listing
from fansipan.cli.showing import AsJson, On, Out, ProvincePath, choices_of, read_on, show, with_code
from fansipan.delivery.environment import clocks, unsure_days
from fansipan.delivery.given import read_prices
from fansipan.delivery.milestones import baselines, slipped, standings
from fansipan.delivery.obstacles import LEVELS, ObstacleStanding
from fansipan.delivery.obstacles import standings as obstacle_standings
from fansipan.delivery.projects import overview
from fansipan.delivery.targets import schedule
from fansipan.errors import NotFound
from fansipan.province import Province
from fansipan.report.content import same, words
from fansipan.report.delivery.due_words import moved_words
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE, Language, Words

STEP_SCHEMA = {
    "programme": pl.String,
    "step": pl.String,
    "office": pl.String,
    "due": pl.Date,
    "done_on": pl.Date,
    "state": pl.String,
    "late": pl.Int64,
    "forecast": pl.Date,
    "first_due": pl.Date,
    "moves": pl.Int64,
    "slip": pl.Int64,
}
MILESTONE_SCHEMA = {
    "milestone": pl.String,
    "first_planned": pl.Date,
    "planned": pl.Date,
    "forecast": pl.Date,
    "actual": pl.Date,
    "slip": pl.Int64,
    "moves": pl.Int64,
}
OBSTACLE_SCHEMA = {
    "obstacle": pl.String,
    "kind": pl.String,
    "blocks": pl.String,
    "owner": pl.String,
    "due": pl.Date,
    "moved": pl.String,
    "state": pl.String,
    "late": pl.Int64,
    "level": pl.String,
    "price": pl.Float64,
    "price_source": pl.String,
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for name, (add_list, records) in GROUPS.items():
        group = typer.Typer(
            name=name, cls=Listing, help=say(f"{name}.help"), no_args_is_help=True, rich_markup_mode=None
        )
        add_list(group)
        records.add_to(group)
        app.add_typer(group)
    _add_clocks(app)


def known(province: Province, table: str, key: str, code: str) -> None:
    """Raise NotFound ``delivery.no-such`` unless `table` has a row with the key `code`."""
    if code not in province[table][key]:
        raise NotFound("delivery.no-such", name=code, known=", ".join(province[table][key].unique(maintain_order=True)))


def _add_projects(group: typer.Typer) -> None:
    @group.command("list", help=say("projects.list.help"))
    def projects_command(
        path: ProvincePath,
        project: Annotated[str | None, typer.Argument(help=say("projects.project.help"))] = None,
        on: On = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        said = {
            "project": with_code(names_of(province["projects"], "project")),
            "standing": choices_of("projects", "standing"),
            "milestone": choices_of("milestones", "milestone"),
            "kind": choices_of("milestones", "kind") if project else choices_of("projects", "kind"),
        }
        if project is None:
            frame = overview(province, day)
            if not (as_json or out):
                frame = frame.select(
                    "project", "capital", "realised_rate", "expected", "slip", "moves", "forecast", "lost_a_month"
                )
            caption = words("projects.caption", on=day)
            show(frame, caption, "projects.column", spoken_as=said, as_json=as_json, out=out)
            return
        known(province, "projects", "project", project)
        found = standings(province["milestones"], day, project)
        rows = [tuple(getattr(s, name) for name in MILESTONE_SCHEMA) for s in found]
        frame = pl.DataFrame(rows, schema=MILESTONE_SCHEMA, orient="row")
        show(frame, words("projects.milestones", on=day), "projects.column", spoken_as=said, as_json=as_json, out=out)
        if not (as_json or out):
            for s in found:
                kept = slipped(baselines(province["milestones"], project, s.milestone), s)
                caption = words("projects.baselines", milestone=said["milestone"][s.milestone])
                show(kept, caption, "projects.column", spoken_as=said)


def _add_programmes(group: typer.Typer) -> None:
    @group.command("list", help=say("programmes.list.help"))
    def programmes_command(
        path: ProvincePath,
        programme: Annotated[str | None, typer.Argument(help=say("programmes.programme.help"))] = None,
        on: On = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        if programme is not None:
            known(province, "programmes", "programme", programme)
        asked = [programme] if programme else province["programmes"]["programme"].to_list()
        found = [s for code in asked for s in schedule.standing(province["programme_steps"], code, day)]
        rows = [
            (s.programme, s.name, s.office, s.due, s.done_on, s.state, s.late, s.forecast, *_moved(s)) for s in found
        ]
        frame = pl.DataFrame(rows, schema=STEP_SCHEMA, orient="row")
        names = names_of(province["programmes"], "programme")
        said = {
            "programme": names,
            "state": {s: words(f"step.{s}") for s in ("done", "done-late", "late", "ready", "waiting")},
        }
        caption = words("programmes.caption", on=day)
        frame = frame if as_json or out else with_moves(frame)
        show(frame, caption, "programmes.column", spoken_as=said, as_json=as_json, out=out)
        if not (as_json or out):
            for code in asked:
                typer.echo(f"- {code}: {names[code].in_language(cast(Language, current_language()))}")


def _moved(step: schedule.StepStanding) -> tuple[date | None, int, int]:
    return step.moved.first, step.moved.moves, step.moved.slip


def _add_obstacles(group: typer.Typer) -> None:
    @group.command("list", help=say("obstacles.list.help"))
    def obstacles_command(
        path: ProvincePath,
        on: On = None,
        resolved: Annotated[bool, typer.Option("--resolved", help=say("obstacles.resolved.help"))] = False,
        prices: Annotated[Path | None, typer.Option("--prices", help=say("obstacles.prices.help"))] = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        known = read_prices(prices) if prices else None
        found = [o for o in obstacle_standings(province, day, prices=known) if resolved or o.state != "resolved"]
        full = [{**asdict(o), "also": _written_things(o), "to_escalate": o.to_escalate} for o in found]
        things = {
            "establishment": names_of(province["establishments"], "establishment"),
            "zone": names_of(province["zones"], "zone"),
            "project": names_of(province["projects"], "project"),
        }
        rows = [
            (
                f"{o.title} [{o.obstacle}]",
                o.kind,
                _all_blocked(o, things),
                o.owner,
                o.due,
                moved_words(o.moves, o.slip).in_language(cast(Language, current_language())),
                o.state,
                o.late,
                o.level,
                o.price,
                o.price_source,
            )
            for o in found
        ]
        short = pl.DataFrame(rows, schema=OBSTACLE_SCHEMA, orient="row")
        frame = pl.DataFrame(full, infer_schema_length=None) if (as_json or out) and full else short
        said = {
            "kind": choices_of("obstacles", "kind"),
            "state": {s: words(f"obstacle.{s}") for s in ("open", "overdue", "resolved")},
            "level": {level: words(f"level.{level}") for level in LEVELS},
            "price_source": {rule: words(f"price.{rule}") for rule in ("D12", "E37", "GA12")},
        }
        caption = words("obstacles.caption", on=day)
        show(frame, caption, "obstacles.column", spoken_as=said, as_json=as_json, out=out)


def _written_things(standing: ObstacleStanding) -> str | None:
    """The further things that an obstacle blocks, as they are written on the command line."""
    return "; ".join(f"{kind}:{code}" for kind, code in standing.also) or None


def _all_blocked(standing: ObstacleStanding, names: Mapping[str, Mapping[str, Words]]) -> str:
    """The names of all that an obstacle blocks, in the reader's language."""
    tongue = cast(Language, current_language())
    every = ((standing.blocks_kind, standing.blocks), *standing.also)
    return "; ".join(names.get(kind, {}).get(code, same(code)).in_language(tongue) for kind, code in every)


def _add_clocks(app: typer.Typer) -> None:
    @app.command("clocks", help=say("clocks.help"))
    def clocks_command(
        path: ProvincePath, on: On = None, as_json: AsJson = False, out: Out = None, lang: Lang = DEFAULT_LANGUAGE
    ) -> None:
        province, day = read_on(path, on)
        caption = words("clocks.caption", on=day)
        frame = clocks(province, day)
        show(frame, caption, "clocks.column", as_json=as_json, out=out, bounds={"median_late": "at_least"})
        if not (as_json or out):
            for certainty, decisions in unsure_days(province, day).items():
                said = words(f"norm.certainty.{certainty}")
                typer.echo(say("clocks.not-sure", certainty=said, decisions="; ".join(decisions)))


GROUPS = {
    "projects": (_add_projects, project_records),
    "programmes": (_add_programmes, programme_records),
    "obstacles": (_add_obstacles, obstacle_records),
}
