"""A map of the province inside the page: it moves, zooms and names what is under the pointer, without any network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

import polars as pl

from fansipan.report.content import Markup, Words, words
from fansipan.report.drawings.labels import Wanted, place
from fansipan.report.drawings.schematic import Point, cells

WIDTH = 800
EDGE = 16
# The width of a letter of a name on the narrowest screen, so that no name runs out of the picture.
LETTER = 12
# Soft grounds that tell neighbours apart and leave the marks in front.
GROUNDS = ("#e3edf2", "#efe9dc", "#e4efe6", "#f1e6ec", "#e8e8f4", "#efe8df", "#e5eef0", "#f2ecdf", "#e9f0e2")


@dataclass(frozen=True, slots=True)
class Ground:
    """A piece of ground: its name, its group (pieces of one group share a colour), its rings (longitude, latitude)."""

    name: Words
    group: str
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the map: where, its name, what the pointer tells, its colour and size."""

    longitude: float
    latitude: float
    name: Words
    told: Words
    colour: str
    radius: float = 6.0


def schematic_grounds(areas: pl.DataFrame, names: dict[str, Words]) -> list[Ground]:
    """Approximate grounds from the centroids of `areas`; units of one parent that is itself placed share a colour."""
    placed = areas.drop_nulls(["latitude", "longitude"])
    points = list(placed.select("longitude", "latitude").iter_rows())
    rows = zip(placed.select("area", "parent").iter_rows(), cells(points), strict=True)
    many = placed["parent"].n_unique() > 1
    return [
        Ground(names[area], (parent or area) if many else area, (cell,))
        for (area, parent), cell in rows
        if len(cell) > 2
    ]


def province_map(
    grounds: Sequence[Ground],
    marks: Sequence[Mark],
    alternative: Words,
    *,
    note: Words | None,
    legend: Sequence[tuple[str, Words]] = (),
) -> Markup:
    """The map as SVG that the page's script moves and zooms; `note` is written below it (approximate, source).

    `legend` says what the colours of the marks mean. The projection is equirectangular at the mean latitude: true
    enough over a province.
    """
    points = [p for ground in grounds for ring in ground.rings for p in ring]
    points += [(mark.longitude, mark.latitude) for mark in marks]
    if not points:
        return Markup("", alternative)
    projection = Projection.around(points)
    height = 2 * EDGE + (projection.top - min(y for _, y in points)) * projection.down
    colours = {group: GROUNDS[k % len(GROUNDS)] for k, group in enumerate(dict.fromkeys(g.group for g in grounds))}
    drawn = "".join(_ground(ground, projection, colours[ground.group]) for ground in grounds)
    drawn += _labels(grounds, marks, projection)
    drawn += "".join(_mark(mark, projection) for mark in marks)
    picture = f'viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-label="{escape(alternative.vi, quote=True)}"'
    svg = f'<svg {picture} tabindex="0"><g class="world">{drawn}</g></svg>'
    told = '<div class="told" role="status" aria-live="polite"></div>'
    below = "" if note is None else f'<p class="note">{_both(note)}</p>'
    html = f'<div class="movable"><div class="zoom">{_buttons()}</div>{svg}{told}</div>{_legend(legend)}{below}'
    return Markup(html, alternative)


def _buttons() -> str:
    """Zoom in, out, and the whole map; each says what it does to a reader who does not see its sign."""
    drawn = []
    for zoom, sign in (("in", "+"), ("out", "−"), ("whole", "⤢")):
        said = title(words(f"map.zoom.{zoom}"))
        drawn.append(f'<button type="button" data-zoom="{zoom}" title="{said}" aria-label="{said}">{sign}</button>')
    return "".join(drawn)


def _legend(legend: Sequence[tuple[str, Words]]) -> str:
    items = "".join(f'<li><i style="background:{colour}"></i>{_both(said)}</li>' for colour, said in legend)
    return f'<ul class="legend">{items}</ul>' if items else ""


@dataclass(frozen=True, slots=True)
class Projection:
    """From longitude and latitude to the picture: left and top edge, and units a degree."""

    left: float
    top: float
    across: float
    down: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> Projection:
        """The projection that fits the points into the picture's width."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        stretch = cos(radians((min(ys) + max(ys)) / 2))
        scale = (WIDTH - 2 * EDGE) / max((max(xs) - min(xs)) * stretch, 1e-9)
        return cls(min(xs), max(ys), stretch * scale, scale)

    def put(self, point: Point) -> Point:
        """Where a point of the ground stands in the picture."""
        return EDGE + (point[0] - self.left) * self.across, EDGE + (self.top - point[1]) * self.down


def _ground(ground: Ground, projection: Projection, colour: str) -> str:
    rings = ("L".join(f"{x:.1f} {y:.1f}" for x, y in map(projection.put, ring)) for ring in ground.rings)
    path = "".join(f"M{ring}Z" for ring in rings)
    shape = f'<path class="ground" d="{path}" fill="{colour}" fill-rule="evenodd" {_said(ground.name)}>'
    return f"{shape}<title>{title(ground.name)}</title></path>"


def _labels(grounds: Sequence[Ground], marks: Sequence[Mark], projection: Projection) -> str:
    """The names of the grounds, those without room hidden until the map is near enough."""
    wanted = [_wanted(ground, projection) for ground in grounds]
    spots = [projection.put((mark.longitude, mark.latitude)) for mark in marks]
    return "".join(
        f'<text class="ground{" minor" if at.zoom > 1 else ""}" data-from="{at.zoom:g}" x="{at.x:.1f}" y="{at.y:.1f}">'
        f"{both_text(ground.name)}</text>"
        for ground, at in zip(grounds, place(wanted, spots), strict=True)
    )


def _wanted(ground: Ground, projection: Projection) -> Wanted:
    outer = [projection.put(point) for point in max(ground.rings, key=len)]
    x, y = (sum(along) / len(outer) for along in zip(*outer, strict=True))
    letters = max(len(ground.name.vi), len(ground.name.en))
    half = LETTER * letters / 2
    pairs = zip(outer, (*outer[1:], outer[0]), strict=True)
    size = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
    return Wanted(letters, min(max(x, half), WIDTH - half), y, size)


def _mark(mark: Mark, projection: Projection) -> str:
    x, y = projection.put((mark.longitude, mark.latitude))
    told = Words(f"{mark.name.vi}: {mark.told.vi}", f"{mark.name.en}: {mark.told.en}")
    # The page's style keeps the circle this large at every zoom.
    size = f'r="{mark.radius:g}" style="--radius:{mark.radius:g}px"'
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" {size} fill="{mark.colour}" tabindex="0" role="img" {_said(told)}>'
    return f'<g class="mark">{circle}<title>{title(told)}</title></circle></g>'


def _said(told: Words) -> str:
    """What the page's script shows under the pointer, in the language of the page."""
    return f'data-vi="{escape(told.vi, quote=True)}" data-en="{escape(told.en, quote=True)}"'


def title(told: Words) -> str:
    """What the pointer tells, escaped: both languages, since a tooltip cannot follow the page's language."""
    return escape(told.vi if told.vi == told.en else f"{told.vi} / {told.en}")


def _both(told: Words) -> str:
    return f'<span lang="vi">{escape(told.vi)}</span><span lang="en">{escape(told.en)}</span>'


def both_text(told: Words) -> str:
    """The inside of an SVG text in both languages, of which the page shows one."""
    return f'<tspan lang="vi">{escape(told.vi)}</tspan><tspan lang="en">{escape(told.en)}</tspan>'
