"""`fansipan plan uncertainty`: every scenario, a two-stage plan, what knowing is worth, and regret."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.plan.inputs import quiet_output, read_for_questions
from fansipan.cli.plan.options import (
    Before,
    Folder,
    Gap,
    Json,
    Output,
    Seconds,
    Slices,
    Workers,
    progress_bar,
    question_options,
)
from fansipan.cli.plan.telling import frame_lines, province_system, tell
from fansipan.notation import number
from fansipan.tables.files.writing import write_csv
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

if TYPE_CHECKING:
    from fansipan.expansion.answers.study import Study
    from fansipan.expansion.system.definition import System

Names = Annotated[list[str] | None, typer.Option("--scenario", help=say("plan.uncertainty.scenario.help"))]


def add_uncertainty(plan: typer.Typer) -> None:
    """Add the command ``uncertainty`` to the group ``plan``."""

    @plan.command(help=say("plan.uncertainty.help"))
    def uncertainty(
        path: Folder,
        scenario: Names = None,
        slices: Slices = None,
        before: Before = None,
        workers: Workers = 1,
        json_only: Json = False,
        output: Output = None,
        time_limit: Seconds = None,
        gap: Gap = 1e-3,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        from fansipan.expansion.answers.study import study
        from fansipan.expansion.system.scenarios import chosen_scenarios

        system = province_system(read_for_questions(path, "fansipan", None, slices, "year"))
        weights = chosen_scenarios(system, scenario)
        with progress_bar("plan.uncertainty.progress", len(weights) + 1) as advance, quiet_output():
            found = study(
                system,
                weights,
                before,
                question_options(time_limit, gap, 1 / (len(weights) + 2)),
                workers=workers,
                progress=advance,
            )
        if output is not None:
            _write(output, found)
        tell(_told(found), _words(system, found, cast(Language, lang)), json_only)


def _told(found: "Study") -> dict[str, Any]:
    """The answer as plain data."""
    common = found.two_stage
    return {
        "before": found.before,
        "scenarios": found.scenarios.to_dicts(),
        "expected": common.common.value,
        "perfect_information": common.perfect.value,
        "base_plan": common.hopeful.value,
        "value_of_information": common.value_of_information,
        "value_of_stochastic_solution": common.value_of_stochastic_solution,
        "missed": {
            name: {str(rank): amount for rank, amount in one.missed.items()}
            for name, one in (
                ("expected", common.common),
                ("perfect_information", common.perfect),
                ("base_plan", common.hopeful),
            )
        },
        "gap": common.gap,
        "builds": found.builds.to_dicts(),
        "regret": found.regret.to_dicts(),
    }


def _words(system: "System", found: "Study", lang: Language) -> list[str]:
    """The answer in sentences and two small tables."""
    common = found.two_stage
    lines = frame_lines(_named(system, found.scenarios, lang), lang)
    lines.append(
        text(
            "plan.uncertainty.told",
            lang,
            before=found.before,
            expected=number(common.common.value, 3, lang),
            perfect=number(common.perfect.value, 3, lang),
            information=number(common.value_of_information, 3, lang),
        )
    )
    worth = common.value_of_stochastic_solution
    code = "plan.uncertainty.base-fails" if worth is None else "plan.uncertainty.base"
    lines.append(text(code, lang, **({} if worth is None else {"worth": number(worth, 3, lang)})))
    for name, one in (("expected", common.common), ("perfect", common.perfect)):
        if any(amount > 1e-6 for amount in one.missed.values()):
            total = number(100 * sum(one.missed.values()), 1, lang)
            lines.append(text(f"plan.uncertainty.missed-{name}", lang, missed=total))
    lines.append(
        text("plan.uncertainty.builds", lang) if found.builds.height else text("plan.uncertainty.none-built", lang)
    )
    lines += frame_lines(_named(system, found.builds.drop("process"), lang), lang) if found.builds.height else []
    return [*lines, text("plan.uncertainty.regret", lang), *frame_lines(_named(system, found.regret, lang), lang)]


def _named(system: "System", frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The table with names where codes stand."""
    names = {"scenario": system.scenario, "plan": system.scenario, "project": system.project, "site": system.site}
    spoken = {
        column: [name(code).in_language(lang) for code in frame[column]]
        for column, name in names.items()
        if column in frame.columns
    }
    return frame.with_columns(pl.Series(column, values, pl.String) for column, values in spoken.items())


def _write(folder: Path, found: "Study") -> None:
    """The tables of the study as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    frames: dict[str, pl.DataFrame] = {"scenarios": found.scenarios, "builds": found.builds, "regret": found.regret}
    for name, frame in frames.items():
        write_csv(frame, folder / f"{name}.csv")
