"""Names on a map so that none lies on another: each is shown from the zoom at which it has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
# Letters of a name take about this much of the picture at the whole map, in width and height.
LETTER, LINE = 7.4, 17.0
# Zooms tried, from that of a narrow screen, where letters are larger, to the nearest.
ZOOMS = (0.58, 0.75, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0, 22.0)
# How far a name may move up or down to leave a mark in sight.
SHIFTS = (0.0, 17.0, -17.0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that wants a place: how many letters, where its middle should be, how large its ground is."""

    letters: int
    x: float
    y: float
    ground: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name stands, and the least zoom at which it is shown."""

    x: float
    y: float
    zoom: float


def place(names: Sequence[Wanted], marks: Sequence[tuple[float, float]], radius: float = 7.0) -> list[Placed]:
    """A place for every name, in the order given; names of larger grounds are served first.

    A name moves up or down by a line where its middle would lie on a mark. It is shown from the zoom from which
    on it lies on no name served before; what has room nowhere is shown at the nearest.
    """
    found: dict[int, Placed] = {}
    for k in sorted(range(len(names)), key=lambda k: -names[k].ground):
        name = names[k]
        y = name.y + next((s for s in SHIFTS if not _on_mark(name, s, marks, radius)), 0.0)
        # Names served before may appear only nearer: it must have room at every zoom from its own on.
        crowded = [z for z in ZOOMS if _crowded(name, y, z, names, found)]
        zoom = next((z for z in ZOOMS if not crowded or z > crowded[-1]), ZOOMS[-1])
        found[k] = Placed(name.x, y, zoom)
    return [found[k] for k in range(len(names))]


def _box(letters: int, x: float, y: float, zoom: float) -> Box:
    half, tall = letters * LETTER / 2 / zoom, LINE / zoom
    return x - half, y - tall * 0.75, x + half, y + tall * 0.25


def _on_mark(name: Wanted, shift: float, marks: Sequence[tuple[float, float]], radius: float) -> bool:
    left, top, right, bottom = _box(name.letters, name.x, name.y + shift, 1.0)
    return any(left - radius < x < right + radius and top - radius < y < bottom + radius for x, y in marks)


def _crowded(name: Wanted, y: float, zoom: float, names: Sequence[Wanted], placed: dict[int, Placed]) -> bool:
    own = _box(name.letters, name.x, y, zoom)
    shown = ((names[k].letters, p) for k, p in placed.items() if p.zoom <= zoom)
    return any(_meet(own, _box(letters, p.x, p.y, zoom)) for letters, p in shown)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
