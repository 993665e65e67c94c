"""A system with fewer slices of the year: its months put together into quarters or into one year (method rule E41)."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

import polars as pl

from fansipan.errors import Refused
from fansipan.expansion.system.definition import Row, System

PARTS = {"month": 12, "quarter": 4, "year": 1}
LARGE = 4000  # processes x years x slices beyond which a question that solves many times over is asked of fewer slices


def with_slices(system: System, part: str | None) -> System:
    """The system with one slice a `part` of the year (``month``, ``quarter``, ``year``); as it stands for None.

    Hours add up, availability is the mean over hours. Slices that hold several parts, such as a year asked for by
    quarters, cannot be cut. Raises Refused for that and for a part that is not known.
    """
    if part is None:
        return system
    if part not in PARTS:
        raise Refused("plan.slices.unknown", value=part, known=", ".join(PARTS))
    months = 12 // PARTS[part]
    groups: dict[int, list[Row]] = {}
    for row in system.slices:
        held = {(month - 1) // months for month in system.months(row)}
        if len(held) != 1:
            raise Refused("plan.slices.cut", slice=row["slice"], part=part)
        groups.setdefault(held.pop(), []).append(row)
    if len(groups) == len(system.slices):
        return system
    slices = [_merged(system, part, order, rows) for order, rows in sorted(groups.items())]
    frames = {
        "plan_slices": pl.DataFrame(slices, schema=system.frames["plan_slices"].schema),
        "availability": _availability(
            system, {row["slice"]: (f"{part[0]}{g + 1}", row["hours"]) for g, rows in groups.items() for row in rows}
        ),
    }
    return replace(system, frames={**system.frames, **frames})


def lighter(system: System, part: str) -> System | None:
    """The system by `part` where it is large and its own slices are finer, for questions that solve many times over.

    None where it need not or cannot be.
    """
    size = len(system.processes) * len(system.settings.years) * len(system.slices)
    if size <= LARGE or len(system.slices) <= PARTS[part]:
        return None
    try:
        return with_slices(system, part)
    except Refused:
        return None


def _merged(system: System, part: str, order: int, rows: list[Row]) -> Row:
    months = sorted({month for row in rows for month in system.months(row)})
    return {
        "slice": f"{part[0]}{order + 1}",
        "order": order + 1,
        "hours": fsum(row["hours"] for row in rows),
        "months": ";".join(map(str, months)),
        "source": "illustrative",
    }


def _availability(system: System, into: dict[str, tuple[str, float]]) -> pl.DataFrame:
    """The mean share over hours of each process in each new slice; where none is stated all of it is available."""
    hours: dict[str, float] = {}
    for piece, length in into.values():
        hours[piece] = hours.get(piece, 0.0) + length
    missing: dict[tuple[str, str], float] = {}
    for row in system.rows("availability"):
        if row["slice"] in into:
            piece, length = into[row["slice"]]
            key = row["process"], piece
            missing[key] = missing.get(key, 0.0) + (1.0 - row["share"]) * length
    rows = [
        {"process": process, "slice": piece, "share": round(1.0 - lost / hours[piece], 6), "source": "illustrative"}
        for (process, piece), lost in missing.items()
    ]
    return pl.DataFrame(rows, schema=system.frames["availability"].schema)
