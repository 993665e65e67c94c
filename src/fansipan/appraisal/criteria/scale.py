"""From a figure to a value between 0 and 1: local, linear, piecewise or by categories. Rule A3."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from fansipan.appraisal.methods.value import Floats

Kind = Literal["local", "linear", "piecewise", "categories"]


@dataclass(frozen=True)
class Scale:
    """How figures of a criterion become values.

    ``linear`` has two `points`, ``piecewise`` two or more (figure and value, rising figures), ``categories`` has the
    figure that each word stands for. Piecewise and categories give values directly, more being better.
    """

    kind: Kind = "local"
    points: tuple[tuple[float, float], ...] = ()
    words: tuple[tuple[str, float], ...] = ()

    @property
    def gives_values(self) -> bool:
        """Whether the scale itself says what is better, so that the criterion's direction plays no further part."""
        return self.kind in ("piecewise", "categories")

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and highest figure of the scale; infinite without one."""
        figures = [point[0] for point in self.points] or [-np.inf, np.inf]
        return min(figures), max(figures)

    def category(self, word: str) -> float | None:
        """The value of a category, compared without case or outer blanks; None if there is none of that name."""
        wanted = word.strip().casefold()
        return next((value for name, value in self.words if name.casefold() == wanted), None)


@dataclass(frozen=True)
class ValueFunction:
    """A scale made ready for one criterion of one decision: the figures at which the value is 0 and 1 are known.

    `worst` and `best` are the ends of a linear or local scale (the worst is the higher figure where less is better);
    equal ends, a constant column, give 1 for all. `clipped` holds figures beyond a stated scale at its ends.
    """

    scale: Scale
    worst: float
    best: float

    @property
    def clipped(self) -> bool:
        """Whether figures beyond the ends count as the ends: where the scale was stated, not where it is local."""
        return self.scale.kind == "linear"

    def __call__(self, figures: Floats) -> Floats:
        """Values of `figures`, of any shape; figures of categories are values already."""
        if self.scale.kind == "categories":
            return figures
        if self.scale.kind == "piecewise":
            points = np.array(self.scale.points)
            return np.asarray(np.interp(figures, points[:, 0], points[:, 1]), dtype=np.float64)
        if self.worst == self.best:
            return np.ones_like(figures)
        # Halves before the difference: figures near the largest float must not overflow.
        values = (figures / 2 - self.worst / 2) / (self.best / 2 - self.worst / 2)
        return np.asarray(np.clip(values, 0.0, 1.0) if self.clipped else values, dtype=np.float64)

    def figure_for(self, value: float) -> float | None:
        """The figure nearest the worst end that reaches `value`; None if no figure of the scale does."""
        if self.scale.kind in ("local", "linear"):
            reachable = value <= 1 + 1e-12 or not self.clipped
            return self.worst + value * (self.best - self.worst) if reachable and self.worst != self.best else None
        if self.scale.kind == "categories":
            return min((v for _, v in self.scale.words if v >= value - 1e-12), default=None)
        return _inverse(self.scale.points, value)


def _inverse(points: tuple[tuple[float, float], ...], value: float) -> float | None:
    """Where the line through `points` first reaches `value`."""
    if points[0][1] >= value:
        return points[0][0]
    for (x0, y0), (x1, y1) in pairwise(points):
        if y1 >= value > y0:
            return x0 + (value - y0) / (y1 - y0) * (x1 - x0)
    return None
