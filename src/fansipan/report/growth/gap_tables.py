"""Tables of the gap, for the terminal, the page and the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from fansipan.periods import Quarter, Year, parse_period
from fansipan.report.content import Column, Quantity, Table, Words, same, table, words
from fansipan.report.growth.gap_words import line_name, part_of
from fansipan.report.growth.tables import selection
from fansipan.report.naming import Names
from fansipan.scenario.changes import Scenario
from fansipan.scenario.gap.measured import ALL
from fansipan.scenario.gap.pace import Thresholds


def _head(name: str) -> Words:
    return words(f"gap.column.{name}")


def _text(*names: str) -> list[Column]:
    return [Column(_head(name), "text") for name in names]


def _numbers(*names: str, places: int = 1) -> list[Column]:
    return [Column(_head(name), places=places) for name in names]


def _signed(*names: str, places: int = 2) -> list[Column]:
    return [Column(_head(name), "points", places) for name in names]


def gap_table(frame: pl.DataFrame, whole: pl.DataFrame, by: str, names: Names) -> Table:
    """`frame` and `whole` are those of `measured.table`, by `by` and of all: each period's parts, then its total."""
    rows: list[list[Any]] = []
    origins: list[str] = []
    strong = []
    for period in whole["period"]:
        parts = frame.filter(pl.col("period") == period) if by != ALL else frame.clear()
        kept = [row for row in parts.iter_rows(named=True) if _matters(row)]
        total = whole.filter(pl.col("period") == period).row(0, named=True)
        rows += [_gap_row(part_of(names, by, row), row, total) for row in kept]
        strong.append(len(rows))
        rows.append(_gap_row(words("name.total"), total, total))
        origins += [row["origin"] for row in (*kept, total)]
    heads = [*_text("period", "part"), *_numbers("plan", "reported", "expected", "percent"), *_signed("gap", places=1)]
    heads += _signed("growth_planned", "growth", "points", "points_year")
    if by in ("product", "establishment"):
        heads += _text("origin")
        rows = [[*row, words(f"gap.origin.{origin}")] for row, origin in zip(rows, origins, strict=True)]
    return table(words("gap.caption.table"), heads, rows, strong=frozenset(strong), name="scenarios")


def _matters(row: dict[str, Any]) -> bool:
    return abs(row["plan"]) + abs(row["outcome"]) > 1e-9


def _gap_row(name: Words, row: dict[str, Any], total: dict[str, Any]) -> list[Any]:
    """A part in a period; nothing stands as reported where no month is in yet, as expected where all are."""
    figures = ("plan", "reported", "expected", "percent", "gap", "growth_planned", "growth", "points", "points_year")
    empty = {name for name in ("reported", "expected") if total[name] == 0}
    return [period_name(row["period"]), name, *(None if f in empty else row[f] for f in figures)]


def period_name(written: str) -> Words:
    """A quarter or a year as a table names it; a month as it is written."""
    period = parse_period(written)
    if isinstance(period, Quarter):
        roman = ("I", "II", "III", "IV")[period.quarter - 1]
        return Words(f"Quý {roman}", f"Q{period.quarter}")
    return words("gap.whole-year", year=period.year) if isinstance(period, Year) else same(written)


def required_table(frame: pl.DataFrame, whole: pl.DataFrame, by: str, names: Names) -> Table:
    """What the remaining months need, by `by`, the whole last; frames of `measured.required`."""
    figures = ("plan", "done", "rest", "so_far", "required", "expected")
    rows: list[list[Any]] = [
        [names.of(by, row[by]), *(row[f] for f in figures)] for row in frame.drop_nulls(by).iter_rows(named=True)
    ]
    rows.append([words("name.total"), *whole.select(figures).row(0)])
    heads = [*_text("part"), *_numbers("plan", "done", "rest")]
    heads += [*_signed("so_far_growth"), *_numbers("required", places=2), *_signed("expected_growth")]
    return table(words("gap.caption.required"), heads, rows, strong=frozenset({len(rows) - 1}), name="required")


def openers_table(frame: pl.DataFrame, names: Names, why: Sequence[Words]) -> Table:
    """The largest openers with a word on each."""
    figures = ("plan", "outcome", "percent", "gap", "so_far", "ahead", "points")
    rows = [
        [line_name(names, row), *(row[f] for f in figures), reason]
        for row, reason in zip(frame.iter_rows(named=True), why, strict=True)
    ]
    heads = [*_text("part"), *_numbers("plan", "outcome", "percent")]
    heads += [*_signed("gap", "so_far_gap", "ahead_gap", places=1), *_signed("points_year"), *_text("why")]
    return table(words("gap.caption.openers", count=len(rows)), heads, rows, name="openers")


def unallotted_table(frame: pl.DataFrame, names: Names) -> Table:
    """What plans hold beyond those of products."""
    rows = [[part_of(names, ALL, row), row["plan"], _less(row["points"])] for row in frame.iter_rows(named=True)]
    heads = [*_text("part"), *_numbers("plan"), *_signed("points_year")]
    return table(words("gap.caption.unallotted"), heads, rows, name="unallotted")


def warnings_table(frame: pl.DataFrame, names: Names, limits: Thresholds) -> Table:
    """The parts that run behind, the worst of each dimension first."""
    figures = ("plan", "done", "filled", "even", "so_far", "outlook")
    rows = [
        [names.of(row["dimension"], row["code"]), *(row[f] for f in figures), words(f"gap.level.{row['level']}")]
        for row in frame.iter_rows(named=True)
    ]
    heads = [*_text("part"), *_numbers("plan", "done", "filled", "even", "so_far", "outlook"), *_text("level")]
    given = {"watch": limits.watch, "alarm": limits.alarm, "smallest": limits.smallest}
    shares = {name: Quantity(value, 1 if value % 1 else 0, percent=True) for name, value in given.items()}
    return table(words("gap.caption.warnings", **shares), heads, rows, name="warnings")


def measures_table(
    frame: pl.DataFrame, titles: Mapping[tuple[str, str], Words], scenarios: Mapping[str, Scenario], names: Names
) -> Table:
    """What would close the gap; `titles` names obstacles and projects by kind and code."""
    rows = [
        [
            words(f"gap.kind.{row['kind']}"),
            _measure(row, titles, scenarios, names),
            _month(row["first"]),
            *(row[f] for f in ("worth", "monthly", "points", "share")),
        ]
        for row in frame.iter_rows(named=True)
    ]
    heads = [*_text("kind", "measure", "first"), *_numbers("worth", "monthly")]
    heads += [*_signed("points_year"), *_numbers("share")]
    return table(words("gap.caption.measures"), heads, rows, name="measures")


def _measure(
    row: dict[str, Any], titles: Mapping[tuple[str, str], Words], scenarios: Mapping[str, Scenario], names: Names
) -> Words:
    if row["kind"] != "assumption":
        return titles.get((row["kind"], row["item"]), same(row["item"]))
    change = scenarios[row["item"]].changes[row["order"] - 1]
    what = selection(change, names)
    vi, en = change.reason or what.vi, change.reason_en or what.en
    return Words(vi, en)


def _less(points: float | None) -> float | None:
    return None if points is None else -points


def _month(written: str | None) -> Words:
    return same("–") if written is None else Words(f"{written[5:]}/{written[:4]}", written)
