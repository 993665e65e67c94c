"""PROMETHEE II: net outranking flows under six preference functions. Rule A13.

Brans, Vincke and Mareschal (1986), How to select and how to rank projects: the PROMETHEE method, European Journal of
Operational Research 24, pages 228-238.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from fansipan.appraisal.methods.value import Flags, Floats, oriented

Shape = Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
NEEDS: dict[Shape, tuple[str, ...]] = {
    "usual": (),
    "u-shape": ("q",),
    "v-shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("p",),
}


@dataclass(frozen=True)
class Preference:
    """How a difference on one criterion becomes a preference from 0 to 1.

    `q` is the largest difference that does not matter and `p` the least that matters fully (for ``gaussian`` the point
    where the curve bends), both in the criterion's unit.
    """

    shape: Shape = "usual"
    q: float = 0.0
    p: float = 0.0

    def of(self, difference: Floats) -> Floats:
        """The preference for each `difference` (positive where the first is better)."""
        ahead = np.maximum(difference, 0.0)
        if self.shape == "gaussian" and self.p > 0:
            found = 1 - np.exp(-(ahead**2) / (2 * self.p**2))
        elif self.shape == "level":
            found = 0.5 * (ahead > self.q) + 0.5 * (ahead > self.p)
        else:
            q = self.q if self.shape in ("u-shape", "linear") else 0.0
            p = self.p if self.shape in ("linear", "v-shape") else 0.0
            found = np.clip((ahead - q) / (p - q), 0.0, 1.0) if p > q else ahead > q
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True)
class Promethee:
    """Flows one an alternative: `leaving` and `entering` in 0..1, `net` their difference; `index` is n x n."""

    net: Floats
    leaving: Floats
    entering: Floats
    index: Floats


def promethee(matrix: Floats, weights: Floats, maximise: Flags, preferences: Sequence[Preference] = ()) -> Promethee:
    """Net flows of the rows of `matrix` (alternatives x criteria) with `weights` that sum to one.

    `preferences` has one entry a criterion; none means ``usual`` throughout. A single alternative has flows of zero.
    """
    better = oriented(matrix, maximise)
    count = len(better)
    index = np.zeros((count, count))
    for column, weight, preference in zip(
        better.T, weights, preferences or [Preference()] * matrix.shape[1], strict=True
    ):
        index += weight * preference.of(column[:, None] - column[None, :])
    others = max(count - 1, 1)
    leaving, entering = index.sum(axis=1) / others, index.sum(axis=0) / others
    return Promethee(leaving - entering, leaving, entering, index)
