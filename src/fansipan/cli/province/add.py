"""``fansipan add``: filled forms into a province, checked, new rows only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.checks import check
from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.recording import form_of, locked, read_whole
from fansipan.cli.showing import show
from fansipan.delivery.capital import capital_faults
from fansipan.errors import Fault, refuse
from fansipan.province import Province
from fansipan.report.content import words
from fansipan.tables import REGISTRY
from fansipan.tables.files.container import read_contents
from fansipan.tables.reading.contents import Contents, Gathered, gather
from fansipan.tables.registers.adding import Added, add_rows
from fansipan.texts import DEFAULT_LANGUAGE
from fansipan.zones.checks import zone_faults


def register(app: typer.Typer) -> None:
    """Add the command ``add``."""

    @app.command("add", help=say("add.help"))
    def add(
        path: Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("add.province"))],
        forms: Annotated[list[Path], typer.Argument(metavar="FORM...", help=say("add.forms"))],
        dry_run: Annotated[bool, typer.Option("--dry-run", help=say("add.dry-run"))] = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        form = read_forms(forms)
        with locked(path):
            before = read_whole(path)
            added, warnings = added_to(before, form)
            count = sum(one.new for one in added)
            if count and not dry_run:
                before.replace(**{one.table: one.frame for one in added}).write(path, form_of(path))
        for fault in warnings:
            typer.echo(fault.line(current_language()), err=True)
        _tell(path, added, count, dry_run)


def read_forms(files: Sequence[Path]) -> Gathered:
    """Everything that stands in the forms, tables that go on over several files put together, with every fault."""
    contents = [read_contents(file) for file in files]
    sheets = tuple(sheet for one in contents for sheet in one.sheets)
    return gather(Contents(sheets, tuple(fault for one in contents for fault in one.faults)))


def added_to(province: Province, form: Gathered) -> tuple[list[Added], list[Fault]]:
    """What the forms bring to `province`, and the warnings about it.

    Raises InvalidInput with every error: of the forms themselves, against the province, and of what both make together.
    """
    faults = list(check(form, beside=province))
    known = {name: province[name] for name in province}
    added, contradictions = add_rows(known, form)
    stood = _register_faults(known)
    together = known | {one.table: one.frame for one in added}
    faults += [*(fault for fault in _register_faults(together) if fault not in stood), *contradictions]
    refuse(faults)
    return added, [fault for fault in faults if fault.severity == "warning"]


def _register_faults(frames: Mapping[str, pl.DataFrame]) -> tuple[Fault, ...]:
    return (*zone_faults(frames), *capital_faults(frames))


def _tell(path: Path, added: Sequence[Added], count: int, dry_run: bool) -> None:
    lang = current_language()
    frame = pl.DataFrame(
        [(REGISTRY[one.table].label(lang), one.new, one.corrections, one.known) for one in added],
        schema={"table": pl.String, "new": pl.Int64, "corrections": pl.Int64, "known": pl.Int64},
        orient="row",
    )
    show(frame, words("add.caption"), "add")
    if not count:
        typer.echo(say("add.nothing"))
        return
    typer.echo(say("add.would" if dry_run else "add.done", count=count, path=path))
    if not dry_run and any(one.table == "returns" and one.new for one in added):
        typer.echo(say("add.next", path=path))
