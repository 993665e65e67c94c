"""Rule C2: parents and successors never lead back to where they began; a tree of weights has one root and no orphan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from fansipan.checks.references import composite_key
from fansipan.checks.subject import Subject, quoted
from fansipan.errors import Fault
from fansipan.tables import REGISTRY

Node = tuple[Any, ...]


def parent_cycles(subject: Subject) -> Iterator[Fault]:
    """Rows of a table that refers to itself (parent, successor) from which the way up comes back to the row."""
    for name in subject.gathered.frames:
        table = REGISTRY[name]
        for column, meaning in table.meanings().items():
            if meaning.reference and meaning.reference.partition(".")[0] == name:
                key = meaning.reference.partition(".")[2]
                yield from _cycles(subject, name, key, column, composite_key(table, column, table, key))
    yield from _cycles(subject, "index_weights", "code", "parent", ["base_year"])


def weight_trees(subject: Subject) -> Iterator[Fault]:
    """Parents of index weights that have no row of their own in that base year, and second roots."""
    rows = subject.rows("index_weights").with_row_index("@row")
    codes = subject.everything("index_weights").select("base_year", "code").unique()
    inner = rows.filter(pl.col("parent").is_not_null())
    for row in inner.join(codes, left_on=["base_year", "parent"], right_on=["base_year", "code"], how="anti")["@row"]:
        params = {"target": quoted("index_weights"), "value": rows["parent"][row]}
        yield subject.fault("reference.dangling", "index_weights", row, "parent", params)
    for (year,), roots in rows.filter(pl.col("parent").is_null()).group_by("base_year", maintain_order=True):
        if roots.height > 1:
            params = {"year": year, "roots": ", ".join(roots["code"])}
            yield subject.fault("tree.several-roots", "index_weights", roots["@row"][1], "code", params)


def cycles_of(parents: Mapping[Node, Node]) -> list[list[Node]]:
    """Every cycle of the parent links, each once, as the nodes along it."""
    done: set[Node] = set()
    found = []
    for start in parents:
        path: list[Node] = []
        node: Node | None = start
        while node is not None and node not in done:
            done.add(node)
            path.append(node)
            node = parents.get(node)
        if node in path:
            found.append(path[path.index(node) :])
    return found


def _cycles(subject: Subject, name: str, key: str, column: str, shared: list[str]) -> Iterator[Fault]:
    rows = subject.rows(name).with_row_index("@row").filter(pl.col(column).is_not_null())
    nodes = list(rows.select(*shared, key).iter_rows())
    places = dict(zip(nodes, rows["@row"], strict=True))
    parents = dict(zip(nodes, rows.select(*shared, column).iter_rows(), strict=True))
    for cycle in cycles_of(parents):
        way = " → ".join(str(node[-1]) for node in [*cycle, cycle[0]])
        yield subject.fault("tree.cycle", name, places[cycle[0]], column, {"way": way})
