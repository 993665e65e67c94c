"""Regressors that are given and always stay in: what cannot be estimated is refused by name (Rule SA5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Fault, Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.x13.spec import Regressors

STILL = 1e-9  # of the largest value of a regressor: less is rounding
LEAST_AHEAD = 12  # months after the last figure that given regressors must cover
FAR_FROM_ZERO = 0.5  # of its mean absolute value: the mean of a centred regressor lies near zero


def refuse_unfit_regressors(given: Regressors, start: Month, series: NDArray[np.float64]) -> None:
    """Refuse regressors whose effect the months of `series` from `start` cannot tell from the season or each other.

    Raises Refused: ``seasonal.regressor-still`` (the same in every year, as a holiday that never moves),
    ``seasonal.regressors-alike`` (one is made of the others).
    """
    first = start.ordinal - given.start.ordinal
    values = given.values[first : first + len(series)]
    moved = _without_season(values, np.isnan(series))
    scale = np.maximum(np.abs(given.values).max(axis=0), np.finfo(float).tiny)
    still = [name for name, most in zip(given.names, np.abs(moved).max(axis=0) / scale, strict=True) if most < STILL]
    if still:
        raise Refused("seasonal.regressor-still", names=", ".join(still), first=start, last=start + (len(series) - 1))
    if np.linalg.matrix_rank(moved / scale, tol=STILL * len(series)) < len(given.names):
        raise Refused("seasonal.regressors-alike", names=", ".join(_made_of_others(moved / scale, given.names)))


def carried_on(given: Regressors, last: Month) -> Regressors:
    """The regressors, at their mean of zero after their own last month, up to `last`.

    SEATS forecasts three years where a year of regressors is enough: the parts of a series rest on forecasts from which
    the effects of regressors are taken out, so what stands there moves none of them.
    """
    lacking = last.ordinal - given.last.ordinal
    if lacking <= 0:
        return given
    return replace(given, values=np.vstack([given.values, np.zeros((lacking, len(given.names)))]))


def without_zero_mean(given: Regressors | None) -> Iterator[Fault]:
    """A warning that names the regressors that were not centred, if there are any."""
    if given is None:
        return
    mean, size = np.abs(given.values.mean(axis=0)), np.abs(given.values).mean(axis=0)
    names = [name for name, far in zip(given.names, mean > FAR_FROM_ZERO * size, strict=True) if far]
    if names:
        yield Fault("seasonal.not-centred", {"names": ", ".join(names)}, severity="warning")


def _without_season(values: NDArray[np.float64], missing: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The values less the mean of their calendar month, over the months that have a figure."""
    rest = np.where(missing[:, None], np.nan, values)
    for month in range(12):
        rest[month::12] -= np.nanmean(rest[month::12], axis=0)
    return np.nan_to_num(rest)


def _made_of_others(moved: NDArray[np.float64], names: tuple[str, ...]) -> list[str]:
    """The regressors without which the rank stays the same."""
    tolerance = STILL * len(moved)
    rank = np.linalg.matrix_rank(moved, tol=tolerance)
    return [
        name
        for place, name in enumerate(names)
        if np.linalg.matrix_rank(np.delete(moved, place, axis=1), tol=tolerance) == rank
    ]
