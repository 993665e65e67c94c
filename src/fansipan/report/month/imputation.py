"""What imputation does to the month's total, and who came, went, stopped and started again: on the page of a month."""

from __future__ import annotations

from fansipan.report.content import Block, Column, Paragraph, Section, Table, table, words
from fansipan.report.month.data import MonthData, month_words
from fansipan.statistics.imputation.effect import grossing_up, imputation_effect
from fansipan.statistics.imputation.status import changes_of_state

EFFECT_COLUMNS = (
    ("value", 1),
    ("imputed", 0),
    ("imputed_value", 2),
    ("growth", 2),
    ("value_difference", 2),
    ("growth_difference", 3),
)


def imputation(data: MonthData) -> Section:
    """The total without imputation, as it is and by each other method; changes of state; grossing up if there is."""
    blocks: list[Block] = [_effect(data), _changes(data)]
    grossed = grossing_up(data.output, [data.month])
    if grossed["weighted"].sum():
        blocks.append(_grossed(data, grossed.row(0, named=True)))
    return Section("imputation", words("imputation.section"), tuple(blocks))


def _effect(data: MonthData) -> Table:
    found = imputation_effect(data.province, data.month, known_on=data.known_on)
    rows = [
        [words(f"imputation.{row['treatment']}"), *(row[name] for name, _ in EFFECT_COLUMNS)]
        for row in found.iter_rows(named=True)
    ]
    columns = [Column(words("imputation.column.treatment"), "text")]
    columns += [Column(words(f"imputation.column.{name}"), places=places) for name, places in EFFECT_COLUMNS]
    caption = words("imputation.effect.caption", month=month_words(data.month))
    return table(caption, columns, rows, strong=frozenset([1]), name="imputation-effect")


def _changes(data: MonthData) -> Block:
    found = changes_of_state(data.output, data.month)
    if found.is_empty():
        return Paragraph(words("imputation.changes.none"))
    rows = [
        [
            data.names.of("establishment", row["establishment"]),
            data.names.of("product", row["product"]),
            words(f"imputation.change.{row['change']}"),
            row["before"],
            row["now"],
            row["contribution"],
        ]
        for row in found.iter_rows(named=True)
    ]
    columns = [Column(words(f"imputation.column.{name}"), "text") for name in ("establishment", "product", "change")]
    columns += [Column(words(f"imputation.column.{name}"), places=2) for name in ("before", "now")]
    columns.append(Column(words("imputation.column.contribution"), "points", 3))
    return table(
        words("imputation.changes.caption", month=month_words(data.month)), columns, rows, name="establishment-changes"
    )


def _grossed(data: MonthData, row: dict) -> Table:
    names = ("weighted", "sampled", "grossed", "value")
    columns = [Column(words(f"imputation.column.{name}"), places=0 if name == "weighted" else 2) for name in names]
    caption = words("imputation.grossed.caption", month=month_words(data.month))
    return table(caption, columns, [[row[name] for name in names]], name="sample-weights")
