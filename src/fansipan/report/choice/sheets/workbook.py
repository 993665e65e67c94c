"""The comparison as an Excel workbook that keeps its formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.appraisal.ranking.ranking import METHODS
from fansipan.report.choice.sheets.book import HEAD_ROW, Book
from fansipan.report.choice.sheets.finance_sheet import write_finance
from fansipan.report.choice.sheets.firm_sheets import write_certainty, write_moves, write_needed, write_weights
from fansipan.report.choice.sheets.marks_sheet import write_marks
from fansipan.report.choice.sheets.scores_sheet import write_scores
from fansipan.report.choice.sheets.signers import signers
from fansipan.tables.files.writing import workbook
from fansipan.texts import text


def write_comparison_workbook(found: Dossier, path: Path) -> Path:
    """Write the workbook and return the path."""
    with workbook(path) as made:
        book = Book(made, found.lang, illustrative=found.decision.heading.illustrative)
        for write in WRITERS:
            write(book, found)
    return path


def _result(book: Book, found: Dossier) -> None:
    """Ranks by every method, the chosen one first."""
    sheet = book.sheet("sheet.result", (8, 44, 14, *[16, 8] * 4))
    sheet.write(2, 0, found.decision.heading.title(book.lang), book.note)
    others = [method for method in METHODS if method != found.chosen]
    heads = [book.both("sheet.rank"), book.both("sheet.alternative"), book.both("sheet.score")]
    for method in others:
        heads += [book.both(f"sheet.method.{method}"), book.both("sheet.rank")]
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
    words = text("sheet.selected", book.lang, name=chosen) if chosen else text("sheet.none-selected", book.lang)
    sheet.write(row + 2, 0, words, book.note)
    sheet.write(row + 3, 0, f"{text('sheet.fingerprint', book.lang)}: {found.fingerprint}", book.note)
    _signatures(book, sheet, signers(found), row + 5)


def _signatures(book: Book, sheet: Any, names: list[str], top: int) -> None:
    """Room to sign beneath the ranking: two a row, three blank rows each."""
    sheet.write(top, 0, " – ".join(book.both("sheet.signatures")), book.strong_words)
    for at, name in enumerate(names):
        row, column = top + 1 + 5 * (at // 2), 1 if at % 2 == 0 else 3
        if column == 1:
            sheet.write(row, column, name, book.signer)
            sheet.write(row + 1, column, text("sheet.sign-here", book.lang), book.sign_here)
        else:
            sheet.merge_range(row, column, row, column + 4, name, book.signer)
            sheet.merge_range(row + 1, column, row + 1, column + 4, text("sheet.sign-here", book.lang), book.sign_here)


def _refused(book: Book, found: Dossier) -> None:
    """Who was refused, why, by which rule, and what would cure it."""
    sheet = book.sheet("sheet.refused", (44, 60, 44, 50))
    heads = [
        book.both("sheet.alternative"),
        book.both("sheet.reason"),
        book.both("sheet.rule"),
        book.both("sheet.cure"),
    ]
    book.heads(sheet, heads)
    refused = [(s.alternative, refusal) for s in found.ranking.standings for refusal in s.refused]
    for row, (name, refusal) in enumerate(refused, HEAD_ROW + 1):
        book.row(sheet, row, [name, refusal.message(book.lang), refusal.cited(book.lang), refusal.advice(book.lang)])
    if not refused:
        sheet.write(HEAD_ROW + 1, 0, text("sheet.gates.passed", book.lang), book.words)
    top = HEAD_ROW + max(len(refused), 1) + 2
    untested = [(s.alternative, fault) for s in found.ranking.standings for fault in s.untested]
    if untested:
        book.heads(sheet, [book.both("sheet.alternative"), book.both("sheet.untested")], row=top)
    for row, (name, fault) in enumerate(untested, top + 1):
        book.row(sheet, row, [name, fault.message(book.lang)])


WRITERS = (
    _result,
    write_scores,
    _refused,
    write_marks,
    write_certainty,
    write_moves,
    write_needed,
    write_weights,
    write_finance,
)
