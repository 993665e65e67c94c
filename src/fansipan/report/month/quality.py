"""How sure the month's figures are: response and imputation, and the figures that others published."""

from __future__ import annotations

import polars as pl

from fansipan.checks import Subject
from fansipan.checks.published import plan_against_sections
from fansipan.periods import Month, Year, months_of, parse_period
from fansipan.report.content import Column, Paragraph, Quantity, Section, Words, same, table, words
from fansipan.report.month.data import MonthData, month_words
from fansipan.statistics.coverage import coverage, imputations
from fansipan.statistics.measures import TOTAL, gross_output, growth_of_output
from fansipan.statistics.plan_progress import percent_of_plan
from fansipan.tables import REGISTRY

RECENT_MONTHS = 6


def response(data: MonthData) -> Section:
    """Returns received, late and imputed in the last months, and what imputation adds to the total."""
    months = [data.month - back for back in range(RECENT_MONTHS)]
    rows = [_response_row(data, month) for month in months]
    columns = [Column(words("month.column.of-month"), "text")] + [
        Column(words(f"month.column.{name}"), places=places)
        for name, places in (
            ("expected", 0),
            ("received", 0),
            ("response", 1),
            ("imputed", 0),
            ("imputed-share", 2),
            ("raw", 1),
            ("compiled", 1),
        )
    ]
    shown = table(words("month.response.caption"), columns, rows, name="response")
    methods = [[_method(name), count, value] for name, count, value in imputations(data.output, months).iter_rows()]
    used = table(
        words("month.imputed.caption", months=RECENT_MONTHS),
        [
            Column(words("month.column.method"), "text"),
            Column(words("month.column.count"), places=0),
            Column(words("month.column.value"), places=2),
        ],
        methods,
        name="imputation",
    )
    return Section("response", words("month.quality"), (shown, used) if methods else (shown,))


def _method(name: str) -> Words:
    return words(f"imputation.{name}")


def _response_row(data: MonthData, month: Month) -> list[object]:
    covered = coverage(data.output, [month]).row(0, named=True)
    compiled, raw = (
        gross_output(output).filter(pl.col("month") == str(month))["value"].sum() for output in (data.output, data.raw)
    )
    return [
        month_words(month),
        covered["expected"],
        covered["received"],
        covered["response"],
        covered["imputed"],
        covered["imputed_share"],
        raw,
        compiled,
    ]


def beside_official(data: MonthData) -> Section:
    """What was published beside what is compiled here from returns, and the difference."""
    official = data.province["official_figures"].filter(
        (pl.col("indicator") == "gross-output") & (pl.col("price_basis").fill_null("constant-2010") == "constant-2010")
    )
    rows = []
    for figure in official.sort("period", "scope_kind", "scope", "measure").iter_rows(named=True):
        compiled = compiled_figure(data, figure)
        if compiled is not None:
            rows.append(_official_row(data, figure, compiled))
    if not rows:
        return Section("official", words("month.official"), (Paragraph(words("month.official.none")),))
    columns = [
        Column(words("month.column.indicator"), "text"),
        Column(words("month.column.period"), "text"),
        Column(words("month.column.measure"), "text"),
        Column(words("month.column.published"), places=2),
        Column(words("month.column.compiled"), places=2),
        Column(words("month.column.difference"), "points", 2, "{4}-{3}"),
        Column(words("month.column.publisher"), "text"),
    ]
    shown = table(words("month.official.caption"), columns, rows, name="official")
    note = Paragraph(words("month.official.note", day=data.known_on, rows=Quantity(len(rows), 0)))
    return Section("official", words("month.official"), (note, *_doubts(data), shown))


def _official_row(data: MonthData, figure: dict, compiled: float) -> list[object]:
    dimension = {"industry": "section", "province": TOTAL}.get(figure["scope_kind"], figure["scope_kind"])
    scope = data.names.of(dimension, TOTAL if dimension == TOTAL else figure["scope"])
    choices = REGISTRY["official_figures"].meaning("measure").choice_words
    period = parse_period(figure["period"])
    shown = month_words(period) if isinstance(period, Month) else same(str(period))
    difference = compiled - figure["value"]
    return [scope, shown, choices[figure["measure"]], figure["value"], compiled, difference, figure["publisher"]]


def compiled_figure(data: MonthData, figure: dict) -> float | None:
    """The figure compiled from returns that answers a published one; None where returns do not reach that far."""
    period = parse_period(figure["period"])
    months = months_of(period)
    first = data.output.rows["month"].min()
    if str(months[-1]) > str(data.month) or str(months[0]) < str(first):
        return None
    by, code = {"industry": ("section", figure["scope"]), "province": (TOTAL, TOTAL)}.get(
        figure["scope_kind"], (figure["scope_kind"], figure["scope"])
    )
    if by not in (TOTAL, "section", "kind"):
        return None
    if figure["measure"] == "percent-of-plan":
        return _compiled_percent_of_plan(data, months[-1], code)
    if isinstance(period, Year):
        comparison = {"level": "year", "yoy": "year"}.get(figure["measure"])
    else:
        comparison = {"level": "mom", "mom": "mom", "yoy": "yoy", "ytd": "ytd", "ytd-yoy": "ytd"}.get(figure["measure"])
    if comparison is None:
        return None
    grown = growth_of_output(data.output, months[-1], comparison, by=by).filter(pl.col(by) == code)  # type: ignore[arg-type]
    column = "level" if figure["measure"] in ("level", "ytd") else "growth"
    return grown[column][0] if grown.height else None


def _compiled_percent_of_plan(data: MonthData, month: Month, scope: str) -> float | None:
    progress = percent_of_plan(data.output, data.province["plans"], month).filter(pl.col("scope") == scope)
    return progress["percent"][0] if progress.height else None


def _doubts(data: MonthData) -> list[Paragraph]:
    """A sentence for every published percentage of the plan that the sections' own percentages contradict (Rule
    C10).
    """
    found = plan_against_sections(Subject.of(data.province))
    return [Paragraph(Words(fault.message("vi"), fault.message("en")), "warning") for fault in found]
