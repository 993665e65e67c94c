"""`fansipan plan`: solve a planning system and ask about the answer."""

import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.plan.baseline import add_baseline
from fansipan.cli.plan.comparisons import add_comparisons
from fansipan.cli.plan.inputs import quiet_output, read, write_answer
from fansipan.cli.plan.options import (
    Folder,
    Form,
    Gap,
    Json,
    LeaveOut,
    Output,
    Scenario,
    Seconds,
    Slices,
    Start,
    solver_options,
)
from fansipan.cli.plan.questions import add_questions
from fansipan.cli.plan.search import searching
from fansipan.cli.plan.uncertainty import add_uncertainty
from fansipan.errors import FansipanError, InvalidInput, Refused
from fansipan.notation import number
from fansipan.texts import DEFAULT_LANGUAGE, Language

if TYPE_CHECKING:
    from fansipan.linear.solver import Options

PROVINCE_SECONDS = 300.0  # a province's plan is searched so long where nothing is asked; its bound and gap are told
EXIT_CODES = {"optimal": 0, "feasible": 0, "infeasible": 2, "unbounded": 2, "invalid": 1}


@dataclass(frozen=True)
class Told:
    """What ``plan solve --json`` prints, in this order."""

    status: str
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    seconds_build: float = 0.0
    seconds_solve: float = 0.0
    variables: int = 0
    constraints: int = 0
    integers: int = 0
    messages: tuple[str, ...] = ()


def register(app: typer.Typer) -> None:
    """Add the group ``plan``."""
    plan = typer.Typer(help=say("plan.help"), no_args_is_help=True)
    app.add_typer(plan, name="plan")

    @plan.command(help=say("plan.solve.help"))
    def solve(
        path: Folder,
        form: Form = "fansipan",
        scenario: Scenario = None,
        slices: Slices = None,
        json_only: Json = False,
        output: Output = None,
        time_limit: Seconds = None,
        gap: Gap = 1e-6,
        start: Start = None,
        leave_out: LeaveOut = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        options = solver_options(time_limit if time_limit is not None or form != "fansipan" else PROVINCE_SECONDS, gap)
        told = _solve((path, form, scenario, slices, leave_out), output, options, cast(Language, lang), start)
        if json_only:
            typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=2, allow_nan=False))
        else:
            _say(told, cast(Language, lang))
        raise typer.Exit(EXIT_CODES[told.status])

    add_questions(plan)
    add_comparisons(plan)
    add_uncertainty(plan)
    add_baseline(plan)


def _solve(
    source: tuple[Path, str, str | None, str | None, list[str] | None],
    output: Path | None,
    options: "Options",
    lang: Language,
    start: Path | None = None,
) -> Told:
    """Read, build, solve; an input with faults becomes the status ``invalid`` with its faults as messages."""
    from fansipan.expansion.constraints.build import build
    from fansipan.expansion.solve.plan import solve_model
    from fansipan.expansion.solve.warm_start import read_decisions, start_from
    from fansipan.linear.solver import hand_over

    try:
        asked = read(*source)
        earlier = read_decisions(start) if start is not None else None
        begun = time.perf_counter()
        network = asked.network()
        model = build(network)
        arrays = model.arrays()
        hand_over(arrays)
        built = time.perf_counter()
        with searching() as search, quiet_output():
            columns = None if earlier is None else start_from(network, model, arrays, earlier, options)
            listening = replace(options, progress=search.record, start=columns)
            plan = solve_model(network, model, arrays, listening, prices=output is not None)
        solved = time.perf_counter()
    except InvalidInput as error:
        return Told("invalid", messages=tuple(fault.line(lang) for fault in error.faults))
    except FansipanError as error:
        return Told("invalid", messages=(error.describe(lang),))
    messages = tuple(fault.line(lang) for fault in asked.faults)
    if start is not None:
        messages = (*messages, say("plan.start.useless" if columns is None else "plan.start.used", folder=start))
    status: str = plan.answer.status
    if status == "feasible" and not plan.solved:
        status, messages = "invalid", (*messages, Refused("plan.no-solution-in-time").describe(lang))
    if output is not None and plan.solved:
        messages = (*messages, say("plan.solve.written", count=write_answer(output, asked, plan), folder=output))
        search.write(output)
    answer = plan.answer
    return Told(
        status,
        answer.objective,
        answer.bound,
        answer.gap,
        built - begun,
        solved - built,
        model.column_count,
        model.row_count,
        int(arrays.integer.sum()),
        messages,
    )


def _say(told: Told, lang: Language) -> None:
    def figure(value: float | None, decimals: int) -> str:
        return "-" if value is None else number(value, decimals, lang)

    for line in told.messages:
        typer.echo(line, err=True)
    typer.echo(
        say(
            "plan.solve.told",
            status=say(f"plan.status.{told.status}"),
            objective=figure(told.objective, 4),
            bound=figure(told.bound, 4),
            gap=figure(told.gap, 6),
        )
    )
    if told.variables:
        typer.echo(
            say(
                "plan.solve.size",
                variables=number(told.variables, 0, lang),
                constraints=number(told.constraints, 0, lang),
                integers=number(told.integers, 0, lang),
                build=number(told.seconds_build, 2, lang),
                solve=number(told.seconds_solve, 2, lang),
            )
        )
