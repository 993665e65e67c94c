"""The sheet of scores: criteria down, applicants across; score and rank are formulas over weights and values."""

from __future__ import annotations

from typing import Any

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.report.choice.sheets.book import HEAD_ROW, Book
from fansipan.texts import text


def write_scores(book: Book, found: Dossier) -> None:
    """Figures as given above, then values 0 to 1 with the weight of each criterion, then score and rank."""
    ranked = [found.decision.alternatives.index(s.alternative) for s in found.ranking.in_order]
    names = [(found.decision.alternatives[place], "") for place in ranked]
    sheet = book.sheet("sheet.scores", (46, 12, *[20] * len(names)))
    book.heads(sheet, [book.both("sheet.scores.figures"), ("", ""), *names])
    for row, leaf in enumerate(found.decision.leaves, HEAD_ROW + 1):
        at = row - HEAD_ROW - 1
        book.row(sheet, row, [leaf.label(book.lang), leaf.unit.in_language(book.lang)])
        for column, place in enumerate(ranked, 2):
            _given(book, sheet, row, column, found, place, at)
    top = HEAD_ROW + len(found.decision.leaves) + 2
    book.heads(sheet, [book.both("sheet.scores.values"), book.both("sheet.points.weight"), *names], row=top)
    for at, leaf in enumerate(found.decision.leaves):
        row = top + 1 + at
        book.row(sheet, row, [leaf.label(book.lang), float(found.weights[at])], [book.words, book.share])
        book.row(sheet, row, [float(found.values[place, at]) for place in ranked], [book.fine] * len(ranked), column=2)
    _totals(book, sheet, found, ranked, top)


def _given(book: Book, sheet: Any, row: int, column: int, found: Dossier, place: int, at: int) -> None:
    written, leaf = found.decision.written, found.decision.leaves[at]
    value = written[leaf.name][place] if leaf.name in written.columns else None
    if found.decision.absent[place, at]:
        sheet.write(row, column, text("sheet.no-evidence", book.lang), book.words)
    elif isinstance(value, str):
        sheet.write(row, column, value, book.words)
    else:
        sheet.write(row, column, float(found.decision.figures[place, at]), book.figure)


def _totals(book: Book, sheet: Any, found: Dossier, ranked: list[int], top: int) -> None:
    from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

    count = len(found.decision.leaves)
    score_row, rank_row = top + count + 1, top + count + 2
    book.row(sheet, score_row, [" / ".join(book.both("sheet.score")), None], [book.strong] * 2)
    book.row(sheet, rank_row, [" / ".join(book.both("sheet.rank")), None], [book.strong] * 2)
    weights = xl_range_abs(top + 1, 1, top + count, 1)
    scores = xl_range_abs(score_row, 2, score_row, 1 + len(ranked))
    for column, place in enumerate(ranked, 2):
        values = xl_range(top + 1, column, top + count, column)
        score = float(found.values[place] @ found.weights) * found.full_marks
        formula = f"=SUMPRODUCT({weights},{values})*{found.full_marks:g}"
        sheet.write_formula(score_row, column, formula, book.strong, score)
        own = xl_rowcol_to_cell(score_row, column)
        rank = found.rankings["value"].standings[place].rank
        sheet.write_formula(rank_row, column, f"=RANK({own},{scores})", book.whole, rank)
