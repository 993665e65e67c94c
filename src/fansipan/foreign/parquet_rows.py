"""The rows of a Parquet file, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

# A small Parquet file may claim rows without end.
MOST_ROWS, ROWS_A_BYTE = 50_000_000, 20


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
        return ParquetRows(pl.read_parquet(path, glob=False))
    except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException):
        return ParquetRows(None, "file.unreadable")
