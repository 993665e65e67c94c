"""``fansipan scenario list | show | new | compare``: the scenarios of a province."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.scenario.inputs import DAYS, month_of, projected, tell, warn_idle
from fansipan.errors import FansipanError, NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Words, words
from fansipan.report.growth.tables import changes_table, comparison_table, scenarios_table
from fansipan.report.naming import Names
from fansipan.scenario.baseline.as_of import day_of
from fansipan.scenario.changes import BASELINE, scenario_known, scenario_of
from fansipan.scenario.comparison import compared
from fansipan.scenario.new_changes import check_changes
from fansipan.tables.declarations.foresight import ACTS, SELECTIONS
from fansipan.texts import DEFAULT_LANGUAGE

CHANGE = re.compile(
    r"(?P<act>[a-z]+)\s+(?P<select>[a-z]+)(?:=(?P<item>\S+))?\s+(?P<value>-?[\d.]+)"
    r"(?:\s+(?P<first>[\d/-]+)?\.\.(?P<last>[\d/-]+)?)?\s+(?P<reason>.+)"
)


def add_cases(group: typer.Typer) -> None:
    """Add the commands to the group ``scenario``."""
    _add_list(group)
    _add_show(group)
    _add_new(group)
    _add_compare(group)


def _add_list(group: typer.Typer) -> None:
    @group.command("list", help=say("scenario.list.help"))
    def list_scenarios(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        json_only: Annotated[bool, typer.Option("--json", help=say("scenario.json.help"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("scenario.output.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        tell(listed(province), scenarios_table(listed(province)), output, json_only)


def listed(province: Province) -> pl.DataFrame:
    """Every scenario with its parent and the number of its own changes; the baseline first."""
    own = province["scenario_changes"].group_by("scenario").agg(changes=pl.len())
    kept = province["scenarios"].join(own, on="scenario", how="left", maintain_order="left")
    names = words("scenario.baseline.name")
    first = {"scenario": BASELINE, "name": names.vi, "name_en": names.en, "parent": None, "changes": 0}
    found = kept.select("scenario", "name", "name_en", "parent", pl.col("changes").fill_null(0).cast(pl.Int64))
    known = BASELINE in set(kept["scenario"])
    return found if known else pl.concat([pl.DataFrame([first], schema=found.schema), found])


def _add_show(group: typer.Typer) -> None:
    @group.command("show", help=say("scenario.show.help"))
    def show(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        code: Annotated[str, typer.Argument(metavar="SCENARIO", help=say("scenario.code.help"))],
        json_only: Annotated[bool, typer.Option("--json", help=say("scenario.json.help"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("scenario.output.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        scenario = scenario_of(province, code)
        rows = [
            {
                "scenario": c.scenario,
                "own": c.scenario == code,
                "act": c.act,
                "select": c.select,
                "item": c.item,
                "value": c.value,
                "first_month": c.first and str(c.first),
                "last_month": c.last and str(c.last),
                "reason": c.reason,
                "reason_en": c.reason_en,
                "source": c.source,
            }
            for c in scenario.changes
        ]
        frame = pl.DataFrame(rows, infer_schema_length=None)
        tell(frame, changes_table(scenario, Names(province)), output, json_only)


def _add_new(group: typer.Typer) -> None:
    @group.command("new", help=say("scenario.new.help"))
    def new(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        code: Annotated[str, typer.Argument(metavar="SCENARIO", help=say("scenario.code.help"))],
        name: Annotated[str, typer.Option(help=say("scenario.name.help"))],
        name_en: Annotated[str | None, typer.Option(help=say("scenario.name-en.help"))] = None,
        parent: Annotated[str | None, typer.Option(help=say("scenario.parent.help"))] = None,
        change: Annotated[list[str] | None, typer.Option(help=say("scenario.change.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        changes = [read_change(one, code, order) for order, one in enumerate(change or [], 1)]
        check_changes(province, changes)
        with_scenario(province, code, Words(name, name_en or name), parent, changes).write(path)
        typer.echo(say("scenario.made", name=code, count=len(changes), file=path))


def read_change(written: str, scenario: str, order: int) -> dict[str, Any]:
    """A row of ``scenario_changes`` from ``multiply industry=20 0.93 2024-06..2024-12 Ore is short``.

    Raises FansipanError ``scenario.change-form`` for anything else, ``period.unreadable`` for a month that is none.
    """
    found = CHANGE.fullmatch(written.strip())
    acts, selections = ([code for code, _, _ in known] for known in (ACTS, SELECTIONS))
    # Months written in a way that is not read would otherwise pass for the first word of the reason.
    odd = found is not None and ".." in found["reason"].split()[0]
    if found is None or odd or found["act"] not in acts or found["select"] not in selections:
        allowed = {"acts": ", ".join(acts), "selections": ", ".join(selections)}
        raise FansipanError("scenario.change-form", value=written, **allowed)
    return {
        "scenario": scenario,
        "order": order,
        "act": found["act"],
        "select": found["select"],
        "item": found["item"],
        "value": float(found["value"]),
        "first_month": _month(found["first"]),
        "last_month": _month(found["last"]),
        "reason": found["reason"],
        "source": "estimated",
    }


def _month(written: str | None) -> str | None:
    return None if written is None else str(Month.parse(written))


def with_scenario(
    province: Province, code: str, name: Words, parent: str | None, changes: list[dict[str, Any]]
) -> Province:
    """The province with one more scenario; raises Refused ``scenario.exists``, NotFound ``scenario.unknown``."""
    known = province["scenarios"]
    if code in set(known["scenario"]):
        raise Refused("scenario.exists", name=code)
    if parent is not None and parent not in set(known["scenario"]):
        raise NotFound("scenario.unknown", name=parent, near=", ".join(known["scenario"]) or BASELINE)
    row = {"scenario": code, "name": name.vi, "name_en": name.en, "parent": parent, "source": "estimated"}
    more = {"scenarios": [row], "scenario_changes": changes}
    frames = {
        table: pl.concat([province[table], pl.DataFrame(rows, schema_overrides=province[table].schema)], how="diagonal")
        for table, rows in more.items()
        if rows
    }
    made = province.replace(**frames)
    scenario_of(made, code)
    return made


def _add_compare(group: typer.Typer) -> None:
    @group.command("compare", help=say("scenario.compare.help"))
    def compare(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("scenario.path.help"))],
        codes: Annotated[
            list[str] | None, typer.Argument(metavar="[SCENARIO]...", help=say("scenario.codes.help"))
        ] = None,
        month: Annotated[str | None, typer.Option(help=say("scenario.month.help"))] = None,
        known_on: Annotated[datetime | None, typer.Option(formats=DAYS, help=say("scenario.known-on.help"))] = None,
        paths: Annotated[int, typer.Option(help=say("scenario.paths.help"))] = 10_000,
        seed: Annotated[int, typer.Option(help=say("scenario.seed.help"))] = 1,
        json_only: Annotated[bool, typer.Option("--json", help=say("scenario.json.help"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("scenario.output.help"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province = Province.read(path)
        until = month_of(province, month)
        day = known_on.date() if known_on else day_of(province, until)
        known = province.known_on(day)["scenarios"]["scenario"]
        asked = codes or [BASELINE, *(code for code in known if code != BASELINE)]
        scenarios = [scenario_known(province, code, day) for code in asked]
        projection = projected(province, until, scenarios[0].code, day)
        frame = compared(projection, scenarios, province.known_on(day), paths=paths, seed=seed)
        tell(frame, comparison_table(frame, scenarios, projection), output, json_only)
        warn_idle(projection, scenarios, Names(province))
