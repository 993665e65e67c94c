"""Figures within the words of gates and scales, read as cells of figures are: what is ambiguous there is so here."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from fansipan.errors import FansipanError
from fansipan.tables.columns import Meaning
from fansipan.tables.reading.parsing import parse
from fansipan.texts import Words

# What may be a figure: ``50``, ``.5``, ``1,5``, ``1.234,5``, ``1 234 567``, ``1e6``; `written_figure` says what it is.
_WHOLE = "\\d{1,3}(?:[ \u00a0\u202f]\\d{3})+|\\d+"
NUMBER = rf"[+-]?(?:(?:{_WHOLE})(?:[.,]\d+)*\.?|\.\d+)(?:[eE][+-]?\d+)?"
_FIGURE = Meaning("number", "", "")


@lru_cache(maxsize=10_000)
def written_figure(written: str) -> float:
    """The figure that `written` (which matches `NUMBER`) stands for.

    Raises FansipanError ``cell.ambiguous-number`` for ``1,000``, which may be one or a thousand, and
    ``cell.not-number`` or ``cell.number-too-large`` for what is no figure.
    """
    read = parse(pl.Series([written]), _FIGURE)
    if read.trouble[0] is not None:
        raise FansipanError(read.trouble[0], column=Words(f"«{written}»", f"“{written}”"))
    return float(read.values[0])
