"""A series of bilateral indexes over prices and quantities: fixed-base or chained, with exact contributions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
import polars as pl

from fansipan.errors import FansipanError, Fault, Place, refuse
from fansipan.statistics.index.bilateral.chaining import chain, chain_contributions
from fansipan.statistics.index.bilateral.formulas import Formula, arithmetic_weights, bilateral
from fansipan.statistics.index.bilateral.means import GEOMETRIC, transmute_weights
from fansipan.statistics.index.trees.checks import numbered
from fansipan.statistics.index.trees.layout import to_array, to_frame
from fansipan.statistics.index.trees.tree import Floats

Unmatched = Literal["refuse", "leave-out"]
# Formulas that are ratios of sums, so that a volume of nothing has its place in them.
SUMS = ("laspeyres", "paasche", "fisher", "lowe")
# Formulas whose weights are those of one named period, whatever periods are compared.
FixedWeights = Literal["lowe", "young"]
FIXED_WEIGHTS: tuple[FixedWeights, ...] = get_args(FixedWeights)


@dataclass(frozen=True, slots=True)
class BilateralSeries:
    """An index with what it is made of.

    `index` is ``period, index`` (first period 100); `contributions` is ``product, period, contribution``, percentage
    points of the change since the first period, summing to it; `changes` is ``product, period, change``: the products
    that were left out of a comparison because they were ``new`` or had ``vanished``.
    """

    index: pl.DataFrame
    contributions: pl.DataFrame
    changes: pl.DataFrame


def bilateral_series(
    data: pl.DataFrame,
    formula: Formula | FixedWeights,
    *,
    weights_of: str | None = None,
    compared: Literal["price", "quantity"] = "price",
    chained: bool = False,
    unmatched: Unmatched = "refuse",
) -> BilateralSeries:
    """The index of `formula` of each period on the first (Rule S9), directly or chained from one to the next (S12).

    `data` has ``product``, ``period``, ``price``, ``quantity``. `compared` says what is compared, the other being the
    weight: ``price`` gives a price index, ``quantity`` a volume index. A product that one of the two periods compared
    lacks is refused, or left out of that comparison and logged (Rule S18). ``lowe`` and ``young`` weigh by the
    quantities or the values of the period `weights_of`.

    A quantity compared may be zero where the formula is a ratio of sums (Laspeyres, Paasche, Fisher, Lowe).

    Raises InvalidInput: repeated rows, compared figures not above zero, weights below zero, unmatched products, periods
    in which nothing with a weight can be compared; FansipanError ``index.weights-of`` for `weights_of` left out, named
    for a formula that has no use for it, or no period of `data`.
    """
    check_weights_of(formula, weights_of, data["period"])
    data = numbered(data)
    products, periods = data["product"].unique(maintain_order=True), data["period"].unique().sort()
    weighing = "quantity" if compared == "price" else "price"
    may_be_nothing = compared == "quantity" and formula in SUMS
    refuse(_faults(data, compared, weighing, zero=may_be_nothing))
    figure, weight = (to_array(data, products, periods, value=v) for v in (compared, weighing))
    if weights_of is not None:
        at = periods.to_list().index(weights_of)
        refuse(_unweighted(products, figure[:, at] + weight[:, at], weights_of))
        formula, weight = _as_laspeyres(cast(FixedWeights, formula), figure, weight, at)
    base = np.maximum(np.arange(len(periods)) - 1, 0) if chained else np.zeros(len(periods), dtype=int)
    known = ~np.isnan(figure) & ~np.isnan(weight)
    changes = _changes(products, periods, known[:, base], known)
    if unmatched == "refuse":
        refuse(Fault("index.unmatched", row, Place(), row["product"]) for row in changes.iter_rows(named=True))
    refuse(_empty(periods, figure, weight, base))
    nothing = bool((figure == 0).any())
    if nothing:
        refuse(_without_base(periods, figure, weight, base))
    relatives, parts = (_sums if nothing else _links)(cast(Formula, formula), figure, weight, base)
    index = chain(relatives) if chained else relatives
    total = chain_contributions(parts, relatives) if chained else parts
    return BilateralSeries(
        pl.DataFrame({"period": periods, "index": 100 * index}),
        to_frame(products, periods, {"contribution": 100 * total}),
        changes,
    )


def check_weights_of(formula: str, weights_of: str | None, periods: pl.Series) -> None:
    """Raise FansipanError ``index.weights-of`` unless a period is named for `FIXED_WEIGHTS`, and for them only."""
    needed = formula in FIXED_WEIGHTS
    if needed != (weights_of is not None) or (needed and weights_of not in periods):
        raise FansipanError("index.weights-of", formula=formula, formulas=", ".join(FIXED_WEIGHTS))


def _as_laspeyres(formula: FixedWeights, figure: Floats, weight: Floats, at: int) -> tuple[Formula, Floats]:
    """The weights with which a Laspeyres index is the one asked for: those of the period `at`, in every period.

    Lowe's quantities count at the prices of the base, as Laspeyres' do; Young's values count as they were.
    """
    if formula == "lowe":
        return "laspeyres", np.repeat(weight[:, [at]], figure.shape[1], axis=1)
    return "laspeyres", (figure * weight)[:, [at]] / figure


def _unweighted(products: pl.Series, known: Floats, period: str) -> Iterator[Fault]:
    for product in products.filter(pl.Series(np.isnan(known))):
        yield Fault("index.no-weight-of", {"product": product, "period": period}, Place(), product)


def _empty(periods: pl.Series, figure: Floats, weight: Floats, base: np.ndarray) -> Iterator[Fault]:
    """Periods in which no product with a weight is in both periods compared."""
    matched = ~np.isnan(figure + weight + figure[:, base] + weight[:, base])
    for side in (weight, weight[:, base]):
        matched &= (np.where(matched, side, 0.0) > 0).any(axis=0)
    for period in periods.filter(pl.Series(~matched.any(axis=0))):
        yield Fault("index.no-pairs", {"period": period})


def _links(formula: Formula, figure: Floats, weight: Floats, base: np.ndarray) -> tuple[Floats, Floats]:
    """The index of every period on its base, and each product's part in its change."""
    matched = ~np.isnan(figure + weight + figure[:, base] + weight[:, base])
    # A product that is not matched counts with a weight of nothing.
    first, second = np.where(matched, figure[:, base], 1.0), np.where(matched, figure, 1.0)
    before, after = np.where(matched, weight[:, base], 0.0), np.where(matched, weight, 0.0)
    share = arithmetic_weights(formula, first, second, before, after)
    return bilateral(formula, first, second, before, after), share * (second / first - 1)


def _sums(formula: Formula, figure: Floats, weight: Floats, base: np.ndarray) -> tuple[Floats, Floats]:
    """`_links` where some volumes are nothing, as ratios of sums: a relative on nothing does not exist (Rule S9)."""
    matched = ~np.isnan(figure + weight + figure[:, base] + weight[:, base])
    first, second = np.where(matched, figure[:, base], 0.0), np.where(matched, figure, 0.0)
    change = {}
    for name, at in (("laspeyres", weight[:, base]), ("paasche", weight)):
        held = np.where(matched, at, 0.0)
        change[name] = held * (second - first) / (held * first).sum(axis=0)
    if formula != "fisher":
        return 1 + change[formula].sum(axis=0), change[formula]
    both = np.stack([1 + part.sum(axis=0) for part in change.values()])
    mix = transmute_weights(both, None, GEOMETRIC)
    parts = (mix[:, None] * np.stack(list(change.values()))).sum(axis=0)
    return np.sqrt(both.prod(axis=0)), parts


def _without_base(periods: pl.Series, figure: Floats, weight: Floats, base: np.ndarray) -> Iterator[Fault]:
    """Periods whose base has no volume at all that they could be held against."""
    matched = ~np.isnan(figure + weight + figure[:, base] + weight[:, base])
    for side in (weight, weight[:, base]):
        held = np.where(matched, side * figure[:, base], 0.0).sum(axis=0)
        for period in periods.filter(pl.Series(~(held > 0))):
            yield Fault("index.no-pairs", {"period": period})


def _changes(products: pl.Series, periods: pl.Series, then: np.ndarray, now: np.ndarray) -> pl.DataFrame:
    log = to_frame(products, periods, {"new": ~then & now, "vanished": then & ~now})
    long = log.unpivot(["new", "vanished"], index=["product", "period"], variable_name="change", value_name="is")
    return long.filter("is").drop("is").sort("period", maintain_order=True)


def _faults(data: pl.DataFrame, compared: str, weighing: str, *, zero: bool) -> Iterator[Fault]:
    rule, least = ("cell.too-small", pl.col(compared) >= 0) if zero else ("cell.not-above", pl.col(compared) > 0)
    found = {
        ("row.duplicate", ""): data.filter(~pl.struct("product", "period").is_first_distinct()),
        (rule, compared): data.filter(~(least & pl.col(compared).is_finite())),
        ("cell.too-small", weighing): data.filter(~((pl.col(weighing) >= 0) & pl.col(weighing).is_finite())),
    }
    for (code, column), rows in found.items():
        params = {"keys": "product, period", "column": column, "bound": 0}
        for row in rows.iter_rows(named=True):
            yield Fault(code, params, Place(row=row["row"], column=column or None), row["product"])
