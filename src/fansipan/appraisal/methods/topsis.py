"""TOPSIS with vector normalisation. Rule A11 (docs/methods/appraisal.md).

Hwang and Yoon (1981), Multiple attribute decision making: methods and applications, chapter 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.appraisal.methods.value import Flags, Floats


@dataclass(frozen=True)
class Topsis:
    """`closeness` (0..1, highest best) and the distances to the best and to the worst point, one an alternative."""

    closeness: Floats
    to_best: Floats
    to_worst: Floats
    weighted: Floats


def vector_normalised(matrix: Floats) -> Floats:
    """Each column divided by its Euclidean length; a column of zeros stays zero."""
    largest = np.abs(matrix).max(axis=0, initial=0.0)
    scaled = matrix / np.where(largest > 0, largest, 1.0)  # first, so that no square overflows
    length = np.sqrt((scaled**2).sum(axis=0))
    return np.asarray(scaled / np.where(length > 0, length, 1.0), dtype=np.float64)


def topsis(matrix: Floats, weights: Floats, maximise: Flags) -> Topsis:
    """Closeness to the ideal point: distance to the worst over the sum of both distances.

    `matrix` is alternatives x criteria, `weights` sum to one, `maximise` says where more is better. Where every
    alternative stands on the same point (one alternative, or all alike) both distances are zero and closeness is 0.5.
    """
    weighted = vector_normalised(matrix) * weights
    low, high = weighted.min(axis=0, initial=np.inf), weighted.max(axis=0, initial=-np.inf)
    best, worst = np.where(maximise, high, low), np.where(maximise, low, high)
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    both = to_best + to_worst
    closeness = np.where(both > 0, to_worst / np.where(both > 0, both, 1.0), 0.5)
    return Topsis(closeness, to_best, to_worst, weighted)
