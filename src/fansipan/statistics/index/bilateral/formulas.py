"""Bilateral index formulas, each a generalised mean of relatives with weights of its own (Rule S9).

Prices of two periods are compared with quantities as weights. For a volume index swap the roles: give quantities where
prices stand and prices where quantities stand. Arrays run over products on the first axis; further axes go along.
Source of all: PPI chapters 15 and 16; Balk (2008), chapter 3.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from fansipan.errors import NotFound
from fansipan.statistics.index.bilateral.means import (
    ARITHMETIC,
    GEOMETRIC,
    HARMONIC,
    generalized_mean,
    shares,
    transmute_weights,
)
from fansipan.statistics.index.trees.tree import Floats
from fansipan.texts import Words

Formula = Literal["laspeyres", "paasche", "fisher", "tornqvist"]
FORMULAS: tuple[Formula, ...] = get_args(Formula)


def laspeyres(price0: Floats, price1: Floats, quantity0: Floats) -> Floats:
    """Σ p1 q0 / Σ p0 q0: the arithmetic mean of price relatives, weighted by the values of the base period."""
    return generalized_mean(price1 / price0, price0 * quantity0, ARITHMETIC)


def paasche(price0: Floats, price1: Floats, quantity1: Floats) -> Floats:
    """Σ p1 q1 / Σ p0 q1: the harmonic mean of price relatives, weighted by the values of the current period."""
    return generalized_mean(price1 / price0, price1 * quantity1, HARMONIC)


def fisher(price0: Floats, price1: Floats, quantity0: Floats, quantity1: Floats) -> Floats:
    """The geometric mean of Laspeyres and Paasche."""
    return np.sqrt(laspeyres(price0, price1, quantity0) * paasche(price0, price1, quantity1))


def tornqvist(price0: Floats, price1: Floats, quantity0: Floats, quantity1: Floats) -> Floats:
    """The geometric mean of price relatives, weighted by the mean of the value shares of both periods."""
    return generalized_mean(price1 / price0, mean_shares(price0, price1, quantity0, quantity1), GEOMETRIC)


def lowe(price0: Floats, price1: Floats, quantity_b: Floats) -> Floats:
    """Σ p1 qb / Σ p0 qb: the quantities are those of any period b, so the values of b count at the prices of 0."""
    return generalized_mean(price1 / price0, price0 * quantity_b, ARITHMETIC)


def young(price0: Floats, price1: Floats, value_b: Floats) -> Floats:
    """The arithmetic mean of price relatives, weighted by the values of any period b as they were, not updated."""
    return generalized_mean(price1 / price0, value_b, ARITHMETIC)


def mean_shares(price0: Floats, price1: Floats, quantity0: Floats, quantity1: Floats) -> Floats:
    """The mean of the products' value shares in the two periods."""
    value0, value1 = price0 * quantity0, price1 * quantity1
    return (shares(value0, value0) + shares(value1, value1)) / 2


def bilateral(formula: Formula, price0: Floats, price1: Floats, quantity0: Floats, quantity1: Floats) -> Floats:
    """The index of `formula` from period 0 to period 1, 1 for no change; raises NotFound for an unknown formula."""
    match formula:
        case "laspeyres":
            return laspeyres(price0, price1, quantity0)
        case "paasche":
            return paasche(price0, price1, quantity1)
        case "fisher":
            return fisher(price0, price1, quantity0, quantity1)
        case "tornqvist":
            return tornqvist(price0, price1, quantity0, quantity1)
    raise NotFound("name.unknown", kind=Words("công thức", "formula"), name=formula, near=", ".join(FORMULAS))


def arithmetic_weights(
    formula: Formula, price0: Floats, price1: Floats, quantity0: Floats, quantity1: Floats
) -> Floats:
    """Shares with which the index is the arithmetic mean of the price relatives (Rule S10); they sum to 1.

    Laspeyres: the values of the base period; Paasche: current quantities at base prices; Törnqvist: transmuted from
    the geometric mean; Fisher: those of Laspeyres and Paasche, mixed as their geometric mean is transmuted.
    """
    relatives = price1 / price0
    if formula == "laspeyres":
        return shares(price0 * quantity0, relatives)
    if formula == "paasche":
        return transmute_weights(relatives, price1 * quantity1, HARMONIC)
    if formula == "tornqvist":
        return transmute_weights(relatives, mean_shares(price0, price1, quantity0, quantity1), GEOMETRIC)
    both: tuple[Formula, ...] = ("laspeyres", "paasche")
    indexes = np.stack([bilateral(f, price0, price1, quantity0, quantity1) for f in both])
    mix = transmute_weights(indexes, None, GEOMETRIC)
    weights = np.stack([arithmetic_weights(f, price0, price1, quantity0, quantity1) for f in both])
    return (mix[:, None] * weights).sum(axis=0)
