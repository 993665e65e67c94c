"""Indicators of programmes, projects and procedures: what was done, from the steps recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fansipan.errors import Refused
from fansipan.indicators.figure import Evidence, Figure, Scope, Source, Span
from fansipan.norms import Deadline, Stop, deadline
from fansipan.province import Province


def latest_steps(steps: pl.DataFrame) -> pl.DataFrame:
    """Of each step of each programme the row recorded last; earlier rows stay in the table as its history."""
    return steps.sort("recorded_at", maintain_order=True).group_by("programme", "step", maintain_order=True).last()


def programme_submitted(source: Source, scope: Scope, span: Span) -> Figure:
    """1 once a step ``submission`` or ``approval`` of the programme is done in the span, else 0; None without steps."""
    return _done(source, scope.code, span, ("submission", "approval"))


def programme_done(source: Source, scope: Scope, span: Span) -> Figure:
    """1 once every step of the programme is done in the span, else 0; None without steps."""
    return _done(source, scope.code, span, None)


def _done(source: Source, programme: str, span: Span, kinds: tuple[str, ...] | None) -> Figure:
    steps = latest_steps(source.province["programme_steps"].filter(pl.col("programme") == programme))
    if kinds is not None:
        steps = steps.filter(pl.col("kind").is_in(kinds))
    if steps.is_empty():
        return Figure(None)
    done = steps.filter(pl.col("done_on").is_between(span.start, span.end))
    evidence = tuple(
        Evidence(
            "programme_steps",
            f"{programme}:{row['step']}",
            "evidence.step",
            {"name": row["name"], "day": row["done_on"]},
        )
        for row in done.iter_rows(named=True)
    )
    whole = done.height == steps.height if kinds is None else done.height > 0
    return Figure(float(whole), evidence)


def clocks_kept(source: Source, scope: Scope, span: Span) -> Figure:
    """Percent of the dossiers that fell due in the span and were answered in time; None if none fell due."""
    kept, evidence, due_count = 0, [], 0
    for row, due in due_dossiers(source.province, span):
        due_count += 1
        in_time = row["done_on"] is not None and row["done_on"] <= due
        kept += in_time
        if not in_time:
            params = {"dossier": row["dossier"], "procedure": row["procedure"], "due": due}
            evidence.append(Evidence("procedures", row["dossier"], "evidence.clock-missed", params))
    return Figure(100 * kept / due_count if due_count else None, tuple(evidence))


def due_dossiers(province: Province, span: Span) -> list[tuple[dict[str, Any], date]]:
    """The dossiers whose term ends in the span, each with the day it ends; a stopped clock has no end.

    Terms that reach a year whose days off are not carried are left out: their end is not known.
    """
    found = []
    for row in province["procedures"].iter_rows(named=True):
        try:
            due = dossier_clock(province, row).due
        except Refused:
            continue
        if due is not None and span.start <= due <= span.end:
            found.append((row, due))
    return found


def dossier_clock(province: Province, row: dict[str, Any]) -> Deadline:
    """The legal clock of one row of `procedures`, with its stops."""
    stops = province["procedure_stops"].filter(pl.col("dossier") == row["dossier"]).sort("asked_on")
    pairs = stops.select("asked_on", "received_on").iter_rows()
    return deadline(row["received_on"], row["length"], row["counting"], [Stop(*pair) for pair in pairs])
