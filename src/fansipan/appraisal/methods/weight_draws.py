"""Random weights that respect what is known: nothing, exact values, intervals, an order of importance. Rule A20.

Every draw is uniform over the weights that are possible: Rubinstein (1982), Generating random vectors uniformly
distributed inside and on the surface of different regions, European Journal of Operational Research 10; Tervonen and
Lahdelma (2007), Implementing stochastic multicriteria acceptability analysis, ibidem 178.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.appraisal.methods.value import Floats
from fansipan.errors import Refused

Places = NDArray[np.int64]

REJECTION = 0.05  # below this share of accepted draws the chain takes over
SWEEPS = (
    25  # times a chain moves every weight before it is read: the memory of its start fades by half or more each time
)
BLOCK = 4096
EXACT = 1e-12


@dataclass(frozen=True)
class WeightRegion:
    """The weights of criteria with one parent, which sum to one: bounds for each, or an order of importance (1 first).

    `low` equal to `high` is an exact weight. `order` has nan where nothing is known; it is empty without an order.
    """

    low: Floats
    high: Floats
    order: Floats

    @property
    def is_exact(self) -> bool:
        """Whether only one set of weights is possible."""
        return len(self.low) == 1 or bool((self.high - self.low <= EXACT).all())

    def check(self) -> None:
        """Refuse bounds that no weights with a sum of one can keep."""
        low, high = float(self.low.sum()), float(self.high.sum())
        if (self.low > self.high + EXACT).any() or low > 1 + 1e-9 or high < 1 - 1e-9:
            raise Refused("weights.bounds-impossible", low=low, high=high)

    def draw(self, draws: int, random: np.random.Generator) -> Floats:
        """`draws` sets of weights, draws x criteria, uniform over the region."""
        if len(self.low) == 1:
            return np.ones((draws, 1))
        if len(self.order):
            return _ordered(self.order, draws, random)
        self.check()
        return _bounded(self.low, self.high, draws, random)


def simplex(draws: int, count: int, random: np.random.Generator) -> Floats:
    """`draws` vectors of `count` weights, uniform over all that are not negative and sum to one."""
    weights = random.standard_exponential((draws, count))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def _ordered(order: Floats, draws: int, random: np.random.Generator) -> Floats:
    """Sorted draws given out by place; criteria that tie take their places in random order."""
    weights = np.sort(simplex(draws, len(order), random), axis=1)[:, ::-1]
    placed = np.empty_like(weights)
    start = 0
    for place in np.unique(order):
        tied = np.flatnonzero(order == place)
        block = weights[:, start : start + len(tied)]
        placed[:, tied] = random.permuted(block, axis=1) if len(tied) > 1 else block
        start += len(tied)
    return placed


def _bounded(low: Floats, high: Floats, draws: int, random: np.random.Generator) -> Floats:
    """Draws above the lower bounds, kept where they are below the upper ones; a chain where too few are."""
    room = 1.0 - float(low.sum())
    free = np.flatnonzero(high - low > EXACT)
    if room <= EXACT or len(free) <= 1:
        return np.tile(middle(low, high), (draws, 1))
    base = low.copy()
    fixed = np.setdiff1d(np.arange(len(low)), free)
    base[fixed] = high[fixed]
    room = 1.0 - float(base.sum())
    found: list[Floats] = []
    missing = draws
    while missing > 0:
        tried = max(4 * missing, 2000)
        part = simplex(tried, len(free), random) * room
        kept = part[(part <= (high - base)[free] + EXACT).all(axis=1)][:missing]
        if len(kept) < min(missing, REJECTION * tried):
            return _chain(base, high, free, draws, random)
        found.append(kept)
        missing -= len(kept)
    weights = np.tile(base, (draws, 1))
    weights[:, free] += np.concatenate(found)
    return weights


def middle(low: Floats, high: Floats) -> Floats:
    """The point that stands the same share of the way from each lower to each upper bound."""
    span = float((high - low).sum())
    return np.asarray(low + (high - low) * ((1 - float(low.sum())) / span if span > 0 else 0.0), dtype=np.float64)


def _chain(low: Floats, high: Floats, free: Places, draws: int, random: np.random.Generator) -> Floats:
    """A Gibbs chain for each draw: two weights at a time share their sum anew, uniformly within both bounds.

    Every chain starts in the middle and makes many moves for each criterion, so that its end forgets its beginning.
    """
    weights = np.tile(middle(low, high), (draws, 1))
    for start in range(0, draws, BLOCK):
        weights[start : start + BLOCK] = _walk(weights[start : start + BLOCK].T.copy(), low, high, free, random).T
    return weights


def _walk(weights: Floats, low: Floats, high: Floats, free: Places, random: np.random.Generator) -> Floats:
    """Move every column of `weights` (criteria x chains) many times; chains share the order of moves, not the moves."""
    for _ in range(SWEEPS):
        shuffled = random.permutation(free)
        for one, other in zip(shuffled, np.roll(shuffled, 1), strict=True):
            both = weights[one] + weights[other]
            least = np.maximum(both - high[other], low[one])
            most = np.minimum(both - low[other], high[one])
            most -= least
            most *= random.random(len(both))
            most += least
            weights[one] = most
            weights[other] = both - most
    return weights
