"""Real boundaries from GeoJSON (RFC 7946): polygons with their properties, and whether a point lies within them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from fansipan.errors import Fault, InvalidInput, Place

Ring = tuple[tuple[float, float], ...]
# How content of other shapes than the standard's shows: also numbers beyond a double and lists without end.
ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Feature:
    """A place: its properties, its polygons, each an outer ring and the rings of its holes (longitude, latitude)."""

    properties: Mapping[str, Any]
    polygons: tuple[tuple[Ring, ...], ...]

    def contains(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies within one of the polygons and in none of its holes."""
        point = (longitude, latitude)
        return any(
            _inside(outer, point) and not any(_inside(hole, point) for hole in holes) for outer, *holes in self.polygons
        )


def read_boundaries(path: Path | str) -> list[Feature]:
    """The polygons of a GeoJSON file, in its order; features of other geometries are left out.

    Raises InvalidInput with ``file.missing``, ``file.unreadable`` or ``geojson.no-polygons``.
    """
    path = Path(path)
    place = Place(path.name)
    if not path.is_file():
        raise InvalidInput([Fault("file.missing", {"file": path.name}, place)])
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        found = list(_features(content))
    except (*ODD, OSError) as error:
        reason = f"{error!s:.200}"
        raise InvalidInput([Fault("file.unreadable", {"file": path.name, "reason": reason}, place)]) from error
    if not found:
        raise InvalidInput([Fault("geojson.no-polygons", {"file": path.name}, place)])
    return found


def _features(content: Mapping[str, Any]) -> Iterator[Feature]:
    for item in content["features"] if content.get("type") == "FeatureCollection" else [content]:
        geometry = item.get("geometry", item) or {}
        kind = geometry.get("type")
        if kind not in ("Polygon", "MultiPolygon"):
            continue
        polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        yield Feature(
            item.get("properties") or {}, tuple(tuple(map(_ring, polygon)) for polygon in polygons if polygon)
        )


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    if len(ring) < 3 or not all(isfinite(number) for point in ring for number in point):
        raise ValueError("ring")
    return ring


def _inside(ring: Ring, point: tuple[float, float]) -> bool:
    """Even-odd rule: how often a ray to the east crosses the ring (Shimrat 1962, Algorithm 112)."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed
