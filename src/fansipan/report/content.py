"""The content of a page, free of any format: words in both languages, figures unrounded, tables, charts, sections.

Writers (`html`, `excel`, `terminal`) turn a `Page` into what a reader opens. Nothing here knows how it will look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from fansipan import notation
from fansipan.texts import Language, Words, written
from fansipan.texts import Quantity as Quantity
from fansipan.texts import known_words as known_words
from fansipan.texts import same as same
from fansipan.texts import words as words

Tone = Literal["plain", "good", "bad", "warning"]
Kind = Literal["text", "number", "exact", "percent", "points"]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A headline: what it is, the figure with its unit, and a line below it."""

    label: Words
    value: Words
    note: Words
    tone: Tone = "plain"
    published: bool = False


@dataclass(frozen=True, slots=True)
class Headlines:
    """A row of headline figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, the kind of its cells and the decimals printed (``exact``: as many as a cell has).

    `formula` computes the column in a workbook from others of its row, named by position: ``({1}/{2}-1)*100``.
    `summed` says that the rows in `strong` of this column are the sum of the others.
    """

    head: Words
    kind: Kind = "number"
    places: int = 1
    formula: str | None = None
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells: text, Words or unrounded figures; rows whose number is in `strong` are totals.

    `name` is that of the table's sheet in a workbook: the code ``sheet-name.…``, else a file's own name.
    With `fold`, a web page shows so many rows until all are asked for.
    """

    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    strong: frozenset[int] = frozenset()
    name: str = ""
    fold: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: `draw` makes it for a language; `alternative` says in words what it shows."""

    caption: Words
    draw: Callable[[Language], Any]
    alternative: Words


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML made by the program itself, such as a movable map; `alternative` stands for it in other formats."""

    html: str
    alternative: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; `tone` marks a warning or a good thing."""

    words: Words
    tone: Tone = "plain"


Block = Headlines | Table | Chart | Markup | Paragraph


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of its own; `anchor` names it in links."""

    anchor: str
    title: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: file name without ending, title, what it is about, sections, and whether its data are illustrative."""

    name: str
    title: Words
    subtitle: Words
    sections: tuple[Section, ...]
    illustrative: bool
    notes: tuple[Words, ...] = field(default=())

    def tables(self) -> list[Table]:
        """Every table of the page, in order."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, Table)]


def table(caption: Words, columns: Sequence[Column], rows: Sequence[Sequence[Any]], **options: Any) -> Table:
    """A table from any sequences; see `Table`."""
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows), **options)


def at_least(figure: float) -> Words:
    """A figure that is a lower bound, as a cell says it."""
    return words("page.at-least", figure=Quantity(figure, 0 if figure == int(figure) else 1))


def cell_text(value: Any, column: Column, lang: Language) -> str:
    """A cell as `lang` prints it; percentages and percentage points carry their sign."""
    if value is None:
        return notation.NO_FIGURE
    if isinstance(value, int | float) and not isinstance(value, bool):
        places = notation.decimals(value) if column.kind == "exact" else column.places
        return notation.number(value, places, lang, sign=column.kind == "points")
    return str(written(value, lang))
