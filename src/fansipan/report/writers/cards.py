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
INDENT = 2
BETWEEN = " · "


def crushed(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Whether the rows, in columns of these widths, would mostly stand on more than `TALLEST` lines."""
    tall = [max(ceil(len(cell) / width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return bool(tall) and median(tall) > TALLEST


def cards(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[Text | Padding]:
    """A row a paragraph: its first cell as the heading, then every other that is known, with its head before it.

    What goes on one line of `width` letters is not parted from its head.
    """
    yield Text(caption, style="dim")
    for row in rows:
        yield Text(f"\n{row[0]}", style="bold")
        told = [
            Text.assemble((f"{head}: ", "dim"), cell)
            for head, cell in zip(heads[1:], row[1:], strict=True)
            if cell not in ("", notation.NO_FIGURE)
        ]
        if told:
            yield Padding(_lines(told, width - INDENT), (0, 0, 0, INDENT), expand=False)
    yield Text("")


def _lines(told: Sequence[Text], width: int) -> Text:
    """As many on a line as it has room for, `BETWEEN` them; one that is longer than a line begins where it comes."""
    lines = told[0].copy()
    room = width - len(lines)
    for one in told[1:]:
        whole = len(BETWEEN) + len(one)
        fresh = whole > room and len(one) <= width
        # The sign at the end of a line says that more follows; where it has no room, the next line is enough.
        lines.append(BETWEEN if not fresh else f"{BETWEEN.rstrip()}\n" if room >= len(BETWEEN) - 1 else "\n")
        lines.append_text(one)
        room = width - len(one) if fresh else (room - whole) % max(width, 1)
    return lines
