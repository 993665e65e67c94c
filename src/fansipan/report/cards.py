"""Rows of a table as cards, for a terminal too narrow for its columns: a heading, then what is known with its label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median

from rich.padding import Padding
from rich.text import Text

from fansipan import notation

# Rows that stand on more lines than this are easier to read as cards.
TALLEST = 4


def crushed(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Whether the rows, in columns of these widths, would mostly stand on more than `TALLEST` lines."""
    tall = [max(ceil(len(cell) / width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return bool(tall) and median(tall) > TALLEST


def cards(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Text | Padding]:
    """A row a paragraph: its first cell as the heading, then every other that is known, with its head before it."""
    yield Text(caption, style="dim")
    for row in rows:
        yield Text(f"\n{row[0]}", style="bold")
        told = [
            Text.assemble((f"{head}: ", "dim"), cell)
            for head, cell in zip(heads[1:], row[1:], strict=True)
            if cell not in ("", notation.NO_FIGURE)
        ]
        if told:
            yield Padding(Text(" · ").join(told), (0, 0, 0, 2))
    yield Text("")
