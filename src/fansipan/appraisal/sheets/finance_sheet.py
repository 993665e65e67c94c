"""Each project's finance in the workbook: figures side by side, sensitivity, simulation, and yearly cash flows."""

from __future__ import annotations

from fansipan.appraisal.dossier import Dossier
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.sheets.book import HEAD_ROW, Book
from fansipan.appraisal.sheets.document import both
from fansipan.appraisal.sheets.finance_words import FIGURES, SIMULATED, figure_of, fit_pairs, label_of, spreads_words
from fansipan.texts import text


def write_finance(book: Book, found: Dossier) -> None:
    """The sheets of figures, of what may go wrong and of cash flow; nothing where no project gave its assumptions."""
    names = [name for name in found.decision.alternatives if name in found.outlooks]
    if not names:
        return
    _write_figures(book, found, names)
    _write_risk(book, found, names)
    for number_, name in enumerate(names, 1):
        _write_flow(book, found, name, f"{text('sheet.flow', 'vi')} {number_}")


def _write_figures(book: Book, found: Dossier, names: list[str]) -> None:
    sheet = book.sheet("sheet.finance", (46, 46, *[20] * len(names)), name=text("sheet.finance.tab", "vi"))
    vi, en = both("sheet.finance.figure")
    book.heads(sheet, [(vi, ""), (en, ""), *((name, "") for name in names)])
    row = HEAD_ROW
    for name, places, is_share in (*FIGURES, *SIMULATED):
        row += 1
        own = [found.outlooks[project] for project in names]
        figures = [one.simulated[name] if name in one.simulated else figure_of(name, one) for one in own]
        style = book.percent if is_share else book.whole if places == 0 else book.small if places > 2 else book.figure
        book.row(sheet, row, [*both(label_of(name)), *figures], [book.words, book.words, *[style] * len(names)])
    fits = [dict(fit_pairs(found.outlooks[project].province)) for project in names]
    for code in dict.fromkeys(code for fit in fits for code in fit):
        row += 1
        book.row(sheet, row, [*both(code), *(fit.get(code) for fit in fits)])


def _write_risk(book: Book, found: Dossier, names: list[str]) -> None:
    """NPV with each driver 10 % lower and higher, a row a project and driver, and from which spreads was drawn."""
    sheet = book.sheet("sheet.sensitivity", (44, 30, 18, 18, 18, 20))
    heads = (
        "sheet.alternative",
        *(f"sheet.sensitivity.{name}" for name in ("driver", "low", "high", "swing", "switch")),
    )
    book.heads(sheet, [both(code) for code in heads])
    styles = [book.words, book.words, book.figure, book.figure, book.figure, book.percent]
    row = HEAD_ROW
    for name in names:
        for found_row in found.outlooks[name].sensitivity.iter_rows(named=True):
            row += 1
            driver = text(f"sheet.driver.{found_row['driver']}", "vi")
            figures = [found_row[column] for column in ("low", "high", "swing", "switch")]
            book.row(sheet, row, [name, driver, *figures], styles)
    said = {name: spreads_words(found.outlooks[name]) for name in names}
    alike = len(set(said.values())) == 1
    notes = [said[names[0]]] if alike else [f"{name}: {words}" for name, words in said.items()]
    for at, words in enumerate(notes, row + 2):
        sheet.merge_range(at, 0, at, len(heads) - 1, words, book.wrapped)
        sheet.set_row(at, 34)


def _write_flow(book: Book, found: Dossier, name: str, tab: str) -> None:
    table = cash_flow(found.decision.plans[name]).table()
    sheet = book.sheet("sheet.flow", [8, 8, *[14] * (len(table.columns) - 2)], name=tab, suffix=f": {name}")
    book.heads(sheet, [both(f"sheet.flow.{column}") for column in table.columns])
    for row, values in enumerate(table.iter_rows(), HEAD_ROW + 1):
        book.row(sheet, row, values, [book.whole, book.whole, *[book.figure] * (len(values) - 2)])
