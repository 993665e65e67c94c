"""Every table of a province, declared once; importing this room fills `columns.REGISTRY`."""

from fansipan.tables import (
    figures,
    foresight,
    foundation,
    observations,
    paperwork,
    places,
    planning,
    production,
    progress,
    promises,
    publication,
    scoreboard,
    zone_records,
)
from fansipan.tables.columns import REGISTRY, Table

__all__ = [
    "REGISTRY",
    "Table",
    "figures",
    "foresight",
    "foundation",
    "observations",
    "paperwork",
    "places",
    "planning",
    "production",
    "progress",
    "promises",
    "publication",
    "scoreboard",
    "zone_records",
]
