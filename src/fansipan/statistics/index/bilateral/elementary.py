"""Elementary aggregates: the index of products for which no weights are known (Rule S11).

Only matched pairs count: products with a price in both periods. Source: PPI chapter 20.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import NotFound
from fansipan.statistics.index.trees.tree import Floats
from fansipan.texts import Words

Elementary = Literal["jevons", "carli", "dutot"]
ELEMENTARY: tuple[Elementary, ...] = get_args(Elementary)


def jevons(price0: Floats, price1: Floats) -> Floats:
    """The geometric mean of the price relatives of the matched products; NaN where there is none."""
    return elementary_by_group(price0, price1, np.zeros(len(price0), dtype=np.int64), 1, "jevons")[0]


def carli(price0: Floats, price1: Floats) -> Floats:
    """The arithmetic mean of the price relatives of the matched products; NaN where there is none."""
    return elementary_by_group(price0, price1, np.zeros(len(price0), dtype=np.int64), 1, "carli")[0]


def dutot(price0: Floats, price1: Floats) -> Floats:
    """The ratio of the mean prices of the matched products, which must be of one kind and unit; NaN where none."""
    return elementary_by_group(price0, price1, np.zeros(len(price0), dtype=np.int64), 1, "dutot")[0]


def elementary_by_group(
    price0: Floats, price1: Floats, group: NDArray[np.int64], groups: int, method: Elementary = "jevons"
) -> Floats:
    """The elementary index of every group from period 0 to period 1.

    `price0` and `price1` are products x anything, NaN where missing; `group` is each product's group, 0 to
    `groups` - 1. Returns groups x anything, NaN for a group without a matched pair. Raises NotFound for an unknown
    method.
    """
    matched = ~np.isnan(price0) & ~np.isnan(price1)
    pairs = _sum(matched.astype(float), group, groups)
    pairs = np.where(pairs > 0, pairs, np.nan)
    before, after = np.where(matched, price0, 1.0), np.where(matched, price1, 1.0)
    if method == "jevons":
        return np.exp(_sum(np.log(after / before), group, groups) / pairs)
    if method == "carli":
        return _sum(np.where(matched, after / before, 0.0), group, groups) / pairs
    if method == "dutot":
        first, second = (_sum(np.where(matched, price, 0.0), group, groups) for price in (before, after))
        return second / np.where(pairs > 0, first, np.nan)
    raise NotFound(
        "name.unknown", kind=Words("chỉ số sơ cấp", "elementary index"), name=method, near=", ".join(ELEMENTARY)
    )


def _sum(amounts: Floats, group: NDArray[np.int64], groups: int) -> Floats:
    total = np.zeros((groups, *amounts.shape[1:]))
    np.add.at(total, group, amounts)
    return total
