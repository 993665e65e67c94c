"""Every table of a province, declared once; importing this room fills `columns.REGISTRY`."""

from fansipan.tables.columns import REGISTRY, Table
from fansipan.tables.declarations import (
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
from fansipan.tables.names import names_of

__all__ = [
    "REGISTRY",
    "Table",
    "figures",
    "foresight",
    "foundation",
    "names_of",
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
