"""``fansipan check``: every fault of a folder, a workbook, a SQLite file or one table, at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated, Any, cast

import polars as pl
import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fansipan.checks import check
from fansipan.checks.readiness import is_empty
from fansipan.cli.language import Lang, say
from fansipan.delivery.capital import capital_faults
from fansipan.errors import Fault
from fansipan.notation import number
from fansipan.province import Province, survey
from fansipan.tables import REGISTRY
from fansipan.tables.files.writing import check_ending, write_frame
from fansipan.tables.reading.contents import Gathered
from fansipan.texts import DEFAULT_LANGUAGE, Language, text
from fansipan.zones.checks import zone_faults

# Beyond this many faults the terminal shows each kind once, with how many there are; a report holds them all.
MOST_SHOWN = 200
MOST_ADVICE = 30
REPORT = ("severity", "file", "sheet", "row", "column", "code", "value", "message", "mend")


def register(app: typer.Typer) -> None:
    """Add the command ``check``."""

    @app.command("check", help=say("check.help"))
    def run(
        path: Annotated[Path, typer.Argument(metavar="PATH", help=say("check.path"))],
        beside: Annotated[Path | None, typer.Option("--with", metavar="PROVINCE", help=say("check.with"))] = None,
        strict: Annotated[bool, typer.Option("--strict", help=say("check.strict"))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say("check.json"))] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("check.output"))] = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        language = cast(Language, lang)
        if output:
            check_ending(output)
        with Console(stderr=True).status(text("check.working", language)):
            known = Province.read(beside) if beside else None
            gathered = survey(path)
            faults = check(gathered, beside=known, strict=strict)
            faults = (*faults, *zone_faults(gathered.frames), *capital_faults(gathered.frames))
        if as_json:
            typer.echo(json.dumps(as_data(path, gathered, faults, language), ensure_ascii=False, indent=2))
        else:
            show(path, gathered, faults, language)
        if output:
            write_frame(report(faults, language), output)
            typer.echo(text("check.written", language, file=str(output)), err=True)
        if _count(faults, "error"):
            raise typer.Exit(1)


def as_data(path: Path, gathered: Gathered, faults: Sequence[Fault], lang: Language) -> dict[str, Any]:
    """The outcome as plain data, for ``--json``."""
    return {
        "path": str(path),
        "errors": _count(faults, "error"),
        "warnings": _count(faults, "warning"),
        "tables": {name: gathered.every_row[name].height for name in REGISTRY if name in gathered.every_row},
        "faults": [fault.as_dict(lang) for fault in faults],
    }


def report(faults: Sequence[Fault], lang: Language) -> pl.DataFrame:
    """The faults as a table, a row a fault."""
    schema = {name: pl.Int64 if name == "row" else pl.String for name in REPORT}
    return pl.DataFrame([fault.as_dict(lang) for fault in faults], schema=schema)


def show(path: Path, gathered: Gathered, faults: Sequence[Fault], lang: Language) -> None:
    """Print what was read, the faults by file and sheet, and how many there are."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    tables = len(gathered.every_row)
    rows = sum(frame.height for frame in gathered.every_row.values())
    console.print(text("check.read", lang, path=escape(str(path)), tables=tables, rows=number(rows, 0, lang)))
    ordered = sorted(faults, key=lambda f: (f.place.file or "", f.place.sheet or ""))
    for (file, sheet), group in groupby(ordered, key=lambda f: (f.place.file or "", f.place.sheet or "")):
        title = file + (f" · {sheet}" if sheet and file else sheet)
        told = list(group)
        console.print(_grid(title, told, lang, summary=len(faults) > MOST_SHOWN))
        for line in islice(_advice(told, lang), MOST_ADVICE):
            console.print(line)
    errors, warnings = _count(faults, "error"), _count(faults, "warning")
    code = "check.clean" if not faults else "check.passed" if not errors else "check.failed"
    if not errors and "settings" in gathered.frames and is_empty(gathered.frames):
        console.print(text("check.empty", lang, path=escape(str(path))))
        if not faults:
            return
    console.print(text(code, lang, errors=number(errors, 0, lang), warnings=number(warnings, 0, lang)))
    if len(faults) > MOST_SHOWN:
        console.print(text("check.summarised", lang))


def _grid(title: str, faults: list[Fault], lang: Language, *, summary: bool) -> Table:
    grid = Table(title=escape(title) or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    number_head = "check.column.count" if summary else "check.column.row"
    for head in ("check.column.severity", number_head, "check.column.column", "check.column.value"):
        grid.add_column(text(head, lang), justify="right" if head == number_head else "left", overflow="fold")
    grid.add_column(text("check.column.message", lang), overflow="fold", ratio=1)
    for fault, count in _kinds(faults) if summary else ((fault, None) for fault in _in_order(faults)):
        style = "red" if fault.severity == "error" else "yellow"
        place = fault.place.row if count is None else number(count, 0, lang)
        value = None if fault.value is None else f"{fault.value!s:.60}"
        cells = (place, fault.place.column, value, fault.message(lang))
        told = ("" if cell is None else escape(str(cell)) for cell in cells)
        grid.add_row(f"[{style}]{text(f'check.{fault.severity}', lang)}[/]", *told)
    return grid


def _advice(faults: list[Fault], lang: Language) -> Iterator[str]:
    """What to do, each once, in the order of the faults."""
    for advice in dict.fromkeys(fault.mend(lang) for fault in _in_order(faults)):
        if advice:
            yield f"  → {escape(advice)}"


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda f: (f.place.row or 0, f.place.column or ""))


def _kinds(faults: list[Fault]) -> list[tuple[Fault, int]]:
    """The first fault of every kind (severity, code, column) and how many there are of it, the most first."""
    kinds: dict[tuple[str, str, str | None], list[Fault]] = {}
    for fault in _in_order(faults):
        kinds.setdefault((fault.severity, fault.code, fault.place.column), []).append(fault)
    found = [(group[0], sum(_weight(fault) for fault in group)) for group in kinds.values()]
    return sorted(found, key=lambda pair: (pair[0].severity, -pair[1]))


def _weight(fault: Fault) -> int:
    """How many faults a fault stands for: more than one where the rest of a kind was only counted."""
    return int(fault.params["count"]) if fault.code == "column.more-faults" else 1


def _count(faults: Sequence[Fault], severity: str) -> int:
    return sum(_weight(fault) for fault in faults if fault.severity == severity)
