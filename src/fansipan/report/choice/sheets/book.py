"""A workbook with the sheets' common look: fonts, heads in both languages, the mark of made-up data, fit to a page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from fansipan.report.writers.word import both
from fansipan.texts import Language

FONT = {"font_name": "Times New Roman", "font_size": 11}
LINE = 15  # points
LETTERS = 1.15  # of this font in the room of one figure, the unit of widths
HEAD_ROW = 3  # title, mark, a blank, then the heads


class Book:
    """An xlsxwriter workbook in the making, with its formats by use."""

    def __init__(self, book: Any, lang: Language, *, illustrative: bool) -> None:
        add = book.add_format
        self.book, self.lang, self.illustrative = book, lang, illustrative
        self.widths: dict[str, Sequence[float]] = {}
        self.title = add({**FONT, "bold": True, "font_size": 14})
        self.mark = add({**FONT, "bold": True, "font_color": "#9A6700"})
        self.head = add(
            {
                **FONT,
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "border": 1,
                "bg_color": "#E8EEF2",
            }
        )
        self.words = add({**FONT, "text_wrap": True, "border": 1, "valign": "top"})
        self.figure = add({**FONT, "border": 1, "num_format": "#,##0.00", "valign": "top"})
        self.fine = add({**FONT, "border": 1, "num_format": "0.000", "valign": "top"})
        self.small = add({**FONT, "border": 1, "num_format": "0.0000", "valign": "top"})
        self.share = add({**FONT, "border": 1, "num_format": "0.0%", "valign": "top"})
        self.percent = add({**FONT, "border": 1, "num_format": "0.00%", "valign": "top"})
        self.whole = add({**FONT, "border": 1, "num_format": "0", "valign": "top"})
        self.strong = add({**FONT, "bold": True, "border": 1, "num_format": "#,##0.00"})
        self.wrapped = add({**FONT, "italic": True, "text_wrap": True, "valign": "top"})
        self.strong_words = add({**FONT, "bold": True})
        self.signer = add({**FONT, "bold": True, "align": "center", "text_wrap": True})
        self.sign_here = add({**FONT, "italic": True, "align": "center"})
        self.note = add({**FONT, "italic": True})

    def sheet(self, code: str, widths: Sequence[float], *, name: str = "", suffix: str = "") -> Any:
        """A sheet named and titled by `code` (`suffix` after the title), with columns of `widths`, one page wide."""
        main, small = both(code, self.lang)
        made = self.book.add_worksheet((name or main)[:31])
        made.write(0, 0, f"{main} – {small}{suffix}", self.title)
        if self.illustrative:
            made.write(1, 0, " – ".join(both("appraise.told.illustrative", self.lang)), self.mark)
        self.widths[made.get_name()] = widths
        for place, width in enumerate(widths):
            made.set_column(place, place, width)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.repeat_rows(HEAD_ROW)
        return made

    def both(self, code: str) -> tuple[str, str]:
        """The words of `code` in the book's language and in the other."""
        return both(code, self.lang)

    def heads(self, sheet: Any, heads: Sequence[tuple[str, str]], row: int = HEAD_ROW, column: int = 0) -> None:
        """A row of heads, the first language above the other."""
        for place, (main, small) in enumerate(heads, column):
            sheet.write(row, place, f"{main}\n{small}" if small and small != main else main, self.head)
        sheet.set_row(row, 60)

    def row(self, sheet: Any, row: int, cells: Sequence[Any], formats: Sequence[Any] = (), column: int = 0) -> None:
        """A row of cells, each in its format (words without one); None is a blank cell with its border."""
        for place, cell in enumerate(cells):
            style = formats[place] if place < len(formats) else self.words
            sheet.write(row, column + place, "" if cell is None else cell, style)
        if (lines := self._lines(sheet, cells, column)) > 1:
            sheet.set_row(row, LINE * lines)

    def _lines(self, sheet: Any, cells: Sequence[Any], column: int) -> int:
        """How many lines the longest words of a row take: not every program finds the height of wrapped cells."""
        widths = self.widths[sheet.get_name()][column:]
        words = [(place, len(cell)) for place, cell in enumerate(cells) if isinstance(cell, str)]
        return max((ceil(length / (LETTERS * widths[place])) for place, length in words), default=1)
