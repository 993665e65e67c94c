"""Which scopes are the parts of which: sections of the province, divisions of a section, areas, kinds, ownership."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from fansipan.checks.figures import Entry, Scope, last_day
from fansipan.checks.subject import Subject
from fansipan.periods import parse_period
from fansipan.tables import REGISTRY


@dataclass(frozen=True, slots=True)
class Family:
    """A total and all of its parts; `certain` where a table says which parts there are."""

    total: Scope
    parts: tuple[Scope, ...]
    certain: bool = True


def families(subject: Subject, scopes: Mapping[Scope, Entry], period: str) -> Iterator[Family]:
    """The families of which the total and at least two parts stand among `scopes`, in that period."""
    for family in _possible(subject, scopes, period):
        if family.total in scopes and sum(part in scopes for part in family.parts) >= 2:
            yield family


def _possible(subject: Subject, scopes: Mapping[Scope, Entry], period: str) -> Iterator[Family]:
    totals = [scope for scope in scopes if scope[0] == "province"]
    industries, areas = _industries(subject), _areas(subject, period)
    for total in totals:
        for kind in ("kind", "ownership"):
            yield Family(total, tuple((kind, c.value) for c in REGISTRY["establishments"].meaning(kind).choices))
        yield _top(total, "industry", [code for code, parent in industries.items() if parent is None], scopes)
        yield _top(total, "area", [code for code, parent in areas.items() if parent == total[1]], scopes)
    for kind, parents in (("industry", industries), ("area", areas)):
        for scope in [scope for scope in scopes if scope[0] == kind]:
            yield Family(scope, tuple((kind, code) for code, parent in parents.items() if parent == scope[1]))


def _top(total: Scope, kind: str, codes: list[str], scopes: Mapping[Scope, Entry]) -> Family:
    """The parts by the table, or where no table names them those that stand there."""
    if codes:
        return Family(total, tuple((kind, code) for code in codes))
    return Family(total, tuple(scope for scope in scopes if scope[0] == kind), certain=False)


def _industries(subject: Subject) -> dict[str, Any]:
    """Parents of the classes of the version in use; sections have none."""
    rows = subject.everything("industries").filter(pl.col("industry").is_not_null())
    settings = subject.everything("settings").filter(pl.col("setting") == "classification")["value"]
    if len(settings):
        rows = rows.filter(pl.col("version") == settings[0])
    codes = rows.with_columns(pl.when(pl.col("level") != "section").then("parent").alias("parent"))
    return dict(codes.select("industry", "parent").iter_rows())


def _areas(subject: Subject, period: str) -> dict[str, Any]:
    """Parents of the areas in force on the last day of the period."""
    day = last_day(parse_period(period))
    rows = subject.everything("areas").filter(pl.col("area").is_not_null())
    force = (pl.col("valid_from") <= day) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= day))
    return dict(rows.filter(force).select("area", "parent").iter_rows())
