"""SMAA-2: which ranks an alternative takes when weights and figures are uncertain. Rules A20 to A23.

Lahdelma and Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
Operations Research 49, pages 444-454; Tervonen and Lahdelma (2007), European Journal of Operational Research 178.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fansipan.appraisal.methods.value import Floats

CHUNK = 8192  # draws at a time: what the processor keeps near
CHUNK_DRAWN = 512
CONFIDENCE_DRAWS = 10_000  # at most so many for the confidence factors: a standard error of 0.005
TIED = 1e-12  # values closer than this are the same value with different rounding

Ranks = NDArray[np.uint8] | NDArray[np.uint16]
# Values in 0..1 for draws a to b: (b - a) x alternatives x criteria.
Draw = Callable[[int, int], Floats]


@dataclass(frozen=True)
class Smaa:
    """What `draws` draws showed.

    `acceptability` is alternatives x ranks (the share of draws in which the alternative takes the rank; tied
    alternatives all take the best of their ranks); `central_weights` alternatives x criteria (the mean of the weights
    that put it first, nan if none does); `confidence` the share of draws of the figures in which it is first with its
    central weights; `pairwise` n x n, how often the row is strictly better than the column.
    """

    draws: int
    acceptability: Floats
    central_weights: Floats
    confidence: Floats
    pairwise: Floats

    @property
    def first(self) -> Floats:
        """First-rank acceptability, one an alternative."""
        return np.asarray(self.acceptability[:, 0])


def smaa(values: Floats, weights: Floats, draw: Draw | None = None) -> Smaa:
    """Rank the alternatives under every row of `weights` (draws x criteria).

    `values` is alternatives x criteria in 0..1, more is better. With `draw` the values of each draw come from it
    instead, and `values` only gives the shape.
    """
    count, draws = len(values), len(weights)
    wins, ranked = np.zeros((count, count), dtype=np.int64), np.zeros((count, count), dtype=np.int64)
    favouring = np.zeros(values.shape)
    for start in range(0, draws, CHUNK):
        some = weights[start : start + CHUNK]
        totals = values @ some.T if draw is None else _drawn_totals(draw, start, some)
        places = np.empty(totals.shape, dtype=np.uint8 if count <= 256 else np.uint16)
        _compared(np.ascontiguousarray(totals), wins, places)
        ranked += np.array([np.bincount(row, minlength=count) for row in places]).reshape(count, count)
        favouring += (places == 0) @ some
    times = ranked[:, :1]
    central = np.where(times > 0, favouring / np.maximum(times, 1), np.nan)
    return Smaa(draws, ranked / draws, central, _confidence(values, central, draw, draws), wins / draws)


def _drawn_totals(draw: Draw, start: int, weights: Floats) -> Floats:
    """Alternatives x draws, the values drawn a few at a time."""
    parts = []
    for begin in range(0, len(weights), CHUNK_DRAWN):
        some = weights[begin : begin + CHUNK_DRAWN]
        parts.append(np.einsum("dac,dc->ad", draw(start + begin, start + begin + len(some)), some))
    return np.concatenate(parts, axis=1)


def _compared(totals: Floats, wins: NDArray[np.int64], places: Ranks) -> None:
    """Count in `wins` how often row beats column, and write into `places` the ranks from 0; `totals` is n x draws."""
    for i, own in enumerate(totals):
        threshold = own + TIED
        better = np.zeros(len(own), dtype=places.dtype)
        for k, other in enumerate(totals):
            if i != k:
                ahead = other > threshold
                np.add(better, ahead.view(np.uint8), out=better)
                wins[k, i] += np.count_nonzero(ahead)
        places[i] = better


def _confidence(values: Floats, central: Floats, draw: Draw | None, draws: int) -> Floats:
    """How often each alternative is first with its own central weights, the figures drawn again."""
    found = np.full(len(values), np.nan)
    with_weights = np.flatnonzero(~np.isnan(central).any(axis=1))
    won = np.zeros(len(values))
    span = min(draws, CONFIDENCE_DRAWS) if draw is not None else 1
    for start in range(0, span, CHUNK_DRAWN):
        stop = min(start + CHUNK_DRAWN, span)
        drawn = draw(start, stop) if draw is not None else values[None]
        for i in with_weights:
            totals = drawn @ central[i]
            won[i] += np.count_nonzero(totals[:, i] >= totals.max(axis=1) - TIED)
    found[with_weights] = won[with_weights] / span
    return found


def uniform_first_two(values: Floats) -> Floats:
    """First-rank acceptability in closed form for two criteria and all weights equally likely.

    With weights (t, 1 - t) each alternative's value is a line in t; the acceptability is the length of [0, 1] on which
    its line is the highest. `values` is alternatives x 2. Tied lines all count.
    """
    intercept, slope = values[:, 1], values[:, 0] - values[:, 1]
    found = np.zeros(len(values))
    for i in range(len(values)):
        gap, tilt = intercept[i] - intercept, slope[i] - slope
        rising, falling = tilt > TIED, tilt < -TIED
        flat_behind = ~rising & ~falling & (gap < -TIED)
        low = np.max(-gap[rising] / tilt[rising], initial=0.0)
        high = np.min(-gap[falling] / tilt[falling], initial=1.0)
        found[i] = 0.0 if flat_behind.any() else max(0.0, high - low)
    return found
