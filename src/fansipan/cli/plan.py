"""`fansipan plan`: solve a planning system and ask about the answer."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from fansipan.cli.language import Lang, say
from fansipan.errors import FansipanError, Fault, InvalidInput, Refused
from fansipan.notation import number
from fansipan.texts import DEFAULT_LANGUAGE, Language

if TYPE_CHECKING:
    from fansipan.expansion.model import Model
    from fansipan.expansion.network import Network
    from fansipan.expansion.solver import Answer

FORMATS = ("fansipan", "otoole")
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
    Folder = Annotated[Path, typer.Argument(help=say("plan.solve.path.help"))]
    Form = Annotated[str, typer.Option("--format", help=say("plan.format.help"))]
    Scenario = Annotated[str | None, typer.Option("--scenario", help=say("plan.scenario.help"))]
    Json = Annotated[bool, typer.Option("--json", help=say("plan.json.help"))]
    Output = Annotated[Path | None, typer.Option("-o", "--output", help=say("plan.output.help"))]
    Seconds = Annotated[float | None, typer.Option("--time-limit", help=say("plan.time.help"))]
    Gap = Annotated[float, typer.Option("--gap", help=say("plan.gap.help"))]

    @plan.command(help=say("plan.solve.help"))
    def solve(
        path: Folder,
        form: Form = "fansipan",
        scenario: Scenario = None,
        json_only: Json = False,
        output: Output = None,
        time_limit: Seconds = None,
        gap: Gap = 1e-6,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        told = _solve(path, form, output, time_limit, gap, cast(Language, lang))
        if json_only:
            typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=2, allow_nan=False))
        else:
            _say(told, cast(Language, lang))
        raise typer.Exit(EXIT_CODES[told.status])


def _solve(
    path: Path, form: str, output: Path | None, time_limit: float | None, gap: float, lang: Language
) -> Told:  # fmt: skip
    """Read, build, solve; an input with faults becomes the status ``invalid`` with its faults as messages."""
    from fansipan.expansion.solver import Options, hand_over, solve

    try:
        network_of, faults = _read(path, form)
        messages = tuple(fault.line(lang) for fault in faults)
        begun = time.perf_counter()
        network = network_of()
        from fansipan.expansion.build import build

        model = build(network)
        arrays = model.arrays()
        highs = hand_over(arrays)
        built = time.perf_counter()
        with _quiet_output():
            answer = solve(highs, arrays, Options(time_limit=time_limit, gap=gap))
        solved = time.perf_counter()
        if answer.status == "feasible" and answer.objective is None:
            raise Refused("plan.no-solution-in-time")
    except InvalidInput as error:
        return Told("invalid", messages=tuple(fault.line(lang) for fault in error.faults))
    except FansipanError as error:
        return Told("invalid", messages=(error.describe(lang),))
    if output is not None and answer.objective is not None:
        count = _write(output, model, answer)
        messages = (*messages, say("plan.solve.written", count=count, folder=output))
    return Told(
        answer.status, answer.objective, answer.bound, answer.gap, built - begun, solved - built,
        model.column_count, model.row_count, int(arrays.integer.sum()), messages,
    )  # fmt: skip


def _read(path: Path, form: str) -> tuple[Callable[[], "Network"], tuple[Fault, ...]]:
    if form not in FORMATS:
        raise Refused("plan.format.unknown", value=form, known=", ".join(FORMATS))
    from fansipan.interop.osemosys.convert import network_of
    from fansipan.interop.osemosys.folder import read_folder
    from fansipan.interop.osemosys.warn import oddities

    folder = read_folder(path)
    return (lambda: network_of(folder)), (*folder.messages, *oddities(folder))


def _write(folder: Path, model: "Model", answer: "Answer") -> int:
    from fansipan.expansion.results import price_frames, value_frames

    folder.mkdir(parents=True, exist_ok=True)
    frames = value_frames(model, answer)
    frames |= {f"price_{name}": frame for name, frame in price_frames(model, answer).items()}
    for name, frame in frames.items():
        frame.write_csv(folder / f"{name}.csv")
    return len(frames)


def _say(told: Told, lang: Language) -> None:
    def figure(value: float | None, decimals: int) -> str:
        return "-" if value is None else number(value, decimals, lang)

    for line in told.messages:
        typer.echo(line, err=True)
    typer.echo(say(
        "plan.solve.told", status=say(f"plan.status.{told.status}"), objective=figure(told.objective, 4),
        bound=figure(told.bound, 4), gap=figure(told.gap, 6),
    ))  # fmt: skip
    if told.variables:
        typer.echo(say(
            "plan.solve.size", variables=number(told.variables, 0, lang), constraints=number(told.constraints, 0, lang),
            integers=number(told.integers, 0, lang), build=number(told.seconds_build, 2, lang),
            solve=number(told.seconds_solve, 2, lang),
        ))  # fmt: skip


@contextmanager
def _quiet_output() -> Iterator[None]:
    """Whatever the solver writes on standard output goes to standard error: standard output is kept for the answer."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
