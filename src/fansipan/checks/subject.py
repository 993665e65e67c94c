"""What is checked: the tables of an input, where their rows stand, and how strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.province import Province, empty
from fansipan.tables import REGISTRY
from fansipan.tables.reading.contents import Gathered
from fansipan.tables.reading.rows import MOST_FAULTS
from fansipan.texts import Words


@dataclass(frozen=True, slots=True)
class Subject:
    """An input to check.

    `gathered` is what was read; `beside` a province that it is checked against, for what it refers to but does not
    hold itself. Lenient (not `strict`): what contradicts itself whatever was rounded is a warning. Strict: such are
    errors, what is missing counts, and figures are taken to be printed to the finest unit that stands beside them.
    """

    gathered: Gathered
    beside: Province = field(default_factory=Province)
    strict: bool = False

    @classmethod
    def of(cls, province: Province, *, strict: bool = False) -> Subject:
        """A province made in Python; its rows count from 1, its sheets are its tables."""
        frames = {name: province[name] for name in province if province[name].height}
        origins = {
            name: pl.DataFrame({"row": range(1, frame.height + 1)}, schema={"row": pl.Int64}).select(
                pl.lit(None, pl.String).alias("file"), pl.lit(name).alias("sheet"), "row"
            )
            for name, frame in frames.items()
        }
        return cls(Gathered(frames, origins, every_row=frames), strict=strict)

    def rows(self, table: str) -> pl.DataFrame:
        """The rows of the input itself that have no fault of their own."""
        return self.gathered.frames.get(table, empty(table))

    def latest(self, table: str) -> pl.DataFrame:
        """The rows that no later record of the same thing has corrected, with their place in `rows` as ``@row``."""
        rows = self.rows(table).with_row_index("@row")
        keys = [key for key in REGISTRY[table].primary_key() if key != "recorded_at"]
        if "recorded_at" not in rows.columns:
            return rows
        return rows.filter(
            pl.col("recorded_at").is_null() | (pl.col("recorded_at") == pl.col("recorded_at").max().over(keys))
        )

    def everything(self, table: str) -> pl.DataFrame:
        """All rows of a table that there are, those with faults and those of the province beside included."""
        known = [self.gathered.every_row[table]] if table in self.gathered.every_row else []
        return pl.concat([*known, self.beside[table]])

    def has(self, table: str) -> bool:
        """Whether the table is there at all, in the input or beside it."""
        return table in self.gathered.every_row or self.beside[table].height > 0

    @property
    def doubt(self) -> str:
        """The severity of a contradiction: a warning when lenient, an error when strict."""
        return "error" if self.strict else "warning"

    def fault(
        self,
        code: str,
        table: str,
        row: int,
        column: str | None,
        params: Mapping[str, Any] | None = None,
        *,
        value: Any = None,
        severity: str = "error",
    ) -> Fault:
        """A fault at row `row` (from 0) of `rows(table)`; words are given the labels of `column` and `table`."""
        place = self.gathered.place(table, row, column)
        said = {"table": quoted(table)}
        if column:
            said["column"] = REGISTRY[table].meaning(column).quoted
            value = self.rows(table)[column][row] if value is None else value
        return Fault(code, {**said, **(params or {})}, place, value, severity)


def quoted(table: str) -> Words:
    """The table's label in quotation marks, for sentences."""
    return Words(f"«{REGISTRY[table].vi}»", f"“{REGISTRY[table].en}”")


def at_most(faults: Iterable[Fault], most: int = MOST_FAULTS) -> Iterator[Fault]:
    """The first faults of a check and then how many more there are of it."""
    rest, last = 0, None
    for count, fault in enumerate(faults):
        if count < most:
            yield fault
        else:
            rest, last = rest + 1, fault
    if last is not None:
        place = Place(last.place.file, last.place.sheet, None, last.place.column)
        yield Fault(
            "column.more-faults", {"column": last.place.column or "", "count": rest}, place, None, last.severity
        )
