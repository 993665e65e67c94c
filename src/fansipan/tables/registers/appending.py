"""Adding a row to a register that is never rewritten: who recorded it, when, by which document.

A register is a table whose rows stay: what was recorded in error is made void by a later row. `appended` gives a frame
with one row more and leaves the rows it had as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from fansipan.errors import Refused
from fansipan.tables.columns import Table

ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who records a row, at which moment, by which document, and where the row comes from."""

    by: str
    at: datetime
    document: str | None = None
    source: str = "reported"

    def columns(self) -> dict[str, Any]:
        """The columns of a register that a signature fills."""
        return {"recorded_by": self.by, "recorded_at": self.at, "document": self.document, "source": self.source}


def appended(frame: pl.DataFrame, table: type[Table], row: Mapping[str, Any]) -> pl.DataFrame:
    """`frame` with `row` added, its ``entry`` counted where the table numbers entries.

    Refused ``record.clock-back`` if the row says that it was recorded before the register's last row of the same first
    key, ``record.twice`` if a row of the same key stands there already.
    """
    full = {name: row.get(name) for name in table.column_names()}
    keys = [name for name in table.primary_key() if name != ENTRY]
    _check_order(frame, full, keys[0])
    same = frame.filter(*(pl.col(name) == full[name] for name in keys))
    if ENTRY in full:
        full[ENTRY] = int(same[ENTRY].max() or 0) + 1  # type: ignore[arg-type]
    elif same.height:
        raise Refused("record.twice", table=table.name, key="; ".join(str(full[name]) for name in keys))
    return pl.concat([frame, pl.DataFrame([full], schema=frame.schema)])


def _check_order(frame: pl.DataFrame, full: Mapping[str, Any], owner: str) -> None:
    if full.get("recorded_at") is None or "recorded_at" not in frame.columns:
        return
    last = frame.filter(pl.col(owner) == full[owner])["recorded_at"].max()
    if isinstance(last, datetime) and full["recorded_at"] < last:
        raise Refused("record.clock-back", at=full["recorded_at"], last=last, of=full[owner])
