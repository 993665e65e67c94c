"""What a plan moves in a year as links of a Sankey diagram: a tracked element by weight, or everything by value.

Every balance has its open ends drawn: what a process takes in and does not give out again is not recovered, what a
commodity gets and does not pass on is left over or stored; so the picture shows where mass stays, or where
value is added (method rule E34).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from fansipan.expansion.system.definition import System
from fansipan.notation import number
from fansipan.report.content import Words, words
from fansipan.report.drawings.charts import PALETTE, QUIET
from fansipan.report.drawings.sankey import Link, Node

NATURE, BOUGHT, SOLD, DISPOSED, LOST, LEFT = "@nature", "@bought", "@sold", "@disposed", "@lost", "@left"
ENDS = {"buy": BOUGHT, "sell": SOLD, "dispose": DISPOSED}
COLOURS = {"ore": PALETTE[5], "intermediate": PALETTE[1], "product": PALETTE[0], "by-product": PALETTE[3]}
# Less than this share of the largest band is not drawn: it would not be seen.
FAINT = 0.002


def element_content(system: System, element: str) -> dict[str, float]:
    """How much of `element` a unit of each commodity holds."""
    rows = system.rows("commodity_elements")
    return {row["commodity"]: row["content"] for row in rows if row["element"] == element}


def value_content(system: System) -> dict[str, float]:
    """The accounting price of each commodity that has one, billion đồng a unit."""
    return {code: row["accounting_price"] for code, row in system.commodities.items() if row["accounting_price"]}


def diagram(
    system: System,
    frames: Mapping[str, pl.DataFrame],
    year: int,
    content: Mapping[str, float],
    unit: Words,
    *,
    ends: str = "mass",
) -> tuple[dict[str, Node], list[Link]]:
    """Nodes and links of what flows in `year`, each commodity counted by its `content`.

    `frames` are those of `answer_frames`. Commodities are taken together over all sites; processes keep their own
    names; `ends` says how the open ends of a balance are worded, ``mass`` or ``value``. Empty where nothing flows.
    """
    amounts = _amounts(frames, year, content)
    most = max(amounts.values(), default=0.0)
    nodes = {code: _node(system, code, ends) for pair in amounts for code in pair}

    def told(pair: tuple[str, str], value: float) -> Words:
        return Words(
            *(
                f"{nodes[pair[0]].name.in_language(lang)} → {nodes[pair[1]].name.in_language(lang)}: "
                f"{number(value, 1 if value < 1000 else 0, lang)} {unit.in_language(lang)}"
                for lang in ("vi", "en")
            )
        )

    links = [Link(*pair, value, told(pair, value)) for pair, value in amounts.items() if value > FAINT * most]
    return nodes, links


def _amounts(
    frames: Mapping[str, pl.DataFrame], year: int, content: Mapping[str, float]
) -> dict[tuple[str, str], float]:
    """What goes from each node to each other; nodes are ``p:PROCESS``, ``c:COMMODITY`` and the ends."""
    found: dict[tuple[str, str], float] = {}
    balance: dict[str, float] = {}

    def move(source: str, target: str, value: float) -> None:
        if value > 0:
            found[source, target] = found.get((source, target), 0.0) + value
            balance[source] = balance.get(source, 0.0) - value
            balance[target] = balance.get(target, 0.0) + value

    flows = frames["flows"].filter(pl.col("year") == year).group_by("process", "commodity", maintain_order=True)
    for row in flows.agg(pl.col("quantity").sum()).iter_rows(named=True):
        value = row["quantity"] * content.get(row["commodity"], 0.0)
        process, commodity = f"p:{row['process']}", f"c:{row['commodity']}"
        move(process, commodity, value)
        move(commodity, process, -value)
    for row in frames["trade"].filter((pl.col("year") == year) & (pl.col("direction") != "link")).iter_rows(named=True):
        value, commodity = row["quantity"] * content.get(row["commodity"], 0.0), f"c:{row['commodity']}"
        end = ENDS[row["direction"]]
        move(*((end, commodity) if end == BOUGHT else (commodity, end)), value)
    _close(balance, move)
    return found


def _close(balance: dict[str, float], move: Callable[[str, str, float], None]) -> None:
    """Give every process and commodity the missing end: nature, what is not recovered, what is left."""
    for code, rest in list(balance.items()):
        if code.startswith("p:"):
            move(NATURE, code, -rest)
            move(code, LOST, rest)
        elif code.startswith("c:"):
            move(code, LEFT, rest)


def _node(system: System, code: str, ends: str) -> Node:
    if code.startswith("@"):
        return Node(words(f"plan-page.{ends}.{code.removeprefix('@')}"), QUIET)
    kind, own = code.split(":", 1)
    if kind == "p":
        return Node(plain(system.process(own)), PALETTE[2])
    return Node(plain(system.commodity(own)), COLOURS.get(system.commodities[own]["kind"], PALETTE[4]))


def plain(name: Words) -> Words:
    """A name without the mark of stand-ins, which the whole page bears."""
    return Words(name.vi.replace(" (minh họa)", ""), name.en.replace(" (illustrative)", ""))
