"""Where a plan builds: the sites on the province's map, their circles as large as the investment."""

from __future__ import annotations

from math import sqrt

import polars as pl

from fansipan.areas import valid_on
from fansipan.expansion.system.definition import System
from fansipan.report.content import Markup, Quantity, Words, words
from fansipan.report.drawings.charts import PALETTE
from fansipan.report.drawings.map import Mark, province_map, schematic_grounds
from fansipan.report.plan.flows import plain

SMALLEST, LARGEST = 4.0, 20.0


def builds_map(system: System, builds: pl.DataFrame) -> Markup | None:
    """The sites where something is built; None where the system has no place for any of them."""
    places = _places(system)
    by_site = builds.group_by("site").agg(pl.col("project").unique(maintain_order=True), pl.col("capital").sum())
    most = by_site["capital"].max() or 1.0
    marks = []
    for site, projects, capital in by_site.sort("capital", descending=True).iter_rows():
        if site in places:
            names = Words(
                *("; ".join(plain(system.project(p)).in_language(lang) for p in projects) for lang in ("vi", "en"))
            )
            told = words("plan-page.map.told", projects=names, capital=Quantity(capital, 0))
            size = max(LARGEST * sqrt(max(capital, 0.0) / most), SMALLEST)
            name = system.site(site)
            marks.append(Mark(*places[site], Words(name.vi, name.en), told, PALETTE[1], size))
    if not marks:
        return None
    day = f"{system.settings.first_year}-12-31"
    areas = valid_on(system.frames["areas"], pl.Series([day]).str.to_date()[0]).filter(pl.col("level") != "province")
    grounds = schematic_grounds(areas, {a: Words(system.site(a).vi, system.site(a).en) for a in areas["area"]})
    alternative = words("plan-page.map.alternative", count=len(marks))
    return province_map(grounds, marks, alternative, note=words("plan-page.map.schematic"))


def _places(system: System) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of every zone and area that has them."""
    found: dict[str, tuple[float, float]] = {}
    for name, key in (("areas", "area"), ("zones", "zone")):
        placed = system.frames[name].drop_nulls(["latitude", "longitude"])
        found |= {row[0]: (row[1], row[2]) for row in placed.select(key, "longitude", "latitude").iter_rows()}
    return found
