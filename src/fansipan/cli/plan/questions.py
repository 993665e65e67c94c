"""`fansipan plan bottlenecks | diagnose`: what stands in the way, and why there is no plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.plan.inputs import Asked, quiet_output, read_for_questions
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
    progress_bar,
    question_options,
)
from fansipan.cli.plan.telling import planned, tell
from fansipan.errors import InvalidInput
from fansipan.tables.files.writing import write_csv
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

if TYPE_CHECKING:
    from fansipan.expansion.answers.bottlenecks import Bottleneck
    from fansipan.linear.solver import Options

MOST_LINES = 20  # of bottlenecks in words; the JSON and the files have all
NOTHING_SOLVED = {"status": "invalid", "physical": False, "groups": [], "relaxations": []}


def add_questions(plan: typer.Typer) -> None:
    """Add the questions about what stands in the way to the group ``plan``."""

    @plan.command(help=say("plan.bottlenecks.help"))
    def bottlenecks(
        path: Folder,
        form: Form = "fansipan",
        scenario: Scenario = None,
        slices: Slices = None,
        json_only: Json = False,
        output: Output = None,
        time_limit: Seconds = None,
        gap: Gap = 1e-3,
        leave_out: LeaveOut = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        asked = read_for_questions(path, form, scenario, slices, "quarter", left_out=leave_out)
        found = _bottlenecks(asked, question_options(time_limit, gap, 1 / 2))
        if output is not None:
            _write(output, asked, found)
        lines = [_line(asked, rank, one, cast(Language, lang)) for rank, one in enumerate(found[:MOST_LINES], 1)]
        if len(found) > MOST_LINES:
            lines.append(text("plan.bottleneck.more", cast(Language, lang), count=len(found) - MOST_LINES))
        tell(_rows(asked, found), lines, json_only)

    @plan.command(help=say("plan.diagnose.help"))
    def diagnose(
        path: Folder,
        form: Form = "fansipan",
        scenario: Scenario = None,
        slices: Slices = None,
        json_only: Json = False,
        time_limit: Seconds = None,
        leave_out: LeaveOut = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        spoken = cast(Language, lang)
        try:
            asked = read_for_questions(path, form, scenario, slices, "quarter", left_out=leave_out)
        except InvalidInput as error:
            words = [fault.line(spoken) for fault in error.faults]
            tell(NOTHING_SOLVED | {"messages": words}, words, json_only)
            raise typer.Exit(1) from error
        tell(*_diagnose(asked, question_options(time_limit, 1e-4), spoken), json_only)


def _bottlenecks(asked: Asked, options: "Options") -> "list[Bottleneck]":
    from fansipan.expansion.answers.bottlenecks import bottlenecks
    from fansipan.expansion.answers.groups import RELIEVABLE, groups_of

    plan = planned(asked, options)
    reliefs, rate = {}, 0.0
    if asked.system is not None:
        rate = asked.system.settings.discount_rate
        reliefs = {row["limit"]: row["relief"] for row in asked.system.rows("limits") if row["relief"]}
    count = len(groups_of(plan.model, RELIEVABLE))
    with progress_bar("plan.bottlenecks.progress", count) as advance, quiet_output():
        return bottlenecks(plan, reliefs, rate=rate, options=options, progress=advance)


def _line(asked: Asked, rank: int, one: "Bottleneck", lang: Language) -> str:
    """A bottleneck in one sentence: relief, prices in present value and in the year's money, how far they hold."""
    from fansipan.expansion.answers.wording import amount, group_words

    years = str(one.first_year) if one.first_year == one.last_year else f"{one.first_year}–{one.last_year}"
    shown = {
        "group": group_words(asked.system, one.kind, one.name, lang),
        "years": years,
        "relief": amount(one.relief),
        "gain": amount(one.gain),
        "more": amount(one.more),
        "less": amount(one.less),
        "that_year": amount(one.more_that_year),
        "low": amount(one.limit + one.holds_from),
        "high": amount(one.limit + one.holds_to),
    }
    left: tuple[str, ...] = ()
    code = "plan.bottleneck.line"
    if asked.system is None:
        code, left = "plan.bottleneck.line-model", ("relief", "gain", "that_year")
    elif not one.relief:
        code, left = "plan.bottleneck.line-without-relief", ("relief", "gain")
    line = text(code, lang, rank=rank, **{name: value for name, value in shown.items() if name not in left})
    return f"{line} {text('plan.tie', lang)}" if one.tied else line


def _rows(asked: Asked, found: "list[Bottleneck]") -> list[dict[str, Any]]:
    """The bottlenecks as plain data, each with the obstacle of the register that its limit names."""
    from fansipan.expansion.answers.bottlenecks import bottleneck_frame

    frame = bottleneck_frame(found).with_columns(pl.col("less").replace([float("inf")], [None]))
    if asked.system is None:
        return frame.to_dicts()
    named = asked.system.column("limits", "limit", "obstacle")
    return [row | {"obstacle": named.get(row["name"])} for row in frame.to_dicts()]


def _write(folder: Path, asked: Asked, found: "list[Bottleneck]") -> None:
    """The bottlenecks and the prices of obstacles as CSV files."""
    from fansipan.expansion.answers.bottlenecks import bottleneck_frame
    from fansipan.expansion.answers.obstacle_prices import obstacle_prices

    folder.mkdir(parents=True, exist_ok=True)
    write_csv(bottleneck_frame(found), folder / "bottlenecks.csv")
    if asked.system is not None:
        write_csv(obstacle_prices(asked.system, found), folder / "obstacle_prices.csv")


def _diagnose(asked: Asked, options: "Options", lang: Language) -> tuple[Any, list[str]]:
    from fansipan.expansion.answers.diagnose import diagnose
    from fansipan.expansion.answers.wording import diagnosis_words
    from fansipan.expansion.constraints.build import build

    network = asked.network()
    model = build(network)
    with quiet_output():
        found = diagnose(model, model.arrays(), network.horizon.years, options)
    words = diagnosis_words(asked.system, found, lang)
    told = {
        "status": "infeasible" if found.groups or found.physical else "feasible",
        "physical": found.physical,
        "groups": [{"kind": group.kind, "name": group.name} for group in found.groups],
        "relaxations": [
            {"kind": one.group.kind, "name": one.group.name, "amount": one.amount, "years": list(one.years)}
            for one in found.relaxations
        ],
        "messages": words,
    }
    return told, words
