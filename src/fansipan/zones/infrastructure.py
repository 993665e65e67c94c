"""What a zone's utilities can give against what its projects need: power, water, waste water (Rule Z20)."""

from __future__ import annotations

import polars as pl

# resource: capacity column of `zones`, need column of `projects`, unit
RESOURCES = {
    "power": ("power_capacity", "power", "MW"),
    "water": ("water_capacity", "water", "m3/ngày"),
    "waste_water": ("waste_water_capacity", "waste_water", "m3/ngày"),
}
OPERATING = ("operating", "cited")


def infrastructure(zones: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """Capacity against need, a row a zone and resource.

    Columns: `zone`, `resource`, `unit`, `capacity`, `need_now` (projects in operation), `need_all` (with those
    registered and building), `silent` (projects that do not say their need), `balance` (capacity - need of all),
    `verdict`: ``enough``, ``short`` (the need of all is over the capacity), ``short-now`` (that of today already is),
    ``unknown`` (no capacity recorded). Where projects are silent the needs are lower bounds.
    """
    placed = projects.filter(pl.col("zone").is_not_null())
    frames = [_resource(zones, placed, name) for name in RESOURCES]
    return pl.concat(frames).sort("zone", "resource", maintain_order=True)


def _resource(zones: pl.DataFrame, projects: pl.DataFrame, resource: str) -> pl.DataFrame:
    capacity, need, unit = RESOURCES[resource]
    needs = (
        projects.filter(pl.col("standing").ne_missing("stopped"))
        .group_by("zone")
        .agg(
            pl.col(need).filter(pl.col("standing").is_in(OPERATING)).sum().alias("need_now"),
            pl.col(need).sum().alias("need_all"),
            pl.col(need).is_null().sum().cast(pl.Int64).alias("silent"),
        )
    )
    joined = zones.select("zone", capacity=pl.col(capacity)).join(needs, on="zone", how="left")
    filled = joined.with_columns(pl.col("need_now", "need_all").fill_null(0.0), pl.col("silent").fill_null(0))
    verdict = (
        pl.when(pl.col("capacity").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("need_now") > pl.col("capacity"))
        .then(pl.lit("short-now"))
        .when(pl.col("need_all") > pl.col("capacity"))
        .then(pl.lit("short"))
        .otherwise(pl.lit("enough"))
    )
    return filled.select(
        "zone",
        pl.lit(resource).alias("resource"),
        pl.lit(unit).alias("unit"),
        "capacity",
        "need_now",
        "need_all",
        "silent",
        (pl.col("capacity") - pl.col("need_all")).alias("balance"),
        verdict.alias("verdict"),
    )
