"""A page in the terminal: headlines, tables and notes; pictures are left to the other writers."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from fansipan.report.content import Headlines, KeyFigure, Page, Paragraph, Section, Table, cell_text, words
from fansipan.texts import Language

TONES = {"plain": "cyan", "good": "green", "bad": "red", "warning": "yellow"}
PANEL_WIDTH = 38


def print_page(page: Page, lang: Language, console: Console, *, anchors: tuple[str, ...] = ()) -> None:
    """Print the page, or only the sections named in `anchors`."""
    console.print(Text(page.title.of(lang), style="bold"))
    console.print(Text(page.subtitle.of(lang), style="dim"))
    if page.illustrative:
        console.print(Text(words("page.illustrative").of(lang), style="bold yellow"))
    for section in page.sections:
        if not anchors or section.anchor in anchors:
            for part in rendered(section, lang):
                console.print(part)


def rendered(section: Section, lang: Language) -> Iterator[RenderableType]:
    """The parts of a section as a terminal can show them."""
    shown = [block for block in section.blocks if isinstance(block, Headlines | Table | Paragraph)]
    if shown:
        yield Text(f"\n{section.title.of(lang)}", style="bold underline")
    for block in shown:
        if isinstance(block, Headlines):
            yield Columns([_panel(figure, lang) for figure in block.figures], equal=True)
        elif isinstance(block, Table):
            yield grid(block, lang)
        else:
            yield Text(block.words.of(lang), style=TONES[block.tone] if block.tone != "plain" else "")


def _panel(figure: KeyFigure, lang: Language) -> Panel:
    tone = TONES[figure.tone]
    # The label stands inside: a panel cuts a title that is wider than itself.
    body = Text.assemble(
        figure.label.of(lang), "\n", (figure.value.of(lang), f"bold {tone}"), "\n", (figure.note.of(lang), "dim")
    )
    return Panel(body, width=PANEL_WIDTH, box=box.ROUNDED)


def grid(block: Table, lang: Language) -> Grid:
    """A table of figures, aligned right, totals bold."""
    shown = Grid(
        title=block.caption.of(lang), title_justify="left", title_style="dim", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for column in block.columns:
        shown.add_column(column.head.of(lang), justify="left" if column.kind == "text" else "right", overflow="fold")
    for number, row in enumerate(block.rows):
        cells = [cell_text(cell, column, lang) for cell, column in zip(row, block.columns, strict=True)]
        shown.add_row(*cells, style="bold" if number in block.strong else None)
    return shown
