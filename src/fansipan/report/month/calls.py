"""The returns of the month to call about, on the page of a month."""

from __future__ import annotations

from fansipan.report.content import Column, Paragraph, Quantity, Section, table, words
from fansipan.report.month.call_words import calls_in_words
from fansipan.report.month.data import MonthData, month_words
from fansipan.statistics.editing import compile_calls

MOST_CALLS = 10


def call_list(data: MonthData) -> Section:
    """The first calls of the list with figures, effect and question, and how many there are in all."""
    calls = compile_calls(data.province, data.month, known_on=data.known_on, output=data.output)
    if calls.rows.is_empty():
        return Section("calls", words("month.calls"), (Paragraph(words("month.calls.none"), "good"),))
    rows = [
        [
            call.rank,
            call.establishment,
            data.names.product_with_unit(row["product"]),
            call.reported,
            call.expected,
            row["effect"],
            call.question,
        ]
        for call, row in zip(calls_in_words(calls, data.province), calls.rows.iter_rows(named=True), strict=True)
    ][:MOST_CALLS]
    columns = [
        Column(words("month.column.rank"), places=0),
        Column(words("month.column.establishment"), "text"),
        Column(words("month.column.product"), "text"),
        Column(words("month.column.reported"), "text"),
        Column(words("month.column.expected-figure"), "text"),
        Column(words("month.column.effect"), places=3),
        Column(words("month.column.question"), "text"),
    ]
    caption = words("month.calls.caption", shown=len(rows), month=month_words(data.month))
    note = words("month.calls.note", count=Quantity(calls.rows.height, 0), judged=Quantity(calls.judged, 0))
    return Section("calls", words("month.calls"), (Paragraph(note), table(caption, columns, rows, name="calls")))
