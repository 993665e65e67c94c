"""A page in the terminal: headlines, tables and notes; pictures are left to the other writers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from fansipan.report.content import Headlines, KeyFigure, Page, Paragraph, Section, Table, cell_text, words
from fansipan.report.writers.cards import cards, crushed
from fansipan.texts import Language

TONES = {"plain": "cyan", "good": "green", "bad": "red", "warning": "yellow"}
PANEL_WIDTH = 38
# Longer words (codes, addresses) may be broken over lines to leave room for figures.
LONGEST_WORD = 19
# A day with its hour is read as one word.
MOMENT = re.compile(r"\S+ \d\d:\d\d(:\d\d)?")
# Words of a head up to this long stay whole where the figures under it are narrower.
LONGEST_HEAD_WORD = 8
# The space that each column takes beside its cells.
GAP = 2


def print_page(page: Page, lang: Language, console: Console, *, anchors: tuple[str, ...] = ()) -> None:
    """Print the page, or only the sections named in `anchors`."""
    console.print(Text(page.title.in_language(lang), style="bold"))
    console.print(Text(page.subtitle.in_language(lang), style="dim"))
    if page.illustrative:
        console.print(Text(words("page.illustrative").in_language(lang), style="bold yellow"))
    for section in page.sections:
        if not anchors or section.anchor in anchors:
            for part in rendered(section, lang):
                console.print(part)


def rendered(section: Section, lang: Language) -> Iterator[RenderableType]:
    """The parts of a section as a terminal can show them."""
    shown = [block for block in section.blocks if isinstance(block, Headlines | Table | Paragraph)]
    if shown:
        yield Text(f"\n{section.title.in_language(lang)}", style="bold underline")
    for block in shown:
        if isinstance(block, Headlines):
            yield Columns([_panel(figure, lang) for figure in block.figures], equal=True)
        elif isinstance(block, Table):
            yield grid(block, lang)
        else:
            yield Text(block.words.in_language(lang), style=TONES[block.tone] if block.tone != "plain" else "")


def _panel(figure: KeyFigure, lang: Language) -> Panel:
    tone = TONES[figure.tone]
    # The label stands inside: a panel cuts a title that is wider than itself.
    body = Text.assemble(
        figure.label.in_language(lang),
        "\n",
        (figure.value.in_language(lang), f"bold {tone}"),
        "\n",
        (figure.note.in_language(lang), "dim"),
    )
    return Panel(body, width=PANEL_WIDTH, box=box.ROUNDED)


def grid(block: Table, lang: Language) -> TerminalTable:
    """A table of figures, aligned right, totals bold."""
    rows = [
        tuple(cell_text(cell, column, lang) for cell, column in zip(row, block.columns, strict=True))
        for row in block.rows
    ]
    return TerminalTable(block, lang, tuple(rows))


@dataclass(frozen=True, slots=True)
class TerminalTable:
    """A table that knows its cells as printed, and fits itself to the terminal when it is shown there."""

    block: Table
    lang: Language
    rows: tuple[tuple[str, ...], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Figures and words whole; long words of heads may be broken over columns of figures; nothing is ever cut off.

        Where the columns would be too narrow for that, every row becomes a card.
        """
        widths = self._widths(options.max_width - GAP * len(self.block.columns))
        if self.rows and (widths is None or crushed(self.rows, widths)):
            heads = [column.head.in_language(self.lang) for column in self.block.columns]
            yield from cards(self.block.caption.in_language(self.lang), heads, self.rows, options.max_width)
            return
        shown = Grid(
            title=Text(self.block.caption.in_language(self.lang)),
            title_justify="left",
            title_style="dim",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, 1, 0, 0),
        )
        for place, column in enumerate(self.block.columns):
            justify: JustifyMethod = "left" if column.kind == "text" else "right"
            shown.add_column(
                Text(column.head.in_language(self.lang)),
                justify=justify,
                overflow="fold",
                width=widths[place] if widths else None,
            )
        for number, cells in enumerate(self.rows):
            shown.add_row(*map(Text, cells), style="bold" if number in self.block.strong else None)
        yield shown

    def _widths(self, room: int) -> list[int] | None:
        """The width of each column's text if no figure and no word is broken; None where the room does not allow it.

        A table of figures, with words in its first column alone, is read down its columns: before it is given up, long
        words of the heads above its figures may be broken.
        """
        heads = [column.head.in_language(self.lang) for column in self.block.columns]
        cells = [[row[place] for row in self.rows] for place in range(len(heads))]
        wanted = [max(map(len, (head, *own))) for head, own in zip(heads, cells, strict=True)]
        worded = [column.kind == "text" for column in self.block.columns]
        bodies = [
            _longest_word(own) if words else max(map(len, own), default=1)
            for words, own in zip(worded, cells, strict=True)
        ]
        whole = [max(body, _longest_word([head])) for body, head in zip(bodies, heads, strict=True)]
        broken = [
            width if words else max(body, min(width, LONGEST_HEAD_WORD))
            for words, body, width in zip(worded, bodies, whole, strict=True)
        ]
        for widths in (whole, *([] if any(worded[1:]) else [broken])):
            if sum(widths) <= room:
                return _shared_out(widths, wanted, room)
        return None


def _shared_out(least: list[int], wanted: list[int], room: int) -> list[int]:
    """The least widths and what is left of the room, given where the text is longest for its width."""
    widths = list(least)
    for _ in range(room - sum(least)):
        lacking = max(range(len(widths)), key=lambda place: wanted[place] / widths[place])
        if widths[lacking] >= wanted[lacking]:
            break
        widths[lacking] += 1
    return widths


def _longest_word(cells: list[str]) -> int:
    """The width in which no word of the cells is broken, unless it is very long."""
    words = [word for cell in cells for word in ([cell] if MOMENT.fullmatch(cell) else cell.split())]
    return min(max(map(len, words), default=1), LONGEST_WORD)
