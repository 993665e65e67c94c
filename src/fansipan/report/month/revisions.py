"""Revisions as tables: the triangle, its averages, the returns that moved a figure."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.periods import Month
from fansipan.report.content import Column, Table, Words, table, words
from fansipan.report.month.data import month_words
from fansipan.report.naming import Names


def triangle_table(shown: pl.DataFrame) -> Table:
    """The triangle with a row a month and a column a date of knowledge, billion đồng."""
    wide = shown.sort("known_on").pivot("known_on", index="period", values="value").sort("period")
    days = [date.fromisoformat(c) for c in wide.columns[1:]]
    columns = [Column(words("month.column.of-month"), "text")] + [Column(words("vintages.as-of", day=d)) for d in days]
    rows = [[month_words(Month.parse(period)), *figures] for period, *figures in wide.iter_rows()]
    return table(words("vintages.triangle.caption"), columns, rows, name="revision-triangle")


def summary_table(summary: pl.DataFrame) -> Table:
    """Mean and mean absolute revision by step."""
    rows = []
    for row in summary.iter_rows(named=True):
        step = (
            words("vintages.step.whole")
            if row["step"] == 0
            else words("vintages.step", step=row["step"], next=row["step"] + 1)
        )
        rows.append([step, row["months"], row["mean"], row["mean_absolute"], row["mean_relative"]])
    columns = [
        Column(words("vintages.column.step"), "text"),
        Column(words("vintages.column.months"), places=0),
        Column(words("vintages.column.mean"), "points", 2),
        Column(words("vintages.column.mean-absolute"), places=2),
        Column(words("vintages.column.mean-relative"), "points", 2),
    ]
    return table(words("vintages.summary.caption"), columns, rows, name="revision-size")


def revised_table(moved: pl.DataFrame, names: Names, month: Words, before: date, after: date) -> Table:
    """The returns that moved a figure, with the cause of each in words."""
    rows = [
        [
            names.of("establishment", r["establishment"]),
            names.of("product", r["product"]),
            r["value_before"],
            r["value_after"],
            r["change"],
            words(f"vintages.cause.{r['cause']}"),
        ]
        for r in moved.iter_rows(named=True)
    ]
    columns = [
        Column(words("vintages.column.establishment"), "text"),
        Column(words("month.column.product"), "text"),
        Column(words("vintages.as-of", day=before), places=2),
        Column(words("vintages.as-of", day=after), places=2),
        Column(words("month.column.change"), "points", 2),
        Column(words("vintages.column.cause"), "text"),
    ]
    return table(words("vintages.compare.caption", month=month), columns, rows, name="revision-source")
