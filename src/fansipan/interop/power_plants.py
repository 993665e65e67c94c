"""Checks of a list of power plants: a point outside the boundary, an impossible capacity factor.

Reads the columns of the Global Power Plant Database (World Resources Institute): ``Name``, ``Capacity (MW)``,
``Annual Generation (GWh)``, ``Latitude``, ``Longitude``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.interop.geojson import Feature
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading.rows import read_table
from fansipan.texts import Quantity

HOURS = 8.76  # thousand hours a year: GWh of one MW running all year


@declared("power_plants", vi="Nhà máy điện", en="Power plants", registered=False)
class PowerPlants(Table):
    """A row is a power plant of the Global Power Plant Database."""

    name = column.code("Tên", "Plant", key=True)
    capacity = column.number("Công suất", "Capacity (MW)", scale=None, nullable=True)
    generation = column.number("Điện năng", "Annual Generation (GWh)", scale=None, nullable=True)
    year = column.number("Năm số liệu", "Year of Data", scale=None, nullable=True)
    latitude = column.number("Vĩ độ", "Latitude", scale=None, nullable=True)
    longitude = column.number("Kinh độ", "Longitude", scale=None, nullable=True)


def read_plants(path: Path | str) -> pl.DataFrame:
    """The list of plants; raises InvalidInput with every fault of the file."""
    return read_table(path, PowerPlants)


def check_plants(plants: pl.DataFrame, boundary: Sequence[Feature] = (), file: str = "") -> tuple[Fault, ...]:
    """Every plant that lies outside the boundary, has a capacity factor above 100 %, or no capacity.

    The capacity factor is the year's generation over what the capacity would generate running all year.
    """
    faults: list[Fault] = []
    for number, row in enumerate(plants.iter_rows(named=True), 2):
        faults += _faults(row, boundary, Place(file or None, None, number))
    return tuple(faults)


def _faults(row: dict[str, Any], boundary: Sequence[Feature], place: Place) -> Iterator[Fault]:
    name, capacity, generation = row["name"], row["capacity"], row["generation"]
    if not capacity or capacity <= 0:
        yield Fault("plant.no-capacity", {"name": name}, place, capacity)
    elif generation is not None and generation > capacity * HOURS:
        params = {"name": name, "factor": Quantity(100 * generation / (capacity * HOURS), 1)}
        yield Fault("plant.capacity-factor", params, place, generation)
    point = (row["longitude"], row["latitude"])
    if boundary and None not in point and not any(feature.contains(*point) for feature in boundary):
        params = {"name": name, "latitude": Quantity(row["latitude"], 4), "longitude": Quantity(row["longitude"], 4)}
        yield Fault("plant.outside", params, place)
