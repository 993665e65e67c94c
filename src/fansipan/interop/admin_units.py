"""Administrative units before and after a reorganisation, from published lists of communes (Rule D17).

Reads the columns of the PyPI package ``vietnamadminunits``: before, ``province``, ``district``, ``ward`` with codes and
centroids; after, ``province``, ``ward``, ``wardType`` with codes and centroids. Codes were given anew in 2025, some to
other ground: a unit that begins with the reorganisation is therefore coded ``CODE-YEAR``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.interop.geojson import Feature
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading.rows import read_table

# The first day that old units are given where their own is not in the list.
KNOWN_FROM = date(2019, 1, 1)
LEVELS = {
    "Phường": "ward",
    "Xã": "commune",
    "Thị trấn": "township",
    "Thành phố": "city",
    "Thị xã": "town",
    "Huyện": "district",
}


@declared("units_before", vi="Đơn vị trước sắp xếp", en="Units before", registered=False)
class UnitsBefore(Table):
    """A row is a commune before the reorganisation, with its district and province."""

    ward_code = column.code("Mã xã", "wardCode", key=True)
    province = column.label("Tỉnh", "Province")
    district = column.label("Huyện", "District")
    ward = column.label("Xã", "Ward")
    province_code = column.code("Mã tỉnh", "provinceCode")
    district_code = column.code("Mã huyện", "districtCode")
    district_lat = column.number("Vĩ độ huyện", "districtLat", scale=None, nullable=True)
    district_lon = column.number("Kinh độ huyện", "districtLon", scale=None, nullable=True)
    ward_lat = column.number("Vĩ độ xã", "wardLat", scale=None, nullable=True)
    ward_lon = column.number("Kinh độ xã", "wardLon", scale=None, nullable=True)


@declared("units_after", vi="Đơn vị sau sắp xếp", en="Units after", registered=False)
class UnitsAfter(Table):
    """A row is a commune after the reorganisation, with its province."""

    ward_code = column.code("Mã xã", "wardCode", key=True)
    province = column.label("Tỉnh", "Province")
    ward = column.label("Xã", "Ward")
    province_code = column.code("Mã tỉnh", "provinceCode")
    ward_lat = column.number("Vĩ độ xã", "wardLat", scale=None, nullable=True)
    ward_lon = column.number("Kinh độ xã", "wardLon", scale=None, nullable=True)


def read_reorganisation(
    before: Path | str, after: Path | str, on: date, boundaries: Sequence[Feature] = ()
) -> pl.DataFrame:
    """The rows of `areas` for both lists: old units end the day before `on` and name their successor.

    The successor of an old commune is the new one whose boundary holds its centroid, else the one with the nearest
    centroid; of an old district the new province, since districts ended. The lists do not say the successors, so each
    is marked in its citation. Raises InvalidInput with every fault of the files.
    """
    old, new = read_table(before, UnitsBefore), read_table(after, UnitsAfter)
    mark = f"-{on.year}"
    rows = _new_units(new, on, mark)
    province = f"{new['province_code'][0]}{mark}"
    rows += _old_groups(old, on, province)
    for row in old.iter_rows(named=True):
        successor, how = _successor(row, new, boundaries)
        rows.append(
            _unit(
                row["ward_code"],
                row["ward"],
                row["district_code"],
                (row["ward_lat"], row["ward_lon"]),
                KNOWN_FROM,
                on - timedelta(days=1),
                f"{successor}{mark}" if successor else None,
                how,
            )
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def _unit(
    area: str,
    name: str,
    parent: str | None,
    place: tuple[float | None, float | None],
    first: date,
    last: date | None,
    successor: str | None,
    citation: str,
) -> dict[str, Any]:
    level = next((level for word, level in LEVELS.items() if name.startswith(word)), "province")
    return {
        "area": area,
        "name": name,
        "level": level,
        "parent": parent,
        "valid_from": first,
        "valid_to": last,
        "successor": successor,
        "latitude": place[0],
        "longitude": place[1],
        "source": "published",
        "citation": citation,
    }


def _new_units(new: pl.DataFrame, on: date, mark: str) -> list[dict[str, Any]]:
    said = "Danh mục đơn vị hành chính sau sắp xếp"
    provinces = new.select("province_code", "province").unique(maintain_order=True).iter_rows()
    rows = [_unit(f"{code}{mark}", name, None, (None, None), on, None, None, said) for code, name in provinces]
    for row in new.iter_rows(named=True):
        parent, place = f"{row['province_code']}{mark}", (row["ward_lat"], row["ward_lon"])
        rows.append(_unit(f"{row['ward_code']}{mark}", row["ward"], parent, place, on, None, None, said))
    return rows


def _old_groups(old: pl.DataFrame, on: date, province: str) -> list[dict[str, Any]]:
    last, said = on - timedelta(days=1), "Danh mục đơn vị hành chính trước sắp xếp"
    provinces = old.select("province_code", "province").unique(maintain_order=True).iter_rows()
    rows = [_unit(code, name, None, (None, None), KNOWN_FROM, last, province, said) for code, name in provinces]
    districts = old.unique("district_code", maintain_order=True).iter_rows(named=True)
    return rows + [
        _unit(
            r["district_code"],
            r["district"],
            r["province_code"],
            (r["district_lat"], r["district_lon"]),
            KNOWN_FROM,
            last,
            province,
            said,
        )
        for r in districts
    ]


def _successor(row: dict[str, Any], new: pl.DataFrame, boundaries: Sequence[Feature]) -> tuple[str | None, str]:
    """The new commune's code and how it was found."""
    x, y = row["ward_lon"], row["ward_lat"]
    if x is None or y is None:
        return None, "Chưa rõ đơn vị kế thừa: danh mục không có tọa độ"
    for feature in boundaries:
        code = str(feature.properties.get("code", ""))
        if code in new["ward_code"] and feature.contains(x, y):
            return code, "Đơn vị kế thừa suy từ điểm giữa xã nằm trong ranh giới mới (gần đúng)"
    placed = new.drop_nulls(["ward_lat", "ward_lon"])
    stretch = cos(radians(y))
    distances = [hypot((lon - x) * stretch, lat - y) for lon, lat in placed.select("ward_lon", "ward_lat").iter_rows()]
    if not distances:
        return None, "Chưa rõ đơn vị kế thừa: danh mục mới không có tọa độ"
    nearest = placed["ward_code"][distances.index(min(distances))]
    return nearest, "Đơn vị kế thừa suy từ điểm giữa gần nhất (gần đúng)"
