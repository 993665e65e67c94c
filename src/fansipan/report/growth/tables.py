"""Tables of scenarios, projections and simulations, for the terminal, the page and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from fansipan.notation import NO_FIGURE
from fansipan.periods import Month, Quarter, parse_period
from fansipan.report.content import Column, Quantity, Table, Words, known_words, same, table, words
from fansipan.report.naming import Names
from fansipan.scenario.changes import Change, Scenario
from fansipan.scenario.paths.figures import Figure
from fansipan.scenario.projection import Projection
from fansipan.statistics.measures import TOTAL
from fansipan.tables import REGISTRY
from fansipan.texts import either

# Kinds of scope of plans and targets, as dimensions that have names.
NAMED = {"industry": "section", "province": "total"}


def written_month(month: Month) -> Words:
    """A month as each language writes it."""
    return Words(f"{month.month:02d}/{month.year}", str(month))


def written_period(written: str) -> Words:
    """A month, quarter or year with its year, as each language writes it; anything else as it is."""
    period = parse_period(written)
    if isinstance(period, Quarter):
        roman = ("I", "II", "III", "IV")[period.quarter - 1]
        return Words(f"Quý {roman}/{period.year}", f"Q{period.quarter} {period.year}")
    return written_month(period) if isinstance(period, Month) else same(written)


def _head(name: str) -> Words:
    return words(f"scenario.column.{name}")


def _text(*names: str) -> list[Column]:
    return [Column(_head(name), "text") for name in names]


def _numbers(*names: str, places: int = 1) -> list[Column]:
    return [Column(_head(name), places=places) for name in names]


def scenarios_table(listed: pl.DataFrame) -> Table:
    """The scenarios with parent and number of changes."""
    rows = [
        [row["scenario"], either(row["name"], row["name_en"]), row["parent"] or "–", str(row["changes"])]
        for row in listed.iter_rows(named=True)
    ]
    heads = _text("scenario", "name", "parent", "changes")
    return table(words("scenario.caption.list"), heads, rows, name="scenarios")


def changes_table(scenario: Scenario, names: Names) -> Table:
    """The changes of a scenario in order; `of` says from which ancestor each comes."""
    rows = [
        [
            change.scenario,
            choice("act", change.act),
            selection(change, names),
            change.value,
            months_of(change),
            Words(change.reason, change.reason_en),
        ]
        for change in scenario.changes
    ]
    heads = [*_text("of", "act", "select"), Column(_head("value"), "exact"), *_text("months", "reason")]
    name = Words(scenario.name, scenario.name_en)
    return table(words("scenario.caption.changes", name=name), heads, rows, name="changes")


def choice(column: str, value: str) -> Words:
    """The words of a choice of the table of changes."""
    return REGISTRY["scenario_changes"].meaning(column).choice_words[value]


def selection(change: Change, names: Names) -> Words:
    """What a change selects by its name, the code in parentheses; a code without a name stands alone."""
    kind = choice("select", change.select)
    if not change.item:
        return kind
    name = names.find(change.item) if change.select == "industry" else names.of(change.select, change.item)
    if name == same(change.item):
        return Words(f"{kind.vi} {change.item}", f"{kind.en} {change.item}")
    return Words(f"{kind.vi} {name.vi} ({change.item})", f"{kind.en} {name.en} ({change.item})")


def months_of(change: Change) -> Words:
    """The months of a change, open where it has no first or last, a dash where it has neither."""
    if change.first is None and change.last is None:
        return same(NO_FIGURE)
    first, last = (same("…") if month is None else written_month(month) for month in (change.first, change.last))
    return Words(f"{first.vi} – {last.vi}", f"{first.en} – {last.en}")


def projection_table(frame: pl.DataFrame, by: str, names: Names, projection: Projection, scenario: Words) -> Table:
    """`frame` has `by`, `period`, `value`, `year_before`, `growth`, `low`, `high`, `known`."""
    rows = [
        [
            names.of(by, row[by]),
            written_period(row["period"]),
            row["value"],
            row["year_before"],
            row["growth"],
            row["low"],
            row["high"],
            "✓" if row["known"] else "",
        ]
        for row in frame.iter_rows(named=True)
    ]
    heads = [*_text("part", "period"), *_numbers("value", "year_before"), Column(_head("growth"), "points", 2)]
    heads += [*_numbers("low", "high"), *_text("known")]
    year, month = str(projection.months[-1].year), written_month(projection.month)
    caption = words("scenario.caption.project", year=year, month=month, scenario=scenario)
    strong = frozenset(n for n, code in enumerate(frame[by]) if code == TOTAL and by != TOTAL)
    return table(caption, heads, rows, strong=strong, name="outlook")


def distribution_table(frame: pl.DataFrame, figure: Figure, scope: Words, paths: int) -> Table:
    """A figure's distribution by period."""
    measure = words(f"scenario.measure.{figure.measure}")
    columns = [name for name in ("mean", "p05", "p10", "p50", "p90", "p95") if name in frame.columns]
    heads = [*_text("period"), *_numbers(*columns, places=2 if "growth" in figure.measure else 1)]
    caption = words("scenario.caption.distribution", measure=measure, scope=scope, paths=Quantity(paths, 0))
    return table(caption, heads, _by_period(frame, columns), name="distribution")


def _by_period(frame: pl.DataFrame, columns: Sequence[str]) -> list[list[Any]]:
    return [[written_period(period), *figures] for period, *figures in frame.select("period", *columns).iter_rows()]


def promises_table(frame: pl.DataFrame, name: Words, paths: int) -> Table:
    """An indicator of zones or programmes at the end of each period."""
    columns = ("mean", "p10", "p50", "p90")
    heads = [*_text("period"), *_numbers(*columns, places=2)]
    caption = words("scenario.caption.promises", name=name, paths=Quantity(paths, 0))
    return table(caption, heads, _by_period(frame, columns), name="distribution")


def chances_table(frame: pl.DataFrame, names: Names) -> Table:
    """The chance of each plan and target, percent."""
    rows = [
        [
            known_words(f"indicator.{row['indicator']}", same(row["indicator"])),
            _scope(names, row),
            written_period(row["period"]),
            row["value"],
            row["mean"],
            row["p10"],
            row["p90"],
            chance(row["chance"]),
        ]
        for row in frame.iter_rows(named=True)
    ]
    heads = [*_text("indicator", "scope", "period"), *_numbers("asked", "mean", "low", "high"), *_text("chance")]
    return table(words("scenario.caption.chances"), heads, rows, name="chances")


def _scope(names: Names, row: dict[str, Any]) -> Words:
    if row["scope_kind"] == "product":
        return names.product_with_unit(row["scope"])
    return names.of(NAMED.get(row["scope_kind"], row["scope_kind"]), row["scope"])


def chance(share: float) -> Words:
    """A chance in percent; what no or every path did is not called impossible or certain."""
    if share < 0.005:
        return Words("< 0,5", "< 0.5")
    if share > 0.995:
        return Words("> 99,5", "> 99.5")
    return same(f"{100 * share:.0f}")


def drivers_table(frame: pl.DataFrame) -> Table:
    """The spread of the year by driver."""
    rows = [[words(f"scenario.driver.{driver}"), sd, share] for driver, sd, share in frame.iter_rows()]
    heads = [*_text("driver"), *_numbers("sd", "share")]
    return table(words("scenario.caption.drivers"), heads, rows, name="drivers")


def news_table(frame: pl.DataFrame, names: Names, earlier: Month, later: Month, most: int = 15) -> Table:
    """The returns that changed the year's forecast most, and the sum of all."""
    shown = frame.head(most)
    figures = ("revised", "arrived", "outlook", "change")
    rows: list[list[Any]] = [[_line(names, row), *(row[f] for f in figures)] for row in shown.iter_rows(named=True)]
    rest = frame.slice(most)
    if rest.height:
        rows.append([words("scenario.others", count=rest.height), *(rest[f].sum() for f in figures)])
    rows.append([words("name.total"), *(frame[f].sum() for f in figures)])
    heads = [*_text("part"), *(Column(_head(f), "points", 1) for f in figures)]
    caption = words("scenario.caption.news", earlier=written_month(earlier), later=written_month(later))
    return table(caption, heads, rows, strong=frozenset({len(rows) - 1}), name="news")


def _line(names: Names, row: dict[str, Any]) -> Words:
    owner = same(row["project"]) if row["project"] else names.of("establishment", row["establishment"])
    product = names.of("product", row["product"])
    return Words(f"{owner.vi} · {product.vi}", f"{owner.en} · {product.en}")


def comparison_table(frame: pl.DataFrame, scenarios: Sequence[Scenario], projection: Projection) -> Table:
    """The year under each scenario."""
    told = {scenario.code: Words(scenario.name, scenario.name_en) for scenario in scenarios}
    rows = [
        [
            told[row["scenario"]],
            row["output"],
            row["growth"],
            row["low"],
            row["high"],
            row["plan"],
            same("–") if row["chance"] is None else chance(row["chance"]),
        ]
        for row in frame.iter_rows(named=True)
    ]
    heads = [*_text("name"), *_numbers("expected"), Column(_head("growth"), "points", 2)]
    heads += [*_numbers("low", "high", "plan"), *_text("chance")]
    year, month = str(projection.months[-1].year), written_month(projection.month)
    return table(words("scenario.caption.compare", year=year, month=month), heads, rows, name="comparison")
