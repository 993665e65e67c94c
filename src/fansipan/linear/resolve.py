"""Solve a model again with a few bounds changed, from where the last solve ended (method rule E29)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fansipan.linear.keys import Codes, Floats
from fansipan.linear.model import Arrays
from fansipan.linear.solver import Options, hand_over, solve


class Again:
    """A model held by the solver, whose row bounds are changed for one solve and then put back."""

    def __init__(self, arrays: Arrays, options: Options | None = None) -> None:
        self.arrays, self.options = arrays, options or Options()
        self.highs = hand_over(arrays)

    def value(self, rows: Codes, lower: Floats, upper: Floats, options: Options | None = None) -> float | None:
        """The best objective with other bounds on `rows`; None where nothing is feasible (or nothing bounds it).

        `options` are those of this solve alone.
        """
        self._set(rows, lower, upper)
        answer = solve(self.highs, self.arrays, options or self.options)
        self._set(rows, self.arrays.row_lower[rows], self.arrays.row_upper[rows])
        return answer.objective

    def _set(self, rows: Codes, lower: Floats, upper: Floats) -> None:
        index = np.asarray(rows, np.int32)
        low, high = (np.asarray(side, np.float64) for side in (lower, upper))
        change: Callable[..., object] = getattr(self.highs, "changeRowsBounds")  # noqa: B009, absent from the stubs
        change(len(index), index, low, high)
