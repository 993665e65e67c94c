"""The nodes whose forecasts are scored: products, classes, sections and the total, as sums of lines (Rule BT3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.scenario.baseline.lines import Floats, Lines

LEVELS = ("product", "class", "section", "total")
TOTAL = "total"


@dataclass(frozen=True, eq=False, slots=True)
class Hierarchy:
    """Nodes from the products up to the total.

    `levels` and `codes` have an entry a node; `worth` (nodes x lines) is billion đồng at constant 2010 prices that a
    unit of the line adds to the node, 0 where the line is not of it.
    """

    levels: tuple[str, ...]
    codes: tuple[str, ...]
    worth: Floats

    def values(self, quantities: Floats) -> Floats:
        """Output of every node from `quantities` (… x lines x months): … x nodes x months, billion đồng."""
        return np.matmul(self.worth, quantities)

    def places(self, level: str) -> list[int]:
        """The places of the nodes of a level."""
        return [place for place, one in enumerate(self.levels) if one == level]


def hierarchy_of(lines: Lines) -> Hierarchy:
    """The nodes that the lines add up to; a line whose class or section is not known counts above only."""
    price = np.nan_to_num(lines.price())
    names: list[tuple[str, str]] = []
    rows: list[Floats] = []
    for level in LEVELS:
        of_line = [TOTAL] * len(lines) if level == TOTAL else lines.frame[level].to_list()
        for code in sorted({code for code in of_line if code is not None}):
            names.append((level, code))
            rows.append(price * np.array([one == code for one in of_line]))
    return Hierarchy(tuple(level for level, _ in names), tuple(code for _, code in names), np.array(rows))
