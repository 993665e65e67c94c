"""Weighted value: figures brought to 0..1 and summed with weights. Rules A3 and A10 (docs/methods/appraisal.md).

The additive value model of Keeney and Raiffa (1976), Decisions with multiple objectives.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def oriented(matrix: Floats, maximise: Flags) -> Floats:
    """`matrix` (alternatives x criteria) with the sign turned where less is better: more is better everywhere."""
    return np.where(maximise, matrix, -matrix)


def local_values(matrix: Floats, maximise: Flags) -> Floats:
    """Each column from 0 (the worst alternative) to 1 (the best), linear between; a constant column is 1 for all.

    `matrix` is alternatives x criteria. Nobody is worse than another in a constant column, so all have full value.
    """
    better = oriented(matrix, maximise)
    worst, best = better.min(axis=0, initial=np.inf), better.max(axis=0, initial=-np.inf)
    # Halves before the difference: figures near the largest float must not overflow.
    span = best / 2 - worst / 2
    flat = ~(span > 0)
    return np.where(flat, 1.0, (better / 2 - worst / 2) / np.where(flat, 1.0, span))


def weighted_value(values: Floats, weights: Floats) -> Floats:
    """The weighted sum of `values` (alternatives x criteria, 0..1) with `weights` that sum to one."""
    return np.asarray(values @ weights, dtype=np.float64)


def ranks(scores: Floats, *, tolerance: float = 1e-9, highest_first: bool = True) -> NDArray[np.int64]:
    """Competition ranks from 1 (``1, 1, 3``); scores closer than `tolerance` times their size to the one before tie.

    The tolerance keeps the last bits of floating-point sums from deciding a choice.
    """
    order = np.argsort(-scores if highest_first else scores, kind="stable")
    found = np.empty(len(scores), dtype=np.int64)
    for place, index in enumerate(order):
        before = scores[order[place - 1]]
        tied = place > 0 and abs(scores[index] - before) <= tolerance * max(1.0, abs(before))
        found[index] = found[order[place - 1]] if tied else place + 1
    return found
