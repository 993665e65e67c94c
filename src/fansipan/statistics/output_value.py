"""Gross output of industry from monthly returns, in both price bases (Rules G1 to G6).

    output = compile_output(province, until=Month(2024, 5), known_on=date(2024, 5, 31))

reads as the method: latest record, edits, what is expected, imputation, value. The result keeps one row for each
establishment, product and month, so that every sum can be walked back to its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import polars as pl

from fansipan.classification import LEVELS, lineage
from fansipan.errors import Fault, InvalidInput, Place, Refused
from fansipan.periods import Month, month_range
from fansipan.statistics.imputation.activity import first_open_month, last_open_month, month_ordinal
from fansipan.statistics.imputation.filling import DEFAULT_METHODS, expected, impute
from fansipan.statistics.records import apply_edits, latest
from fansipan.statistics.references import constant_prices, groups_on, once

MILLION_A_BILLION = 1000.0
PAIR = ("establishment", "product")
# What `impute` adds to a row.
IMPUTED = {"method": pl.String(), "base_quantity": pl.Float64(), "base_t": pl.Int64(), "moved_by": pl.String()}
# What gross output can be summed by: columns of `Output.rows`.
DIMENSIONS = (*LEVELS, "product", "establishment", "area", "zone", "ownership", "kind", "line", "portfolio", "use")


class Tables(Protocol):
    """What the measures need of a province: its tables by name."""

    def __getitem__(self, table: str, /) -> pl.DataFrame:
        """The frame of a table."""
        ...


@dataclass(frozen=True, slots=True)
class Output:
    """Compiled output: `rows` by establishment, product and month.

    Columns of `rows`: establishment, product, month, quantity (product's unit), `method` (how it was imputed, null
    where reported), made from `base_quantity` of `base_month`, `moved_by` which level (Rule X3), `edited`, status,
    recorded_at, `constant` and `current` (billion đồng, grossed up), `weight` (how many establishments like it the row
    stands for), and the `DIMENSIONS` to sum by.
    """

    rows: pl.DataFrame
    until: Month
    known_on: date | None


def compile_output(
    province: Tables,
    *,
    until: Month,
    known_on: date | None = None,
    imputed: bool = True,
    methods: Sequence[str] = DEFAULT_METHODS,
) -> Output:
    """Compile gross output up to `until` from what was known by the end of `known_on` (everything, where None).

    What is missing is filled by the first of `methods` that can; with `imputed` false missing stays missing: the raw
    totals. Where returns are a sample, values are grossed up by the establishment's weight (Rule ED15). Raises Refused
    ``output.no-returns`` if there is no return up to `until`, and InvalidInput ``output.no-price`` for every product
    reported that has no price of 2010, and NotFound ``imputation.unknown``.
    """
    chosen = tuple(methods) if imputed else ()
    return complete_output(expected_rows(province, until, known_on), province, until, known_on, chosen)


def expected_rows(province: Tables, until: Month, known_on: date | None = None) -> pl.DataFrame:
    """A row for every return made or expected up to `until`, as recorded and edited, before anything is imputed.

    `price` is the constant one times the sampling weight. Raises what `compile_output` raises.
    """
    returns = province["returns"].filter(pl.col("month") <= str(until))
    records = apply_edits(latest(returns, known_on), province["edits"], known_on)
    if records.is_empty():
        raise Refused("output.no-returns", until=until)
    rows = _grid(records, pair_attributes(province, records, until), until)
    return rows.with_columns(pl.col("price") * pl.col("weight"))


def complete_output(
    rows: pl.DataFrame, province: Tables, until: Month, known_on: date | None, methods: Sequence[str]
) -> Output:
    """The output of `expected_rows` with what is missing filled by `methods` (none: left missing), and valued."""
    nothing = (pl.lit(None, dtype=kind).alias(name) for name, kind in IMPUTED.items())
    filled = impute(rows, methods) if methods else rows.with_columns(*nothing)
    return Output(_valued(filled, province["product_prices"]), until, known_on)


def pair_attributes(province: Tables, records: pl.DataFrame, until: Month) -> pl.DataFrame:
    """What is known of every pair of establishment and product: where it belongs, its price of 2010, when it is open.

    Returns establishment, product, `DIMENSIONS`, price (constant, million đồng a unit), `weight` (sampling weight, 1
    where none is given), `first` and `last` (months as ordinals).
    """
    products = once(province["products"], ["product"], "products")
    industries = lineage(once(province["industries"], ["version", "industry"], "industries"))
    products = products.join(industries, on=["version", "industry"], how="left", validate="m:1")
    groups = groups_on(province["portfolio"], until.last_day)
    products = products.join(groups, on="line", how="left", validate="m:1")
    prices = constant_prices(province["product_prices"])
    products = products.join(prices, on="product", how="left", validate="1:1")
    _refuse_unpriced(records, products)
    who = once(province["establishments"], ["establishment"], "establishments").select(
        "establishment",
        "area",
        "zone",
        "ownership",
        "kind",
        pl.col("weight").fill_null(1.0),
        first_open_month().alias("opening"),
        last_open_month().alias("closing"),
    )
    first = records.group_by(PAIR).agg(month_ordinal().min().alias("first"))
    return (
        first.join(products.select("product", *LEVELS, "line", "portfolio", "use", "price"), on="product", how="left")
        .join(who, on="establishment", how="left")
        .with_columns(
            pl.max_horizontal("first", "opening").alias("first"),
            pl.col("closing").fill_null(until.ordinal).alias("last"),
        )
        .drop("opening", "closing")
    )


def _month_of(t: pl.Expr) -> pl.Expr:
    return pl.format("{}-{}", t // 12, (t % 12 + 1).cast(pl.String).str.zfill(2))


def _refuse_unpriced(records: pl.DataFrame, products: pl.DataFrame) -> None:
    priced = products.filter(pl.col("price").is_not_null())["product"]
    unpriced = sorted(set(records["product"].unique()) - set(priced))
    if unpriced:
        raise InvalidInput(Fault("output.no-price", {"product": p}, Place(file="product_prices"), p) for p in unpriced)


def _grid(records: pl.DataFrame, attributes: pl.DataFrame, until: Month) -> pl.DataFrame:
    """One row for each pair and month in which a return was made or is expected."""
    first = Month.from_ordinal(int(attributes["first"].min() or until.ordinal))  # type: ignore[arg-type]
    months = pl.DataFrame({"month": [str(m) for m in month_range(first, until)]}).with_columns(
        month_ordinal().alias("t")
    )
    kept = records.select(*PAIR, month_ordinal().alias("t"), "quantity", "value", "status", "recorded_at", "edited")
    pairs = attributes.select(*PAIR, "first", "last")
    # A figure outside the dates an establishment is open is kept: the checks tell it, the sum must not lose it. A form
    # without one says nothing, and nothing is expected of who is not open.
    shut = (pl.col("t") < pl.col("first")) | (pl.col("t") > pl.col("last"))
    outside = kept.join(pairs, on=PAIR, validate="m:1").filter(shut & pl.col("quantity").is_not_null())
    grid = expected(kept, pairs, months)
    outside = outside.join(months, on="t").select(grid.columns)
    return pl.concat([grid, outside]).drop("first", "last").join(attributes.drop("first", "last"), on=PAIR)


def _valued(rows: pl.DataFrame, prices: pl.DataFrame) -> pl.DataFrame:
    """Quantities times prices, in billion đồng (Rules G5 and G6)."""
    current = prices.filter(pl.col("price_basis") == "current")
    current = once(current, ["product", "period"], "product_prices")
    of_month = current.select("product", pl.col("period").alias("month"), pl.col("price").alias("month_price"))
    of_year = current.select("product", pl.col("period").alias("year"), pl.col("price").alias("year_price"))
    reported = pl.col("method").is_null() & ~pl.col("edited").fill_null(value=False)
    grossed = pl.col("quantity") * pl.col("weight")
    priced = grossed * pl.coalesce("month_price", "year_price") / MILLION_A_BILLION
    imputed = ["method", "base_quantity", "base_month", "moved_by"]
    columns = [*PAIR, "month", "quantity", *imputed, "edited", "status", "recorded_at"]
    columns += ["constant", "current", "weight"]
    dimensions = [d for d in DIMENSIONS if d not in columns]
    return (
        rows.with_columns(pl.col("month").str.slice(0, 4).alias("year"))
        .join(of_month, on=["product", "month"], how="left")
        .join(of_year, on=["product", "year"], how="left")
        .with_columns(
            (pl.col("quantity") * pl.col("price") / MILLION_A_BILLION).alias("constant"),
            pl.coalesce(pl.when(reported).then(pl.col("value") * pl.col("weight")), priced).alias("current"),
            pl.col("edited").fill_null(value=False),
            _month_of(pl.col("base_t")).alias("base_month"),
        )
        .select(*columns, *dimensions)
        .sort(*PAIR, "month")
    )
