"""The generalised mean, from which every index formula here is made, and the weights that turn one mean into another.

Arrays run over elements on the first axis; further axes (periods, series) go along. A missing value (NaN) makes the
mean missing: leaving it out or estimating it is a decision to be taken, and named, elsewhere.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fansipan.statistics.index.trees.tree import Floats

ARITHMETIC, GEOMETRIC, HARMONIC = 1.0, 0.0, -1.0
NOT_ONE = 2.0


def generalized_mean(values: ArrayLike, weights: ArrayLike | None = None, order: float = ARITHMETIC) -> Floats:
    """The weighted mean of order r (Rule S7): (Σ w x^r / Σ w)^(1/r), for r = 0 the geometric mean.

    `values` are above zero (zero is allowed for r > 0), elements x anything; `weights` are of the same shape, or one
    an element; none means equal weights. Orders of plus and minus infinity give the largest and the smallest value.
    Source: P. S. Bullen, *Handbook of Means and Their Inequalities* (2003), chapter III.
    """
    values = np.asarray(values, dtype=float)
    if np.isinf(order):
        return values.max(axis=0) if order > 0 else values.min(axis=0)
    share = shares(weights, values)
    if order == ARITHMETIC:
        return (share * values).sum(axis=0)
    if order == GEOMETRIC:
        return np.exp((share * np.log(values)).sum(axis=0))
    # Relative to the largest value, so that high powers of large values do not overflow.
    largest = values.max(axis=0)
    return largest * ((share * (values / largest) ** order).sum(axis=0)) ** (1 / order)


def shares(weights: ArrayLike | None, values: Floats) -> Floats:
    """`weights` scaled to sum to 1 over the elements, in the shape of `values`; equal shares where there are none."""
    if weights is None:
        return np.full(values.shape, 1 / values.shape[0])
    given = np.asarray(weights, dtype=float)
    given = np.broadcast_to(given.reshape(given.shape + (1,) * (values.ndim - given.ndim)), values.shape)
    return given / given.sum(axis=0)


def transmute_weights(values: ArrayLike, weights: ArrayLike | None, order: float, to: float = ARITHMETIC) -> Floats:
    """Shares with which the mean of order `to` equals the mean of order `order` with `weights` (Rule S8).

    v_i is proportional to w_i d_r(x_i, M) / d_s(x_i, M), where d_r(x, M) = (x^r - M^r) / r (for r = 0, log(x / M)), M
    is the mean, r `order` and s `to`. From the geometric to the arithmetic mean this is w_i over the logarithmic mean
    of x_i and M. Same shape as `values`, summing to 1.
    Source: the decompositions of Balk (2008), chapter 4, and Reinsdorf, Diewert and Ehemann (2002), *Journal of
    Economic and Social Measurement* 28, for every order at once.
    """
    values = np.asarray(values, dtype=float)
    mean = generalized_mean(values, weights, order)
    ratio = values / mean
    moved = shares(weights, values) * _distance(ratio, order) / _distance(ratio, to)
    moved = np.where(ratio == 1, shares(weights, values), moved)
    return moved / moved.sum(axis=0)


def _distance(ratio: Floats, order: float) -> Floats:
    """(x^r - 1) / r without loss of digits near 1; log x for r = 0. 1 where x is 1, as a stand-in for 0."""
    log = np.log(np.where(ratio == 1, NOT_ONE, ratio))
    return log if order == GEOMETRIC else np.expm1(order * log) / order
