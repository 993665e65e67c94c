"""What moved the month: structure, contributions, portfolio groups, products, areas."""

from __future__ import annotations

from typing import Any

import polars as pl

from fansipan.periods import Month, Year
from fansipan.report.content import Chart, Column, Section, Table, Words, table, words
from fansipan.report.drawings import charts
from fansipan.report.month.data import MonthData
from fansipan.report.month.measures import output_table
from fansipan.statistics.measures import TOTAL, growth_of_output, structure, usable_basis
from fansipan.tables.declarations.production import PORTFOLIO_GROUPS
from fansipan.texts import Language

# A part smaller than this share of the whole moves little and hides the rest in a chart.
MOST_BARS = 12
MOST_PRODUCTS = 7
GROUPS = tuple(value for value, _, _ in PORTFOLIO_GROUPS)


def structure_of_output(data: MonthData) -> Section:
    """Shares of the sections by year and in the months so far, at current prices where there are any, and
    their change.
    """
    basis = usable_basis(data.output)
    prices = words(f"month.prices.{basis}")
    first = Month.parse(data.output.rows["month"].min())  # type: ignore[arg-type]
    periods = [(str(y), Year(y).months()) for y in range(first.year, data.month.year) if Year(y).months()[0] >= first]
    so_far = data.month.since_january()
    label = words("month.so-far", months=data.month.month, year=data.month.year)
    frames = [(Words(name, name), structure(data.output, months, basis=basis)) for name, months in periods]
    frames.append((label, structure(data.output, so_far, basis=basis)))
    change = structure(data.output, so_far, [m - 12 for m in so_far], basis=basis).sort("share", descending=True)
    order = change["section"].to_list()
    rows = [
        [data.names.of("section", c), s, b, d]
        for c, s, b, d in change.select("section", "share", "base_share", "change").iter_rows()
    ]
    columns = [
        Column(words("month.column.section"), "text"),
        Column(label, places=2),
        Column(words("month.so-far", months=data.month.month, year=data.month.year - 1), places=2),
        Column(words("month.column.change-share"), "points", 2, formula="{1}-{2}"),
    ]
    picture = Chart(
        words("month.structure.caption", prices=prices),
        _structure_chart(data, frames, order),
        words("month.structure.alternative"),
    )
    shown = table(words("month.structure.table", prices=prices), columns, rows, name="structure")
    return Section("structure", words("month.structure"), (picture, shown))


def _structure_chart(data: MonthData, frames: list[tuple[Words, pl.DataFrame]], order: list[str]) -> Any:
    def draw(lang: Language) -> Any:
        rows = [
            {
                "period": label.in_language(lang),
                "part": data.names.of("section", r["section"]).in_language(lang),
                "share": r["share"],
                "rank": order.index(r["section"]),
            }
            for label, frame in frames
            for r in frame.iter_rows(named=True)
        ]
        named = [data.names.of("section", code).in_language(lang) for code in order]
        return charts.shares(pl.DataFrame(rows).sort("rank", maintain_order=True).sort("period"), unit="%", order=named)

    return draw


def contributions(data: MonthData) -> Section:
    """Which divisions made the cumulative growth, in percentage points; they add up to it."""
    grown = growth_of_output(data.output, data.month, "ytd", by="division").filter(pl.col("contribution").is_not_null())
    total = growth_of_output(data.output, data.month, "ytd")["growth"][0]
    largest = (
        grown.sort(pl.col("contribution").abs(), descending=True).head(MOST_BARS).sort("contribution", descending=True)
    )
    rest = float(total or 0.0) - float(largest["contribution"].sum())

    def draw(lang: Language) -> Any:
        names = [data.names.of("division", code).in_language(lang) for code in largest["division"]]
        frame = pl.DataFrame({"part": names, "value": largest["contribution"]})
        if grown.height > largest.height:
            other = pl.DataFrame({"part": [words("name.others").in_language(lang)], "value": [rest]})
            frame = pl.concat([frame, other])
        return charts.signed_bars(frame, unit=words("unit.points").in_language(lang))

    rows = [
        [data.names.of("division", r["division"]), r["level"], r["base"], r["change"], r["growth"], r["contribution"]]
        for r in grown.sort("contribution", descending=True).iter_rows(named=True)
    ]
    whole = growth_of_output(data.output, data.month, "ytd").row(0, named=True)
    rows.append(
        [data.names.of(TOTAL, TOTAL), *(whole[k] for k in ("level", "base", "change", "growth", "contribution"))]
    )
    columns = [
        Column(words("month.column.division"), "text"),
        Column(words("month.column.ytd"), summed=True),
        Column(words("month.column.ytd-base"), summed=True),
        Column(words("month.column.change"), "points", 1, "{1}-{2}"),
        Column(words("month.column.ytd-growth"), "points", 2, "({1}/{2}-1)*100"),
        Column(words("month.column.contribution"), "points", 3, summed=True),
    ]
    shown = table(
        words("month.contributions.table"), columns, rows, strong=frozenset([len(rows) - 1]), name="contributions"
    )
    picture = Chart(words("month.contributions.caption"), draw, words("month.contributions.alternative"))
    return Section("contributions", words("month.contributions"), (picture, shown))


def portfolio(data: MonthData) -> Section:
    """Output by portfolio group: maintain, put first, start anew."""
    caption = words("month.portfolio.caption")
    shown = output_table(data, "portfolio", caption, words("month.column.portfolio"), "Nhóm ngành", always=GROUPS)
    return Section("portfolio", words("month.portfolio"), (shown,))


def products(data: MonthData) -> Section:
    """The products whose output rose and fell most in the months so far, by what they add to the growth."""
    grown = growth_of_output(data.output, data.month, "ytd", by="product").filter(pl.col("change").is_not_null())
    rose = grown.filter(pl.col("change") > 0).sort("change", descending=True).head(MOST_PRODUCTS)
    fell = grown.filter(pl.col("change") < 0).sort("change").head(MOST_PRODUCTS)
    moved = ((rose, "month.products.rose"), (fell, "month.products.fell"))
    blocks = tuple(_products(data, frame, caption) for frame, caption in moved if not frame.is_empty())
    return Section("products", words("month.products"), blocks)


def _products(data: MonthData, grown: pl.DataFrame, caption: str) -> Table:
    rows = [
        [data.names.of("product", r["product"]), r["level"], r["base"], r["change"], r["growth"], r["contribution"]]
        for r in grown.iter_rows(named=True)
    ]
    columns = [
        Column(words("month.column.product"), "text"),
        Column(words("month.column.ytd")),
        Column(words("month.column.ytd-base")),
        Column(words("month.column.change"), "points", 1, "{1}-{2}"),
        Column(words("month.column.ytd-growth"), "points", 2, "({1}/{2}-1)*100"),
        Column(words("month.column.contribution"), "points", 2),
    ]
    return table(words(caption), columns, rows, name=words(caption + ".name").vi)


def areas(data: MonthData) -> Section:
    """Output by administrative unit."""
    shown = output_table(data, "area", words("month.areas.caption"), words("month.column.area"), "Địa bàn")
    return Section("areas", words("month.areas"), (shown,))
