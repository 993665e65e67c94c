"""The tables that stand in a sheet: where each one's heading is, what its columns mean, which rows are its body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fansipan.foreign import Cell
from fansipan.intake.headings import (
    MonthHeading,
    month_heading,
    month_of,
    plain_words,
    relative_heading,
    role_of,
    year_in,
)
from fansipan.intake.numbers import evidence
from fansipan.intake.opening import Grid
from fansipan.periods import Month
from fansipan.reference import product_named, read_unit

TAX = re.compile(r"\d{9,10}(-?\d{3})?")
DITTO = {'"', "''", "”", "“", "〃", "-nt-", "nt", "như trên", '""', "“ ”"}
LEGAL_WORDS = re.compile(
    r"^(cong ty|cty|chi nhanh|nha may|htx|hop tac xa|dntn|doanh nghiep|xi nghiep|tap doan|tong cong ty|ho kinh doanh"
    r"|co so|to hop)\b"
)
# Words for firms in general, as a heading has them.
GENERIC = re.compile(
    r"(cong ty|doanh nghiep|co so|nha may|don vi|san xuat|kinh doanh|bao cao|cong nghiep|va|to chuc|ca nhan| )+"
)
COLUMN_NUMBER = re.compile(r"\(?([A-Za-zĐđ]|\d{1,2})\)?")
# A heading has at most so many lines; a column is of a kind where so many of its cells are.
MOST_LINES, MOSTLY = 6, 0.6
SINGLE = ("order", "name", "tax", "product", "month")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where it stands, the words above it, our name for it or the months of its figures."""

    at: int
    words: str
    role: str | None = None
    months: MonthHeading | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A table in a sheet: the rows of its heading and of its body (from 0), and its columns from the left.

    Where the same heading comes again below, as on the next page of a print, the body goes on.
    """

    grid: Grid
    head: range
    body: tuple[int, ...]
    columns: tuple[Column, ...]
    year: int | None = None
    titles: tuple[str, ...] = ()

    def column(self, role: str) -> Column | None:
        """The first column of that role."""
        return next((column for column in self.columns if column.role == role), None)

    def cell(self, row: int, role: str) -> Cell:
        """The cell of a row in the column of that role; None where the table has none."""
        column = self.column(role)
        return self.grid.at(row, column.at) if column else None

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns that hold figures of months."""
        return tuple(column for column in self.columns if column.months)


def blocks(grid: Grid) -> list[Block]:
    """The tables of a sheet, from the top; those that stand side by side from the left."""
    starts = [row for row in range(len(grid.rows)) if _begins(grid, row)]
    heads: list[range] = []
    for row in starts:
        if not heads or row >= heads[-1].stop:
            heads.append(_head(grid, row))
    found: list[Block] = []
    for place, head in enumerate(heads):
        end = heads[place + 1].start if place + 1 < len(heads) else len(grid.rows)
        above = heads[place - 1].stop if place else 0
        titles = (
            _texts(grid, range(max(above, head.start - 12), head.start)) if place else _texts(grid, range(head.start))
        )
        body = tuple(range(head.stop, end))
        for block in _side_by_side(grid, head, body, tuple(titles)):
            before = next((k for k, one in enumerate(found) if one.columns == block.columns), None)
            if before is None:
                found.append(block)
            else:
                found[before] = replace(found[before], body=(*found[before].body, *body))
    return [block for block in found if block.body]


def is_ditto(cell: Cell) -> bool:
    """Whether a cell says "the same as above"."""
    return isinstance(cell, str) and cell.casefold() in DITTO


def _texts(grid: Grid, rows: range) -> list[str]:
    return [cell for row in rows for cell in grid.rows[row] if isinstance(cell, str)]


def _begins(grid: Grid, row: int) -> bool:
    """Whether a heading begins in this row: two cells or more that name columns of ours, and no figure among them."""
    cells = [cell for cell in grid.rows[row] if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str) and len(cell) < 80]
    if len(texts) < 2 or any(_is_datum(text) for text in texts):
        return False
    roles = {role for text in texts if (role := role_of(text)) and not _is_figure(text)}
    months = sum(month_heading([text], 2000) is not None for text in texts)
    numbers = sum(isinstance(cell, float) for cell in cells)
    strong = len(roles) >= 2 or (len(roles) == 1 and months >= 2) or (months >= 3 and not numbers)
    named = sum(map(_is_heading, texts))
    return strong and named >= MOSTLY * len(texts) and numbers <= named


def _is_heading(text: str) -> bool:
    """Whether a text names a column of ours, or months in some way."""
    return bool(role_of(text) or month_heading([text], 2000) or relative_heading([text], Month(2000, 2)))


def _is_datum(text: str) -> bool:
    """Whether a text stands in rows and never in a heading: a tax code, a product, a firm's full name."""
    words = plain_words(text)
    firm = LEGAL_WORDS.search(words) and len(words.split()) > 3 and not GENERIC.fullmatch(words)
    return bool(firm or TAX.fullmatch(text) or (product_named(text) and not role_of(text)))


def _is_figure(text: str) -> bool:
    return evidence(text) is not None


def _head(grid: Grid, start: int) -> range:
    """The rows of a heading that begins in `start`: up to the first row that is none of it."""
    end = row = start + 1
    while row < len(grid.rows) and row - start < MOST_LINES:
        numbers = _numbers_columns(grid, row)
        if numbers or _goes_on(grid, row):
            end = row + 1
        elif any(cell is not None for cell in grid.rows[row]):
            break
        row += 1
        if numbers:
            break
    return range(start, end)


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether a row is a further line of the heading: words of months, kinds or units, and no datum."""
    cells = {at: cell for at, cell in enumerate(grid.rows[row]) if cell is not None}
    if not cells or len(cells) < 2:
        return False
    for cell in cells.values():
        if isinstance(cell, str):
            if _is_figure(cell) and not _is_month_number(cell):
                return False
            if _is_datum(cell) or read_unit(cell) or is_ditto(cell):
                return False
        elif not _is_month_number(cell) and month_heading([cell], None) is None:
            return False
    named = [c for c in cells.values() if not isinstance(c, str) or _is_heading(c)]
    return len(named) >= MOSTLY * len(cells)


def _is_month_number(cell: Cell) -> bool:
    if isinstance(cell, str) and cell.isdigit():
        cell = float(cell)
    return isinstance(cell, float) and cell.is_integer() and 1 <= cell <= 12


def _numbers_columns(grid: Grid, row: int) -> bool:
    """Whether a row counts the columns: A, B, 1, 2, 3, with or without brackets, one after the other."""
    cells = [cell for cell in grid.rows[row] if cell is not None]
    texts = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in cells]
    if len(texts) < 3 or not all(COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    bracketed = sum(text.startswith("(") for text in texts) >= len(texts) / 2
    rising = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    letters = [text for text in texts if not text.strip("()").isdigit()]
    return rising and (bracketed or bool(letters) or (len(numbers) == len(texts) and numbers[0] in (0, 1)))


def _side_by_side(grid: Grid, head: range, body: Sequence[int], titles: tuple[str, ...]) -> Iterator[Block]:
    lines = head[:-1] if len(head) > 1 and _numbers_columns(grid, head[-1]) else head
    year = _year(grid, lines, titles)
    reported = reported_month(grid, titles)
    columns = [column for at in range(grid.width) if (column := _column(grid, lines, at, year, reported))]
    for part in _parts(columns):
        yield Block(grid, head, tuple(body), tuple(_by_content(grid, body, part)), year, titles)


def _year(grid: Grid, lines: Sequence[int], titles: tuple[str, ...]) -> int | None:
    """The year of a table whose headings leave it out: that of its title, of the sheet's name, of the file's."""
    own = next((year for title in reversed(titles) if (year := year_in(title))), None)
    return year_in(grid.sheet) or own or year_in(grid.file)


def reported_month(grid: Grid, titles: Sequence[str]) -> Month | None:
    """The month that a table's titles, its sheet or its file name."""
    named = (month_of(title, year_in(title)) for title in (*reversed(titles), grid.sheet, grid.file))
    return next((month for month in named if month), None)


def _column(grid: Grid, lines: Sequence[int], at: int, year: int | None, reported: Month | None) -> Column | None:
    cells = _above(grid, lines, at)
    if not cells:
        return None
    words = " ".join(str(cell) for cell in cells)
    own_year = next((y for cell in reversed(cells) if isinstance(cell, str) and (y := year_in(cell))), None)
    months = month_heading(cells, own_year or year)
    texts = [cell for cell in cells if isinstance(cell, str)]
    role = next((r for text in reversed(texts) if (r := role_of(text))), None)
    if months is None and (relative := relative_heading(cells, reported)):
        # Of sales and stock only those of the month itself have a place; quantities may be of the month before.
        other = role in ("sales", "stock") and (relative.measure != "level" or relative.month != reported)
        if role in (None, "quantity", "month") or other:
            months, role = (MonthHeading(None, "growth") if other else relative), None
    if months and role in ("name", "tax", "product", "unit", "order", "area", "opened", "labour", "note", "price"):
        months = None if months.month is None or role in ("opened", "labour", "note", "price") else months
    return Column(at, words, None if months else role, months)


def _above(grid: Grid, lines: Sequence[int], at: int) -> list[Cell]:
    """The heading's cells above a column from the top down; a merged one, or one that spans blanks, belongs to all."""
    found: list[Cell] = []
    for line in lines:
        cell = grid.at(line, at)
        if cell is None:
            cell = _spanning(grid, lines, line, at)
        if cell is not None and cell not in found:
            found.append(cell)
    return found


def _spanning(grid: Grid, lines: Sequence[int], line: int, at: int) -> Cell:
    for top, left, bottom, right in grid.merged:
        if top <= line <= bottom and left <= at <= right:
            return grid.at(top, left)
    if line == lines[-1] or grid.merged:
        return None
    below = any(grid.at(other, at) is not None for other in lines if other > line)
    before = (cell for k in range(at, -1, -1) if (cell := grid.at(line, k)) is not None)
    spanning = next(before, None)
    return spanning if below and isinstance(spanning, str) else None


def _parts(columns: list[Column]) -> Iterator[list[Column]]:
    """The columns of each table that stand side by side: a new one begins where a name or order comes a second time."""
    part: list[Column] = []
    for column in columns:
        seen = {one.role for one in part}
        again = column.role in SINGLE and column.role in seen
        if again and any(one.months or one.role in ("quantity", "labour", "unit") for one in part):
            yield part
            part = []
        part.append(column)
    if part:
        yield part


def _by_content(grid: Grid, body: Sequence[int], columns: list[Column]) -> Iterator[Column]:
    """The columns, those whose heading does not tell or tells two things named by what stands in them."""
    roles = {column.role for column in columns}
    for column in columns:
        kind = None
        if column.months is None and column.role in (None, "unit-or-name", "product", "name", "note"):
            kind = _kind_of(grid, body, column.at)
            if column.role == "unit-or-name":
                kind = "unit" if kind == "unit" else "name"
            elif column.role is not None and kind not in ("tax", "unit"):
                kind = column.role
            elif column.role is None and kind in roles:
                kind = None
        yield Column(column.at, column.words, kind or column.role, column.months)


def _kind_of(grid: Grid, body: Sequence[int], at: int) -> str | None:
    """What the cells of a column are, told by most of them."""
    texts = [str(cell) for row in body if (cell := grid.at(row, at)) is not None]
    counts: Counter[str] = Counter()
    for text in texts:
        if TAX.fullmatch(text):
            counts["tax"] += 1
        elif read_unit(text) or is_ditto(text):
            counts["unit"] += 1
        elif product_named(text):
            counts["product"] += 1
        elif LEGAL_WORDS.search(plain_words(text)):
            counts["name"] += 1
        elif month_of(text, None):
            counts["month"] += 1
    kind, count = counts.most_common(1)[0] if counts else ("", 0)
    return kind if count >= MOSTLY * len(texts) else None
