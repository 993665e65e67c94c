"""Whether months, quarters and years of the same series agree (Rule B2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import polars as pl

from fansipan.periods import Month, Quarter, Year, parse_period

Conversion = Literal["sum", "mean"]
SHOWN = ("series", "period", "value", "of", "expected", "difference")
MOST_PLACES = 6
Known = Mapping[str, float]


def consistency(
    figures: pl.DataFrame, *, conversion: Conversion = "sum", tolerance: float | None = None
) -> pl.DataFrame:
    """Where a quarter or a year is not the sum (or mean) of its months, or a year not that of its quarters.

    `figures` has series, period (``2024-05``, ``2024-Q2``, ``2024``) and value, of any of the three. A difference is
    told above `tolerance`, in the unit of the values; None: half a unit of the last printed place for every term and
    the whole. Returns series, period, `value`, `of` (months or quarters), `expected` from them and `difference`, the
    value less what was expected; periods whose parts are not all there are passed over.
    """
    rows = []
    for (name,), group in figures.drop_nulls("value").group_by("series", maintain_order=True):
        known = dict(group.select("period", "value").iter_rows())
        for period in sorted(known):
            rows += [
                (name, period, known[period], of, expected, known[period] - expected)
                for of, parts in _parts(period, known)
                for expected in [sum(parts) / (len(parts) if conversion == "mean" else 1)]
                if abs(known[period] - expected) > _room(parts, known[period], conversion, tolerance)
            ]
    types = dict.fromkeys(SHOWN, pl.String()) | dict.fromkeys(("value", "expected", "difference"), pl.Float64())
    return pl.DataFrame(rows, schema=types, orient="row")


def _parts(period: str, known: Known) -> list[tuple[str, list[float]]]:
    """What a period is made of, as far as all of it is known: months, and of a year quarters."""
    whole = parse_period(period)
    if isinstance(whole, Month):
        return []
    made: dict[str, list[str]] = {"months": [str(month) for month in whole.months()]}
    if isinstance(whole, Year):
        made["quarters"] = [str(Quarter(whole.year, number)) for number in (1, 2, 3, 4)]
    return [(of, [known[p] for p in parts]) for of, parts in made.items() if all(p in known for p in parts)]


def printed_places(figure: float) -> int:
    """How many decimals a figure was printed with, at most six: further ones are the trembling of binary fractions."""
    return len(f"{figure:.{MOST_PLACES}f}".rstrip("0").partition(".")[2])


def _room(parts: list[float], value: float, conversion: Conversion, tolerance: float | None) -> float:
    """How far rounding alone can set the whole apart from its parts."""
    if tolerance is not None:
        return tolerance
    half = 0.5 * 10.0 ** -max(map(printed_places, [*parts, value]))
    # The sum of so many decimals is itself not exact.
    return half * ((len(parts) if conversion == "sum" else 1) + 1) * (1 + 1e-9)
