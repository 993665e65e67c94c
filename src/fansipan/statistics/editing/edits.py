"""The edits: what a quantity must agree with, between which bounds, and how far outside it lies (Rules ED2 to ED5).

Every edit takes the evidence with its expectations (`gather_evidence`, `expect`) and gives the rows that fail it, as
columns establishment, product, `edit` (its name), `low` and `high` (what the quantity should lie between, in the
product's unit) and `distance` (how far outside, in widths of the allowed interval; infinite where nothing is allowed).
"""

from __future__ import annotations

from collections.abc import Callable
from math import log

import numpy as np
import polars as pl

from fansipan.statistics.editing.hidiroglou_berthelot import ratio_effects
from fansipan.statistics.editing.limits import EditLimits
from fansipan.statistics.output_value import PAIR

FAILED = (*PAIR, "edit", "low", "high", "distance")
Edit = Callable[[pl.DataFrame, EditLimits], pl.DataFrame]
# From a median absolute deviation to the standard deviation of a normal distribution.
NORMAL = 1.4826

# The edits that hold a return against one earlier month alone.
OF_MOVEMENT = ("last-month", "last-year", "hb-month", "hb-year")
SEVERAL_SOURCES = 3


def outside(rows: pl.DataFrame, edit: str, low: pl.Expr, high: pl.Expr, width: pl.Expr | float) -> pl.DataFrame:
    """The rows whose quantity lies outside `low` to `high`; distances are logarithms over `width`, a logarithm too.

    A quantity or bound that is missing fails nothing; nor does a quantity of zero, for which `stopped` asks.
    """
    quantity = pl.col("quantity")
    bounded = rows.with_columns(low.cast(pl.Float64).alias("low"), high.cast(pl.Float64).alias("high"))
    over = pl.when((quantity > pl.col("high")) & (quantity > 0)).then((quantity / pl.col("high")).log())
    under = pl.when((quantity < pl.col("low")) & (quantity > 0)).then((pl.col("low") / quantity).log())
    distance = pl.coalesce(over, under) / width
    failed = bounded.with_columns(pl.lit(edit).alias("edit"), distance.alias("distance"))
    return failed.filter(pl.col("distance") > 0).select(FAILED)


def _around(rows: pl.DataFrame, edit: str, centre: pl.Expr, ratio: float) -> pl.DataFrame:
    positive = pl.when(centre > 0).then(centre)
    return outside(rows, edit, positive / ratio, positive * ratio, log(ratio))


def in_range(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED2: between the smallest and the largest quantity of the last two years, with a margin."""
    factor = limits.range_factor
    return outside(rows, "range", pl.col("lowest") / factor, pl.col("highest") * factor, log(factor))


def to_last_month(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED3: the ratio to last month, beside the movement of the others."""
    return _around(rows, "last-month", pl.col("by-last-month"), limits.month_ratio)


def to_last_year(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED3: the ratio to the same month last year, beside the movement of the others."""
    return _around(rows, "last-year", pl.col("by-last-year"), limits.year_ratio)


def unit_value(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED3: value over quantity, to the unit value of last month or current price, within the month's spread."""
    return _within_spread(rows, "unit-value", "by-value", limits.unit_value_ratio, limits)


def within_capacity(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED3: no more than the design capacity of the month lets through, with a margin."""
    most = pl.col("capacity") * limits.capacity_ratio
    return outside(rows, "capacity", pl.lit(None), most, log(limits.capacity_ratio))


def stock_identity(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED5: opening stock + quantity - sales = closing stock, but for a share of the largest part.

    The distance is what is missing over what is allowed, less one.
    """
    parts = [pl.col(name) for name in ("last_stock", "quantity", "sales", "stock")]
    implied = pl.col("sales") + pl.col("stock") - pl.col("last_stock")
    allowed = limits.stock_share * pl.max_horizontal(parts)
    known = pl.all_horizontal([part.is_not_null() for part in parts])
    distance = pl.when(known & (allowed > 0)).then((pl.col("quantity") - implied).abs() / allowed - 1.0)
    failed = rows.with_columns(
        pl.lit("stock").alias("edit"),
        (implied - allowed).clip(lower_bound=0.0).alias("low"),
        (implied + allowed).clip(lower_bound=0.0).alias("high"),
        distance.alias("distance"),
    )
    return failed.filter(pl.col("distance") > 0).select(FAILED)


def around_expected(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED2: near what was expected, within the month's spread."""
    return _within_spread(rows, "expected", "expected", limits.expected_ratio, limits)


def _within_spread(rows: pl.DataFrame, edit: str, centre: str, least: float, limits: EditLimits) -> pl.DataFrame:
    """Within a few robust standard deviations of the month's own deviations from `centre`, `least` at the narrowest.

    The spread is that of the section, of all where fewer than `least_group` returns of the section can be compared,
    nothing where fewer of all can.
    """
    sound = (pl.col("quantity") > 0) & (pl.col(centre) > 0)
    size = pl.when(sound).then((pl.col("quantity") / pl.col(centre)).log()).abs()
    least_group = limits.least_group
    own = pl.when(size.count().over("section") >= least_group).then(size.median().over("section"))
    spread = NORMAL * pl.coalesce(own, pl.when(size.count() >= least_group).then(size.median()), pl.lit(0.0))
    width = pl.max_horizontal(limits.spread_multiple * spread, pl.lit(log(least)))
    rows = rows.with_columns(width.alias("width"))
    middle, width = pl.when(pl.col(centre) > 0).then(pl.col(centre)), pl.col("width")
    return outside(rows, edit, middle * (-width).exp(), middle * width.exp(), width)


def stopped(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED2: nothing made where something was expected; it may well be true, so it is one width away."""
    asked = rows.filter((pl.col("quantity") == 0) & (pl.col("expected") > 0))
    bounds = (pl.lit("zero").alias("edit"), pl.col("expected").alias("low"), pl.col("expected").alias("high"))
    return asked.with_columns(*bounds, pl.lit(1.0).alias("distance")).select(FAILED)


def hidiroglou_berthelot(rows: pl.DataFrame, limits: EditLimits, base: str, edit: str) -> pl.DataFrame:
    """Rule ED4: ratios to the quantity in column `base` that stand out in their division, sizes at constant prices.

    A division with fewer than `least_group` ratios is judged with its section, a section with fewer with all.
    """
    both = (pl.col("quantity") > 0) & (pl.col(base) > 0)
    sized = rows.filter(both).with_columns(_group(limits).alias("group"))
    found = [sized.head(0).with_columns(pl.lit(0.0).alias("distance"))]
    for group in sized.partition_by("group", maintain_order=True):
        found.append(group.with_columns(pl.Series("distance", _distances(group, base, limits))))
    failed = pl.concat(found).filter(pl.col("distance") > 0)
    centre = pl.col("by-last-month" if base == "last_quantity" else "by-last-year")
    return failed.with_columns(pl.lit(edit).alias("edit"), centre.alias("low"), centre.alias("high")).select(FAILED)


def _group(limits: EditLimits) -> pl.Expr:
    known = [(level, pl.len().over(level) >= limits.least_group) for level in ("division", "section")]
    return pl.coalesce(*(pl.when(enough).then(level) for level, enough in known), pl.lit("all"))


def _distances(group: pl.DataFrame, base: str, limits: EditLimits) -> np.ndarray:
    price = group["price"].to_numpy()
    options = {"exponent": limits.hb_exponent, "minimum": limits.hb_minimum, "multiple": limits.hb_multiple}
    if group.height < limits.least_group:
        return np.zeros(group.height)
    now, then = group["quantity"].to_numpy() * price, group[base].to_numpy() * price
    return ratio_effects(then, now, **options).distance


def hb_to_last_month(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED4 on last month."""
    return hidiroglou_berthelot(rows, limits, "last_quantity", "hb-month")


def hb_to_last_year(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Rule ED4 on the same month last year."""
    return hidiroglou_berthelot(rows, limits, "year_quantity", "hb-year")


EDITS: tuple[Edit, ...] = (
    in_range,
    to_last_month,
    to_last_year,
    unit_value,
    within_capacity,
    stock_identity,
    around_expected,
    stopped,
    hb_to_last_month,
    hb_to_last_year,
)


def failed_edits(rows: pl.DataFrame, limits: EditLimits) -> pl.DataFrame:
    """Every edit that fails, one row each, in the order of `EDITS` within a pair; `suspicion` = d / (1 + d).

    The distance in widths made a share below one, as in SELEKT (A. Norberg, Statistics Sweden). Of a return near what
    several sources expected an unusual movement alone says little, and counts `movement_share` of that. Rule ED8.
    """
    failed = pl.concat([edit(rows, limits) for edit in EDITS])
    sources = rows.select(*PAIR, "sources") if "sources" in rows.columns else rows.select(*PAIR, sources=pl.lit(0))
    doubted = failed.filter(pl.col("edit") == "expected").select(*PAIR, doubted=pl.lit(True))
    beside = failed.join(sources, on=list(PAIR), how="left", maintain_order="left")
    beside = beside.join(doubted, on=list(PAIR), how="left", maintain_order="left")
    expected = (pl.col("sources") >= SEVERAL_SOURCES) & pl.col("doubted").is_null()
    share = pl.when(expected & pl.col("edit").is_in(OF_MOVEMENT)).then(limits.movement_share).otherwise(1.0)
    suspicion = (1.0 - 1.0 / (1.0 + pl.col("distance"))) * share
    return beside.with_columns(suspicion.alias("suspicion")).select(*FAILED, "suspicion")
