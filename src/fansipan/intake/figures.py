"""The figures of a table: cells read in the style of their column, signs by the file's legend, what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fansipan.foreign import Cell
from fansipan.intake.layout import Block
from fansipan.intake.mapping import Answers, Question
from fansipan.intake.numbers import (
    Sign,
    Style,
    evidence,
    legend_of,
    read_number,
    sign_of,
    style_by_neighbours,
    style_of,
)
from fansipan.intake.rows import Row, notes_of
from fansipan.texts import words

Found = Literal["figure", "zero", "missing", "unread"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a figure, a sign for nothing or for no figure, or something that could not be read."""

    found: Found
    value: float | None = None


class Figures:
    """The reader of a file's figures: its legend, the styles of its columns, and what is asked about them."""

    def __init__(self, blocks: Sequence[Block], rows: Mapping[int, list[Row]], answers: Answers, file: str) -> None:
        """Take the tables of a file with their rows (by place among the tables)."""
        self.legend: dict[str, Sign] = {}
        for block in blocks:
            self.legend |= legend_of(notes_of(block))
        texts = {
            (place, at): [cell for row in rows[place] if isinstance(cell := block.grid.at(row.at, at), str)]
            for place, block in enumerate(blocks)
            for at in figure_columns(block)
        }
        everything = [text for column in texts.values() for text in column]
        whole, clash = style_of(everything)
        doubtful = [(place, at, text) for (place, at), column in texts.items() for text in column if _either(text)]
        if whole is None and doubtful:
            whole = None if clash else style_by_neighbours([(t, sure) for *_, t, sure in _beside(blocks, rows, texts)])
        self._styles: dict[tuple[int, int], Style | None] = {}
        for key, column in texts.items():
            own, contradicts = style_of(column)
            style = own or (None if contradicts else whole)
            if style is None and any(_either(text) for text in column):
                style = _asked(answers, file, next(t for t in column if _either(t)), len(doubtful))
            self._styles[key] = style
        self._contested = {
            (place, row, at)
            for place, row, at, text, sure in _beside(blocks, rows, texts)
            if (other := style_by_neighbours([(text, sure)])) and other != self._styles[(place, at)]
        }

    def read(self, place: int, row: int, at: int, cell: Cell) -> Reading:
        """A cell of a row and column of table `place`.

        A text that reads one way by its column's style and the other by its row's other figures is not read.
        """
        if (place, row, at) in self._contested:
            return Reading("unread")
        if cell is None:
            return Reading("missing")
        if isinstance(cell, float):
            return Reading("figure", cell)
        if not isinstance(cell, str):
            return Reading("unread")
        if sign := sign_of(cell, self.legend):
            return Reading("zero", 0.0) if sign == "zero" else Reading("missing")
        figure = read_number(cell, self._styles.get((place, at)))
        return Reading("unread") if figure is None else Reading("figure", figure)


def figure_columns(block: Block) -> list[int]:
    """Where the columns of figures stand."""
    kinds = ("quantity", "sales", "stock", "labour", "price")
    return [column.at for column in block.columns if column.months or column.role in kinds]


def _either(text: str) -> bool:
    return evidence(text) == "either"


def _beside(
    blocks: Sequence[Block], rows: Mapping[int, list[Row]], texts: Mapping[tuple[int, int], list[str]]
) -> list[tuple[int, int, int, str, list[float]]]:
    """Texts that may be read in two ways: table, row, column, text, and the sure numbers of the months of its row."""
    found = []
    for place, block in enumerate(blocks):
        columns = [c.at for c in block.columns if c.months and c.months.measure == "level" and (place, c.at) in texts]
        for row in rows[place]:
            cells = {at: block.grid.at(row.at, at) for at in columns}
            sure = [n for cell in cells.values() if (n := _sure(cell)) is not None]
            found += [(place, row.at, at, c, sure) for at, c in cells.items() if isinstance(c, str) and _either(c)]
    return found


def _sure(cell: Cell) -> float | None:
    if isinstance(cell, float):
        return cell
    return read_number(cell, None) if isinstance(cell, str) else None


def _asked(answers: Answers, file: str, example: str, count: int) -> Style | None:
    choices = (("vi", words("intake.style.vi", example=example)), ("en", words("intake.style.en", example=example)))
    answer = answers.ask(Question("style", file, choices, count=count))
    return answer if answer in ("vi", "en") else None  # type: ignore[return-value]
