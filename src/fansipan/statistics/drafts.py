"""Draft prices and weights for a province that has neither (Rules DR1 to DR3).

A department that begins has quantities and a list of who works where, but no prices of 2010 and no weights. Drafts let
it see its first month; they are ``estimated``, and whatever rests on them says so (`drafted_share`).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from fansipan.classification import lineage
from fansipan.errors import Refused
from fansipan.statistics.output_value import MILLION_A_BILLION, Output, Tables
from fansipan.statistics.records import apply_edits, latest
from fansipan.statistics.references import BASE_PERIOD, CONSTANT, constant_prices

DRAFT = "estimated"
ROOT = "total"
# A year of a product's returns is taken to twelve months from so many on.
FEWEST_MONTHS = 3


def volumes_of(province: Tables, year: int) -> pl.DataFrame:
    """Mean monthly volume of each product in a year, over the months in which it was reported: `product`, `volume`."""
    records = apply_edits(latest(province["returns"]), province["edits"])
    of_year = records.filter(pl.col("month").str.starts_with(str(year)), pl.col("quantity").is_not_null())
    monthly = of_year.group_by("product", "month").agg(pl.col("quantity").sum())
    means = monthly.group_by("product").agg(pl.col("quantity").mean().alias("volume"), pl.len().alias("months"))
    return means.filter((pl.col("months") >= FEWEST_MONTHS) & (pl.col("volume") > 0)).select("product", "volume")


def shares_of(province: Tables, year: int) -> pl.DataFrame:
    """The share of each product in the province's work: `product`, `share` (Rule DR1).

    The labour of an establishment, as last reported, is divided evenly among what it made in the year. Raises Refused
    ``draft.no-labour`` where nobody's is known.
    """
    labour = province["establishment_returns"].drop_nulls("labour").sort("month", "recorded_at")
    people = labour.unique("establishment", keep="last", maintain_order=True).select("establishment", "labour")
    made = latest(province["returns"]).filter(pl.col("month").str.starts_with(str(year)), pl.col("quantity") > 0)
    pairs = made.select("establishment", "product").unique().join(people, on="establishment", how="inner")
    if pairs.is_empty():
        raise Refused("draft.no-labour", year=year)
    each = pairs.with_columns((pl.col("labour") / pl.len().over("establishment")).alias("people"))
    by_product = each.group_by("product").agg(pl.col("people").sum()).sort("product")
    return by_product.select("product", (pl.col("people") / pl.col("people").sum()).alias("share"))


def draft_prices(province: Tables, year: int, totals: Mapping[str, float]) -> pl.DataFrame:
    """Rows of `product_prices` for products without a constant price (Rule DR2).

    Where returns tell a value, the price is the value of the year over its quantity. For the others `totals`, the
    official output of the year in billion đồng by section or of ``total``, less what is priced, is divided by the
    shares of work, and each product's part by its volume. Raises Refused ``draft.no-total`` where such products have no
    total to share, ``draft.total-spent`` where what is priced exceeds it.
    """
    volumes = volumes_of(province, year)
    told = _prices_told(province, year)
    priced = pl.concat([constant_prices(province["product_prices"]), told]).unique("product", keep="first")
    wanting = volumes.join(priced, on="product", how="anti")
    found = [told.join(constant_prices(province["product_prices"]), on="product", how="anti")]
    sections = _sections(province)
    for scope, total in totals.items():
        inside = sections.filter((pl.col("section") == scope) | pl.lit(scope == ROOT)).select("product")
        worth = volumes.join(priced, on="product").join(inside, on="product", how="semi")
        left = total - float((worth["volume"] * worth["price"]).sum()) * 12 / MILLION_A_BILLION
        these = wanting.join(inside, on="product", how="semi")
        if these.is_empty():
            continue
        if left <= 0:
            raise Refused("draft.total-spent", scope=scope, total=total)
        parts = these.join(shares_of(province, year), on="product", how="left").with_columns(
            pl.col("share").fill_null(0)
        )
        share = pl.col("share") / pl.col("share").sum()
        price = (share * left * MILLION_A_BILLION / (pl.col("volume") * 12)).alias("price")
        found.append(parts.select("product", price).filter(pl.col("price") > 0))
        wanting = wanting.join(these, on="product", how="anti")
    if wanting.height:
        raise Refused("draft.no-total", count=wanting.height, products=", ".join(wanting["product"].sort()[:5]))
    rows = pl.concat(found).sort("product")
    return rows.select(
        "product",
        pl.lit(CONSTANT).alias("price_basis"),
        pl.lit(BASE_PERIOD).alias("period"),
        pl.col("price").round_sig_figs(6).round(6).clip(lower_bound=1e-6),
        pl.lit(DRAFT).alias("source"),
    )


def _prices_told(province: Tables, year: int) -> pl.DataFrame:
    """Prices that returns themselves tell: value over quantity of the year."""
    records = latest(province["returns"]).filter(
        pl.col("month").str.starts_with(str(year)), pl.col("quantity") > 0, pl.col("value") > 0
    )
    sums = records.group_by("product").agg(pl.col("value").sum(), pl.col("quantity").sum()).sort("product")
    return sums.select("product", (pl.col("value") * MILLION_A_BILLION / pl.col("quantity")).alias("price"))


def _sections(province: Tables) -> pl.DataFrame:
    """The section of each product: `product`, `section`."""
    tree = lineage(province["industries"])
    return province["products"].join(tree, on=["version", "industry"], how="left").select("product", "section")


def draft_weights(province: Tables, year: int) -> pl.DataFrame:
    """Rows of `index_weights` of base year `year`: output of the year at constant prices, up the tree (Rule DR3).

    Product, class, division, section, total, as in the statistics office's index. Output stands for value added.
    """
    volumes = volumes_of(province, year).join(constant_prices(province["product_prices"]), on="product")
    tree = lineage(province["industries"])
    leaves = volumes.join(province["products"], on="product").join(tree, on=["version", "industry"], how="left")
    weight = (pl.col("volume") * 12 * pl.col("price") / MILLION_A_BILLION).alias("weight")
    leaves = leaves.with_columns(weight).filter(pl.col("weight") > 0).sort("product")
    levels = [("product", "industry"), ("industry", "division"), ("division", "section"), ("section", None)]
    rows = []
    for code, parent in levels:
        above = pl.lit(ROOT) if parent is None else pl.col(parent)
        nodes = leaves.filter(pl.col(code).is_not_null(), above.is_not_null(), above != pl.col(code))
        base = pl.col("volume").first() if code == "product" else pl.lit(None, pl.Float64)
        grouped = nodes.group_by(pl.col(code).alias("code"), above.alias("parent")).agg(
            pl.col("weight").sum(), base.alias("base_volume")
        )
        rows.append(grouped.sort("code"))
    top = [(ROOT, None, leaves["weight"].sum(), None)]
    frame = pl.concat([*rows, pl.DataFrame(top, schema=rows[0].schema, orient="row")])
    kept = pl.col("weight").round(6)
    return frame.select(
        pl.lit(year).alias("base_year"), "code", "parent", kept, "base_volume", pl.lit(DRAFT).alias("source")
    )


def drafted_share(province: Tables, output: Output) -> float:
    """The percentage of the last month's output that is valued at draft prices."""
    drafts = province["product_prices"].filter((pl.col("price_basis") == CONSTANT) & (pl.col("source") == DRAFT))[
        "product"
    ]
    rows = output.rows.filter(pl.col("month") == str(output.until))
    whole = float(rows["constant"].sum())
    return (
        100 * float(rows.filter(pl.col("product").is_in(drafts.implode()))["constant"].sum()) / whole if whole else 0.0
    )


def weights_are_drafts(weights: pl.DataFrame) -> bool:
    """Whether weights of an index are drafts."""
    return bool((weights["source"] == DRAFT).any())
