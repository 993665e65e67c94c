"""What a sheet is about and what each of its columns holds, read from the words above the figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fansipan.interop.gso.headings import SERIAL, Heading, names_period, read_heading
from fansipan.interop.gso.sheets import Cells, at, number
from fansipan.periods import Month, months_of
from fansipan.tables.reading.parsing import fold

# Words of a title -> the indicator. That of shipment and inventory is settled column by column.
SUBJECTS = (
    (re.compile(r"chi so san xuat (toan )?(nganh )?cong nghiep|\biip\b"), "national-iip"),
    (re.compile(r"san pham (chu yeu )?(cua )?(nganh )?cong nghiep( chu yeu)?"), "national-volume"),
    (re.compile(r"chi so su dung lao dong"), "national-labour-index"),
    (re.compile(r"chi so (tieu thu|ton kho)"), "shipment-inventory"),
)
OF_COLUMNS = (("ton kho", "national-inventory-index"), ("tieu thu", "national-shipment-index"))
BY_AREA = ("dia phuong", "tinh, thanh pho", "tinh thanh pho", "cac tinh")
YEARS = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)")
LONGEST_HEAD = 14


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is about: the indicator, and whether its rows are areas."""

    indicator: str
    by_area: bool


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures: where it stands, the words above it, what they mean (None: not understood), of what."""

    position: int
    words: str
    heading: Heading | None
    indicator: str


def subject_of(head: Cells) -> Subject | None:
    """What the rows above the figures say the sheet is about; None where it is nothing that is read."""
    for position, row in enumerate(head):
        for column, cell in enumerate(row):
            below = at(head[position + 1], column) if position + 1 < len(head) and _alone(head[position + 1]) else ""
            title = fold(f"{cell} {below}")
            for words, indicator in SUBJECTS:
                if cell and words.search(fold(cell)) and "gia san xuat" not in title:
                    return Subject(indicator, any(area in title for area in BY_AREA))
    return None


def _alone(row: list[str]) -> bool:
    return sum(map(bool, row)) == 1


def figure_columns(head: Cells, body: Cells, subject: Subject, latest: Month | None) -> list[FigureColumn]:
    """Every column of figures with its meaning; `latest` is the last month that can have been known.

    A heading that leaves its year out takes that of the sheet, or the year before where the month would lie ahead.
    """
    found = []
    years = [int(year) for year in YEARS.findall(" ".join(" ".join(row) for row in head))]
    year = max(years) if years else (latest.year if latest else None)
    for position, words in _words_of_columns(head, body).items():
        heading = read_heading(words, year)
        if heading and latest and year and months_of(heading.period)[-1] > latest and not read_heading(words, None):
            heading = read_heading(words, year - 1)
        of = subject.indicator if subject.indicator != "shipment-inventory" else _of_column(words, head)
        found.append(FigureColumn(position, words, heading, of))
    return found


def _of_column(words: str, head: Cells) -> str:
    """Whether a column is of shipment or of inventory: by its own words, else by those of the sheet."""
    for text in (fold(words), fold(" ".join(" ".join(row) for row in head))):
        named = [indicator for word, indicator in OF_COLUMNS if word in text]
        if len(named) == 1:
            return named[0]
    return ""


def _words_of_columns(head: Cells, body: Cells) -> dict[int, str]:
    """The words above every column that holds figures; none where nothing stands above it."""
    width = max((len(row) for row in [*head, *body]), default=0)
    start = _start(head)
    above = [at(row, 1) for row in head[:start] if fold(at(row, 1)).startswith("so voi")]
    found = {}
    for position in range(1, width):
        if any(number(at(row, position)) is not None for row in body):
            # Words over a stray column are not its neighbour's, and its figures no words.
            words = [cell for row in head[start:] if (cell := at(row, position))]
            own = " ".join(w for w in words if number(w) is None or YEARS.fullmatch(w) or SERIAL.fullmatch(w))
            group = _group(head[start:], position, own) if own else ""
            found[position] = " ".join(filter(None, [*(above if own else []), group, own]))
    return found


def _start(head: Cells) -> int:
    """The first row of the headings of columns: the first near the figures with words over two columns or more."""
    first = max(0, len(head) - LONGEST_HEAD)
    rows = range(first, len(head))
    return next((n for n in rows if sum(bool(c) for c in head[n][1:]) >= 2), max(rows, default=0))


def _group(rows: Cells, position: int, own: str) -> str:
    """The words of the cells that span this column and stand in an earlier one: such a cell holds them in its first.

    A neighbour's own heading is no group: a cell that names a period or a comparison spans only columns that do not.
    """
    said = []
    for row in rows:
        if at(row, position):
            break
        left = next((c for c in reversed(row[1:position]) if c), "")
        compares = "so voi" in fold(left)
        if left and not (compares and "so voi" in fold(own)) and not (names_period(left) and names_period(own)):
            said.append(left)
            break
    return " ".join(said)
