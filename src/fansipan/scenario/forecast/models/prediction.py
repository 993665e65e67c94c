"""What a member answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

ONE_SIGMA = 68.26894921370858  # percent of the normal distribution within one standard deviation


@dataclass(frozen=True, eq=False, slots=True)
class Prediction:
    """A member's forecast of each month ahead.

    `mean` is in the unit of the series, `spread` one standard error of each month's forecast (None from a member that
    states none), `form` what was chosen inside the member, which may be given back to it to skip the choice.
    """

    mean: NDArray[np.float64]
    spread: NDArray[np.float64] | None
    form: str

    def times(self, factor: NDArray[np.float64] | float) -> Self:
        """The same forecast in another unit, or with a factor a month put back."""
        return replace(self, mean=self.mean * factor, spread=None if self.spread is None else self.spread * factor)
