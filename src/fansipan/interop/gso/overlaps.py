"""Figures that several of the office's workbooks give: which agree, which were revised, which are in other units."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from fansipan.tables.reading.parsing import fold

# In powers of a thousand: what lies within one and a half times of it.
NEAR_A_POWER = 0.06


def overlaps(imported: Iterable[pl.DataFrame], tolerance: float = 0.005) -> pl.DataFrame:
    """Figures that several workbooks give: where they agree and where they were revised.

    Returns indicator, scope, period, measure, `first` and `last` (by day of publication), `revision`, `agrees`, and
    the units of both: where they differ (tỷ đồng, nghìn tỷ đồng) the figures cannot agree and there is no revision.
    `thousandfold` says that they lie a thousand or a million times apart, as where the words of the unit were changed
    and the figure was not.
    """
    everything = pl.concat(list(imported)).sort("published_on", nulls_last=True)
    # Names are spelt now so, now so (hoá, hóa); the same letters without accents are the same thing.
    spelt = {name: fold(name) for name in everything["scope"].unique()}
    everything = everything.with_columns(pl.col("scope").replace_strict(spelt).alias("spelt"))
    key = ["indicator", "spelt", "period", "measure"]
    units = ["first_unit", "last_unit"]
    same_unit = pl.col("first_unit").str.to_lowercase().eq_missing(pl.col("last_unit").str.to_lowercase())
    several = everything.group_by(key, maintain_order=True).agg(
        pl.col("scope").last(),
        pl.col("value").first().alias("first"),
        pl.col("value").last().alias("last"),
        pl.col("unit").first().alias("first_unit"),
        pl.col("unit").last().alias("last_unit"),
        pl.col("published_on").n_unique().alias("editions"),
    )
    return (
        several.filter(pl.col("editions") > 1)
        .with_columns(pl.when(same_unit).then(pl.col("last") - pl.col("first")).alias("revision"))
        .with_columns((pl.col("revision").abs() <= tolerance).fill_null(False).alias("agrees"))
        .with_columns(_thousandfold().alias("thousandfold"))
        .select(
            "indicator", "scope", "period", "measure", "first", "last", "revision", "agrees", *units, "thousandfold"
        )
    )


def _thousandfold() -> pl.Expr:
    """Whether first and last lie near a power of a thousand apart, the first power or more."""
    level = pl.col("measure").is_in(["level", "ytd"]) & (pl.col("first") > 0) & (pl.col("last") > 0)
    powers = (pl.col("last") / pl.col("first")).log(1000)
    near = (powers - powers.round()).abs() < NEAR_A_POWER
    return pl.when(level).then(near & (powers.round().abs() >= 1)).otherwise(pl.lit(False))
