"""Tasks that offices owe, as seen on a day (Rule D22)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.delivery.due_days import due_histories
from fansipan.delivery.recording.steps import latest_tasks

TASK_STATES = ("late", "open", "done-late", "done")


def tasks_on(tasks: pl.DataFrame, on: date) -> pl.DataFrame:
    """Every task as recorded last: `task`, `programme`, `office`, `due`, `done_on`, `state`, `late` (days),
    `first_due`, `moves` and `slip` (how often the due day was moved, and by how many days in all: Rule D31).

    ``late`` (past its due day and not done), ``open``, ``done-late``, ``done``; what is late first, then by due day.
    """
    done = pl.col("done_on").is_not_null() & (pl.col("done_on") <= on)
    end = pl.when(done).then(pl.col("done_on")).otherwise(pl.lit(on))
    late = (end - pl.col("due")).dt.total_days().clip(0).fill_null(0).alias("late")
    state = (
        pl.when(done & (pl.col("late") > 0))
        .then(pl.lit("done-late"))
        .when(done)
        .then(pl.lit("done"))
        .when(pl.col("late") > 0)
        .then(pl.lit("late"))
        .otherwise(pl.lit("open"))
        .alias("state")
    )
    told = latest_tasks(tasks).with_columns(late).with_columns(state)
    rank = pl.col("state").replace_strict({name: k for k, name in enumerate(TASK_STATES)}, return_dtype=pl.Int64)
    kept = ["task", "programme", "office", "due", "done_on", "state", "late", "first_due", "moves", "slip"]
    return told.join(_moved(tasks), on="task").sort(rank, "due", "task", nulls_last=True).select(kept)


def _moved(tasks: pl.DataFrame) -> pl.DataFrame:
    rows = [(task, of.first, of.moves, of.slip) for (task,), of in due_histories(tasks, "task").items()]
    schema = {"task": pl.String, "first_due": pl.Date, "moves": pl.Int64, "slip": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")
