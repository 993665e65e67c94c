"""Internal rates of return of many cash flows at once: one, several or none. Rule A31.

A rate is a root of a polynomial in ``x = 1 / (1 + r)``. Descartes' rule settles flows whose sign changes once (one
rate) or never (none). For the rest the roots are parted on Bernstein coefficients: Lane and Riesenfeld (1981), Bounds
on a polynomial, BIT 21; Collins and Akritas (1976), Polynomial real root isolation using Descartes' rule of signs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

DEEPEST = 48  # halvings of an interval before roots that still stand together are taken for one that touches zero
NOUGHT = 1e-13  # a sum this small against its parts is zero with rounding
PASSES = 100


@dataclass(frozen=True)
class Rates:
    """`rate` one a flow (nan where there is none or more than one), `count` how many rates above -100 % it has.

    `owner` and `every` list all of them: rate ``every[k]`` belongs to flow ``owner[k]``, each flow's in rising order.
    """

    rate: Floats
    count: Places
    owner: Places
    every: Floats

    def of(self, flow: int) -> tuple[float, ...]:
        """All rates of one flow."""
        return tuple(float(rate) for rate in self.every[self.owner == flow])


def internal_rates(flows: Floats) -> Rates:
    """The rates per period at which each row of `flows` (flows x periods, the first undiscounted) has no net value.

    A flow of zeros has every rate and counts none.
    """
    flows = np.atleast_2d(np.asarray(flows, dtype=np.float64))
    largest = np.abs(flows).max(axis=1, initial=0.0, keepdims=True)
    scaled = flows / np.where(largest > 0, largest, 1.0)
    total = scaled.sum(axis=1)
    level = np.abs(total) <= NOUGHT * np.abs(scaled).sum(axis=1)
    changes = _sign_changes(scaled)
    owners, rates = [np.flatnonzero(level & (changes > 0))], [np.zeros(int((level & (changes > 0)).sum()))]
    for gains in (True, False):  # rates above zero, then below: the same polynomial read backwards
        turned = scaled if gains else scaled[:, ::-1]
        owner, root = _roots_within(turned, level, changes)
        owners.append(owner)
        rates.append(1 / root - 1 if gains else root - 1)
    return _gathered(np.concatenate(owners), np.concatenate(rates), len(flows))


def _gathered(owner: Places, every: Floats, count: int) -> Rates:
    order = np.lexsort((every, owner))
    owner, every = owner[order], every[order]
    counts = np.bincount(owner, minlength=count)
    rate = np.full(count, np.nan)
    single = counts[owner] == 1
    rate[owner[single]] = every[single]
    return Rates(rate, counts, owner, every)


def _sign_changes(coefficients: Floats) -> Places:
    """How often the sign changes along each row, zeros passed over."""
    signs = np.sign(coefficients).astype(np.int8)
    last = signs[:, 0].copy()
    found = np.zeros(len(signs), dtype=np.int64)
    for column in signs.T[1:]:
        found += last * column < 0
        last = np.where(column != 0, column, last)
    return found


def _roots_within(coefficients: Floats, level: NDArray[np.bool_], changes: Places) -> tuple[Places, Floats]:
    """Roots of each row's polynomial (lowest power first) strictly between 0 and 1: whose they are, and where."""
    start = _first_sign(coefficients)
    end = np.where(level, 0.0, coefficients.sum(axis=1))
    simple = np.flatnonzero((changes == 1) & (start * end < 0))
    several = np.flatnonzero(changes > 1)
    parted = _parted(coefficients[several], level[several])
    owners = np.concatenate([simple, several[parted.owner]])
    lows = np.concatenate([np.zeros(len(simple)), parted.low])
    highs = np.concatenate([np.ones(len(simple)), parted.high])
    signs = np.concatenate([start[simple], parted.sign])
    roots = _polished(coefficients[owners], lows, highs, signs)
    return np.concatenate([owners, several[parted.exact_owner]]), np.concatenate([roots, parted.exact])


@dataclass(frozen=True)
class _Parted:
    """Intervals with exactly one root each, with the sign just above `low`; and roots known exactly."""

    owner: Places
    low: Floats
    high: Floats
    sign: Floats
    exact_owner: Places
    exact: Floats


def _first_sign(coefficients: Floats) -> Floats:
    """The sign of each row's polynomial just above zero: that of its first coefficient that is not zero."""
    first = np.argmax(coefficients != 0, axis=1)
    return np.asarray(np.sign(np.take_along_axis(coefficients, first[:, None], axis=1)[:, 0]), dtype=np.float64)


def _parted(coefficients: Floats, level: NDArray[np.bool_]) -> _Parted:
    """The roots in (0, 1) parted by halving; those that touch zero or fall on a middle are known exactly."""
    pieces = coefficients @ _to_bernstein(coefficients.shape[1] - 1)
    pieces[level, -1] = 0.0
    owner, low, high = np.arange(len(pieces)), np.zeros(len(pieces)), np.ones(len(pieces))
    found: list[tuple[Places, Floats, Floats, Floats]] = []
    exact: list[tuple[Places, Floats]] = []
    for _ in range(DEEPEST):
        variations = _sign_changes(pieces) if len(pieces) else np.zeros(0, dtype=np.int64)
        one, more = variations == 1, variations > 1
        found.append((owner[one], low[one], high[one], _first_sign(pieces[one])))
        pieces, owner, low, high = pieces[more], owner[more], low[more], high[more]
        if not len(pieces):
            break
        left, right = _halved(pieces)
        middle = (low + high) / 2
        hit = np.abs(right[:, 0]) <= NOUGHT * np.abs(pieces).max(axis=1)
        left[hit, -1] = right[hit, 0] = 0.0
        exact.append((owner[hit], middle[hit]))
        pieces, owner = np.concatenate([left, right]), np.concatenate([owner, owner])
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
    else:
        exact.append((owner, (low + high) / 2))
    parts = [np.concatenate(part) for part in zip(*found, strict=True)]
    touching = [np.concatenate(part) for part in zip(*exact, strict=True)] if exact else [np.zeros(0, int), np.zeros(0)]
    return _Parted(parts[0], parts[1], parts[2], parts[3], *_distinct(touching[0], touching[1]))


def _distinct(owner: Places, at: Floats) -> tuple[Places, Floats]:
    """The same root met from two sides, once."""
    pairs = {(int(o), round(float(x), 9)): float(x) for o, x in zip(owner, at, strict=True)}
    return np.array([o for o, _ in pairs], dtype=np.int64), np.array(list(pairs.values()), dtype=np.float64)


def _to_bernstein(degree: int) -> Floats:
    """The matrix that turns coefficients of powers into Bernstein coefficients on [0, 1]: ``C(i, j) / C(n, j)``."""
    i, k = np.arange(degree + 1)[:, None], np.arange(degree)[None, :]
    ratios = np.maximum(i - k, 0) / np.maximum(degree - k, 1)
    return np.ascontiguousarray(np.cumprod(np.column_stack([np.ones(degree + 1), ratios]), axis=1).T)


def _halved(pieces: Floats) -> tuple[Floats, Floats]:
    """De Casteljau: the coefficients on the left and the right half."""
    left, right = np.empty_like(pieces), np.empty_like(pieces)
    work = pieces.T.copy()
    last = len(work) - 1
    for step in range(last + 1):
        left[:, step], right[:, last - step] = work[0], work[last - step]
        work[: last - step] = (work[: last - step] + work[1 : last - step + 1]) / 2
    return left, right


def _polished(coefficients: Floats, low: Floats, high: Floats, sign: Floats) -> Floats:
    """The root in each interval: Newton's step where it stays inside, else the middle; `sign` is that above `low`."""
    across = np.ascontiguousarray(coefficients.T)
    falling = sign > 0
    at = (low + high) / 2
    for _ in range(PASSES):
        value, slope = _value(across, at)
        above = (value > 0) == falling
        low, high = np.where(above, at, low), np.where(above, high, at)
        step = at - np.divide(value, slope, out=np.full_like(at, np.nan), where=slope != 0)
        inside = (step > low) & (step < high)
        after = np.where(value == 0, at, np.where(inside, step, (low + high) / 2))
        done = np.abs(after - at) <= 4e-16 * at
        at = after
        if done.all():
            break
    return at


def _value(across: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Horner: each polynomial and its slope at its own point; `across` is coefficients x polynomials."""
    value, slope = np.zeros_like(at), np.zeros_like(at)
    for row in across[::-1]:
        slope = slope * at + value
        value = value * at + row
    return value, slope
