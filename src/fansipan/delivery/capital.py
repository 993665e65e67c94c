"""Capital of projects: registered, adjusted by dated rows, realised; limits that hold everywhere (Rule D29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.province import Province
from fansipan.tables.declarations.progress import ProjectCapital
from fansipan.tables.declarations.promises import Projects
from fansipan.texts import Quantity

# Capital is kept to this many decimals (billion đồng).
PLACES = 3


def course(project_capital: pl.DataFrame, project: str) -> pl.DataFrame:
    """The rows of `project` in order of their days, of a day recorded twice the last."""
    own = project_capital.filter(pl.col("project") == project).sort("as_of", "entry", maintain_order=True)
    return own.unique("as_of", keep="last", maintain_order=True)


def realised_capital(province: Province, project: str, on: date) -> float | None:
    """Capital of `project` realised up to the latest day recorded by `on`, billion đồng; None if never recorded."""
    own = course(province["project_capital"], project).filter(pl.col("as_of") <= on)
    return float(own["realised"][-1]) if own.height else None


def registered_capital(province: Province, project: str, on: date) -> float | None:
    """Registered capital in force on `on`: as last adjusted by then, else as the project's row has it; None unknown."""
    own = course(province["project_capital"], project).filter(pl.col("as_of") <= on)["registered"].drop_nulls()
    if len(own):
        return float(own[-1])
    found = province["projects"].filter(pl.col("project") == project)["capital"]
    return None if found.is_empty() or found[0] is None else float(found[0])


def capital_faults(frames: Mapping[str, pl.DataFrame]) -> tuple[Fault, ...]:
    """Capital realised above the registered capital of its day, and cumulative capital that falls without a reason."""
    rows = frames.get("project_capital", ProjectCapital.create_empty())
    registered = dict(frames.get("projects", Projects.create_empty()).select("project", "capital").iter_rows())
    return tuple(
        fault
        for project in rows["project"].unique(maintain_order=True)
        for fault in _faults(project, course(rows, project), registered.get(project))
    )


def _faults(project: str, rows: pl.DataFrame, registered: float | None) -> Iterator[Fault]:
    before: dict[str, Any] | None = None
    for row in rows.iter_rows(named=True):
        registered = row["registered"] if row["registered"] is not None else registered
        realised, told = row["realised"], {"project": project, "on": row["as_of"], "realised": _money(row["realised"])}
        place = Place("project_capital", column="realised")
        if registered is not None and realised > registered:
            yield Fault("capital.over-registered", {**told, "registered": _money(registered)}, place, realised)
        if before is not None and realised < before["realised"] and row["reason"] is None:
            earlier = {"before": _money(before["realised"]), "day": before["as_of"]}
            yield Fault("capital.falls", {**told, **earlier}, place, realised)
        before = row


def _money(figure: float) -> Quantity:
    return Quantity(figure, next(n for n in range(PLACES + 1) if round(figure, n) == round(figure, PLACES)))
