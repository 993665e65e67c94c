"""Each project's finance in the workbook: figures side by side, sensitivity, simulation, and yearly cash flows."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.report.choice.sheets.book import HEAD_ROW, Book
from fansipan.report.choice.sheets.finance_words import (
    FIGURES,
    SIMULATED,
    figure_of,
    fit_pairs,
    in_words,
    label_of,
    spreads_words,
)
from fansipan.texts import text


def write_finance(book: Book, found: Dossier) -> None:
    """The sheets of figures, of what may go wrong and of cash flow; nothing where no project gave its assumptions."""
    names = [name for name in found.decision.alternatives if name in found.outlooks]
    if not names:
        return
    _write_figures(book, found, names)
    _write_risk(book, found, names)
    for number_, name in enumerate(names, 1):
        _write_flow(book, found, name, f"{text('sheet.flow', book.lang)} {number_}")


def _write_figures(book: Book, found: Dossier, names: list[str]) -> None:
    sheet = book.sheet("sheet.finance", (46, 46, *[20] * len(names)), name=text("sheet.finance.tab", book.lang))
    vi, en = book.both("sheet.finance.figure")
    book.heads(sheet, [(vi, ""), (en, ""), *((name, "") for name in names)])
    row = HEAD_ROW
    for name, places, is_share in (*FIGURES, *SIMULATED):
        row += 1
        own = [found.outlooks[project] for project in names]
        figures = [one.simulated[name] if name in one.simulated else figure_of(name, one) for one in own]
        style = book.percent if is_share else book.whole if places == 0 else book.small if places > 2 else book.figure
        book.row(sheet, row, [*book.both(label_of(name)), *figures], [book.words, book.words, *[style] * len(names)])
    fits = [dict(fit_pairs(found.outlooks[project].province, book.lang)) for project in names]
    for code in dict.fromkeys(code for fit in fits for code in fit):
        row += 1
        book.row(sheet, row, [*book.both(code), *(fit.get(code) for fit in fits)])


def _write_risk(book: Book, found: Dossier, names: list[str]) -> None:
    """NPV with each driver 10 % lower and higher, a row a project and driver, and from which spreads was drawn."""
    sheet = book.sheet("sheet.sensitivity", (44, 30, 18, 18, 18, 20))
    heads = (
        "sheet.alternative",
        *(f"sheet.sensitivity.{name}" for name in ("driver", "low", "high", "swing", "switch")),
    )
    book.heads(sheet, [book.both(code) for code in heads])
    styles = [book.words, book.words, book.figure, book.figure, book.figure, book.percent]
    row = HEAD_ROW
    for name in names:
        for found_row in found.outlooks[name].sensitivity.iter_rows(named=True):
            row += 1
            driver = text(f"sheet.driver.{found_row['driver']}", book.lang)
            figures = [found_row[column] for column in ("low", "high", "swing", "switch")]
            book.row(sheet, row, [name, driver, *figures], styles)
    said = {name: spreads_words(found.outlooks[name], book.lang) for name in names}
    alike = len(set(said.values())) == 1
    notes = [said[names[0]]] if alike else [f"{name}: {words}" for name, words in said.items()]
    for at, words in enumerate(notes, row + 2):
        sheet.merge_range(at, 0, at, len(heads) - 1, words, book.wrapped)
        sheet.set_row(at, 34)


def _write_flow(book: Book, found: Dossier, name: str, tab: str) -> None:
    table = cash_flow(found.decision.plans[name]).table()
    sheet = book.sheet("sheet.flow", [8, 8, *[14] * (len(table.columns) - 2)], name=tab, suffix=f": {name}")
    book.heads(sheet, [book.both(f"sheet.flow.{column}") for column in table.columns])
    row = HEAD_ROW
    for row, values in enumerate(table.iter_rows(), HEAD_ROW + 1):
        book.row(sheet, row, values, [book.whole, book.whole, *[book.figure] * (len(values) - 2)])
        _flow_formulas(book, sheet, row, dict(zip(table.columns, values, strict=True)), table.columns)
    _worth(book, found, name, sheet, row, table.columns)


def _flow_formulas(book: Book, sheet: Any, row: int, values: dict[str, Any], columns: list[str]) -> None:
    """What operating leaves, and what is left to the owners, as formulas over the columns beside them."""
    at = {name: xl_rowcol_to_cell(row, place) for place, name in enumerate(columns)}
    operating = f"={at['revenue']}-{at['inputs']}-{at['costs']}"
    equity = "={operating}-{tax}-{working_capital}-{vat}-{capital}+{borrowed}-{interest}-{repaid}".format(**at)
    for name, formula in (("operating", operating), ("equity", equity)):
        sheet.write_formula(row, columns.index(name), formula, book.figure, values[name])


def _worth(book: Book, found: Dossier, name: str, sheet: Any, last: int, columns: list[str]) -> None:
    """NPV and IRR of the project's flow as formulas beneath it, with the program's own results stored beside them."""
    plan, own, flow = found.decision.plans[name], found.outlooks[name].worth, columns.index("project")
    a_year = 12 if plan.monthly else 1
    first, end = xl_rowcol_to_cell(HEAD_ROW + 1, flow), xl_rowcol_to_cell(last, flow)
    second, rate = xl_rowcol_to_cell(HEAD_ROW + 2, flow), xl_rowcol_to_cell(last + 2, 2)
    sheet.merge_range(last + 2, 0, last + 2, 1, text("sheet.flow.rate", book.lang), book.words)
    sheet.write(last + 2, 2, (1 + plan.discount) ** (1 / a_year) - 1, book.percent)
    sheet.merge_range(last + 3, 0, last + 3, 1, "NPV", book.words)
    sheet.write_formula(last + 3, 2, f"={first}+NPV({rate},{second}:{end})", book.figure, own.npv)
    sheet.merge_range(last + 4, 0, last + 4, 1, "IRR", book.words)
    if own.irr is not None:
        formula = f"=(1+IRR({first}:{end},{(1 + own.irr) ** (1 / a_year) - 1:.6f}))^{a_year}-1"
        sheet.write_formula(last + 4, 2, formula, book.percent, own.irr)
    else:
        rates = "; ".join(in_words(one, 2, is_share=True, lang=book.lang) for one in own.rates)
        sheet.write(last + 4, 2, rates or text("sheet.flow.no-rate", book.lang), book.words)
