"""The index of industrial production from returns: product volume over base volume, then up the tree (Rules G13 and
G14).

A fixed-base Laspeyres volume index with value-added weights of the base year: product -> class -> division -> section
-> total. It is the department's own estimate ("ước tính của Sở"); the statistics office's index stands beside it.
"""

from __future__ import annotations

import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.imputation.activity import first_open_month, known_volumes, month_ordinal, with_given_up
from fansipan.statistics.index.trees.aggregation import aggregate_index
from fansipan.statistics.index.trees.checks import Missing
from fansipan.statistics.index.trees.classifications import aggregate_classifications
from fansipan.statistics.index.trees.growth import Growth
from fansipan.statistics.output_value import Output, Tables


def product_volumes(output: Output) -> pl.DataFrame:
    """Volume of each product by month: `product`, month, `volume`, `imputed`; see `known_volumes` (Rules G3b, G13)."""
    return known_volumes(with_given_up(output.rows), output.until)


def base_year_weights(province: Tables, base_year: int | None = None) -> pl.DataFrame:
    """The rows of `index_weights` of a base year, the latest one where none is asked for.

    Raises Refused ``index.no-weights`` where there are none.
    """
    weights = province["index_weights"]
    year = weights["base_year"].max() if base_year is None else base_year
    chosen = weights.filter(pl.col("base_year").eq_missing(pl.lit(year)))
    if chosen.is_empty():
        raise Refused("index.no-weights", year=year or "–")
    return chosen


def root_of(weights: pl.DataFrame) -> str:
    """The code of the top of a weighting tree."""
    return str(weights.filter(pl.col("parent").is_null())["code"].item())


def relatives(province: Tables, output: Output, weights: pl.DataFrame) -> pl.DataFrame:
    """Index of each weighted product, base-year monthly mean = 100: `code`, `period`, `index` (Rule G13)."""
    base = weights.filter(pl.col("base_volume") > 0).select(pl.col("code").alias("product"), "base_volume")
    volumes = product_volumes(output)
    return (
        pl.concat([volumes, _before_opening(province, volumes, weights)])
        .sort("product", "month")
        .join(base, on="product", validate="m:1")
        .select(
            pl.col("product").alias("code"),
            pl.col("month").alias("period"),
            (pl.col("volume") / pl.col("base_volume") * 100).alias("index"),
        )
    )


def _before_opening(province: Tables, volumes: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """Zeros in the months before the first maker of a product opened, where the base year knows no maker before it."""
    makers = province["returns"].select("establishment", "product").unique()
    opened = makers.join(province["establishments"], on="establishment", validate="m:1").group_by("product")
    dates = opened.agg(
        pl.when(pl.col("opened_on").is_not_null().all()).then(first_open_month().min()).alias("opened"),
        pl.col("opened_on").dt.year().min().alias("year"),
    )
    recent = dates.filter(pl.col("opened").is_not_null() & (pl.col("year") <= weights["base_year"].max()))
    months = volumes.select("month").unique().with_columns(month_ordinal().alias("t"))
    begun = volumes.group_by("product").agg(pl.col("month").min().alias("begun"))
    before = recent.join(begun, on="product", validate="1:1").join(months, how="cross")
    shut = before.filter((pl.col("t") < pl.col("opened")) & (pl.col("month") < pl.col("begun")))
    return shut.select("product", "month", pl.lit(0.0).alias("volume"), pl.lit(value=False).alias("imputed"))


def unreported_weights(province: Tables, output: Output, base_year: int | None = None) -> pl.DataFrame:
    """The weighted products of which no return has ever come: `code` and `share` of the total (percent).

    The index stands without them: the others' weights are scaled up.
    """
    weights = base_year_weights(province, base_year)
    made = set(relatives(province, output, weights)["code"])
    shares = shares_in_root(weights).filter(~pl.col("code").is_in(list(made)))
    return shares.select("code", (pl.col("weight") * 100).alias("share"))


def compile_index(
    province: Tables,
    output: Output,
    *,
    base_year: int | None = None,
    growth: Growth | None = None,
    missing: Missing = "both-ways",
    since: Month | None = None,
) -> pl.DataFrame:
    """The index of every node of the weighting tree: `code`, `period`, `index`, `imputed` and, with `growth`, that.

    A product of which nothing is known in a month moves as its class does, also backwards before its first return (see
    `aggregate_index` for the other choices of `missing`); one without any return leaves the means, see
    `unreported_weights`. Raises Refused ``index.no-weights``, and what `aggregate_index` raises.
    """
    weights = base_year_weights(province, base_year)
    values = relatives(province, output, weights)
    if since is not None:
        values = values.filter(pl.col("period") >= str(since))
    return aggregate_index(values, weights.select("code", "parent", "weight"), missing=missing, growth=growth)


def compile_index_by(
    province: Tables, output: Output, by: str, *, base_year: int | None = None, growth: Growth | None = None
) -> pl.DataFrame:
    """The index over the same products by another classification: `by` is ``portfolio``, ``use`` or ``line`` (Rule
    G15).

    Returns the columns of `aggregate_index` for the total, every group (``unclassified`` for products without one)
    and every product, after ``level``. A product weighs what it weighs in the industries' tree, so that the total is
    the same.
    """
    weights = base_year_weights(province, base_year)
    groups = output.rows.select(pl.col("product").alias("code"), pl.col(by).fill_null("unclassified")).unique()
    elements = shares_in_root(weights).join(groups, on="code", validate="1:1")
    values = relatives(province, output, weights)
    found = aggregate_classifications(values, elements, {by: [by]}, missing="both-ways", growth=growth)
    return found.drop("classification").select("code", "period", "level", pl.exclude("code", "period", "level"))


def shares_in_root(weights: pl.DataFrame) -> pl.DataFrame:
    """What every leaf of a weighting tree weighs in its root: `code`, `weight` (they add up to 1)."""
    parents = dict(weights.select("code", "parent").iter_rows())
    own = {code: weight for code, weight in weights.select("code", "weight").iter_rows() if weight is not None}
    children: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent, []).append(code)

    def weight_of(code: str) -> float:
        return own[code] if code in own else sum(weight_of(child) for child in children.get(code, []))

    shares: dict[str, float] = {}
    open_nodes = [(code, 1.0) for code in children.get(None, [])]
    while open_nodes:
        code, share = open_nodes.pop()
        below = children.get(code, [])
        if not below:
            shares[code] = share
        whole = sum(weight_of(child) for child in below)
        open_nodes += [(child, share * weight_of(child) / whole) for child in below]
    return pl.DataFrame({"code": list(shares), "weight": list(shares.values())}).sort("code")
