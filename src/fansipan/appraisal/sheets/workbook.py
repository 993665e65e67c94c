"""The comparison as an Excel workbook that keeps its formulas."""

from __future__ import annotations

from pathlib import Path

from fansipan.appraisal.dossier import Dossier
from fansipan.appraisal.ranking import METHODS
from fansipan.appraisal.sheets.book import HEAD_ROW, Book
from fansipan.appraisal.sheets.document import both
from fansipan.appraisal.sheets.finance_sheet import write_finance
from fansipan.appraisal.sheets.marks_sheet import write_marks
from fansipan.appraisal.sheets.scores_sheet import write_scores
from fansipan.tables.writing import replaced
from fansipan.texts import text


def write_comparison_workbook(found: Dossier, path: Path) -> Path:
    """Write the workbook and return the path."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with replaced(path) as temporary, xlsxwriter.Workbook(temporary, options) as made:
        book = Book(made, illustrative=found.decision.heading.illustrative)
        for write in (_result, write_scores, _refused, write_marks, _certainty, _moves, write_finance):
            write(book, found)
    return path


def _result(book: Book, found: Dossier) -> None:
    """Ranks by every method, the chosen one first."""
    sheet = book.sheet("sheet.result", (8, 44, 14, *[16, 8] * 4))
    sheet.write(2, 0, found.decision.heading.title("vi"), book.note)
    others = [method for method in METHODS if method != found.chosen]
    heads = [both("sheet.rank"), both("sheet.alternative"), both("sheet.score")]
    for method in others:
        heads += [both(f"sheet.method.{method}"), both("sheet.rank")]
    book.heads(sheet, heads)
    row = HEAD_ROW
    for row, standing in enumerate(found.ranking.in_order, HEAD_ROW + 1):
        place = found.decision.alternatives.index(standing.alternative)
        book.row(
            sheet, row, [standing.rank, standing.alternative, standing.score], [book.whole, book.words, book.strong]
        )
        for at, method in enumerate(others):
            other = found.rankings[method].standings[place]
            book.row(sheet, row, [other.score, other.rank], [book.fine, book.whole], column=3 + 2 * at)
    chosen = found.ranking.selected
    words = text("sheet.selected", "vi", name=chosen) if chosen else text("sheet.none-selected", "vi")
    sheet.write(row + 2, 0, words, book.note)
    sheet.write(row + 3, 0, f"{text('sheet.fingerprint', 'vi')}: {found.fingerprint}", book.note)


def _refused(book: Book, found: Dossier) -> None:
    """Who was refused, why, by which rule, and what would cure it."""
    sheet = book.sheet("sheet.refused", (44, 60, 44, 50))
    heads = [both("sheet.alternative"), both("sheet.reason"), both("sheet.rule"), both("sheet.cure")]
    book.heads(sheet, heads)
    refused = [(s.alternative, refusal) for s in found.ranking.standings for refusal in s.refused]
    for row, (name, refusal) in enumerate(refused, HEAD_ROW + 1):
        book.row(sheet, row, [name, refusal.message("vi"), refusal.cited("vi"), refusal.advice("vi")])
    if not refused:
        sheet.write(HEAD_ROW + 1, 0, text("sheet.gates.passed", "vi"), book.words)
    top = HEAD_ROW + max(len(refused), 1) + 2
    untested = [(s.alternative, fault) for s in found.ranking.standings for fault in s.untested]
    if untested:
        book.heads(sheet, [both("sheet.alternative"), both("sheet.untested")], row=top)
    for row, (name, fault) in enumerate(untested, top + 1):
        book.row(sheet, row, [name, fault.message("vi")])


def _certainty(book: Book, found: Dossier) -> None:
    """Rank acceptability as figures and as stacked bars."""
    ranked = found.rankings["smaa"].in_order
    if not ranked:
        return
    count = len(ranked[0].details["acceptability"])
    sheet = book.sheet("sheet.certainty", (44, *[12] * (count + 1)))
    places = [(f"{text('sheet.rank', 'vi')} {place + 1}", "") for place in range(count)]
    book.heads(sheet, [both("sheet.alternative"), *places, both("sheet.certainty.confidence-head")])
    for row, standing in enumerate(ranked, HEAD_ROW + 1):
        cells = [standing.alternative, *standing.details["acceptability"], standing.details["confidence"]]
        book.row(sheet, row, cells, [book.words, *[book.share] * (count + 1)])
    chart = book.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    top, bottom = HEAD_ROW + 1, HEAD_ROW + len(ranked)
    for place in range(1, count + 1):
        chart.add_series({"name": [sheet.name, HEAD_ROW, place], "categories": [sheet.name, top, 0, bottom, 0],
                          "values": [sheet.name, top, place, bottom, place]})  # fmt: skip
    chart.set_title({"name": text("sheet.certainty", "vi"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 900, "height": 120 + 40 * len(ranked)})
    sheet.insert_chart(bottom + 2, 0, chart)


def _moves(book: Book, found: Dossier) -> None:
    """The weights at which another draws level with the first."""
    if not found.firm.moves:
        return
    sheet = book.sheet("sheet.moves", (50, 14, 14, 44, 14, 44))
    names = ("criterion", "weight", "lower", "lower-first", "upper", "upper-first")
    book.heads(sheet, [both(f"sheet.moves.{name}") for name in names])
    never = text("sheet.moves.never", "vi")
    formats = [book.words, book.share, book.share, book.words, book.share, book.words]
    for row, move in enumerate(found.firm.moves, HEAD_ROW + 1):
        ends = [never if end is None else end for end in (move.lower, move.upper)]
        name = found.decision.tree.named(move.criterion).label("vi")
        cells = [name, move.weight, ends[0], move.lower_first, ends[1], move.upper_first]
        book.row(sheet, row, cells, formats)
