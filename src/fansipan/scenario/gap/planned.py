"""The plan of every line and month, from the plans of sections, products and establishments (Rules GA4 to GA6).

    planned = plan_of(province, course_of(projection))
    planned.values          # rows x 12, billion đồng: the lines, then the parts of plans that no line carries

A line has the plan of its establishment, else its part of its product's, else the growth that the nearest industry
above it plans. What a plan holds beyond the plans below it is a row of its own, so that every plan is the sum of rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.classification import LEVELS, lineage
from fansipan.errors import Fault, Refused
from fansipan.scenario.baseline.lines import ATTRIBUTES, Floats
from fansipan.scenario.gap.course import Course, usual_course
from fansipan.scenario.gap.promises import Node, Span, laid_out, places, promises_of
from fansipan.statistics.output_value import Tables

# Where a row's plan comes from: a plan of its own establishment or product; the growth planned above it; what no line
# carries; nowhere.
Origin = Literal["own", "spread", "unallotted", "none"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
NAMES = ("establishment", "product", "project")
PART = 1e-9  # of a plan: less than that is no difference


@dataclass(frozen=True, eq=False, slots=True)
class Planned:
    """The plan by row and month, billion đồng at constant 2010 prices; NaN where there is none.

    `rows` has establishment, product, project, the dimensions to sum by, `origin` and `of` (the plan it comes from, as
    ``industry:C``); the first rows are the lines of the course, in their order.
    """

    rows: pl.DataFrame
    values: Floats
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Laying:
    """The work under way: values and origins of the lines, rows that no line carries."""

    course: Course
    usual: Floats
    values: Floats
    origin: list[str]
    of: list[str]
    beyond: list[tuple[dict[str, Any], str, str, Floats]] = field(default_factory=list)

    def put(self, rows: NDArray[np.bool_], values: Floats, origin: Origin, node: Node) -> None:
        """Give `rows` the figures of `values` in the months that have none yet."""
        for at, figures in zip(np.flatnonzero(rows), values, strict=True):
            free = np.isnan(self.values[at]) & ~np.isnan(figures)
            if free.any():
                self.values[at][free] = figures[free]
                self.origin[at], self.of[at] = origin, _name(node)

    def laid(self, node: Node, inside: NDArray[np.bool_]) -> Floats:
        """What the rows of a node have together, by month: its lines and what no line below it carries."""
        found: Floats = np.nansum(self.values[inside], axis=0)
        for attributes, _, _, figures in self.beyond:
            if _belongs(attributes, node):
                found = found + np.nan_to_num(figures)
        return found


def plan_of(province: Tables, course: Course) -> Planned:
    """The plan of the year of `course`. Raises Refused ``gap.no-plan`` where none of its plans can be laid on lines."""
    promised = promises_of(province, course)
    if not promised.planned:
        years = sorted({period[:4] for period in province["plans"]["period"]})
        raise Refused("gap.no-plan", year=course.year, known=", ".join(years) or "–")
    count, usual = len(course.lines), usual_course(course)
    laying = _Laying(course, usual, np.full(usual.shape, np.nan), ["none"] * count, ["–"] * count)
    kinds = _kinds(province)
    for kind in ("establishment", "product"):
        for node, planned in promised.planned.items():
            if node[0] == kind:
                _share_out(laying, node, _months(laying, node, planned), kinds)
    for node, planned in _upwards(promised.planned, kinds):
        plan = _months(laying, node, planned)
        _inherit(laying, node, plan)
        _leave(laying, node, plan, kinds)
    return Planned(_frame(laying), _stacked(laying), promised.faults)


def _months(laying: _Laying, node: Node, planned: Mapping[Span, float]) -> Floats:
    """A plan laid on the months as the plans below it and the usual course of the rest run, else as expected."""
    inside = places(laying.course, node)
    unplanned = inside & np.isnan(laying.values).all(axis=1)
    usual, rest = laying.usual[inside].sum(), laying.usual[unplanned].sum(axis=0)
    growth = sum(planned.values()) / usual if usual > 0 else 1.0
    days = np.array([month.last_day.day for month in laying.course.months], dtype=float)
    shapes = (laying.laid(node, inside) + growth * rest, laying.course.outcome[inside].sum(axis=0), days)
    shape = next(np.maximum(shape, 0.0) for shape in shapes if np.maximum(shape, 0.0).sum() > 0)
    return laid_out(planned, shape, laying.course.months)


def _name(node: Node) -> str:
    return f"{node[0]}:{node[1]}" if node[1] else node[0]


def _kinds(province: Tables) -> dict[Node, dict[str, str | None]]:
    """What each product and industry belongs to, as attributes of a row."""
    trees = lineage(province["industries"])
    products = province["products"].join(trees, on=["version", "industry"], how="left")
    found: dict[Node, dict[str, str | None]] = {("province", ""): {}}
    used = set(province["products"]["version"])
    for row in trees.filter(pl.col("version").is_in(list(used))).iter_rows(named=True):
        found["industry", row["industry"]] = {level: row[level] for level in LEVELS}
    for row in products.iter_rows(named=True):
        found["product", row["product"]] = {level: row[level] for level in LEVELS} | {"product": row["product"]}
    for row in province["establishments"].iter_rows(named=True):
        own = ("establishment", "area", "zone", "ownership", "kind")
        found["establishment", row["establishment"]] = {name: row[name] for name in own}
    return found


def _upwards(
    planned: Mapping[Node, Mapping[Span, float]], kinds: Mapping[Node, Mapping[str, str | None]]
) -> list[tuple[Node, Mapping[Span, float]]]:
    """The plans of industries and of the province, the lowest level first."""

    def depth(node: Node) -> int:
        return sum(kinds.get(node, {}).get(level) is not None for level in LEVELS) if node[0] == "industry" else -1

    above = [(node, plan) for node, plan in planned.items() if node[0] in ("industry", "province")]
    return sorted(above, key=lambda one: -depth(one[0]))


def _belongs(attributes: Mapping[str, str | None], node: Node) -> bool:
    kind, code = node
    if kind == "province":
        return True
    names = LEVELS if kind == "industry" else (kind,)
    return any(attributes.get(name) == code for name in names)


def _share_out(laying: _Laying, node: Node, plan: Floats, kinds: Mapping[Node, dict[str, Any]]) -> None:
    """Lay the plan of a product or establishment on its lines, less those that have one, by their usual output."""
    inside = places(laying.course, node)
    free = inside & np.isnan(laying.values).all(axis=1)
    rest = plan - laying.laid(node, inside)
    if free.any():
        laying.put(free, np.maximum(rest, 0.0) * _parts(laying, free), "own", node)
    _leave(laying, node, plan, kinds)


def _parts(laying: _Laying, rows: NDArray[np.bool_]) -> Floats:
    """Each line's part of the lines together in every month: by usual output, else by what is expected, else even."""
    found = np.full((int(rows.sum()), laying.usual.shape[1]), np.nan)
    even = np.ones_like(found)
    for weight in (laying.usual[rows], laying.course.outcome[rows], even):
        whole = weight.sum(axis=0)
        some = (whole > 0) & np.isnan(found[0])
        found[:, some] = weight[:, some] / whole[some]
    return found


def _inherit(laying: _Laying, node: Node, plan: Floats) -> None:
    """Give the lines below an industry that have no plan of their own the growth that it plans, month by month."""
    inside = places(laying.course, node)
    whole = laying.usual[inside].sum(axis=0)
    growth = np.where(whole > 0, plan / np.where(whole > 0, whole, 1.0), np.nan)
    free = inside & np.isnan(laying.values).any(axis=1)
    laying.put(free, laying.usual[free] * growth, "spread", node)


def _leave(laying: _Laying, node: Node, plan: Floats, kinds: Mapping[Node, dict[str, Any]]) -> None:
    """Keep what a plan holds beyond what is laid below it as a row of its own."""
    left = plan - laying.laid(node, places(laying.course, node))
    if np.nansum(np.abs(left)) > PART * max(float(np.nansum(np.abs(plan))), 1.0):
        laying.beyond.append((kinds.get(node, {}), "unallotted", _name(node), left))


def _frame(laying: _Laying) -> pl.DataFrame:
    columns = [*NAMES, *(name for name in ATTRIBUTES if name not in NAMES)]
    lines = laying.course.lines.frame.select(columns).with_columns(
        origin=pl.Series(laying.origin, dtype=pl.String), of=pl.Series(laying.of, dtype=pl.String)
    )
    more = [
        {name: attributes.get(name) for name in columns} | {"origin": origin, "of": of}
        for attributes, origin, of, _ in laying.beyond
    ]
    return pl.concat([lines, pl.DataFrame(more, schema=lines.schema)]) if more else lines


def _stacked(laying: _Laying) -> Floats:
    return np.vstack([laying.values, *(figures[None] for *_, figures in laying.beyond)])
