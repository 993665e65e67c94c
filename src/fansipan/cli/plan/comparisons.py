"""`fansipan plan alternatives | compare | frontier`: other plans beside the best one."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.plan.inputs import Asked, quiet_output, read_for_questions
from fansipan.cli.plan.options import (
    Count,
    Folder,
    Gap,
    Json,
    Measure,
    Scenario,
    Seconds,
    Slack,
    Slices,
    progress_bar,
    question_options,
)
from fansipan.cli.plan.telling import frame_lines, planned, province_system, tell
from fansipan.errors import Refused
from fansipan.notation import number, percent
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

if TYPE_CHECKING:
    from fansipan.expansion.system.definition import System
    from fansipan.linear.solver import Options

VERDICTS = ("in-every-good-plan", "in-no-good-plan", "open")  # in the order in which they are told
MEASURES = ("objective", "output", "value_added", "jobs", "land", "power", "water", "waste_water", "capital")


def add_comparisons(plan: typer.Typer) -> None:
    """Add the questions about other plans to the group ``plan``."""

    @plan.command(help=say("plan.alternatives.help"))
    def alternatives(
        path: Folder,
        scenario: Scenario = None,
        slices: Slices = None,
        slack: Slack = 0.05,
        count: Count = 3,
        json_only: Json = False,
        time_limit: Seconds = None,
        gap: Gap = 1e-3,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        asked = read_for_questions(path, "fansipan", scenario, slices, "year")
        options = question_options(time_limit, gap, 1 / 3)
        tell(*_alternatives(asked, slack, count, options, cast(Language, lang)), json_only)

    @plan.command(help=say("plan.compare.help"))
    def compare(
        path: Folder,
        scenario: Scenario = None,
        slices: Slices = None,
        json_only: Json = False,
        time_limit: Seconds = None,
        gap: Gap = 1e-3,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        from fansipan.expansion.answers.comparison import cases, comparison

        system = province_system(read_for_questions(path, "fansipan", scenario, slices, "quarter"))
        with quiet_output():
            frame = comparison(system, cases(system, question_options(time_limit, gap, 1 / 3)))
        tell(frame.to_dicts(), frame_lines(frame, cast(Language, lang)), json_only)

    @plan.command(help=say("plan.frontier.help"))
    def frontier(
        path: Folder,
        x: Measure,
        y: Measure,
        scenario: Scenario = None,
        slices: Slices = None,
        count: Count = 6,
        json_only: Json = False,
        time_limit: Seconds = None,
        gap: Gap = 1e-3,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        asked = read_for_questions(path, "fansipan", scenario, slices, "year")
        frame = _frontier(asked, x, y, count, question_options(time_limit, gap, 1 / (count + 3)))
        tell(frame.to_dicts(), frame_lines(frame, cast(Language, lang)), json_only)


def _alternatives(asked: Asked, slack: float, count: int, options: "Options", lang: Language) -> tuple[Any, list[str]]:
    from fansipan.expansion.answers.alternatives import alternatives, no_regret
    from fansipan.expansion.answers.frontier import unit_capital
    from fansipan.expansion.answers.outcome import builds
    from fansipan.expansion.network.indexed import Indexed

    system, plan = province_system(asked), planned(asked, options)
    solves = count + len({row["project"] for row in system.candidates.values()})
    with progress_bar("plan.alternatives.progress", solves) as advance, quiet_output():
        capital = unit_capital(system, plan)
        found = alternatives(plan, capital, count=count, slack=slack, options=options, progress=advance)
        regret = no_regret(plan, slack=slack, options=options, progress=advance)
    best = set(builds(Indexed(system), plan)["project"])
    plans, lines = [], []
    for rank, one in enumerate(found, 1):
        built = builds(Indexed(system), replace(plan, answer=one.answer))
        own = list(built["project"].unique(maintain_order=True))
        more = [code for code in own if code not in best]
        less = [
            code
            for code in dict.fromkeys(row["project"] for row in system.candidates.values())
            if code in best and code not in own
        ]
        plans.append(
            {"objective": one.answer.objective, "loss": one.loss, "distance": one.distance, "builds": built.to_dicts()}
        )
        lines.append(
            text(
                "plan.alternative.line",
                lang,
                rank=rank,
                loss=number(one.loss, 3, lang),
                distance=percent(100 * one.distance, 1, lang),
                more=_names(system, more, lang),
                less=_names(system, less, lang),
            )
        )
    for proof in sorted(regret, key=lambda proof: (proof.tied, VERDICTS.index(proof.verdict))):
        verdict = f"unproven-{'built' if proof.built else 'not-built'}" if proof.tied else proof.verdict
        lines.append(text(f"plan.regret.{verdict}", lang, project=system.project(proof.project)))
    return {"alternatives": plans, "projects": [vars(proof) for proof in regret]}, lines


def _names(system: "System", projects: list[str], lang: Language) -> str:
    return "; ".join(system.project(code).in_language(lang) for code in projects) or "–"


def _frontier(asked: Asked, x: str, y: str, count: int, options: "Options") -> pl.DataFrame:
    from fansipan.expansion.answers.frontier import frontier, frontier_frame, measure_weights

    system = province_system(asked)
    for name in (x, y):
        kind, _, commodity = name.partition(":")
        sound = kind in ("production", "emission") and commodity in system.commodities
        if name not in MEASURES and not sound:
            raise Refused("plan.measure.unknown", name=name)
    plan = planned(asked, options)
    weights = [measure_weights(system, plan, name) for name in (x, y)]
    larger = [
        plan.arrays.maximise
        if name == "objective"
        else not name.startswith(("emission", "land", "power", "wa", "capital"))
        for name in (x, y)
    ]
    with quiet_output():
        found = frontier(plan, *weights, points=count, larger_x=larger[0], larger_y=larger[1], options=options)
    if len(found) < count:
        typer.echo(say("plan.frontier.fewer", found=len(found), count=count), err=True)
    return frontier_frame(found).rename({"x": x, "y": y if y != x else f"{y}_2"})
