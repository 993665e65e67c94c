"""The business environment: legal clocks kept or missed, by procedure and office (Rule D16)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.indicators.promise_figures import dossier_clock
from fansipan.province import Province

SCHEMA = {
    "dossier": pl.String, "procedure": pl.String, "office": pl.String, "project": pl.String, "received_on": pl.Date,
    "due": pl.Date, "done_on": pl.Date, "state": pl.String, "late": pl.Int64, "left": pl.Int64,
}  # fmt: skip


def dossiers(province: Province, on: date) -> pl.DataFrame:
    """Every dossier received by `on`: its clock is kept, missed, running, stopped or overdue, and its days late.

    A term that reaches a year whose days off are not carried has state ``no-calendar`` (Rule Z2).
    """
    rows = []
    for row in province["procedures"].filter(pl.col("received_on") <= on).iter_rows(named=True):
        done = row["done_on"]
        seen = done if done is not None and done <= on else None
        try:
            clock = dossier_clock(province, row)
        except Refused:
            rows.append((*(row[name] for name in list(SCHEMA)[:5]), None, seen, "no-calendar", 0, row["length"]))
            continue
        rows.append((row["dossier"], row["procedure"], row["office"], row["project"], row["received_on"], clock.due,
                     seen, clock.state(on, seen), clock.late(on, seen), clock.left))  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def clocks(province: Province, on: date, by: tuple[str, ...] = ("procedure", "office")) -> pl.DataFrame:
    """Clocks kept and missed by procedure and office, the worst first (Rule D16).

    Columns: those of `by`, `received`, `kept`, `missed`, `overdue`, `running`, `stopped`, `kept_rate` (% of those
    answered or overdue; missing where there are none), `median_late` (of those late, in the unit of their term).
    """
    frame = dossiers(province, on)
    counts = [
        (pl.col("state") == s).sum().cast(pl.Int64).alias(s)
        for s in ("kept", "missed", "overdue", "running", "stopped")
    ]
    late = pl.col("late").filter(pl.col("late") > 0).median().alias("median_late")
    sums = frame.group_by(by, maintain_order=True).agg(pl.len().cast(pl.Int64).alias("received"), *counts, late)
    ended = pl.col("kept") + pl.col("missed") + pl.col("overdue")
    rate = pl.when(ended > 0).then(100 * pl.col("kept") / ended).alias("kept_rate")
    return sums.with_columns(rate).sort("kept_rate", *by, nulls_last=True)
