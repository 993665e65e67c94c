"""The office's monthly workbooks (.xls and .xlsx, every layout since 2014) as rows of official figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import Fault, InvalidInput, Place
from fansipan.interop.gso.columns import FigureColumn, Subject, figure_columns, subject_of
from fansipan.interop.gso.fitting import sound_columns, sums_that_fail, without_contradictions
from fansipan.interop.gso.sheets import Cells, at, first_row, number, says_nothing, sheets_of
from fansipan.periods import Month, months_of, parse_period
from fansipan.tables import REGISTRY
from fansipan.tables.reading.parsing import fold

PUBLISHER = "Tổng cục Thống kê"
DITTO = ('"', "''", "”", "“", "nt", "-nt-")
# The row of all industry, in a table of the country.
WHOLE = "toan nganh cong nghiep"
# Marks of a footnote behind a name.
NOTE = re.compile(r"\s*(\(\*+\)|\*+|[¹²³])$")
FIRMNESS = {"estimate": 0, "preliminary": 1, "final": 2}
DATED_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read: `figures` as rows of official_figures, and what could not be read or is told (`faults`)."""

    figures: pl.DataFrame
    faults: tuple[Fault, ...]


def read_workbook(path: Path | str, published_on: date | None = None) -> Imported:
    """Read one of the office's monthly workbooks.

    `published_on` is taken from the file's name (``2024-05-29-...``) where it is not given. Growth printed as a ratio
    (104.75) is kept as growth (4.75). Raises InvalidInput if the file cannot be read or holds none of the tables known.
    """
    path = Path(path)
    day = published_on or _day_of(path.name)
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for sheet in sheets_of(path):
        place = Place(path.name, sheet.name)
        first = first_row(sheet.cells)
        subject = subject_of(sheet.cells[: len(sheet.cells) if first is None else first + 1])
        if subject is None:
            continue
        if first is None or not sheet.visible:
            code = "gso.no-rows" if first is None else "gso.hidden"
            faults.append(Fault(code, {"sheet": sheet.name}, place, severity="warning"))
            continue
        found, told = _figures(sheet.cells[:first], sheet.cells[first:], subject, day, place, first)
        rows += found
        faults += told
    rows, contradictions = without_contradictions(rows, path.name)
    faults += contradictions
    if not rows:
        raise InvalidInput([Fault("gso.no-table", {"file": path.name}, Place(path.name)), *faults])
    return Imported(_as_table(rows), tuple(faults))


def _day_of(name: str) -> date | None:
    found = DATED_NAME.search(name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _figures(
    head: Cells, body: Cells, subject: Subject, day: date | None, place: Place, first: int
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The figures of a sheet: every row with a name, every column whose heading is understood and whose figures fit.

    What does not fit is told and left out: a wrong figure is worse than none.
    """
    latest = Month(day.year, day.month) if day else None
    columns = figure_columns(head, body, subject, latest)
    sound, faults = sound_columns(columns, body, latest, place)
    rows: list[dict[str, Any]] = []
    unit = ""
    seen: set[str] = set()
    for number_of_row, name, cell_unit, cells in _named_rows(body, [c.position for c in columns if c.words]):
        unit = unit if cell_unit in DITTO else cell_unit
        here = Place(place.file, place.sheet, first + number_of_row + 1)
        if name in seen:
            faults.append(Fault("gso.name-twice", {"sheet": place.sheet, "name": name}, here, name, "warning"))
            continue
        seen.add(name)
        for column in sound:
            cell = cells[column.position]
            figure = number(cell)
            if figure is not None:
                rows.append(_row(subject, column, name, unit, figure, day))
            elif not says_nothing(cell):
                faults.append(Fault("gso.cell", {"sheet": place.sheet, "name": name}, here, cell, "warning"))
    if wrong := sums_that_fail(rows):
        faults.append(Fault("gso.sums", {"sheet": place.sheet, "wrong": wrong}, place, severity="warning"))
        rows = []
    return rows, faults


def _named_rows(body: Cells, positions: list[int]) -> Iterator[tuple[int, str, str, dict[int, str]]]:
    """Row, name, unit and cells of figures of each row; a name broken over two rows is put together."""
    pending = ""
    for position, row in enumerate(body):
        name, unit = at(row, 0), at(row, 1) if 1 not in positions else ""
        cells = {p: at(row, p) for p in positions}
        figures = any(number(cell) is not None for cell in cells.values())
        if name and not figures:
            pending = f"{pending} {name}".strip()
            continue
        if figures and (name or pending):
            joined = f"{pending} {name}" if pending and (not name or name[:1].islower() or name[:1] == "(") else name
            yield position, NOTE.sub("", joined.strip()), unit, cells
        pending = ""


def _row(
    subject: Subject, column: FigureColumn, name: str, unit: str, figure: float, day: date | None
) -> dict[str, Any]:
    heading = column.heading
    assert heading is not None
    kind = "product" if subject.indicator == "national-volume" else "industry"
    kind = "area" if subject.by_area else ("province" if fold(name).startswith(WHOLE) else kind)
    return {
        "indicator": column.indicator,
        "scope_kind": kind,
        "scope": name,
        "period": str(heading.period),
        "measure": heading.measure,
        "publisher": PUBLISHER,
        "status": heading.status,
        "value": figure - 100 if heading.is_growth else figure,
        "unit": "%" if heading.is_growth else (unit or None),
        "published_on": day,
        "source": "published",
        "citation": f"Biểu số liệu tháng, {PUBLISHER}",
    }


def _as_table(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows as the declared table; what is past is preliminary at least, of a figure said twice the firmer stands."""
    schema = {name: column.dtype for name, column in REGISTRY["official_figures"].columns().items()}
    frame = pl.DataFrame([{c: r.get(c) for c in schema} for r in rows], schema=schema, orient="row")
    key = ["indicator", "scope_kind", "scope", "period", "measure"]
    now = report_month(frame)
    past = [p for p in frame["period"].unique() if months_of(parse_period(p))[-1] < now]
    late = pl.col("period").is_in(past) & (pl.col("status") == "estimate")
    status = pl.when(late).then(pl.lit("preliminary")).otherwise("status")
    kept = frame.with_columns(pl.col("value").round(6), status.alias("status"))
    firmest = pl.col("status").replace_strict(FIRMNESS, return_dtype=pl.Int64).max().over(key)
    firm = kept.filter(pl.col("status").replace_strict(FIRMNESS, return_dtype=pl.Int64) == firmest)
    return firm.unique(key, keep="first", maintain_order=True)


def report_month(figures: pl.DataFrame) -> Month:
    """The month that a workbook reports: the last one of any period it has a figure of."""
    return max(months_of(parse_period(period))[-1] for period in figures["period"].unique())
