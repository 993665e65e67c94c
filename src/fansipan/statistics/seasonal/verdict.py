"""What an adjustment is worth, in one line where its figures stand (Rules SA8 and SA12)."""

from __future__ import annotations

from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.diagnostics import QS_LEVEL, Diagnostics
from fansipan.statistics.seasonal.stability import SlidingSpans
from fansipan.texts import Quantity, Words, joined, words

CLEAR = 0.7  # of M7


def is_seasonal(diagnostics: Diagnostics) -> bool:
    """Whether there is a season to take out (Rule SA12): QS finds one in the original, extremes in and out, or X-11's
    M7 is clearly good.

    QS says little of a few years; M7 between 0.7 and 1 is reached by noise too (Lothian and Morry 1978).
    """
    tests = [diagnostics.qs.get(name) for name in ("original", "original_without_extremes")]
    known = [test for test in tests if test is not None]
    found = bool(known) and all(test.p < QS_LEVEL for test in known)
    quality = diagnostics.quality
    return found or (bool(diagnostics.identifiable) and (quality is None or quality.m["M7"] < CLEAR))


def verdict(done: Adjustment, *, stability: bool = True) -> Words:
    """One line: seasonal or not, M7 and Q, what is left, outliers, and the mode where it is additive.

    `stability` says whether it was asked how stable the adjustment is; else the line does not speak of it.
    """
    quality = done.diagnostics.quality
    figures = {"m7": Quantity(quality.m["M7"], 2), "q": Quantity(quality.q, 2)} if quality else {}
    left = "seasonal.line.left" if done.seasonality_left else "seasonal.line.nothing-left"
    parts = [
        words(f"seasonal.line.{'seasonal' if done.seasonal else 'not-seasonal' if done.unchanged else 'calendar'}"),
        words("seasonal.line.quality", **figures) if figures else None,
        words(left) if done.seasonal else None,
        words("seasonal.line.outliers", count=len(done.outliers), months=len(done.original)),
        _stability(done.spans) if done.seasonal and stability else None,
        None if done.multiplicative else words("seasonal.line.additive"),
    ]
    return joined([part for part in parts if part is not None], "; ")


def _stability(spans: SlidingSpans | None) -> Words:
    if spans is None:
        return words("seasonal.line.stability-unknown")
    return words("seasonal.line.stable" if spans.stable else "seasonal.line.unstable")
