"""Small tables that a scenario or a plan gives to delivery: what obstacles cost, how likely targets are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from fansipan.errors import Fault, Place, refuse
from fansipan.tables.reading.delimited import read_delimited


def read_prices(file: Path) -> dict[str, tuple[float, str]]:
    """What obstacles cost a month, from a table with the columns obstacle, price, price_source (Rule D15).

    Written by the planning model (``fansipan plan bottlenecks -o``). Raises InvalidInput for a file that cannot be read
    or lacks one of the columns.
    """
    obstacles, written, sources = _columns(file, ("obstacle", "price", "price_source"))
    rows = zip(obstacles, _numbers(written), sources, strict=True)
    return {obstacle: (price, source or "") for obstacle, price, source in rows if obstacle and price is not None}


def read_chances(file: Path) -> dict[str, float]:
    """The chance of each target by a forecast, from a table with the columns target, chance (0 to 1; Rule D3).

    Raises InvalidInput for a file that cannot be read, lacks a column or holds a chance outside 0 to 1.
    """
    targets, written = _columns(file, ("target", "chance"))
    chances = _numbers(written)
    refuse(
        Fault("chance.outside", {"target": target}, Place(file.name, None, number, "chance"), told)
        for number, (target, chance, told) in enumerate(zip(targets, chances, written, strict=True), 2)
        if target and (chance is None or not 0 <= chance <= 1)
    )
    return {target: chance for target, chance in zip(targets, chances, strict=True) if target}


def _columns(file: Path, columns: Sequence[str]) -> list[pl.Series]:
    sheet, faults = read_delimited(file)
    if sheet is not None:
        missing = (name for name in columns if name not in sheet.headers)
        faults += tuple(Fault("column.missing", {"column": name, "label": name}, Place(file.name)) for name in missing)
    refuse(faults)
    assert sheet is not None
    return [sheet.frame.to_series(sheet.headers.index(name)).cast(pl.String) for name in columns]


def _numbers(written: pl.Series) -> pl.Series:
    return written.str.strip_chars().cast(pl.Float64, strict=False)
