"""Answers as tidy frames: one row a figure, with the names of what it belongs to (method rule E17)."""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.linear.keys import Flags, Floats
from fansipan.linear.model import Block, Model
from fansipan.linear.solver import Answer

TINY = 1e-9  # a solver's zero


def value_frames(model: Model, answer: Answer) -> dict[str, pl.DataFrame]:
    """Every block of variables by name: its dimensions as text columns and `value`; zeros are left out."""
    return {
        name: labelled(model, block, answer.columns[block.span], np.abs(answer.columns[block.span]) > TINY)
        for name, block in model.variables.items()
        if block.size
    }


def price_frames(model: Model, answer: Answer) -> dict[str, pl.DataFrame]:
    """Every block of rows that has a price somewhere: its dimensions and `value`; empty where there are no prices."""
    if not len(answer.price):
        return {}
    frames = {}
    for name, block in model.rows.items():
        price = answer.price[block.span]
        if (np.abs(price) > TINY).any():
            frames[name] = labelled(model, block, price, np.abs(price) > TINY)
    return frames


def labelled(model: Model, block: Block, values: Floats, kept: Flags) -> pl.DataFrame:
    """The entries of `block` where `kept`, with the labels of every dimension beside their value."""
    entry, place = np.divmod(np.flatnonzero(kept), block.width)
    columns: dict[str, pl.Series] = {}
    for dim, code in zip(block.keys.dims, block.keys.codes, strict=True):
        columns[dim] = pl.Series(dim, model.labels[dim], dtype=pl.String)[code[entry]]
    if block.across:
        columns[block.across] = pl.Series(block.across, model.labels[block.across], dtype=pl.String)[place]
    return pl.DataFrame(columns | {"value": pl.Series("value", values[kept])})
