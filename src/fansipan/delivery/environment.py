"""The business environment: legal clocks kept or missed, by procedure and office (Rule D16)."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fansipan.errors import Refused
from fansipan.indicators.promise_figures import dossier_clock
from fansipan.norms import Deadline
from fansipan.province import Province

SCHEMA = {
    "dossier": pl.String,
    "procedure": pl.String,
    "office": pl.String,
    "project": pl.String,
    "received_on": pl.Date,
    "due": pl.Date,
    "done_on": pl.Date,
    "state": pl.String,
    "late": pl.Int64,
    "at_least": pl.Boolean,
    "left": pl.Int64,
    "certainty": pl.String,
    "decisions": pl.String,
}


def dossiers(province: Province, on: date) -> pl.DataFrame:
    """Every dossier received by `on`: its clock is kept, missed, running, stopped or overdue, and its days late.

    `at_least`: the days late are a lower bound, because days whose days off are not decided lie between (Rule Z5).

    `certainty` is that of the least certain day off counted, `decisions` name those that are less than sure. A term
    that reaches a year whose days off are not carried has state ``no-calendar`` (Rule Z2).
    """
    received = province["procedures"].filter(pl.col("received_on") <= on)
    rows = [_dossier(province, row, on) for row in received.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _dossier(province: Province, row: dict[str, Any], on: date) -> tuple[object, ...]:
    told = tuple(row[name] for name in list(SCHEMA)[:5])
    seen = row["done_on"] if row["done_on"] is not None and row["done_on"] <= on else None
    try:
        clock = dossier_clock(province, row)
    except Refused:
        return (*told, None, seen, "no-calendar", 0, False, row["length"], None, None)
    state, late = clock.state(on, seen), clock.late(on, seen)
    return (*told, clock.due, seen, state, late, clock.at_least(on, seen), clock.left, clock.certainty, _unsure(clock))


def _unsure(clock: Deadline) -> str | None:
    """The decisions on days off, each once, that the count rests on and that are to be confirmed."""
    told = dict.fromkeys(special.decision for special in clock.relied_on if special.certainty != "sure")
    return "; ".join(told) or None


def clocks(province: Province, on: date, by: tuple[str, ...] = ("procedure", "office")) -> pl.DataFrame:
    """Clocks kept and missed by procedure and office, the worst first (Rule D16).

    Columns: those of `by`, `received`, `kept`, `missed`, `overdue`, `running`, `stopped`, `kept_rate` (% of those
    answered or overdue; missing where there are none), `median_late` (of those late, in the unit of their term),
    `at_least` (one of them is a lower bound, so that the median is one too).
    """
    frame = dossiers(province, on)
    counts = [
        (pl.col("state") == s).sum().cast(pl.Int64).alias(s)
        for s in ("kept", "missed", "overdue", "running", "stopped")
    ]
    late = pl.col("late").filter(pl.col("late") > 0).median().alias("median_late")
    sums = frame.group_by(by, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("received"), *counts, late, pl.col("at_least").any()
    )
    ended = pl.col("kept") + pl.col("missed") + pl.col("overdue")
    rate = pl.when(ended > 0).then(100 * pl.col("kept") / ended).alias("kept_rate")
    return sums.with_columns(rate).sort("kept_rate", *by, nulls_last=True)


def unsure_days(province: Province, on: date) -> dict[str, tuple[str, ...]]:
    """The decisions on days off that are less than sure and that a dossier's term rests on, by certainty."""
    told = dossiers(province, on).drop_nulls("decisions")
    return {
        certainty: tuple(dict.fromkeys(d for line in rows["decisions"] for d in line.split("; ")))
        for (certainty,), rows in told.group_by("certainty", maintain_order=True)
    }
