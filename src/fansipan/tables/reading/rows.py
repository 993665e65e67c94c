"""From raw rows of text to a checked frame, with every fault: file, sheet, row, column, rule, value, what to do.

`Sheet` is what any container (CSV file, worksheet, table of a SQLite file) gives; `conform` turns it into a frame of a
declared table. `read_table` does both for one CSV file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import dataframely as dy
import polars as pl

from fansipan.errors import Fault, InvalidInput, Place
from fansipan.tables.columns import Meaning, Table
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.parsing import fold, parse
from fansipan.tables.reading.sheet import Sheet
from fansipan.texts import LANGUAGES, Words

ROW = "row of the sheet"
# A column with more faults of one kind than this is told as that many and a count of the rest.
MOST_FAULTS = 1000
# The significant digits that a worksheet keeps, and hence every table.
DIGITS = 15


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame in the declared types, what was found, and the sheet's row number of every row of the frame.

    Where `faults` has errors the frame holds only the rows without one; `every_row` has all of them, null where a cell
    could not be read, so that a reference to a faulty row is not called a reference to nothing.
    """

    frame: pl.DataFrame
    faults: tuple[Fault, ...]
    rows: pl.Series
    every_row: pl.DataFrame


def read_table(path: Path | str, table: type[Table]) -> pl.DataFrame:
    """Read a CSV file (UTF-8; comma, semicolon or tab) as `table`.

    Columns may stand in any order and be named by code or by label in either language. Raises InvalidInput with every
    fault of the file at once; warnings alone do not raise.
    """
    sheet, faults = read_delimited(Path(path), labels_of(table))
    if sheet is not None:
        reading = conform(sheet, table)
        faults = (*faults, *reading.faults)
    if sheet is None or any(f.severity == "error" for f in faults):
        raise InvalidInput(faults)
    return reading.frame


def conform(sheet: Sheet, table: type[Table]) -> Reading:
    """Turn a sheet into a frame of `table`, with every fault of headers, cells and rules."""
    columns, faults = match_headers(sheet, table)
    rows = pl.Series(ROW, sheet.rows, dtype=pl.Int64)
    frame, unread = pl.DataFrame({ROW: rows}), dict[str, pl.Series]()
    for name, meaning in table.meanings().items():
        raw = sheet.frame[columns[name]] if name in columns else pl.Series(name, [None] * len(rows), dtype=pl.String)
        parsed = parse(raw, meaning)
        values, rounding = _keep_scale(_defaulted(parsed.values, meaning), meaning)
        frame = frame.with_columns(values.alias(name))
        trouble = _with_spoilt(sheet, columns.get(name), parsed.trouble)
        unread[name] = trouble
        faults += list(_cell_faults(sheet, name, meaning, raw, trouble))
        faults += list(_cell_faults(sheet, name, meaning, raw, rounding, severity="warning"))
    missing = set(table.column_names()) - set(columns)
    faults += list(_rule_faults(sheet, table, frame, unread, missing))
    bad_rows = {f.place.row for f in faults if f.severity == "error" and f.place.row is not None}
    whole = pl.col(ROW).is_in(list(bad_rows)).not_() if bad_rows else pl.lit(value=True)
    every = frame.cast({n: c.dtype for n, c in table.columns().items()}).select(ROW, *table.column_names())
    clean = every.filter(whole)
    return Reading(clean.drop(ROW), tuple(sorted(faults, key=_order)), clean[ROW], every.drop(ROW))


@cache
def labels_of(table: type[Table]) -> Mapping[str, str]:
    """The column by each folded header that may name it: code, label and label with unit in both languages."""
    meanings = table.meanings()
    units = {fold(f"{m.label(lang)} ({m.unit})"): name for name, m in meanings.items() for lang in LANGUAGES}
    labels = {fold(m.label(lang)): name for name, m in meanings.items() for lang in LANGUAGES}
    # A code is what it is, whatever another column's label says.
    return MappingProxyType(units | labels | {fold(name): name for name in meanings})


def match_headers(sheet: Sheet, table: type[Table]) -> tuple[dict[str, str], list[Fault]]:
    """Which column of the sheet is which column of the table, by code or label, without case or accents.

    Faults: a required column that is missing, a header that stands twice, and (a warning) a header that nobody knows.
    """
    known = labels_of(table)
    found: dict[str, str] = {}
    faults = []
    for position, header in zip(sheet.frame.columns, sheet.headers, strict=True):
        name = known.get(fold(header)) if header else None
        place = Place(sheet.file, sheet.sheet, sheet.header_row, header or None)
        if name is None and (header or sheet.frame[position].null_count() < sheet.frame.height):
            near = get_close_matches(fold(header), known, n=1)
            advice = known[near[0]] if near else ", ".join(table.column_names())
            faults.append(Fault("column.unknown", {"column": header, "near": advice}, place, severity="warning"))
        elif name in found:
            faults.append(Fault("column.twice", {"column": table.meaning(name).quoted}, place))
        elif name is not None:
            found[name] = position
    absent = [n for n in table.column_names() if n not in found and table.required(n)]
    faults += [
        Fault("column.missing", {"column": n, "label": table.meaning(n).quoted}, Place(sheet.file, sheet.sheet))
        for n in absent
    ]
    return found, faults


def _with_spoilt(sheet: Sheet, position: str | None, trouble: pl.Series) -> pl.Series:
    """The trouble of a column's cells, with what the sheet itself knows of them."""
    spoilt = {row: code for (column, row), code in sheet.spoilt.items() if column == position}
    if not spoilt:
        return trouble
    told = sheet.rows.replace_strict(spoilt, default=None, return_dtype=pl.String)
    return pl.select(pl.coalesce(told, trouble)).to_series()


def _defaulted(values: pl.Series, meaning: Meaning) -> pl.Series:
    """The values, the column's default where nothing stood (what stood and could not be read is told apart)."""
    return values if meaning.default is None else values.cast(pl.Int64).fill_null(meaning.default)


def _keep_scale(values: pl.Series, meaning: Meaning) -> tuple[pl.Series, pl.Series]:
    """Figures rounded to the declared scale, and where that changed something."""
    if meaning.kind != "number" or meaning.scale is None or values.null_count() == len(values):
        return values, pl.Series([None] * len(values), dtype=pl.String)
    value = pl.col("value")
    fits = value.abs() < 10.0 ** (DIGITS - meaning.scale)
    # Adding zero turns minus zero into zero.
    kept = pl.when(fits).then(value.round(meaning.scale)).otherwise(value.map_elements(_fifteen, pl.Float64)) + 0.0
    # Digits beyond the 15th are noise of binary arithmetic, not something anybody typed.
    told = pl.when((kept - value).abs() > value.abs() * 1e-14).then(pl.lit("cell.rounded")).alias("told")
    read = pl.DataFrame({"value": values}).select(kept.alias(values.name), told)
    return read[values.name], read["told"]


def _fifteen(value: float) -> float:
    """The number of 15 significant digits that is nearest to `value`: what every format returns exactly."""
    return float(f"{value:.{DIGITS}g}")


def _cell_faults(
    sheet: Sheet, column: str, meaning: Meaning, raw: pl.Series, trouble: pl.Series, severity: str = "error"
) -> Iterator[Fault]:
    if trouble.null_count() == len(trouble):
        return
    params = {"column": meaning.quoted, "choices": _choices(meaning)}
    for code in trouble.drop_nulls().unique().sort():
        at = (trouble == code).fill_null(value=False).arg_true()
        for i in at.head(MOST_FAULTS):
            place = Place(sheet.file, sheet.sheet, sheet.rows[i], column)
            yield Fault(code, params, place, raw[i], severity)
        if len(at) > MOST_FAULTS:
            place = Place(sheet.file, sheet.sheet, None, column)
            counted = params | {"count": len(at) - MOST_FAULTS}
            yield Fault("column.more-faults", counted, place, None, severity)


def _choices(meaning: Meaning) -> Words:
    """The allowed values, each with its words where they say more."""
    pairs = ((choice.value, choice.vi, choice.en) for choice in meaning.choices)
    said = [[code if words == code else f"{code} ({words})" for words in both] for code, *both in pairs]
    return Words(*(", ".join(each) for each in zip(*said, strict=True))) if said else Words("", "")


def _rule_faults(
    sheet: Sheet, table: type[Table], frame: pl.DataFrame, unread: dict[str, pl.Series], missing: set[str]
) -> Iterator[Fault]:
    """What dataframely's rules find, each row of it; a cell that could not be read is not also called empty."""
    if frame.is_empty():
        return
    typed = frame.cast({n: c.dtype for n, c in table.columns().items()})
    details = _numbered(table).filter(typed)[1].details()
    if details.is_empty():
        return
    row_of = dict(zip(frame[ROW], range(len(frame)), strict=True))
    for rule in (c for c in details.columns if c not in typed.columns and not c.startswith(ROW)):
        broken = details.filter(pl.col(rule).cast(pl.String) == "invalid")
        column, _, kind = rule.partition("|")
        if not kind:
            column, kind = "", rule
        if column in missing or (kind == "primary_key" and missing & set(table.primary_key())):
            continue
        if kind == "primary_key":
            # Keys that could not be read are not the same key.
            broken = broken.drop_nulls(table.primary_key())
        kept = [r for r in broken[ROW] if not column or unread[column][row_of[r]] is None]
        yield from _broken_rule(sheet, table, column, kind, broken.filter(pl.col(ROW).is_in(kept)))


@cache
def _numbered(table: type[Table]) -> type[dy.Schema]:
    """The table with the number of the row as a further column."""
    # The columns are given again because the class's own `name` hides a column of that name.
    return type(f"Numbered{table.__name__}", (table,), {**table.columns(), ROW: dy.Int64()})


def _broken_rule(sheet: Sheet, table: type[Table], column: str, kind: str, broken: pl.DataFrame) -> Iterator[Fault]:
    code = RULE_CODES.get(kind.removeprefix("check__"), "row.rule")
    keys = ", ".join(table.primary_key())
    label = table.meaning(column).quoted if column else keys
    params: dict[str, Any] = {"column": label, "rule": kind, "keys": keys, "bound": _bound(table, column, kind)}
    params |= {"choices": _choices(table.meaning(column)) if column else ""}
    for row in broken.head(MOST_FAULTS).iter_rows(named=True):
        value = row[column] if column else "; ".join(str(row[k]) for k in table.primary_key())
        yield Fault(code, params, Place(sheet.file, sheet.sheet, row[ROW], column or None), value)
    if broken.height > MOST_FAULTS:
        rest = {"column": label, "count": broken.height - MOST_FAULTS}
        yield Fault("column.more-faults", rest, Place(sheet.file, sheet.sheet, None, column or None))


RULE_CODES = {
    "nullability": "cell.empty",
    "min": "cell.too-small",
    "min_exclusive": "cell.not-above",
    "max": "cell.too-large",
    "regex": "cell.not-period",
    "choice": "cell.not-choice",
    "primary_key": "row.duplicate",
}


def _bound(table: type[Table], column: str, kind: str) -> str:
    return str(getattr(table.columns()[column], kind, "")) if column else ""


def _order(fault: Fault) -> tuple[int, str]:
    return (fault.place.row or 0, fault.place.column or "")
