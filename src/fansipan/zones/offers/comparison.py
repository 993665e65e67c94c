"""Zones side by side: what may be published of each, a row a point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from fansipan.province import Province
from fansipan.zones.facts import zone_row
from fansipan.zones.infrastructure import infrastructure
from fansipan.zones.standing import standing

FROM_ZONES = (
    "infrastructure_cost",
    "expected_jobs",
    "border_gate_km",
    "highway_km",
    "labour_nearby",
    "worst_environment_group",
    "incentives",
)
FROM_STANDING = ("kind", "area", "state", "gross", "industrial", "ready", "leased", "occupancy", "left")


def compare(province: Province, zones: Sequence[str], on: date) -> pl.DataFrame:
    """`point` and a column a zone, in the order asked for; figures are left unrounded, as text where a point is text.

    Raises NotFound for a zone that the province does not have.
    """
    rows = {zone: zone_row(province, zone) for zone in zones}
    stand = {row["zone"]: row for row in standing(province, on).iter_rows(named=True)}
    spare = _spare(province)
    points: list[dict[str, object]] = []
    points += [{"point": name, **{zone: stand[zone][name] for zone in rows}} for name in FROM_STANDING]
    for resource in ("power", "water", "waste_water"):
        points.append({"point": f"{resource}_spare", **{zone: spare.get((zone, resource)) for zone in rows}})
    points += [{"point": name, **{zone: rows[zone][name] for zone in rows}} for name in FROM_ZONES]
    columns = {"point": pl.String, **dict.fromkeys(rows, pl.Object)}
    return pl.DataFrame(points, schema=columns, strict=False)


def _spare(province: Province) -> dict[tuple[str, str], float | None]:
    found = infrastructure(province["zones"], province["projects"])
    return {(zone, resource): left for zone, resource, left in found.select("zone", "resource", "balance").iter_rows()}


def calling(province: Province, on: date) -> pl.DataFrame:
    """The list calling for investment: zones that say they call for it, with land, utilities, distances, incentives.

    Columns: `zone`, `kind`, `area`, `state`, `left`, `power_capacity`, `water_capacity`, `waste_water_capacity`,
    `border_gate_km`, `highway_km`, `labour_nearby`, `worst_environment_group`, `incentives`, `picture`.
    """
    stand = standing(province, on).select("zone", "state", "left")
    called = province["zones"].filter(pl.col("calling").fill_null(value=False))
    return called.join(stand, on="zone", how="left").select(
        "zone",
        "kind",
        "area",
        "state",
        "left",
        "power_capacity",
        "water_capacity",
        "waste_water_capacity",
        "border_gate_km",
        "highway_km",
        "labour_nearby",
        "worst_environment_group",
        "incentives",
        "picture",
    )
