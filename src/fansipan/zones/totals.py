"""All clusters and all parks together: land, and average occupancy on industrial and on cleared land (Rule Z34)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl

from fansipan.province import Province
from fansipan.zones.facts import in_other_province
from fansipan.zones.law.situation import exact
from fansipan.zones.life_cycle import FORMED
from fansipan.zones.places import places
from fansipan.zones.standing import standing

KINDS = ("cluster", "park")
# The row that takes clusters and parks together.
TOGETHER = "together"
LAND = ("gross", "industrial", "cleared", "leased", "approved", "left")
# The rates, and the land that each is over.
RATES = {"occupancy": "industrial", "cleared_occupancy": "cleared"}
FIGURES = (*LAND, *RATES)
SCHEMA = {"kind": pl.String, "figure": pl.String, "value": pl.Float64, "known": pl.Int64, "zones": pl.Int64}


def totals(province: Province, on: date) -> pl.DataFrame:
    """Figures of all clusters, of all parks and of both together: the province's own zones in law on `on`.

    A row a `kind` and `figure`: its `value`, of how many zones it is (`known`), and how many there are (`zones`, phases
    not counted). Land (ha) is the sum of what was recorded. ``occupancy`` is land leased or approved over industrial
    land, of the zones of which both are known and do not contradict each other; ``cleared_occupancy`` the same land
    over cleared land (percent). Both are all land over all land, not means of rates (Rule Z8).
    """
    where = places(province)
    stand = standing(province, on).filter(pl.col("part_of").is_null(), pl.col("state").is_in(FORMED))
    elsewhere = [zone for zone in stand["zone"] if in_other_province(province, where, zone, on)]
    own = stand.filter(~pl.col("zone").is_in(elsewhere))
    groups = {**{kind: (kind,) for kind in KINDS}, TOGETHER: KINDS}
    rows = [
        (name, figure, *_figure(zones, figure), zones.height)
        for name, kinds in groups.items()
        for zones in [own.filter(pl.col("kind").is_in(kinds))]
        for figure in FIGURES
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _figure(zones: pl.DataFrame, figure: str) -> tuple[float | None, int]:
    """The figure of the zones together and of how many of them it is; None of none."""
    if figure == "occupancy":
        known = zones.drop_nulls("occupancy")
    elif figure == "cleared_occupancy":
        known = zones.drop_nulls(["cleared", "leased"]).filter(pl.col("cleared") > 0)
    else:
        known = zones.drop_nulls(figure)
    if known.is_empty():
        return None, 0
    if figure not in RATES:
        return float(_sum(known[figure])), known.height
    taken = _sum(known["leased"]) + _sum(known["approved"])  # approved land never recorded counts as none
    return float(100 * taken / _sum(known[RATES[figure]])), known.height


def _sum(figures: pl.Series) -> Fraction:
    return sum((exact(figure) for figure in figures.drop_nulls()), Fraction())
