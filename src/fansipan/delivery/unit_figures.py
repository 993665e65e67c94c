"""Figures of a province by administrative unit, laid on the units of any day across a reorganisation (Rule D17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from fansipan.areas import successor_on
from fansipan.delivery.reorganisation import carried
from fansipan.errors import NotFound
from fansipan.indicators import Source
from fansipan.province import Province
from fansipan.zones.places import places, wholes

SCHEMA = {"area": pl.String, "level": pl.String, "value": pl.Float64, "units": pl.Int64, "from": pl.String}


def _count(table: str) -> Callable[[Province, date], pl.DataFrame]:
    def figures(province: Province, on: date) -> pl.DataFrame:
        return province[table].group_by("area", maintain_order=True).agg(pl.len().cast(pl.Float64).alias("value"))

    return figures


def _zones(province: Province, on: date) -> pl.DataFrame:
    """Zones without their phases, each in the area it is recorded in on `on`."""
    whole = wholes(province["zones"])
    where = places(province)
    areas = [where.area_of(zone, on) for zone, root in whole.items() if zone == root]
    own = pl.DataFrame({"area": areas}, schema={"area": pl.String})
    return own.group_by("area", maintain_order=True).agg(pl.len().cast(pl.Float64).alias("value"))


def _output(province: Province, on: date) -> pl.DataFrame:
    output = Source(province, on).output
    if output is None:
        return pl.DataFrame(schema={"area": pl.String, "value": pl.Float64})
    rows = output.rows.filter(pl.col("month").str.starts_with(str(on.year)))
    return rows.group_by("area", maintain_order=True).agg(pl.col("constant").sum().alias("value"))


def _capital(province: Province, on: date) -> pl.DataFrame:
    return province["projects"].group_by("area", maintain_order=True).agg(pl.col("capital").sum().alias("value"))


# Every figure that may be summed over units: its unit and how it is gathered, an `area` and a `value` a row.
FIGURES: Mapping[str, tuple[str, Callable[[Province, date], pl.DataFrame]]] = {
    "output": ("tỷ đồng", _output),
    "establishments": ("", _count("establishments")),
    "zones": ("", _zones),
    "projects": ("", _count("projects")),
    "capital": ("tỷ đồng", _capital),
}


def unit_figures(province: Province, figure: str, known: date, units_of: date) -> pl.DataFrame:
    """A figure as known on `known` (output: of that year), by the units of the day `units_of`.

    Columns: `area`, `level`, `value`, `units` (how many units of the rows' own date it was summed from), `from` (their
    codes). Rows without an area are one row with `area` null. Nothing is re-keyed: a district that ended is followed to
    what stands for it, which is the province where districts ended without a successor of their own level.

    Raises NotFound ``units.no-figure``, and as `successor_on` does.
    """
    if figure not in FIGURES:
        raise NotFound("units.no-figure", name=figure, known=", ".join(FIGURES))
    rows = FIGURES[figure][1](province.known_on(known), known).cast({"value": pl.Float64})
    placed, areas = rows.drop_nulls("area"), province["areas"]
    laid = carried(placed, areas, units_of).rename({"from_units": "units"})
    origins = placed.with_columns(
        pl.Series("to", [successor_on(areas, area, units_of) for area in placed["area"]], dtype=pl.String)
    )
    codes = origins.group_by("to").agg(pl.col("area").sort().str.join(", ").alias("from"))
    levels = areas.select("area", "level").unique("area", keep="last")
    told = laid.join(codes, left_on="area", right_on="to", how="left").join(levels, on="area", how="left")
    nowhere = rows.filter(pl.col("area").is_null()).select(
        "area",
        pl.lit(None, pl.String).alias("level"),
        "value",
        pl.lit(0, pl.Int64).alias("units"),
        pl.lit(None, pl.String).alias("from"),
    )
    whole = pl.concat([told.select(list(SCHEMA)), nowhere.select(list(SCHEMA))], how="vertical_relaxed")
    return whole.sort("value", "area", descending=[True, False], nulls_last=True)
