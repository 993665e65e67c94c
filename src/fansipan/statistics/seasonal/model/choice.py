"""Which Tết windows a series shows: AICc of the same model with each set of windows and with none (Rule SA4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.model.tet import CANDIDATES, Window, tet_regressors
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors, regarima


@dataclass(frozen=True, slots=True)
class Trial:
    """One set of windows (empty: none) and the AICc of the model with it, infinite where it cannot be estimated."""

    windows: tuple[Window, ...]
    aicc: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Every set tried and the one with the lowest AICc; on a tie the earlier one, which has fewer windows."""

    trials: tuple[Trial, ...]

    @property
    def best(self) -> Trial:
        """The set with the lowest AICc, none included."""
        return min(self.trials, key=lambda trial: trial.aicc)

    @property
    def without(self) -> float:
        """AICc without any Tết window."""
        return next(trial.aicc for trial in self.trials if not trial.windows)

    @property
    def with_windows(self) -> float:
        """The lowest AICc of the sets that have windows."""
        return min((trial.aicc for trial in self.trials if trial.windows), default=inf)


def regressors_for(windows: tuple[Window, ...], start: Month, months: int) -> Regressors | None:
    """The regressors of `windows` over `months` months from `start`; None for no windows."""
    return tet_regressors(windows, start, months) if windows else None


def choose_windows(
    series: NDArray[np.float64],
    start: Month,
    *,
    logged: bool = True,
    model: str = AIRLINE,
    variables: tuple[str, ...] = (),
    candidates: Sequence[tuple[Window, ...]] = CANDIDATES,
) -> Choice:
    """Estimate one ARIMA model with each of `candidates`, outliers and trading days (`variables`) held fixed.

    `series` is monthly from `start`, NaN where missing; `logged` models its logarithm. Raises Refused where not even
    the model without windows can be estimated. Source: Reference Manual 7.13 (aictest); Findley and others (1998).
    """
    trials = []
    for windows in candidates:
        spec = regarima(
            series,
            start,
            transform="log" if logged else "none",
            model=model,
            variables=variables,
            horizon=0,
            regressors=regressors_for(windows, start, len(series)),
        )
        try:
            aicc = run(spec).aicc
        except Refused:
            if not windows:
                raise
            aicc = inf
        trials.append(Trial(windows, inf if isnan(aicc) else aicc))
    return Choice(tuple(trials))
