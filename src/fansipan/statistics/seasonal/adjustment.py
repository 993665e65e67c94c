"""One seasonal adjustment as a frozen result: the parts, the model, the Tết effect, what was noted (Rules SA2-SA9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Fault
from fansipan.periods import Month
from fansipan.statistics.seasonal.decompose import Method, Parts
from fansipan.statistics.seasonal.diagnostics import Diagnostics
from fansipan.statistics.seasonal.model.choice import Choice
from fansipan.statistics.seasonal.model.identify import Model
from fansipan.statistics.seasonal.model.tet import Window, tet_regressors
from fansipan.statistics.seasonal.stability import RevisionHistory, SlidingSpans
from fansipan.statistics.seasonal.x13.output import Coefficient, Forecast

STILL = 1e-3  # of the level: what moves less has no season to speak of (Rule SA12)


def moves(figures: NDArray[np.float64], level: float) -> bool:
    """Whether figures differ by more than `STILL` of a level."""
    return bool(np.nanmax(figures) - np.nanmin(figures) > STILL * level)


@dataclass(frozen=True, slots=True)
class TetEffect:
    """A Tết effect that can be lent: the series it was estimated on, its windows, their coefficients (logarithms)."""

    source: str
    windows: tuple[Window, ...]
    estimates: tuple[float, ...]

    def factor(self, start: Month, months: int) -> NDArray[np.float64]:
        """The factor of each of `months` months from `start`."""
        return np.exp(tet_regressors(self.windows, start, months).values @ np.array(self.estimates))


@dataclass(frozen=True, eq=False)
class Adjustment:
    """A series adjusted; arrays have a value a month from `start`.

    `original` is as given (NaN in a gap), `parts` are complete; without a season to take out (`seasonal` false) the
    adjusted series is the original (Rule SA12). `holiday` names the regressors in the model, Tết
    windows or given ones; `windows` are the Tết windows among them. `aicc_with` and `aicc_without` are of the same
    model with and without them (with the best windows, where none were taken); NaN where not estimated.
    """

    start: Month
    method: Method
    multiplicative: bool
    original: NDArray[np.float64]
    parts: Parts
    model: Model | None
    holiday: tuple[str, ...]
    windows: tuple[Window, ...]
    coefficients: tuple[Coefficient, ...]
    aicc_with: float
    aicc_without: float
    choice: Choice | None
    outliers: tuple[str, ...]
    forecast: Forecast | None
    diagnostics: Diagnostics
    spans: SlidingSpans | None
    history: RevisionHistory | None
    notes: tuple[Fault, ...]
    seasonal: bool = True

    @property
    def unchanged(self) -> bool:
        """Whether nothing was taken out: no season was found, nor Tết or calendar effects."""
        neutral = 1.0 if self.multiplicative else 0.0
        return not self.seasonal and bool(
            (self.parts.holiday == neutral).all() and (self.parts.calendar == neutral).all()
        )

    @property
    def seasonality_left(self) -> bool:
        """Whether a test finds a season in the adjusted series; never where what is about the trend hardly moves."""
        level = 1.0 if self.multiplicative else float(np.abs(self.parts.complete).max())
        return self.diagnostics.residual_seasonality and moves(self.parts.irregular, level)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the arrays."""
        return tuple(self.start + k for k in range(len(self.original)))

    @property
    def mode(self) -> str:
        """``multiplicative`` or ``additive``."""
        return "multiplicative" if self.multiplicative else "additive"

    @property
    def gaps(self) -> tuple[Month, ...]:
        """The months without a figure, whose values in `parts` are estimates."""
        return tuple(self.start + int(k) for k in np.flatnonzero(np.isnan(self.original)))

    def effect(self, name: str) -> TetEffect | None:
        """The Tết effect of this series, to be lent under its `name`; None if it has none or is additive."""
        if not (self.windows and self.multiplicative):
            return None
        found = {one.name: one.estimate for one in self.coefficients}
        return TetEffect(name, self.windows, tuple(found[window.name] for window in self.windows))
