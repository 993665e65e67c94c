"""The monthly figures of a table: an entry a row and month, months side by side or one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from fansipan.errors import Place
from fansipan.intake.figures import Figures, Reading
from fansipan.intake.headings import CUMULATIVE, month_of, plain_words
from fansipan.intake.layout import Block, reported_month
from fansipan.intake.mapping import Answers, Question
from fansipan.intake.rows import Row, notes_of
from fansipan.intake.sums import Sum, places_of
from fansipan.periods import Month
from fansipan.texts import words

FIELDS = ("quantity", "sales", "stock")
# Rows of so many months, so many of them, of which so large a part rises: such a table may count since January.
RISING_MONTHS, RISING_ROWS, RISING_SHARE = 5, 4, 0.9
ESTIMATED = re.compile(r"thang 0?(\d{1,2}) (?:nam )?((?:19|20)\d\d).*\b(?:uoc|du kien)\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says of a month: its texts by role, the month, which figure, how firm, what stood in the cell."""

    texts: Mapping[str, str]
    month: Month
    field: str
    status: str | None
    reading: Reading
    place: Place
    cell: str


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a table, its totals held against them, and what of it was not understood."""

    entries: tuple[Entry, ...]
    sums: tuple[Sum, ...]
    untimed: tuple[Place, ...] = ()
    differenced: bool = False


def is_returns(block: Block) -> bool:
    """Whether a table holds monthly figures of establishments."""
    who = block.column("name") or block.column("tax")
    levels = [c for c in block.columns if c.months and c.months.month and c.months.measure in ("level", "ytd")]
    long = block.column("month") and block.column("quantity")
    single = block.column("quantity") and reported_month(block.grid, block.titles)
    return bool(who and block.column("product") and (levels or long or single))


def entries_of(place: int, block: Block, rows: list[Row], figures: Figures, answers: Answers) -> Entries:
    """Everything that a table says of months, in the order of its rows.

    Figures that rise from month to month in nearly all rows are since January where the titles say so; where they do
    not, that is asked.
    """
    estimated = {Month(int(y), int(m)) for note in notes_of(block) for m, y in ESTIMATED.findall(plain_words(note))}
    data = [row for row in rows if row.kind == "data"]
    found: list[Entry] = []
    untimed: list[Place] = []
    for row in data:
        for entry in _of_row(place, block, row, figures):
            if isinstance(entry, Place):
                untimed.append(entry)
            else:
                firm = "estimate" if entry.month in estimated and entry.status is None else entry.status
                found.append(Entry(entry.texts, entry.month, entry.field, firm, entry.reading, entry.place, entry.cell))
    if _rises(found):
        meant = "ytd" if any(CUMULATIVE.search(plain_words(t)) for t in (*block.titles, block.grid.sheet)) else None
        meant = meant or answers.ask(_question(block))
        found = [replace(entry, field="ytd") if meant == "ytd" else entry for entry in found]
    found, differenced = _monthly(block, found)
    return Entries(tuple(found), tuple(_sums(place, block, rows, figures)), tuple(untimed), differenced)


def _rises(found: list[Entry]) -> bool:
    """Whether the months of a table rise in nearly all of its rows, as sums since January do."""
    rows: dict[tuple[int | None, int], dict[Month, float]] = {}
    for entry in found:
        if entry.field == "quantity" and entry.reading.value is not None:
            rows.setdefault((entry.place.row, entry.month.year), {})[entry.month] = entry.reading.value
    long = [[row[month] for month in sorted(row)] for row in rows.values() if len(row) >= RISING_MONTHS]
    rising = [all(b >= a for a, b in pairwise(row)) and row[-1] > row[0] for row in long]
    return len(long) >= RISING_ROWS and sum(rising) >= RISING_SHARE * len(long)


def _question(block: Block) -> Question:
    name = " / ".join(part for part in (block.grid.file, block.grid.sheet) if part)
    choices = (("level", words("intake.figures.level")), ("ytd", words("intake.figures.ytd")))
    return Question("figures", name, choices, block.grid.place(block.head.start))


def _of_row(place: int, block: Block, row: Row, figures: Figures) -> Iterator[Entry | Place]:
    grid = block.grid
    for column in block.columns:
        if column.months and column.months.month and column.months.measure in ("level", "ytd"):
            cell = grid.at(row.at, column.at)
            reading = figures.read(place, row.at, column.at, cell)
            field = "quantity" if column.months.measure == "level" else "ytd"
            at = grid.place(row.at, column.at)
            shown = "" if cell is None else str(cell)
            yield Entry(row.texts, column.months.month, field, column.months.status, reading, at, shown)
    month: Month | None = None
    if block.column("month"):
        month = month_of(block.cell(row.at, "month"), block.year)
    elif not any(column.months and column.months.month for column in block.columns):
        month = reported_month(block.grid, block.titles)
    for field in FIELDS:
        of_field = block.column(field)
        if of_field is None:
            continue
        cell = grid.at(row.at, of_field.at)
        at = grid.place(row.at, of_field.at)
        if month is None:
            if cell is not None and block.column("month"):
                yield at
            continue
        yield Entry(row.texts, month, field, None, figures.read(place, row.at, of_field.at, cell), at, str(cell or ""))


def _monthly(block: Block, found: list[Entry]) -> tuple[list[Entry], bool]:
    """Months from figures since January, where a table gives only those; what is also given by the month is left."""
    kept = [entry for entry in found if entry.field != "ytd"]
    cumulative = [entry for entry in found if entry.field == "ytd"]
    if not cumulative or any(entry.month.month > 1 for entry in kept):
        return kept, False
    by_row: dict[int | None, dict[Month, Entry]] = {}
    # January is the same in both ways of counting.
    for entry in (*kept, *cumulative):
        by_row.setdefault(entry.place.row, {})[entry.month] = entry
    kept = []
    for row in by_row.values():
        for month, entry in row.items():
            before = row.get(month - 1) if month.month > 1 else None
            reading = _difference(entry.reading, before.reading if before else None, month)
            kept.append(Entry(entry.texts, month, "quantity", entry.status, reading, entry.place, entry.cell))
    return kept, True


def _difference(now: Reading, before: Reading | None, month: Month) -> Reading:
    if now.value is None or month.month == 1:
        return now
    if before is None or before.value is None or now.value < before.value - 1e-9:
        return Reading("unread")
    return Reading("figure", round(now.value - before.value, 6))


def _sums(place: int, block: Block, rows: list[Row], figures: Figures) -> Iterator[Sum]:
    """Totals of rows (the whole year) and of columns (a product, a group, all) that can be held against their parts."""
    levels = [c for c in block.columns if c.months and c.months.month and c.months.measure == "level"]
    years = [c for c in block.columns if c.months and c.months.measure == "year"]
    data = [row for row in rows if row.kind == "data"]
    if len(levels) >= 12 and len({c.months.month.year for c in levels if c.months and c.months.month}) == 1:
        for row in data:
            for column in years:
                yield from _sum(place, block, figures, row, column.at, [(row.at, c.at) for c in levels])
    columns = [c.at for c in (*levels, *years)]
    group: list[Row] = []
    for row in rows:
        if row.kind == "data":
            group.append(row)
        elif row.kind == "total":
            parts = _parts_of(row, data, group)
            for at in columns if parts else ():
                yield from _sum(place, block, figures, row, at, [(part.at, at) for part in parts])
        if row.kind != "data":
            group = []


def _parts_of(total: Row, data: list[Row], group: list[Row]) -> list[Row]:
    """The rows that a total adds: those of the product it names, else those above it, if they are in one unit."""
    name = re.sub(r"^(tong so|tong cong|tong|cong)\b", "", plain_words(total.texts.get("product", total.words))).strip()
    same = [row for row in data if plain_words(row.texts.get("product", "")) == name]
    if name and same:
        return same
    rows = data if not group or "tong so" in plain_words(total.words) else group
    units = {plain_words(row.texts.get("unit", "")) for row in rows}
    return rows if len(units) == 1 and not name else []


def _sum(
    place: int, block: Block, figures: Figures, total: Row, at: int, parts: list[tuple[int, int]]
) -> Iterator[Sum]:
    said = figures.read(place, total.at, at, block.grid.at(total.at, at))
    if said.value is None:
        return
    read = [figures.read(place, row, column, block.grid.at(row, column)) for row, column in parts]
    values = [reading.value for reading in read if reading.value is not None]
    places = max((places_of(value) for value in (*values, said.value)), default=0)
    name = total.words or total.texts.get("product", "")
    yield Sum(block.grid.place(total.at, at), name, said.value, sum(values), len(values), min(places, 6))
