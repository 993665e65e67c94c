"""A Sankey diagram as SVG: layers from left to right, bands as wide as what flows, names in both languages.

Layers follow the longest path from the sources; a flow that would close a circle is drawn backwards and does not shift
layers. Within a layer, nodes are ordered by the mean place of their neighbours (K. Sugiyama, S. Tagawa, M. Toda,
"Methods for visual understanding of hierarchical system structures", IEEE Trans. SMC 11, 1981).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from fansipan.report.content import Markup, Words
from fansipan.report.drawings.map import title
from fansipan.texts import LANGUAGES

WIDTH, NODE, GAP, EDGE = 1060.0, 12.0, 12.0, 14.0
# From one layer to the next at least, and beside the last layer for its names.
NARROW, LAST = 100.0, 170.0
# Of the whole picture at most, and of it for each node of the layer with the most nodes.
TALLEST, SHORTEST = 600.0, 110.0
SWEEPS = 12
# Of the letters of a name: their usual width and the height of a line.
LETTER, LINE = 6.4, 13.0


@dataclass(frozen=True, slots=True)
class Link:
    """A flow of `value` (above zero) from one node to another, and what the pointer tells of it."""

    source: str
    target: str
    value: float
    told: Words


@dataclass(frozen=True, slots=True)
class Node:
    """A node's name and colour."""

    name: Words
    colour: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands in the picture."""

    left: float
    top: float
    height: float
    layer: int


def sankey(nodes: Mapping[str, Node], links: Sequence[Link], alternative: Words) -> Markup:
    """The diagram of `links` between `nodes`; nodes without a link are left out. Empty where there are no links."""
    links = [link for link in links if link.value > 0]
    if not links:
        return Markup("", alternative)
    count = max(layers(links).values()) + 1
    width = LAST + NODE + max(WIDTH - NODE - LAST, NARROW * (count - 1))
    room = (width - NODE - LAST) / max(count - 1, 1) - NODE - 8
    boxes, scale = placed(links, width, {code: _height(nodes[code].name, room) for code in nodes})
    height = max(box.top + box.height for box in boxes.values()) + 2 * EDGE
    bands = "".join(_bands(boxes, nodes, links, scale))
    # Names stand above every node: a node of the next layer hides none.
    drawn = "".join(_node(boxes[code], nodes[code]) for code in boxes)
    drawn += "".join(_name(boxes[code], nodes[code], room) for code in boxes)
    label = escape(alternative.vi, quote=True)
    picture = f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{label}"'
    return Markup(f'<div class="sankey"><svg {picture}>{bands}{drawn}</svg></div>', alternative)


def layers(links: Sequence[Link]) -> dict[str, int]:
    """The layer of each node: the longest path that leads to it over links that close no circle."""
    onward: dict[str, list[str]] = {}
    for link in links:
        onward.setdefault(link.source, []).append(link.target)
        onward.setdefault(link.target, [])
    kept = _without_circles(onward)
    found = dict.fromkeys(onward, 0)
    for code in _in_order(kept):
        for target in kept[code]:
            found[target] = max(found[target], found[code] + 1)
    # A node that nothing feeds stands just before what it feeds, so that its bands are short.
    fed = {target for targets in kept.values() for target in targets}
    for code, targets in kept.items():
        if code not in fed and targets:
            found[code] = min(found[target] for target in targets) - 1
    return found


def _without_circles(onward: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The links but for those that lead back to a node on the way to them."""
    kept: dict[str, list[str]] = {code: [] for code in onward}
    done: set[str] = set()
    for start in onward:
        trail, stack = {start}, [(start, iter(onward[start]))]
        if start in done:
            continue
        while stack:
            code, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                stack.pop()
                trail.discard(code)
                done.add(code)
            elif target not in trail:
                kept[code].append(target)
                if target not in done:
                    trail.add(target)
                    stack.append((target, iter(onward[target])))
    return kept


def _in_order(onward: Mapping[str, list[str]]) -> list[str]:
    """The nodes so that every link leads forward."""
    waiting = dict.fromkeys(onward, 0)
    for targets in onward.values():
        for target in targets:
            waiting[target] += 1
    ready, found = [code for code, count in waiting.items() if not count], []
    while ready:
        code = ready.pop(0)
        found.append(code)
        for target in onward[code]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return found


def placed(
    links: Sequence[Link], width: float = WIDTH, names: Mapping[str, float] | None = None
) -> tuple[dict[str, Box], float]:
    """The box of every node in a picture of `width`, and the height of a unit of flow.

    `names` are the heights of the nodes' names: nodes of a layer stand so far apart that none covers another.
    """
    tall = names or {}
    layer = layers(links)
    columns: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for code in layer:
        columns[layer[code]].append(code)
    size = {code: max(_sum(links, "source", code), _sum(links, "target", code)) for code in layer}
    for sweep in range(SWEEPS):
        _sort(columns, links, layer, forward=sweep % 2 == 0)
    fullest = max(sum(size[code] for code in column) for column in columns)
    most = max(len(column) for column in columns)
    room = min(TALLEST, SHORTEST * most)
    scale = max(room - GAP * (most - 1), room / 2) / fullest
    slot = {code: max(size[code] * scale, tall.get(code, 0.0)) for code in size}
    tallest = max(sum(slot[c] for c in column) + GAP * (len(column) - 1) for column in columns)
    step = (width - NODE - LAST) / max(len(columns) - 1, 1)
    boxes = {}
    for at, column in enumerate(columns):
        top = EDGE + (tallest - sum(slot[c] for c in column) - GAP * (len(column) - 1)) / 2
        for code in column:
            boxes[code] = Box(at * step, top + (slot[code] - size[code] * scale) / 2, size[code] * scale, at)
            top += slot[code] + GAP
    return boxes, scale


def _sum(links: Sequence[Link], end: str, code: str) -> float:
    return sum(link.value for link in links if getattr(link, end) == code)


def _sort(columns: list[list[str]], links: Sequence[Link], layer: Mapping[str, int], *, forward: bool) -> None:
    """Order each layer by the mean place of its neighbours in the layers already ordered."""
    place = {code: at / max(len(column), 1) for column in columns for at, code in enumerate(column)}
    for column in columns if forward else columns[::-1]:
        means = {code: _mean_place(code, links, layer, place, forward=forward) for code in column}
        column.sort(key=means.__getitem__)
        place |= {code: at / len(column) for at, code in enumerate(column)}


def _mean_place(
    code: str, links: Sequence[Link], layer: Mapping[str, int], place: Mapping[str, float], *, forward: bool
) -> float:
    """The mean place of the neighbours to the left (`forward`) or right, by flow; its own where it has none."""
    ends = [(link.value, link.source) for link in links if link.target == code]
    ends += [(link.value, link.target) for link in links if link.source == code]
    near = [(v, other) for v, other in ends if (layer[other] - layer[code]) * (-1 if forward else 1) > 0]
    weight = sum(value for value, _ in near)
    return sum(value * place[other] for value, other in near) / weight if weight else place[code]


def _bands(boxes: Mapping[str, Box], nodes: Mapping[str, Node], links: Sequence[Link], scale: float) -> list[str]:
    """Every flow as a band, stacked at both ends in the order in which the other ends stand."""
    start = {code: box.top for code, box in boxes.items()}
    end = dict(start)
    at_source, at_target = {}, {}
    for link in sorted(links, key=lambda link: boxes[link.target].top):
        at_source[id(link)], start[link.source] = start[link.source], start[link.source] + link.value * scale
    for link in sorted(links, key=lambda link: boxes[link.source].top):
        at_target[id(link)], end[link.target] = end[link.target], end[link.target] + link.value * scale
    drawn = []
    for link in links:
        left, right = boxes[link.source].left + NODE, boxes[link.target].left
        thick = max(link.value * scale, 0.8)
        high, low = at_source[id(link)] + thick / 2, at_target[id(link)] + thick / 2
        middle = (left + right) / 2
        path = f"M{left:.1f} {high:.1f}C{middle:.1f} {high:.1f} {middle:.1f} {low:.1f} {right:.1f} {low:.1f}"
        style = f'stroke="{nodes[link.source].colour}" stroke-width="{thick:.1f}"'
        drawn.append(f'<path class="band" d="{path}" {style}><title>{title(link.told)}</title></path>')
    return drawn


def _node(box: Box, node: Node) -> str:
    height = max(box.height, 1.5)
    return (
        f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{NODE:.0f}" height="{height:.1f}" fill="{node.colour}">'
        f"<title>{title(node.name)}</title></rect>"
    )


def _name(box: Box, node: Node, room: float) -> str:
    """The name of a node to the right of it, over the bands, in as many lines as fit into `room`."""
    middle, left = box.top + max(box.height, 1.5) / 2 + 4, box.left + NODE + 5
    names = "".join(
        f'<tspan lang="{lang}">{_lines(node.name.in_language(lang), left, middle, room)}</tspan>' for lang in LANGUAGES
    )
    return f"<text>{names}</text>"


def _height(name: Words, room: float) -> float:
    """How tall a name is that is broken to fit into `room`, in the language that needs more."""
    return LINE * max(len(_broken(name.in_language(lang), room)) for lang in LANGUAGES)


def _broken(name: str, room: float) -> list[str]:
    return wrap(name, max(int(room / LETTER), 8), break_long_words=False) or [""]


def _lines(name: str, left: float, middle: float, room: float) -> str:
    lines = _broken(name, room)
    top = middle - LINE * (len(lines) - 1) / 2
    return "".join(
        f'<tspan x="{left:.1f}" y="{top + LINE * at:.1f}">{escape(line)}</tspan>' for at, line in enumerate(lines)
    )
