"""`fansipan plan bottlenecks | diagnose | alternatives | compare | frontier`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.plan_inputs import Asked, quiet_output, read
from fansipan.errors import Refused
from fansipan.notation import number, percent
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

if TYPE_CHECKING:
    from fansipan.expansion.plan import Plan
    from fansipan.expansion.solver import Options
    from fansipan.expansion.system import System

MEASURES = ("objective", "output", "value_added", "jobs", "land", "power", "water", "waste_water", "capital")


def add_questions(plan: typer.Typer) -> None:
    """Add the questions that may be asked about a plan to the group ``plan``."""
    Folder = Annotated[Path, typer.Argument(help=say("plan.solve.path.help"))]
    Form = Annotated[str, typer.Option("--format", help=say("plan.format.help"))]
    Scenario = Annotated[str | None, typer.Option("--scenario", help=say("plan.scenario.help"))]
    Json = Annotated[bool, typer.Option("--json", help=say("plan.json.help"))]
    Seconds = Annotated[float | None, typer.Option("--time-limit", help=say("plan.time.help"))]
    Gap = Annotated[float, typer.Option("--gap", help=say("plan.gap.help"))]
    Slack = Annotated[float, typer.Option("--slack", min=0.0, max=1.0, help=say("plan.slack.help"))]
    Count = Annotated[int, typer.Option("--count", min=1, max=50, help=say("plan.count.help"))]
    Measure = Annotated[str, typer.Argument(help=say("plan.measure.help"))]

    @plan.command(help=say("plan.bottlenecks.help"))
    def bottlenecks(
        path: Folder, form: Form = "fansipan", scenario: Scenario = None, json_only: Json = False,
        time_limit: Seconds = None, gap: Gap = 1e-4, lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:  # fmt: skip
        asked = read(path, form, scenario)
        _tell(*_bottlenecks(asked, _options(time_limit, gap), cast(Language, lang)), json_only)

    @plan.command(help=say("plan.diagnose.help"))
    def diagnose(
        path: Folder, form: Form = "fansipan", scenario: Scenario = None, json_only: Json = False,
        time_limit: Seconds = None, lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:  # fmt: skip
        asked = read(path, form, scenario)
        _tell(*_diagnose(asked, _options(time_limit, 1e-4), cast(Language, lang)), json_only)

    @plan.command(help=say("plan.alternatives.help"))
    def alternatives(
        path: Folder, scenario: Scenario = None, slack: Slack = 0.05, count: Count = 3, json_only: Json = False,
        time_limit: Seconds = None, gap: Gap = 1e-4, lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:  # fmt: skip
        asked = read(path, "fansipan", scenario)
        _tell(*_alternatives(asked, slack, count, _options(time_limit, gap), cast(Language, lang)), json_only)

    @plan.command(help=say("plan.compare.help"))
    def compare(
        path: Folder, scenario: Scenario = None, json_only: Json = False, time_limit: Seconds = None, gap: Gap = 1e-4,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:  # fmt: skip
        from fansipan.expansion.compare import cases, comparison

        system = _system(read(path, "fansipan", scenario))
        with quiet_output():
            frame = comparison(system, cases(system, _options(time_limit, gap)))
        _tell(frame.to_dicts(), _lines(frame, cast(Language, lang)), json_only)

    @plan.command(help=say("plan.frontier.help"))
    def frontier(
        path: Folder, x: Measure, y: Measure, scenario: Scenario = None, count: Count = 6, json_only: Json = False,
        time_limit: Seconds = None, gap: Gap = 1e-4, lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:  # fmt: skip
        asked = read(path, "fansipan", scenario)
        frame = _frontier(asked, x, y, count, _options(time_limit, gap))
        _tell(frame.to_dicts(), _lines(frame, cast(Language, lang)), json_only)


def _options(time_limit: float | None, gap: float) -> "Options":
    from fansipan.expansion.solver import Options

    return Options(time_limit=time_limit, gap=gap)


def _system(asked: Asked) -> "System":
    if asked.system is None:
        raise Refused("plan.province-only")
    return asked.system


def _planned(asked: Asked, options: "Options") -> "Plan":
    """The solved plan. Raises Refused where there is none."""
    from fansipan.expansion.plan import solve_network

    with quiet_output():
        plan = solve_network(asked.network(), options)
    if not plan.solved:
        raise Refused("plan.no-plan", status=say(f"plan.status.{plan.answer.status}"))
    return plan


def _bottlenecks(asked: Asked, options: "Options", lang: Language) -> tuple[Any, list[str]]:
    from fansipan.expansion.bottlenecks import bottleneck_frame, bottlenecks
    from fansipan.expansion.wording import group_words

    plan = _planned(asked, options)
    reliefs, rate = {}, 0.0
    if asked.system is not None:
        rate = asked.system.settings.discount_rate
        reliefs = {row["limit"]: row["relief"] for row in asked.system.rows("limits") if row["relief"]}
    with quiet_output():
        found = bottlenecks(plan, reliefs, rate=rate, options=options)
    lines = []
    for rank, one in enumerate(found, 1):
        line = text(
            "plan.bottleneck.line", lang, rank=rank, group=group_words(asked.system, one.kind, one.name, lang),
            relief=number(one.relief, 3, lang), gain=number(one.gain, 3, lang), more=number(one.more, 4, lang),
            less=number(one.less, 4, lang) if one.less != float("inf") else "∞",
        )  # fmt: skip
        lines.append(f"{line} {text('plan.tie', lang)}" if one.tied else line)
    rows = bottleneck_frame(found).with_columns(pl.col("less").replace([float("inf")], [None])).to_dicts()
    return rows, lines


def _diagnose(asked: Asked, options: "Options", lang: Language) -> tuple[Any, list[str]]:
    from fansipan.expansion.build import build
    from fansipan.expansion.diagnose import diagnose
    from fansipan.expansion.wording import diagnosis_words

    network = asked.network()
    model = build(network)
    with quiet_output():
        found = diagnose(model, model.arrays(), network.horizon.years, options)
    words = diagnosis_words(asked.system, found, lang)
    told = {
        "physical": found.physical,
        "groups": [{"kind": group.kind, "name": group.name} for group in found.groups],
        "relaxations": [
            {"kind": one.group.kind, "name": one.group.name, "amount": one.amount, "years": list(one.years)}
            for one in found.relaxations
        ],
        "messages": words,
    }
    return told, words


def _alternatives(asked: Asked, slack: float, count: int, options: "Options", lang: Language) -> tuple[Any, list[str]]:
    from dataclasses import replace

    from fansipan.expansion.alternatives import alternatives, no_regret
    from fansipan.expansion.answers import builds
    from fansipan.expansion.frontier import unit_capital
    from fansipan.expansion.indexed import Indexed

    system, plan = _system(asked), _planned(asked, options)
    with quiet_output():
        found = alternatives(plan, unit_capital(system, plan), count=count, slack=slack, options=options)
        regret = no_regret(plan, slack=slack, options=options)
    plans, lines = [], []
    for rank, one in enumerate(found, 1):
        built = builds(Indexed(system), replace(plan, answer=one.answer))
        names = ", ".join(f"{system.project(code):{lang}}" for code in built["project"].unique(maintain_order=True))
        plans.append(
            {"objective": one.answer.objective, "loss": one.loss, "distance": one.distance, "builds": built.to_dicts()}
        )
        lines.append(text(
            "plan.alternative.line", lang, rank=rank, loss=number(one.loss, 3, lang),
            distance=percent(100 * one.distance, 1, lang), builds=names or "–",
        ))  # fmt: skip
    for one in regret:
        line = text(f"plan.regret.{one.verdict}", lang, project=system.project(one.project))
        lines.append(f"{line} {text('plan.tie', lang)}" if one.tied else line)
    return {"alternatives": plans, "projects": [vars(one) for one in regret]}, lines


def _frontier(asked: Asked, x: str, y: str, count: int, options: "Options") -> pl.DataFrame:
    from fansipan.expansion.frontier import frontier, frontier_frame, measure_weights

    system = _system(asked)
    for name in (x, y):
        kind, _, commodity = name.partition(":")
        sound = kind in ("production", "emission") and commodity in system.commodities
        if name not in MEASURES and not sound:
            raise Refused("plan.measure.unknown", name=name)
    plan = _planned(asked, options)
    weights = [measure_weights(system, plan, name) for name in (x, y)]
    larger = [
        plan.arrays.maximise
        if name == "objective"
        else not name.startswith(("emission", "land", "power", "wa", "capital"))
        for name in (x, y)
    ]
    with quiet_output():
        found = frontier(plan, *weights, points=count, larger_x=larger[0], larger_y=larger[1], options=options)
    return frontier_frame(found).rename({"x": x, "y": y if y != x else f"{y}_2"})


def _lines(frame: pl.DataFrame, lang: Language) -> list[str]:
    """A small table as lines of text."""
    rows = [frame.columns] + [
        [number(value, 3, lang) if isinstance(value, float) else str(value) for value in row]
        for row in frame.iter_rows()
    ]
    widths = [max(len(row[k]) for row in rows) for k in range(len(frame.columns))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _tell(told: Any, lines: list[str], json_only: bool) -> None:
    if json_only:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines:
            typer.echo(line)
