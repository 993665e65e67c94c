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
from fansipan.interop.gso.headings import Heading, read_heading
from fansipan.periods import Month, months_of, parse_period
from fansipan.tables import REGISTRY
from fansipan.tables.parsing import fold

PUBLISHER = "Tổng cục Thống kê"
# Words in a sheet's title -> the indicator; a title with any of the words after it is another table.
SUBJECTS = (
    ("chi so san xuat cong nghiep", "national-iip", ("dia phuong",)),
    ("san pham chu yeu cua nganh cong nghiep", "national-volume", ("dia phuong",)),
    ("chi so su dung lao dong", "national-labour-index", ("dia phuong",)),
)
TITLE_ROWS, LONGEST_HEAD = 4, 14
DITTO = ('"', "''", "”", "“", "nt", "-nt-")
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
    for name, cells in _sheets(path):
        indicator = _subject(cells)
        if indicator is not None:
            found, told = _figures(cells, indicator, day, Place(path.name, name))
            rows += found
            faults += told
    if not rows:
        raise InvalidInput([Fault("gso.no-table", {"file": path.name}, Place(path.name))])
    return Imported(_as_table(rows), tuple(faults))


def _sheets(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """The sheets as rows of text, blank cells as empty text."""
    import fastexcel

    if not path.is_file():
        raise InvalidInput([Fault("file.missing", {"file": str(path)}, Place(path.name))])
    try:
        reader = fastexcel.read_excel(path.read_bytes())
        for name in reader.sheet_names:
            frame = reader.load_sheet(name, header_row=None, dtypes="string").to_polars()
            yield name, [[" ".join((cell or "").split()) for cell in row] for row in frame.iter_rows()]
    except fastexcel.FastExcelError as error:
        reason = str(error).splitlines()[0]
        raise InvalidInput(
            [Fault("file.unreadable", {"file": path.name, "reason": reason}, Place(path.name))]
        ) from error


def _day_of(name: str) -> date | None:
    found = DATED_NAME.search(name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _subject(cells: list[list[str]]) -> str | None:
    title = fold(" ".join(row[0] for row in cells[:TITLE_ROWS] if row))
    for words, indicator, others in SUBJECTS:
        if words in title and not any(other in title for other in others):
            return indicator
    return None


def _figures(
    cells: list[list[str]], indicator: str, day: date | None, place: Place
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The figures of a sheet: every row with a name, every column whose heading is understood."""
    first = _first_row(cells)
    if first is None:
        return [], [Fault("gso.no-rows", {"sheet": place.sheet}, place, severity="warning")]
    headings = _headings(cells[:first], cells[first:], _year(cells[:first], day))
    rows: list[dict[str, Any]] = []
    faults = [
        Fault("gso.heading", {"sheet": place.sheet, "words": words}, place, severity="warning")
        for words, heading in headings.values() if heading is None
    ]  # fmt: skip
    unit = ""
    seen: set[str] = set()
    for name, cell_unit, values in _named_rows(cells[first:], list(headings)):
        unit = unit if cell_unit in DITTO else cell_unit
        if name in seen:
            faults.append(Fault("gso.name-twice", {"sheet": place.sheet, "name": name}, place, name, "warning"))
            continue
        seen.add(name)
        for position, (_, heading) in headings.items():
            figure = values.get(position)
            if heading is not None and figure is not None:
                rows.append(_row(indicator, name, unit, heading, figure, day))
    return rows, faults


def _first_row(cells: list[list[str]]) -> int | None:
    """The first row of figures: a name followed by at least one number, below the heading."""
    for number, row in enumerate(cells):
        if row and row[0] and any(_number(cell) is not None for cell in row[1:]):
            return number
    return None


def _year(head: list[list[str]], day: date | None) -> int | None:
    named = re.findall(r"(?<!\d)(20\d{2}|19\d{2})(?!\d)", " ".join(" ".join(row) for row in head))
    return max(map(int, named)) if named else (day.year if day else None)


def _headings(head: list[list[str]], body: list[list[str]], year: int | None) -> dict[int, tuple[str, Heading | None]]:
    """The heading of every column of figures: its words, and what they mean."""
    width = max(map(len, head + body))
    top = next((r for r in head[-LONGEST_HEAD:] if sum(bool(c) for c in r[1:]) >= 2), None) or []
    found = {}
    for position in range(1, width):
        if not any(_number(_at(row, position)) is not None for row in body):
            continue
        start = next((number for number, row in enumerate(head) if row is top), 0)
        words = [_at(row, position) for row in head[start:]]
        # A cell that spans several columns holds its words in the first of them.
        if words and not words[0]:
            words[0] = next((c for c in reversed(top[:position]) if c), "")
        above = [_at(row, 1) for row in head[:start] if fold(_at(row, 1)).startswith("so voi")]
        said = " ".join(w for w in [*above, *words] if w)
        found[position] = (said, read_heading(said, year))
    return found


def _at(row: list[str], position: int) -> str:
    return row[position] if position < len(row) else ""


def _number(cell: str) -> float | None:
    try:
        return float(cell) if cell and re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", cell) else None
    except ValueError:
        return None


def _named_rows(body: list[list[str]], positions: list[int]) -> Iterator[tuple[str, str, dict[int, float]]]:
    """Name, unit and figures of each row; a name broken over two rows is put together."""
    pending = ""
    for row in body:
        name, unit = _at(row, 0), _at(row, 1) if 1 not in positions else ""
        values = {p: n for p in positions if (n := _number(_at(row, p))) is not None}
        if name and not values:
            pending = f"{pending} {name}".strip()
            continue
        if values and (name or pending):
            joined = f"{pending} {name}" if pending and (not name or name[:1].islower() or name[:1] == "(") else name
            yield joined.strip(), unit, values
        pending = ""


def _row(indicator: str, name: str, unit: str, heading: Heading, figure: float, day: date | None) -> dict[str, Any]:
    total = fold(name).startswith("toan nganh")
    kind = "product" if indicator == "national-volume" else ("province" if total else "industry")
    return {
        "indicator": indicator, "scope_kind": kind, "scope": name, "period": str(heading.period),
        "measure": heading.measure,
        "publisher": PUBLISHER, "status": heading.status, "value": figure - 100 if heading.is_growth else figure,
        "unit": "%" if heading.is_growth else (unit or None), "published_on": day, "source": "published",
        "citation": f"Biểu số liệu tháng, {PUBLISHER}",
    }  # fmt: skip


def _as_table(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows as the declared table; of a figure said twice in a workbook the firmer status stands."""
    schema = {name: column.dtype for name, column in REGISTRY["official_figures"].columns().items()}
    frame = pl.DataFrame([{c: r.get(c) for c in schema} for r in rows], schema=schema, orient="row")
    key = ["indicator", "scope_kind", "scope", "period", "measure", "status"]
    now = report_month(frame)
    past = [p for p in frame["period"].unique() if months_of(parse_period(p))[-1] < now]
    settled = pl.when(pl.col("period").is_in(past)).then(pl.lit("preliminary")).otherwise(pl.lit("estimate"))
    kept = frame.with_columns(pl.col("value").round(6), settled.alias("status"))
    return kept.unique(key, keep="first", maintain_order=True)


def overlaps(imported: Iterable[pl.DataFrame], tolerance: float = 0.005) -> pl.DataFrame:
    """Figures that several workbooks give: where they agree and where they were revised.

    Returns indicator, scope, period, measure, `first` and `last` (by day of publication), `revision` and `agrees`.
    """
    everything = pl.concat(list(imported)).sort("published_on", nulls_last=True)
    # Names are spelt now so, now so (hoá, hóa); the same letters without accents are the same thing.
    spelt = {name: fold(name) for name in everything["scope"].unique()}
    everything = everything.with_columns(pl.col("scope").replace_strict(spelt).alias("spelt"))
    key = ["indicator", "spelt", "period", "measure"]
    several = everything.group_by(key, maintain_order=True).agg(
        pl.col("scope").last(),
        pl.col("value").first().alias("first"),
        pl.col("value").last().alias("last"),
        pl.col("published_on").n_unique().alias("editions"),
    )
    return (
        several.filter(pl.col("editions") > 1)
        .with_columns((pl.col("last") - pl.col("first")).alias("revision"))
        .with_columns((pl.col("revision").abs() <= tolerance).alias("agrees"))
        .select("indicator", "scope", "period", "measure", "first", "last", "revision", "agrees")
    )


def report_month(figures: pl.DataFrame) -> Month:
    """The month that a workbook reports: the last one with a figure on the previous month or of its own."""
    months = figures.filter(pl.col("period").str.contains(r"^\d{4}-\d{2}$"))["period"]
    return Month.parse(str(months.max()))
