"""The figures of each project's finance side by side, and a sheet of yearly cash flow for each."""

from __future__ import annotations

from fansipan.appraisal.dossier import Dossier
from fansipan.appraisal.finance.appraisal import Worth
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.finance.province import ProvinceView
from fansipan.appraisal.sheets.book import HEAD_ROW, Book
from fansipan.appraisal.sheets.document import both
from fansipan.notation import number, percent
from fansipan.texts import text

# Code of its name, decimals, and whether it is a share to be shown in percent.
FIGURES: tuple[tuple[str, int, bool], ...] = (
    ("npv", 1, False),
    ("irr", 2, True),
    ("equity_irr", 2, True),
    ("payback", 1, False),
    ("discounted_payback", 1, False),
    ("least_cover", 2, False),
    ("mean_cover", 2, False),
    ("value_added", 1, False),
    ("budget", 1, False),
    ("jobs", 0, False),
    ("value_added_per_hectare", 1, False),
    ("energy_per_value_added", 1, False),
    ("emissions_per_value_added", 1, False),
)


def finance_figure(name: str, own: Worth, province: ProvinceView) -> float | None:
    """One of `FIGURES` of a project, from its worth or from the province's view."""
    found = getattr(own, name) if hasattr(own, name) else getattr(province, name)
    return None if found is None else float(found)


def finance_pairs(own: Worth, province: ProvinceView) -> list[tuple[str, str]]:
    """The figures of a project's finance in words, each with the code of its name. Several rates are all given."""
    pairs = []
    for name, places, is_share in FIGURES:
        figure = finance_figure(name, own, province)
        words = (
            percent(None if figure is None else figure * 100, places, "vi")
            if is_share
            else number(figure, places, "vi")
        )
        if name == "irr" and figure is None and len(own.rates) > 1:
            words = "; ".join(percent(rate * 100, places, "vi") for rate in own.rates)
        pairs.append((f"sheet.finance.{name.replace('_', '-')}", words))
    return pairs


def write_finance(book: Book, found: Dossier) -> None:
    """The sheet of figures and the sheets of cash flow; nothing where no project gave its assumptions."""
    names = [name for name in found.decision.alternatives if name in found.worths]
    if not names:
        return
    sheet = book.sheet("sheet.finance", (46, 46, *[20] * len(names)), name=text("sheet.finance.tab", "vi"))
    book.heads(sheet, [both("sheet.finance.figure"), ("", ""), *((name, "") for name in names)])
    for row, (name, places, is_share) in enumerate(FIGURES, HEAD_ROW + 1):
        figures = [finance_figure(name, found.worths[project], found.province[project]) for project in names]
        style = book.percent if is_share else book.whole if places == 0 else book.figure
        labels = both(f"sheet.finance.{name.replace('_', '-')}")
        book.row(sheet, row, [*labels, *figures], [book.words, book.words, *[style] * len(names)])
    for number_, name in enumerate(names, 1):
        _write_flow(book, found, name, f"{text('sheet.flow', 'vi')} {number_}")


def _write_flow(book: Book, found: Dossier, name: str, tab: str) -> None:
    table = cash_flow(found.decision.plans[name]).table()
    sheet = book.sheet("sheet.flow", [8, 8, *[14] * (len(table.columns) - 2)], name=tab, suffix=f": {name}")
    book.heads(sheet, [both(f"sheet.flow.{column}") for column in table.columns])
    for row, values in enumerate(table.iter_rows(), HEAD_ROW + 1):
        book.row(sheet, row, values, [book.whole, book.whole, *[book.figure] * (len(values) - 2)])
