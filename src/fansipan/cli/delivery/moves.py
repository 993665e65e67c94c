"""How often due days were moved, as a list of the terminal says it."""

from __future__ import annotations

from typing import cast

import polars as pl

from fansipan.cli.language import current_language
from fansipan.report.delivery.due_words import moved_words
from fansipan.texts import Language


def with_moves(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `moved` in words, behind `due`, in place of `first_due`, `moves` and `slip` (Rule D31).

    Where no due day was ever moved it says nothing of it.
    """
    lang = cast(Language, current_language())
    said = [moved_words(moves, slip).in_language(lang) for moves, slip in frame.select("moves", "slip").iter_rows()]
    told = frame.drop("first_due", "moves", "slip")
    if not frame["moves"].sum():
        return told
    return told.insert_column(told.columns.index("due") + 1, pl.Series("moved", said, dtype=pl.String))
