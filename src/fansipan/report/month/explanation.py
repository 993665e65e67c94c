"""An explanation as a section of a page: the figure, its parts, the largest returns, edits and imputations."""

from __future__ import annotations

from typing import Any

from fansipan.periods import Month
from fansipan.report.content import Block, Column, Paragraph, Quantity, Section, Words, known_words, same, table, words
from fansipan.report.month.data import MonthData, month_words
from fansipan.report.naming import Names
from fansipan.statistics.explain import Explanation, explain
from fansipan.statistics.measures import TOTAL
from fansipan.tables import REGISTRY

MOST_ROWS = 15


def explained(data: MonthData) -> Section:
    """The section of the month's page that walks from its headline down to returns."""
    found = explain(data.province, month=data.month, known_on=data.known_on, output=data.output)
    return Section("explain", words("explain.title"), explanation_blocks(found, data.names, most=MOST_ROWS))


def explanation_blocks(found: Explanation, names: Names, *, most: int) -> tuple[Block, ...]:
    """The explanation in blocks, at most so many rows of each kind."""
    scope = [names.of(kind, code) for kind, code in found.scope.items()] or [names.of(TOTAL, TOTAL)]
    growth = Quantity(found.growth, 2, sign=True, percent=True)
    sentence = words(
        "explain.figure",
        month=month_words(found.month),
        scope=scope[-1],
        value=Quantity(found.value, 3),
        growth=growth,
        rows=Quantity(found.rows.height, 0),
        edits=Quantity(found.edits.height, 0),
        imputed=Quantity(found.imputed.height, 0),
    )
    blocks: list[Block] = [Paragraph(sentence), _parts(found, names), _rows(found, names, most)]
    if found.edits.height:
        blocks.append(_edits(found, names, most))
    if found.imputed.height:
        blocks.append(_imputed(found, names, most))
    return tuple(blocks)


def _pair(row: dict[str, Any], names: Names) -> list[Any]:
    return [names.of("establishment", row["establishment"]), names.product_with_unit(row["product"])]


def _heads(*columns: tuple[str, str, int]) -> list[Column]:
    return [Column(words(code), kind, places) for code, kind, places in columns]  # type: ignore[arg-type]


WHO = (("vintages.column.establishment", "text", 0), ("month.column.product", "text", 0))


def _parts(found: Explanation, names: Names) -> Block:
    by = found.parted_by
    rows = [
        [names.of(by, r[by]), r["level"], r["base"], r["growth"], r["contribution"]]
        for r in found.parts.iter_rows(named=True)
    ]
    columns = _heads(
        ("measure.column.part", "text", 0),
        ("measure.column.level", "number", 2),
        ("measure.column.base", "number", 2),
        ("measure.column.growth", "points", 2),
        ("measure.column.contribution", "points", 2),
    )
    return table(words("explain.parts"), columns, rows, name="explanation")


def _rows(found: Explanation, names: Names, most: int) -> Block:
    rows = [
        [
            *_pair(r, names),
            r["quantity"],
            r["constant"],
            r["share"],
            words(f"status.{r['status'] or 'none'}"),
            r["recorded_at"].date() if r["recorded_at"] else None,
            _origin(r),
        ]
        for r in found.rows.head(most).iter_rows(named=True)
    ]
    columns = _heads(
        *WHO,
        ("explain.column.quantity", "number", 2),
        ("month.column.value", "number", 3),
        ("explain.column.share", "number", 2),
        ("explain.column.status", "text", 0),
        ("explain.column.recorded", "text", 0),
        ("explain.column.origin", "text", 0),
    )
    return table(words("explain.rows", most=min(most, found.rows.height)), columns, rows, name="source-returns")


def _origin(row: dict[str, Any]) -> Any:
    if row["method"] is not None:
        return words(f"imputation.{row['method']}")
    return words("explain.edited") if row["edited"] else words("explain.reported")


def _edits(found: Explanation, names: Names, most: int) -> Block:
    rows = [
        [
            names.of("establishment", r["establishment"]),
            names.of("product", r["product"]),
            _field(r["field"]),
            r["before"],
            r["after"],
            known_words(f"edit.rule.{r['rule']}", same(r["rule"])),
            r["reason"],
            r["recorded_at"].date(),
        ]
        for r in found.edits.head(most).iter_rows(named=True)
    ]
    columns = _heads(
        *WHO,
        ("explain.column.field", "text", 0),
        ("explain.column.before", "number", 2),
        ("explain.column.after", "number", 2),
        ("explain.column.rule", "text", 0),
        ("explain.column.reason", "text", 0),
        ("explain.column.recorded", "text", 0),
    )
    return table(words("explain.edits"), columns, rows, name="edits")


def _field(name: str) -> Words:
    """The label of a column of the returns."""
    meaning = REGISTRY["returns"].meaning(name)
    return Words(meaning.vi, meaning.en)


def _imputed(found: Explanation, names: Names, most: int) -> Block:
    rows = [
        [
            *_pair(r, names),
            words(f"imputation.{r['method']}"),
            month_words(Month.parse(r["base_month"])),
            r["base_quantity"],
            words(f"explain.moved.{r['moved_by'] or 'none'}"),
            r["movement"],
            r["quantity"],
            r["constant"],
        ]
        for r in found.imputed.head(most).iter_rows(named=True)
    ]
    columns = _heads(
        *WHO,
        ("month.column.method", "text", 0),
        ("explain.column.base-month", "text", 0),
        ("explain.column.base", "number", 2),
        ("explain.column.moved-by", "text", 0),
        ("explain.column.movement", "number", 4),
        ("explain.column.quantity", "number", 2),
        ("month.column.value", "number", 3),
    )
    return table(words("explain.imputed"), columns, rows, name="imputed")
