"""A run of the import: files opened, tables understood, rows made, questions collected, totals held against rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import Fault, InvalidInput, Place
from fansipan.intake.entries import entries_of, is_returns
from fansipan.intake.establishments import add_establishments, is_establishments
from fansipan.intake.figures import Figures
from fansipan.intake.layout import Block, blocks
from fansipan.intake.mapping import Answers, Key, Question, answers_of
from fansipan.intake.opening import Grid, open_file
from fansipan.intake.returns import Catalogue, Draft, LeftOut, add_returns
from fansipan.intake.rows import Row, rows_of
from fansipan.intake.sums import Sum
from fansipan.province import Province
from fansipan.reference import industries
from fansipan.statistics.records import latest

# Where more of the totals fail than this share, the figures were not read as the file means them.
MOST_FAILING, FEWEST = 0.2, 5


@dataclass(frozen=True, slots=True)
class Addition:
    """What a run brings to a table: its new rows, how many of them correct a known one, how many were known."""

    table: str
    rows: pl.DataFrame
    corrections: int
    known: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run found: nothing of it is in the province until `province` is written.

    `province` is the province with the additions; it is to be written only where there is no open question and no
    error among the faults. `answered` are the answers that were used.
    """

    province: Province
    additions: tuple[Addition, ...]
    questions: tuple[Question, ...]
    answered: tuple[tuple[Question, str], ...]
    sums: tuple[Sum, ...]
    left: tuple[LeftOut, ...]
    faults: tuple[Fault, ...]
    tables: tuple[tuple[str, Place, int], ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults for which nothing may be taken in."""
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def wrong_sums(self) -> tuple[Sum, ...]:
        """The file's totals that are not the sum of their rows."""
        return tuple(one for one in self.sums if not one.holds)


def take_in(paths: Sequence[Path], province: Province, answers: Mapping[Key, str], at: datetime) -> Taken:
    """Read files of establishments and monthly figures against `province`; rows are recorded at `at`.

    `answers` add to those kept in the province and go before them. Raises InvalidInput where a file cannot be read or
    holds no table that is known.
    """
    asked = Answers(answers_of(province["mappings"]) | dict(answers))
    draft = Draft()
    province = _with_industries(province, draft)
    catalogue = Catalogue(province, asked)
    files = [(path, *open_file(path)) for path in paths]
    parsed = [(path, _tables(grids)) for path, grids, _ in files]
    for _, _, told in files:
        draft.faults += told
    sums: list[Sum] = []
    tables: list[tuple[str, Place, int]] = []
    # Lists of establishments first: returns refer to them, in whatever order the files were named.
    for _, found in parsed:
        for block, rows in found:
            if is_establishments(block):
                sums += add_establishments(block, rows, catalogue, draft, at)
                tables.append(("establishments", _place(block), _count(rows)))
    for path, found in parsed:
        timed = [(block, rows) for block, rows in found if is_returns(block) and not is_establishments(block)]
        figures = Figures([b for b, _ in timed], {k: r for k, (_, r) in enumerate(timed)}, asked, path.name)
        for place, (block, rows) in enumerate(timed):
            entries = entries_of(place, block, rows, figures, asked)
            sums += entries.sums
            draft.left += [LeftOut(where, "untimed") for where in entries.untimed]
            if entries.differenced:
                draft.faults.append(Fault("intake.differenced", {}, _place(block), severity="warning"))
            add_returns(entries.entries, catalogue, draft, at)
            draft.faults += _doubled(block)
            tables.append(("returns", _place(block), _count(rows)))
        known = [block for block, _ in found if is_establishments(block) or is_returns(block)]
        draft.faults += [_not_known(block) for block, _ in found if block not in known]
        if not known:
            draft.faults.append(Fault("intake.no-table", {"file": path.name}, Place(path.name)))
    draft.faults += _implausible(sums)
    additions, after = _added(province, draft)
    return Taken(
        after,
        additions,
        tuple(asked.open.values()),
        tuple(asked.used.values()),
        tuple(sums),
        tuple(draft.left),
        tuple(fault for at, fault in enumerate(draft.faults) if fault not in draft.faults[:at]),
        tuple(tables),
    )


def _tables(grids: list[Grid]) -> list[tuple[Block, list[Row]]]:
    return [(block, list(rows_of(block))) for grid in grids for block in blocks(grid)]


def _place(block: Block) -> Place:
    return block.grid.place(block.head.start)


def _count(rows: list[Row]) -> int:
    return sum(row.kind == "data" for row in rows)


def _with_industries(province: Province, draft: Draft) -> Province:
    """A province without classes of industry gets those that all provinces have."""
    if province["industries"].height:
        return province
    draft.faults.append(Fault("intake.industries", {"count": industries().height}, severity="warning"))
    return province.replace(industries=industries())


def _not_known(block: Block) -> Fault:
    heads = "; ".join(column.words for column in block.columns[:6])
    return Fault("intake.table-unknown", {"heads": heads}, _place(block), severity="warning")


def _doubled(block: Block) -> list[Fault]:
    """Columns of the same figures of which nothing tells which month each is of."""
    for role in ("quantity", "sales", "stock"):
        heads = [column.words for column in block.columns if column.role == role]
        if len(heads) > 1:
            return [Fault("intake.column-twice", {"heads": "; ".join(heads)}, _place(block))]
    return []


def _implausible(sums: Sequence[Sum]) -> list[Fault]:
    failing = [one for one in sums if not one.holds]
    if len(failing) < FEWEST or len(failing) <= MOST_FAILING * len(sums):
        return []
    return [Fault("intake.sums-fail", {"wrong": len(failing), "count": len(sums)}, failing[0].place)]


def _added(province: Province, draft: Draft) -> tuple[tuple[Addition, ...], Province]:
    """The province with what is new; raises nothing: rows that cannot stand in a table are a fault of it."""
    additions, frames = [], {}
    for table, rows in draft.rows.items():
        frame = province[table]
        made = pl.DataFrame([_full(row, frame) for row in rows], schema=frame.schema, orient="row")
        new, corrections, known = _news(frame, made, table)
        additions.append(Addition(table, new, corrections, known))
        frames[table] = pl.concat([frame, new])
    try:
        return tuple(additions), province.replace(**frames)
    except InvalidInput as invalid:
        draft.faults += invalid.faults
        return tuple(additions), province


def _full(row: Mapping[str, Any], frame: pl.DataFrame) -> dict[str, Any]:
    return {column: row.get(column) for column in frame.columns}


def _news(frame: pl.DataFrame, made: pl.DataFrame, table: str) -> tuple[pl.DataFrame, int, int]:
    """The rows that say something new, how many of them correct a known figure, how many were known."""
    if table == "returns":
        key, figures, before = ["establishment", "product", "month"], ["quantity", "sales", "stock"], latest(frame)
    elif table == "establishment_returns":
        key, figures = ["establishment", "month"], ["labour"]
        before = frame.sort("recorded_at").unique(key, keep="last", maintain_order=True)
    else:
        return made, 0, 0
    beside = made.join(before.select(*key, *figures), on=key, how="left", suffix="@before", maintain_order="left")
    there = before.select(*key, pl.lit(value=True).alias("@there"))
    beside = beside.join(there, on=key, how="left", maintain_order="left")
    alike = pl.all_horizontal(
        pl.col(name).is_null() | pl.col(name).eq_missing(pl.col(f"{name}@before")) for name in figures
    )
    known = beside.select((pl.col("@there").is_not_null() & alike).alias("known"))["known"]
    new = made.filter(~known)
    corrections = int((beside["@there"].is_not_null() & ~known).sum())
    return new, corrections, int(known.sum())
