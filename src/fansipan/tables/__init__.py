"""Every table of a province, declared once; importing this room fills `columns.REGISTRY`."""

from fansipan.tables import figures, foundation, observations, places, production, promises
from fansipan.tables.columns import REGISTRY, Table

__all__ = ["REGISTRY", "Table", "figures", "foundation", "observations", "places", "production", "promises"]
