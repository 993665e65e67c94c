"""The lines of a province: every product of every establishment, month by month, and what a unit is worth (Rule P1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.periods import Month, month_range
from fansipan.statistics.output_value import DIMENSIONS, MILLION_A_BILLION, PAIR, Tables, compile_output
from fansipan.statistics.references import constant_prices

Floats = NDArray[np.float64]
ATTRIBUTES = tuple(d for d in DIMENSIONS if d not in PAIR)
# Products of these classes are generation of electricity; in a mountain province that is hydropower (Rule P4).
GENERATION = ("3511", "35111")


@dataclass(frozen=True, eq=False, slots=True)
class Lines:
    """The lines and their history.

    `frame` has a row a line: establishment, product, project (null for what exists), the dimensions to sum by,
    `weight` (sampling weight), `constant` and `current` (billion đồng a unit, weight included), `capacity` (units a
    year, null where not known), `hydropower`, `closed`. `quantities` is lines x months from `start`, NaN where there
    is no line yet; `imputed` says which of them were.
    """

    frame: pl.DataFrame
    start: Month
    quantities: Floats
    imputed: NDArray[np.bool_]

    def __len__(self) -> int:
        return self.frame.height

    @property
    def last(self) -> Month:
        """The last month of the history."""
        return self.start + (self.quantities.shape[1] - 1)

    def of(self, months: tuple[Month, ...]) -> Floats:
        """The quantities of `months`, lines x months; zero before a line began or where nothing is known."""
        found = np.zeros((len(self), len(months)))
        for at, month in enumerate(months):
            place = month.ordinal - self.start.ordinal
            if 0 <= place < self.quantities.shape[1]:
                found[:, at] = np.nan_to_num(self.quantities[:, place])
        return found

    def price(self, basis: str = "constant") -> Floats:
        """Billion đồng a unit of each line, at ``constant`` or ``current`` prices."""
        return self.frame[basis].to_numpy()

    def places(self, dimension: str, code: str) -> NDArray[np.bool_]:
        """Which lines belong to `code` of a dimension; of an industry at whatever level its code stands."""
        if dimension == "industry":
            levels = [pl.col(level) == code for level in ("section", "division", "group", "class", "subclass")]
            return self.frame.select(pl.any_horizontal(levels).fill_null(value=False)).to_series().to_numpy()
        return self.frame[dimension].eq(code).fill_null(value=False).to_numpy()

    def joined(self, more: pl.DataFrame) -> Lines:
        """These lines and `more` without any history, of the same columns."""
        empty = np.full((more.height, self.quantities.shape[1]), np.nan)
        return replace(
            self,
            frame=pl.concat([self.frame, more.select(self.frame.columns)], how="vertical_relaxed"),
            quantities=np.vstack([self.quantities, empty]),
            imputed=np.vstack([self.imputed, np.zeros(empty.shape, dtype=bool)]),
        )


def lines_of(province: Tables, until: Month, known_on: date | None = None) -> Lines:
    """Every line of the province with its compiled history up to `until`, as known at the end of `known_on`.

    Raises what `compile_output` raises.
    """
    rows = compile_output(province, until=until, known_on=known_on).rows
    keys = rows.select(*PAIR, "weight", *ATTRIBUTES).unique(PAIR, keep="last", maintain_order=True).sort(PAIR)
    first = Month.parse(str(rows["month"].min()))
    months = [str(month) for month in month_range(first, until)]
    wide = rows.pivot("month", index=list(PAIR), values="quantity").sort(PAIR)
    marks = rows.with_columns(pl.col("method").is_not_null()).pivot("month", index=list(PAIR), values="method")
    frame = _priced(province, keys, until).with_columns(closed=_closed(wide, months))
    return Lines(
        frame,
        first,
        wide.select(months).to_numpy().astype(float),
        marks.sort(PAIR).select(months).fill_null(value=False).to_numpy().astype(bool),
    )


def _closed(wide: pl.DataFrame, months: list[str]) -> pl.Series:
    """Whether a line has no row in the last month: its establishment was closed."""
    return wide.select(pl.col(months[-1]).is_null()).to_series().alias("closed")


def _priced(province: Tables, keys: pl.DataFrame, until: Month) -> pl.DataFrame:
    prices = unit_prices(province, until)
    capacity = province["capacities"].filter(pl.col("valid_from") <= until.last_day).sort("valid_from")
    latest = capacity.group_by(PAIR, maintain_order=True).agg(pl.col("capacity").last())
    told = province["products"].select("product", pl.col("unit"))
    return (
        keys.join(prices, on="product", how="left", maintain_order="left")
        .join(latest, on=PAIR, how="left", maintain_order="left")
        .join(told, on="product", how="left", maintain_order="left")
        .with_columns(
            pl.col("constant") * pl.col("weight"),
            pl.col("current") * pl.col("weight"),
            pl.lit(None, dtype=pl.String).alias("project"),
            pl.col("class").is_in(GENERATION).fill_null(value=False).alias("hydropower"),
        )
    )


def unit_prices(province: Tables, until: Month) -> pl.DataFrame:
    """Billion đồng a unit of each product: `constant` (2010) and `current`, the last price known up to `until`."""
    prices = province["product_prices"]
    constant = constant_prices(prices).rename({"price": "constant"})
    current = prices.filter((pl.col("price_basis") == "current") & (pl.col("period") <= str(until))).sort("period")
    last = current.group_by("product", maintain_order=True).agg(current=pl.col("price").last())
    figures = pl.col("constant", "current") / MILLION_A_BILLION
    return constant.join(last, on="product", how="left").with_columns(figures)
