"""Forecasts of sums and of their parts brought to agree (Rules BT8 to BT10).

    tree = Summing(upper)                             # upper x bottom, 1 where the bottom series is part of the sum
    reconciled = reconcile(base, tree, mint_weights(errors))

Base forecasts of every node, each made on its own, rarely add up. The reconciled ones are the nearest that do, distance
being measured by the covariance of the base errors. Source: Wickramasuriya, Athanasopoulos and Hyndman (2019), Optimal
forecast reconciliation for hierarchical and grouped time series through trace minimization, Journal of the American
Statistical Association 114.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused

Floats = NDArray[np.float64]
METHODS = ("bottom-up", "ols", "structural", "variance", "mint")


@dataclass(frozen=True, eq=False, slots=True)
class Summing:
    """How sums follow from the bottom series: `upper` is sums x bottom series, how much of each is in the sum.

    Nodes are ordered sums first, then the bottom series.
    """

    upper: Floats

    def __len__(self) -> int:
        return sum(self.upper.shape)

    @property
    def matrix(self) -> Floats:
        """The summing matrix S: nodes x bottom series."""
        return np.vstack([self.upper, np.eye(self.upper.shape[1])])

    @property
    def constraints(self) -> Floats:
        """What is zero for figures that add up: sums x nodes."""
        return np.hstack([np.eye(self.upper.shape[0]), -self.upper])


def reconcile(base: Floats, summing: Summing, weights: Floats) -> Floats:
    """Coherent forecasts nearest to `base` (nodes x months), where `weights` (nodes x nodes) is the errors' covariance.

    y - W C' (C W C')⁻¹ C y with C the constraints, which equals S (S' W⁻¹ S)⁻¹ S' W⁻¹ y and also takes a node that
    never errs (a zero row): such a node is left as it is where the others allow. Sums are then taken from the parts, so
    that they agree to the last digits. Raises Refused ``reconciliation.shape``.
    """
    nodes = len(summing)
    if base.shape[0] != nodes or weights.shape != (nodes, nodes):
        raise Refused(
            "reconciliation.shape", nodes=nodes, base=base.shape[0], weights=" x ".join(map(str, weights.shape))
        )
    constraints = summing.constraints
    spread = weights @ constraints.T
    gap = constraints @ base
    moved = base - spread @ (np.linalg.pinv(constraints @ spread, hermitian=True) @ gap)
    return summing.matrix @ moved[summing.upper.shape[0] :]


def bottom_up(base: Floats, summing: Summing) -> Floats:
    """The bottom forecasts as they are, and their sums."""
    return summing.matrix @ base[summing.upper.shape[0] :]


def ols_weights(summing: Summing) -> Floats:
    """Every node's error weighs the same (ordinary least squares)."""
    return np.eye(len(summing))


def structural_weights(summing: Summing) -> Floats:
    """A node's error variance is as large as the number of bottom series in it; needs no errors of the past."""
    return np.diag(summing.matrix.sum(axis=1))


def variance_weights(errors: Floats) -> Floats:
    """Weighted least squares: each node's own variance of `errors` (times x nodes)."""
    return np.diag((errors**2).mean(axis=0))


def mint_weights(errors: Floats) -> Floats:
    """The covariance of `errors` (times x nodes), drawn towards its diagonal by Schäfer and Strimmer's intensity.

    Errors are not centred: a forecast that is always too high errs. Raises Refused ``reconciliation.few-errors`` for
    less than two times.
    """
    if len(errors) < 2:
        raise Refused("reconciliation.few-errors", count=len(errors))
    intensity = shrinkage(errors)
    covariance = errors.T @ errors / len(errors)
    return intensity * np.diag(np.diag(covariance)) + (1 - intensity) * covariance


def shrinkage(errors: Floats) -> float:
    """How much correlations are drawn towards zero, 0 to 1: the sum of their variances over that of their squares.

    Source: Schäfer and Strimmer (2005), A shrinkage approach to large-scale covariance matrix estimation, Statistical
    Applications in Genetics and Molecular Biology 4.
    """
    times = len(errors)
    deviation = np.sqrt((errors**2).mean(axis=0))
    scaled = errors / np.where(deviation > 0, deviation, 1.0)
    products = scaled.T @ scaled
    variance = ((scaled**2).T @ scaled**2 - products**2 / times) / (times * (times - 1))
    squares = (products / times) ** 2
    off = ~np.eye(errors.shape[1], dtype=bool)
    whole = float(squares[off].sum())
    return float(np.clip(variance[off].sum() / whole, 0.0, 1.0)) if whole > 0 else 1.0
