"""A schematic map from points alone: every place is given the ground nearer to it than to any other.

For a province whose boundaries are not at hand. The cells (Voronoi, 1908) are cut half-plane by half-plane
(Sutherland and Hodgman, 1974) from a frame around the points; they are approximate and must be marked so.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

Point = tuple[float, float]
# How far the ground reaches beyond the outermost points, as a part of the map's extent.
MARGIN = 0.12
# Corners of the round frame around the points.
CORNERS = 48


def cells(points: Sequence[Point]) -> list[tuple[Point, ...]]:
    """The cell of each point (longitude, latitude), in their order; points that coincide share an empty cell.

    Distances are taken with degrees of longitude shortened by the cosine of the mean latitude.
    """
    if not points:
        return []
    stretch = cos(radians(sum(y for _, y in points) / len(points)))
    flat = [(x * stretch, y) for x, y in points]
    outline = _frame(flat)
    return [tuple((x / stretch, y) for x, y in _cell(point, flat, outline)) for point in flat]


def _frame(points: Sequence[Point]) -> list[Point]:
    """A rounded frame: around the hull of the points, a margin away."""
    from math import pi, sin

    xs, ys = [x for x, _ in points], [y for _, y in points]
    reach = MARGIN * max(max(xs) - min(xs), max(ys) - min(ys), 0.1)
    turns = [(reach * cos(2 * pi * k / CORNERS), reach * sin(2 * pi * k / CORNERS)) for k in range(CORNERS)]
    return hull([(x + dx, y + dy) for x, y in points for dx, dy in turns])


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, counter-clockwise (Andrew 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cell(own: Point, others: Sequence[Point], outline: list[Point]) -> list[Point]:
    polygon = outline
    for other in others:
        if other != own:
            polygon = _nearer(polygon, own, other)
    return polygon


def _nearer(polygon: list[Point], own: Point, other: Point) -> list[Point]:
    """The part of a convex polygon that is nearer to `own` than to `other`."""
    dx, dy = other[0] - own[0], other[1] - own[1]
    bound = (other[0] ** 2 + other[1] ** 2 - own[0] ** 2 - own[1] ** 2) / 2
    kept: list[Point] = []
    for a, b in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        va, vb = a[0] * dx + a[1] * dy - bound, b[0] * dx + b[1] * dy - bound
        if va <= 0:
            kept.append(a)
        if (va < 0 < vb) or (vb < 0 < va):
            share = va / (va - vb)
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return kept
