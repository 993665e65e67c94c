"""Rule C1: what a row refers to stands in the table that it refers to.

A reference to a table whose key has further codes that the row also has (an industry of a version) is to that whole
key. A table that is not there at all cannot be referred to wrongly: a single form may be checked alone; when strict,
or against a province, it must be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from fansipan.checks.subject import Subject, at_most, quoted
from fansipan.errors import Fault
from fansipan.tables import REGISTRY
from fansipan.tables.columns import Table

# Tables that name a thing by its kind and its code: which table holds the things of a kind.
HOLDERS = {
    "area": ("areas", "area"),
    "zone": ("zones", "zone"),
    "industry": ("industries", "industry"),
    "product": ("products", "product"),
    "project": ("projects", "project"),
    "establishment": ("establishments", "establishment"),
    "programme": ("programmes", "programme"),
    "task": ("tasks", "task"),
    "target": ("targets", "target"),
    "portfolio": ("portfolio", "portfolio_group"),
}
SCOPES = {
    "plans": ("scope_kind", "scope"),
    "official_figures": ("scope_kind", "scope"),
    "obstacles": ("blocks_kind", "blocks"),
    "obstacle_blocks": ("blocks_kind", "blocks"),
}
# Figures of the country name its industries, products and areas in the publisher's words, not by the province's codes.
OF_THE_COUNTRY = "national-"


def dangling_references(subject: Subject) -> Iterator[Fault]:
    """Rows whose reference leads nowhere, with the nearest that would."""
    for name in subject.gathered.frames:
        for column, meaning in REGISTRY[name].meanings().items():
            if meaning.reference:
                target, _, key = meaning.reference.partition(".")
                if subject.has(target) or subject.strict:
                    yield from at_most(_dangling(subject, name, column, target, key))


def dangling_scopes(subject: Subject) -> Iterator[Fault]:
    """Plans, published figures and obstacles whose scope is of a kind of which there is none of that code."""
    for name, (kind_column, column) in SCOPES.items():
        rows = subject.rows(name).with_row_index("@row")
        if "indicator" in rows.columns:
            rows = rows.filter(~pl.col("indicator").fill_null("").str.starts_with(OF_THE_COUNTRY))
        for kind in rows[kind_column].drop_nulls().unique().sort():
            if kind not in HOLDERS or not subject.has(HOLDERS[kind][0]):
                continue
            target, key = HOLDERS[kind]
            known = set(subject.everything(target)[key].drop_nulls())
            lost = rows.filter(
                (pl.col(kind_column) == kind) & pl.col(column).is_not_null() & ~pl.col(column).is_in(list(known))
            )
            yield from at_most(_told(subject, name, column, target, lost, known))


def composite_key(table: type[Table], column: str, target: type[Table], key: str) -> list[str]:
    """The further codes of the target's key that rows of `table` also have, such as the version of a classification."""
    codes = [k for k in target.primary_key() if k != key and target.meaning(k).kind == "code"]
    return [k for k in codes if k in table.column_names() and k != column]


def _dangling(subject: Subject, name: str, column: str, target: str, key: str) -> Iterator[Fault]:
    shared = composite_key(REGISTRY[name], column, REGISTRY[target], key)
    known = subject.everything(target).select(key, *shared).unique()
    rows = subject.rows(name).with_row_index("@row").filter(pl.col(column).is_not_null())
    lost = rows.join(known, left_on=[column, *shared], right_on=[key, *shared], how="anti").sort("@row")
    yield from _told(subject, name, column, target, lost, set(known[key].drop_nulls()), shared)


def _told(
    subject: Subject,
    name: str,
    column: str,
    target: str,
    lost: pl.DataFrame,
    known: set[str],
    shared: list[str] | None = None,
) -> Iterator[Fault]:
    near: dict[str, str] = {}
    for row in lost.select("@row", column, *(shared or [])).iter_rows(named=True):
        value = row[column]
        if value not in near:
            near[value] = ", ".join(get_close_matches(value, known, n=3)) if len(near) < 100 else ""
        whole = ", ".join(str(row[c]) for c in [*(shared or []), column])
        params = {"target": quoted(target), "value": whole}
        code = "reference.dangling"
        # The code is there, but in another version.
        if value in known:
            code = "reference.other-key"
        elif near[value]:
            code, params = "reference.near", {**params, "near": near[value]}
        yield subject.fault(code, name, row["@row"], column, params)
