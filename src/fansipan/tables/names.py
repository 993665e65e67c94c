"""The names of a table's rows by their key."""

from __future__ import annotations

import polars as pl

from fansipan.texts import Words


def names_of(frame: pl.DataFrame, key: str, name: str = "name", english: str = "name_en") -> dict[str, Words]:
    """The names of the rows of `frame` by the column `key`, in both languages.

    The name stands for both where there is none in English; of rows with the same key the last one counts.
    """
    own = pl.col(name)
    translated = pl.coalesce(english, own) if english in frame.columns else own
    rows = frame.select(pl.col(key).alias("@key"), own.alias("@vi"), translated.alias("@en")).iter_rows()
    return {code: Words(vi, en) for code, vi, en in rows}
