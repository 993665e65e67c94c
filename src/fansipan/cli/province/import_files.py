"""``fansipan import FILE... --into PROVINCE``: a department's own files into its province, all or nothing."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.checks import check_province
from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.recording import MOMENTS, form_of, locked, read_whole
from fansipan.cli.showing import show
from fansipan.errors import FansipanError, Fault, refuse
from fansipan.intake import Question, Taken, mapping_rows, take_in
from fansipan.intake.mapping import Key
from fansipan.intake.questionnaire import answer_typed, read_answers, write_questions
from fansipan.province import Province
from fansipan.report.content import Quantity, words
from fansipan.tables import REGISTRY
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.texts import DEFAULT_LANGUAGE

SHOWN, EXAMPLES = 12, 3


def add_to(group: typer.Typer) -> None:
    """Add the command ``files``, which ``fansipan import FILE...`` means."""

    @group.command("files", help=say("intake.help"))
    def files(
        paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("intake.files"))],
        into: Annotated[Path, typer.Option("--into", metavar="PROVINCE", help=say("intake.into"))],
        answers: Annotated[Path | None, typer.Option("--answers", help=say("intake.answers"))] = None,
        answer: Annotated[list[str] | None, typer.Option("--answer", help=say("intake.answer"))] = None,
        questions: Annotated[Path | None, typer.Option("--questions", help=say("intake.questions-out"))] = None,
        left_out: Annotated[Path | None, typer.Option("--left-out", help=say("intake.left-out"))] = None,
        mapping: Annotated[str | None, typer.Option("--mapping", help=say("intake.mapping"))] = None,
        by: Annotated[str | None, typer.Option("--by", envvar="FANSIPAN_BY", help=say("record.by"))] = None,
        at: Annotated[datetime | None, typer.Option("--at", formats=MOMENTS, help=say("record.at"))] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=say("add.dry-run"))] = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if left_out is not None:
            check_ending(left_out)
        known = (read_answers(answers) if answers else {}) | dict(map(answer_typed, answer or []))
        with locked(into):
            before = read_whole(into)
            moment = at or datetime.now().replace(microsecond=0)
            taken = _asked_until_known(paths, before, known, moment)
            _tell(taken, left_out)
            if taken.questions:
                _hand_out(taken.questions, questions, into)
            refuse([*taken.faults, *_contradictions(before, taken)])
            new = sum(addition.rows.height for addition in taken.additions)
            if new and not dry_run:
                _with_answers(taken, before, moment, by, mapping).write(into, form_of(into))
        code = "intake.nothing" if not new else "intake.would" if dry_run else "intake.done"
        typer.echo(say(code, count=new, path=into))
        if new and not dry_run:
            typer.echo(say("intake.next", path=into))


def _asked_until_known(paths: Sequence[Path], province: Province, known: dict[Key, str], at: datetime) -> Taken:
    """The files taken in; where somebody sits at a terminal, what is not known is asked there."""
    taken = take_in(paths, province, known, at)
    while taken.questions and sys.stdin.isatty():
        for number, question in enumerate(taken.questions, 1):
            known[question.key] = _ask(question, number, len(taken.questions))
        taken = take_in(paths, province, known, at)
    return taken


def _ask(question: Question, number: int, of: int) -> str:
    lang = current_language()
    typer.echo(f"[{number}/{of}] {question.words.in_language(lang)}")
    if where := question.place.describe(lang):
        typer.echo(f"    {where}")
    for place, (value, said) in enumerate(question.choices, 1):
        typer.echo(f"    {place}. {said.in_language(lang)}  [{value}]")
    while True:
        typed = str(typer.prompt(say("intake.prompt"))).strip()
        if typed.isdigit() and 1 <= int(typed) <= len(question.choices):
            return question.choices[int(typed) - 1][0]
        if question.free or typed in dict(question.choices):
            return typed


def _hand_out(questions: Sequence[Question], out: Path | None, into: Path) -> None:
    """Say the questions, or write them to a workbook; either way nothing is added."""
    lang = current_language()
    if out is not None:
        write_questions(questions, out, lang)
        raise FansipanError("intake.questions-written", count=len(questions), file=str(out))
    for question in questions[:SHOWN]:
        choices = ", ".join(f"{value} ({said.in_language(lang)})" for value, said in question.choices[:EXAMPLES])
        place = question.place.describe(lang)
        line = say("intake.open", kind=question.kind, said=question.said, words=question.words)
        typer.echo(
            " ".join(part for part in (line, choices and f"[{choices}]", place and f"({place})") if part), err=True
        )
    raise FansipanError("intake.questions", count=len(questions))


def _contradictions(before: Province, taken: Taken) -> list[Fault]:
    """Errors of the province with the additions that were none of it before."""
    if taken.errors or not taken.additions:
        return []
    stood = {(fault.code, str(fault.value), str(fault.params)) for fault in check_province(before)}
    found = [f for f in check_province(taken.province) if f.severity == "error"]
    return [fault for fault in found if (fault.code, str(fault.value), str(fault.params)) not in stood]


def _with_answers(taken: Taken, before: Province, at: datetime, by: str | None, name: str | None) -> Province:
    """The province with the additions and the answers that were used and are not kept yet."""
    kept = set(before["mappings"].select("kind", "said", "means").rows())
    fresh = [(q, means) for q, means in taken.answered if (q.kind, q.said, means) not in kept]
    rows = mapping_rows(fresh, at, by=by, name=name)
    frame = before["mappings"]
    return taken.province.replace(mappings=pl.concat([frame, pl.DataFrame(rows, schema=frame.schema)]))


def _tell(taken: Taken, left_out: Path | None) -> None:
    lang = current_language()
    for table, place, rows in taken.tables:
        typer.echo(say("intake.table", table=REGISTRY[table].label(lang), place=place.describe(lang), rows=rows))
    frame = pl.DataFrame(
        [(REGISTRY[a.table].label(lang), a.rows.height, a.corrections, a.known) for a in taken.additions],
        schema={"table": pl.String, "new": pl.Int64, "corrections": pl.Int64, "known": pl.Int64},
        orient="row",
    )
    show(frame, words("intake.caption"), "add")
    _tell_sums(taken)
    _tell_left(taken, left_out)
    for fault in taken.faults:
        if fault.severity == "warning":
            typer.echo(fault.line(lang), err=True)


def _tell_sums(taken: Taken) -> None:
    if not taken.sums:
        typer.echo(say("intake.no-sums"))
        return
    wrong = taken.wrong_sums
    typer.echo(say("intake.sums", count=len(taken.sums), wrong=len(wrong)))
    for one in wrong[:SHOWN]:
        said, made = (Quantity(value, one.places) for value in (one.said, one.made))
        place = one.place.describe(current_language())
        typer.echo(
            "  " + say("intake.sum", place=place, words=one.words, said=said, made=made, rows=one.rows), err=True
        )


def _tell_left(taken: Taken, out: Path | None) -> None:
    """What was left out by reason, with the first places; every cell in a file where one is asked for."""
    lang = current_language()
    if out is not None:
        rows = [
            (
                one.place.file,
                one.place.sheet,
                one.place.row,
                one.place.column,
                one.value,
                say(f"intake.left.{one.reason}"),
            )
            for one in taken.left
        ]
        heads = {"file": pl.String, "sheet": pl.String, "row": pl.Int64, "column": pl.String}
        frame = pl.DataFrame(rows, schema=heads | {"value": pl.String, "reason": pl.String}, orient="row")
        typer.echo(say("asking.written", file=write_frame(frame, out), rows=frame.height))
    for (reason, value), count in Counter((one.reason, one.value) for one in taken.left).most_common():
        places = [one.place.describe(lang) for one in taken.left if (one.reason, one.value) == (reason, value)]
        shown = "; ".join(places[:EXAMPLES]) + ("; …" if count > EXAMPLES else "")
        typer.echo(
            say("intake.left", count=count, value=value or "–", reason=words(f"intake.left.{reason}"), places=shown)
        )
