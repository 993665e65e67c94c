"""The rows of a Parquet file, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

# A small Parquet file may claim rows without end.
MOST_ROWS, ROWS_A_BYTE = 50_000_000, 20
# Texts that share their bytes cost little until somebody copies them.
MOST_TEXT, TEXTS, TEXTS_A_BYTE = 1_000_000, 100_000_000, 60


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """The frame of a Parquet file, or None with the code of the fault that it has."""

    frame: pl.DataFrame | None
    code: str = ""


def read_parquet_rows(path: Path) -> ParquetRows:
    """The frame; files that claim more rows than their bytes can hold in earnest are refused unread."""
    try:
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        if rows > min(MOST_ROWS, 100_000 + ROWS_A_BYTE * path.stat().st_size):
            return ParquetRows(None, "file.too-large")
        frame = pl.read_parquet(path, glob=False)
        sizes = frame.select(pl.col(pl.String).str.len_bytes().fill_null(0)).to_numpy()
        longest, together = int(sizes.max(initial=0)), int(sizes.sum())
        if longest > MOST_TEXT or together > TEXTS + TEXTS_A_BYTE * path.stat().st_size:
            return ParquetRows(None, "file.too-large")
        return ParquetRows(frame)
    except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException):
        return ParquetRows(None, "file.unreadable")
