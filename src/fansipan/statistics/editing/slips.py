"""Slips of the pen: which simple mistake would turn the expected figure into the reported one (Rules ED6 and ED7).

Each slip undoes itself: it gives the figure that would have been meant. It is believed when that figure lies close to
what was expected and the reported one does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, log

# A figure a thousand or a million times too large or small was written in another unit; ten or a hundred times, with
# a zero or the decimal mark misplaced.
UNIT_FACTORS = (1000.0, 1e-3, 1e6, 1e-6)
DECIMAL_FACTORS = (10.0, 0.1, 100.0, 0.01)
MOST_DIGITS = 15
# Two digits exchanged explain many a figure by chance: believed only from near, and never enough by itself.
DIGITS_TOLERANCE = 1.05
SWITCH = "switch"  # every figure from some month on is in another unit (Rule ED17)
SURE = (SWITCH, "unit", "decimal", "sign", "cumulative", "columns")


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake and what was meant: `kind` (unit, decimal, sign, digits, cumulative, columns) and the `meant` figure.

    `detail` says more: the factor, or the column whose figure stood there.
    """

    kind: str
    meant: float
    detail: str = ""


def find_slip(
    reported: float,
    expected: float,
    *,
    others: Mapping[str, tuple[float, float]] | None = None,
    since_january: float | None = None,
    tolerance: float = 1.1,
) -> Slip | None:
    """The slip that explains `reported` best, None where none does or `reported` is close to `expected` as it is.

    `others` are the other figures of the return by column, now and last month: columns are exchanged where the other
    holds what was expected here and `reported` is like what the other was. `since_january` is the sum of the earlier
    months of the year (the cumulative figure in place of the month's). A figure is close to another when their ratio
    lies within `tolerance`; a slip must also bring it at least three times nearer, in logarithms. Rules ED6, ED7.
    """
    if expected <= 0 or not isfinite(expected) or reported == 0 or not isfinite(reported):
        return None
    now = _gap(reported, expected)
    if now <= log(tolerance):
        return None
    best: Slip | None = None
    for slip in _candidates(reported, _exchangeable(reported, now, others or {}), since_january):
        gap = _gap(slip.meant, expected)
        allowed = _allowed(slip.kind, tolerance)
        if gap <= log(allowed) and 3.0 * gap <= now and (best is None or gap < _gap(best.meant, expected) - 1e-12):
            best = slip
    return best


def _allowed(kind: str, tolerance: float) -> float:
    """A factor of a thousand cannot come from the month's ups and downs, so it is believed from farther away."""
    if kind == "digits":
        return min(tolerance, DIGITS_TOLERANCE)
    return max(tolerance, {"unit": 3.0, "decimal": 1.5, "sign": 1.5}.get(kind, tolerance))


def _gap(figure: float, expected: float) -> float:
    return abs(log(figure / expected)) if figure > 0 else float("inf")


def _exchangeable(
    reported: float, now: float, others: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """The columns that `reported` may have come from: much nearer to what they were than to what was expected here."""
    return {c: pair for c, pair in others.items() if pair[1] > 0 and 3.0 * _gap(reported, pair[1]) <= now}


def _candidates(
    reported: float, others: Mapping[str, tuple[float, float]], since_january: float | None
) -> Iterator[Slip]:
    if reported < 0:
        yield Slip("sign", -reported)
        return
    for kind, factors in (("unit", UNIT_FACTORS), ("decimal", DECIMAL_FACTORS)):
        yield from (Slip(kind, reported / factor, f"{factor:g}") for factor in factors)
    if since_january:
        yield Slip("cumulative", reported - since_january)
    yield from (Slip("digits", figure) for figure in neighbours_swapped(reported))
    yield from (Slip("columns", figure, column) for column, (figure, _) in others.items())


def neighbours_swapped(figure: float) -> list[float]:
    """Every figure made from `figure` by exchanging two neighbouring digits, without those that change nothing."""
    digits = list(f"{figure:.{MOST_DIGITS}g}")
    if "e" in digits:
        return []
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    found = []
    for one, other in pairwise(places):
        if digits[one] != digits[other]:
            swapped = digits.copy()
            swapped[one], swapped[other] = swapped[other], swapped[one]
            found.append(float("".join(swapped)))
    return found
