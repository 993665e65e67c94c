"""Between long tables (a row a code and period) and arrays (a row a code, a column a period)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from fansipan.statistics.index.trees.tree import Flags, Floats


def to_array(
    frame: pl.DataFrame, keys: pl.Series, periods: pl.Series, *, value: str = "index", period: str = "period"
) -> Floats:
    """`value` of `frame` as an array of `keys` x `periods`, NaN where there is none.

    The column of `frame` that holds the keys has the name of the series `keys`; other keys and periods are passed over.
    """
    rows = pl.DataFrame({keys.name: keys, "at": np.arange(len(keys))})
    columns = pl.DataFrame({period: periods, "in": np.arange(len(periods))})
    placed = frame.select(keys.name, period, value).join(rows, on=keys.name).join(columns, on=period)
    array = np.full((len(keys), len(periods)), np.nan)
    array[placed["at"].to_numpy(), placed["in"].to_numpy()] = (
        placed[value].cast(pl.Float64).fill_null(np.nan).to_numpy()
    )
    return array


def to_frame(keys: pl.Series, periods: pl.Series, columns: Mapping[str, Floats | Flags]) -> pl.DataFrame:
    """A row a key and period, in this order, with `columns` (arrays of keys x periods); NaN becomes null."""
    at, time = np.repeat(np.arange(len(keys)), len(periods)), np.tile(np.arange(len(periods)), len(keys))
    series = [pl.Series(name, array.ravel()) for name, array in columns.items()]
    return pl.DataFrame([keys.gather(at), periods.gather(time), *series]).with_columns(
        pl.selectors.float().fill_nan(None)
    )
