"""Weights from pairwise comparisons (AHP), how consistent they are, and several judges combined. Rules A6 and A7.

Saaty (1980), The analytic hierarchy process. Judges are combined by the geometric mean of their judgements: Aczél and
Saaty (1983), Procedures for synthesizing ratio judgements, Journal of Mathematical Psychology 27.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fansipan.appraisal.methods.value import Floats
from fansipan.errors import Refused

# Mean consistency index of random matrices of order 3 to 15 (Saaty 1980).
RANDOM_INDEX = (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
ACCEPTABLE = 0.10


@dataclass(frozen=True)
class Judged:
    """Weights from one matrix of comparisons.

    `ratio` is the consistency ratio (acceptable to 0.10; 0 for one or two criteria); `worst` names by position the
    judgement that contradicts the others most, with the value given and the value that the rest implies.
    """

    weights: Floats
    largest_eigenvalue: float
    index: float
    ratio: float
    worst: tuple[int, int, float, float] | None

    @property
    def acceptable(self) -> bool:
        """Whether the consistency ratio is at most 0.10."""
        return self.ratio <= ACCEPTABLE


def check_comparisons(matrix: Floats) -> None:
    """Refuse a matrix that is not square, positive and reciprocal, naming the first pair that is not."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise Refused("weights.comparisons-not-square", shape=" x ".join(map(str, matrix.shape)))
    wrong = ~((matrix > 0) & np.isfinite(matrix)) | ~np.isclose(matrix * matrix.T, 1.0, rtol=1e-6)
    if wrong.any():
        row, column = (int(place) + 1 for place in np.argwhere(wrong)[0])
        raise Refused("weights.comparisons-not-reciprocal", row=row, column=column)


def weights_from_comparisons(matrix: Floats, random_index: Sequence[float] = RANDOM_INDEX) -> Judged:
    """The principal eigenvector of `matrix` (n x n, how many times the row matters more than the column).

    `random_index` gives the mean random consistency index of orders 3, 4, ... Raises Refused for a matrix that is not
    positive and reciprocal, or larger than `random_index` reaches.
    """
    matrix = np.asarray(matrix, dtype=np.float64)
    check_comparisons(matrix)
    count = len(matrix)
    if count - 3 >= len(random_index):
        raise Refused("weights.comparisons-too-many", count=count, most=len(random_index) + 2)
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    weights = np.abs(vectors[:, largest].real)
    weights = weights / weights.sum()
    index = (float(values[largest].real) - count) / (count - 1) if count > 2 else 0.0
    ratio = max(index, 0.0) / random_index[count - 3] if count > 2 else 0.0
    return Judged(weights, float(values[largest].real), index, ratio, _worst(matrix))


def _worst(matrix: Floats) -> tuple[int, int, float, float] | None:
    """The pair furthest, in logarithms, from what the judgements through every third criterion imply for it.

    With three criteria all pairs are equally far: no one of them can be blamed, and the first is named.
    """
    count = len(matrix)
    if count < 3:
        return None
    logs = np.log(matrix)
    # Paths over the pair's own ends count the direct judgement twice and are taken off.
    implied = (logs @ np.ones((count, count)) + np.ones((count, count)) @ logs - 2 * logs) / (count - 2)
    error = np.round(np.triu(np.abs(logs - implied), 1), 12)
    if error.max() < 1e-9:
        return None
    row, column = (int(i) for i in np.unravel_index(np.argmax(error), error.shape))
    if matrix[row, column] < 1:
        row, column = column, row
    return row, column, float(matrix[row, column]), float(np.exp(implied[row, column]))


def combined(matrices: Sequence[Floats], importance: Floats | None = None) -> Floats:
    """The geometric mean of the judges' matrices, element by element, weighted by `importance` (equal without)."""
    logs = np.log(np.stack([np.asarray(matrix, dtype=np.float64) for matrix in matrices]))
    return np.asarray(np.exp(np.average(logs, axis=0, weights=importance)), dtype=np.float64)


def from_order(order: Sequence[float]) -> Floats:
    """Rank-order centroid weights of an order of importance (1 first); tied criteria share their places' mean.

    The mean of all weights that respect the order. Barron and Barrett (1996), Decision quality using ranked attribute
    weights, Management Science 42.
    """
    places = np.asarray(order, dtype=np.float64)
    count = len(places)
    centroid = np.cumsum((1 / np.arange(1, count + 1))[::-1])[::-1] / count
    ranked = np.empty(count)
    ranked[np.argsort(places, kind="stable")] = centroid
    return np.array([ranked[places == place].mean() for place in places])
