"""Mineral planning across provinces: deposits and licences as of a day (Rule D18)."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

# A licence that ends within so many days is told.
SOON = 365


def licences_on(licences: pl.DataFrame, on: date) -> pl.DataFrame:
    """Every licence with its `state` on the day: ``planned``, ``not-yet``, ``valid``, ``ends-soon``, ``ended``.

    Columns: `licence`, `name`, `mineral`, `province`, `stage`, `tonnes_a_year`, `valid_from`, `valid_to`, `state`.
    """
    state = (
        pl.when(pl.col("valid_from").is_null())
        .then(pl.lit("planned"))
        .when(pl.col("valid_from") > on)
        .then(pl.lit("not-yet"))
        .when(pl.col("valid_to") < on)
        .then(pl.lit("ended"))
        .when(pl.col("valid_to") <= on + timedelta(days=SOON))
        .then(pl.lit("ends-soon"))
        .otherwise(pl.lit("valid"))
    )
    kept = ["licence", "name", "mineral", "province", "stage", "tonnes_a_year", "valid_from", "valid_to"]
    return licences.select(*kept, state.alias("state")).sort("mineral", "province", "licence")


def licensed_capacity(licences: pl.DataFrame, on: date) -> pl.DataFrame:
    """`mineral`, `province`, `tonnes`: what the licences in force allow to be mined a year."""
    valid = licences_on(licences, on).filter(
        pl.col("state").is_in(["valid", "ends-soon"]) & (pl.col("stage") == "mining")
    )
    return valid.group_by("mineral", "province", maintain_order=True).agg(pl.col("tonnes_a_year").sum().alias("tonnes"))
