"""The trail of marks and the means of those that count, each mean a formula over the trail."""

from __future__ import annotations

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.report.choice.sheets.book import HEAD_ROW, Book
from fansipan.texts import text


def write_marks(book: Book, found: Dossier) -> None:
    """Both sheets; nothing where nobody marked."""
    marks = found.decision.marks
    if marks is None:
        return
    sheet = book.sheet("sheet.marks", (34, 40, 34, 10, 48, 18, 18))
    names = ("judge", "alternative", "criterion", "mark", "reason", "given", "counts")
    book.heads(
        sheet, [book.both("sheet.alternative" if name == "alternative" else f"sheet.marks.{name}") for name in names]
    )
    named = {criterion.name: criterion.label(book.lang) for criterion in found.decision.tree.criteria}
    formats = [book.words] * 3 + [book.figure] + [book.words] * 3
    last = HEAD_ROW
    for last, row in enumerate(marks.trail.iter_rows(named=True), HEAD_ROW + 1):
        given = f"{row['given']:%d/%m/%Y %H:%M}" if row["given"] else None
        counts = text(f"sheet.marks.{row['why_not'] or 'counted'}", book.lang)
        cells = [row["judge"], row["alternative"], named[row["criterion"]], row["mark"], row["reason"], given, counts]
        book.row(sheet, last, cells, formats)
    _write_means(book, found, named, sheet.name, last + 1)


def _write_means(book: Book, found: Dossier, named: dict[str, str], trail: str, last: int) -> None:
    sheet = book.sheet("sheet.means", (44, 44, 14, 14, 14, 14, 14))
    names = ("average", "judges", "lowest", "highest", "spread")
    heads = [
        book.both("sheet.alternative"),
        book.both("sheet.marks.criterion"),
        *(book.both(f"sheet.marks.{name}") for name in names),
    ]
    book.heads(sheet, heads)
    first, counted = HEAD_ROW + 2, text("sheet.marks.counted", book.lang)

    def column(letter: str) -> str:
        return f"'{trail}'!${letter}${first}:${letter}${last}"

    marks = found.decision.marks
    for row, mean in enumerate(marks.average.iter_rows(named=True) if marks else (), HEAD_ROW + 1):
        cells = [
            mean["alternative"],
            named[mean["criterion"]],
            None,
            mean["judges"],
            mean["lowest"],
            mean["highest"],
            mean["spread"],
        ]
        book.row(sheet, row, cells, [book.words, book.words, book.figure, book.whole, *[book.figure] * 3])
        where = f'{column("B")},A{row + 1},{column("C")},B{row + 1},{column("G")},"{counted}"'
        sheet.write_formula(row, 2, f"=AVERAGEIFS({column('D')},{where})", book.figure, mean["mark"])
