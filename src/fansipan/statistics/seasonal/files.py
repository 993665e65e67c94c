"""The files of ``fansipan seasonal adjust``: series and regressors in, adjusted series out (Rule SA11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from fansipan.errors import FansipanError, Fault, InvalidInput, Place
from fansipan.periods import Month, parse_period
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.many import MonthlySeries, Outcome
from fansipan.statistics.seasonal.x13.spec import Regressors
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.parsing import fold, without_signs
from fansipan.tables.reading.rows import conform, match_headers
from fansipan.tables.reading.sheet import Sheet

OUTLIER_NAME = re.compile(r"^(ao|ls|tc|rp|ramp)(?![a-z])", re.IGNORECASE)
SERIES_HEADERS = {"series", "chuoi"}  # a file with such a column holds series, not regressors


@declared("series", vi="Chuỗi thời gian", en="Time series", registered=False)
class SeriesFile(Table):
    """A row is one month of one series."""

    series = column.code("Chuỗi", "Series", key=True)
    period = column.month("Kỳ", "Period", key=True)
    value = column.number("Giá trị", "Value", scale=None, nullable=True)


def read_series(path: Path | str) -> dict[str, MonthlySeries]:
    """The monthly series of a file `series,period,value` by name, in the order they first stand there.

    An absent month and an empty value (or NA, NaN) are gaps. Raises InvalidInput with every fault: unreadable cells,
    periods that are no months, the same month twice.
    """
    sheet = _sheet(Path(path))
    frame = _conformed(_blanked(sheet), SeriesFile)
    if "value" not in match_headers(sheet, SeriesFile)[0]:
        raise InvalidInput([Fault("seasonal.no-values", {}, Place(sheet.file))])
    return {str(name): _series(rows) for (name,), rows in frame.group_by("series", maintain_order=True)}


def read_regressors(path: Path | str) -> Regressors:
    """The regressors of a file with `period` and one column a regressor, every month once and none left out.

    A column named as an outlier (``ao``, ``ls 2020-01``, ``tc1``, ``rp``, ``ramp``) stays in the adjusted series; the
    others are taken out as holidays are.

    Raises InvalidInput with every fault.
    """
    sheet = _sheet(Path(path))
    if {fold(header) for header in sheet.headers} & SERIES_HEADERS:
        raise InvalidInput([Fault("seasonal.no-regressor-file", {}, Place(sheet.file))])
    places = [k for k, header in enumerate(sheet.headers) if fold(header) not in ("period", "ky", "")]
    names = [sheet.headers[k] for k in places]
    twice = {name for name in names if names.count(name) > 1}
    if twice or not names:
        codes = [Fault("column.twice", {"column": name}, Place(sheet.file)) for name in sorted(twice)]
        raise InvalidInput(codes or [Fault("seasonal.no-regressors", {}, Place(sheet.file))])
    frame = _regressor_frame(sheet, places).sort("period")
    months = [Month.parse(word) for word in frame["period"]]
    after = [a + 1 for a, b in pairwise(months) if a + 1 != b]
    if after:
        raise InvalidInput([Fault("seasonal.regressor-gap", {"month": m}, Place(sheet.file)) for m in after])
    kinds = tuple("user" if OUTLIER_NAME.match(name) else "holiday" for name in names)
    return Regressors(tuple(names), months[0], frame.drop("period").to_numpy(), kinds)


def _regressor_frame(sheet: Sheet, places: list[int]) -> pl.DataFrame:
    """Columns go by number while they are checked, so that names which differ in accents only stay apart."""
    numbered = {f"regressor{k}": sheet.headers[k] for k in places}
    fields = {key: column.number(key, key, scale=None) for key in numbered}
    members = {"period": column.month("Kỳ", "Period", key=True), **fields, "__module__": __name__}
    table = declared("regressors", vi="Biến hồi quy", en="Regressors", registered=False)(
        type("RegressorFile", (Table,), members)
    )
    headers = [f"regressor{k}" if k in places else header for k, header in enumerate(sheet.headers)]
    try:
        return _conformed(replace(sheet, headers=headers), table)
    except InvalidInput as invalid:
        raise InvalidInput(_renamed(fault, numbered) for fault in invalid.faults) from None


def _renamed(fault: Fault, names: Mapping[str, str]) -> Fault:
    place = replace(fault.place, column=names.get(fault.place.column or "", fault.place.column))
    return replace(fault, place=place, params=dict(fault.params) | {"column": place.column})


def adjusted_frame(outcomes: Mapping[str, Outcome]) -> pl.DataFrame:
    """The adjusted series as `series,period,original,adjusted,trend,irregular,holiday_effect`, unrounded.

    `original` is empty in a gap, where the other columns stand on the model's estimate. Refused series have no rows.
    """
    frames = [_rows(name, done) for name, done in outcomes.items() if isinstance(done, Adjustment)]
    return pl.concat([pl.DataFrame(schema=_OUT), *frames])


_OUT = {"series": pl.String, "period": pl.String} | dict.fromkeys(
    ("original", "adjusted", "trend", "irregular", "holiday_effect"), pl.Float64
)


def _rows(name: str, done: Adjustment) -> pl.DataFrame:
    columns: dict[str, Any] = {
        "series": [name] * len(done.original),
        "period": [str(month) for month in done.months],
        "original": done.original,
        "adjusted": done.parts.adjusted,
        "trend": done.parts.trend,
        "irregular": done.parts.irregular,
        "holiday_effect": done.parts.holiday,
    }
    return pl.DataFrame(columns, schema=_OUT).with_columns(pl.col("original").fill_nan(None))


def _series(rows: pl.DataFrame) -> MonthlySeries:
    months = [Month.parse(word) for word in rows["period"]]
    first, last = min(months), max(months)
    values = np.full(last.ordinal - first.ordinal + 1, np.nan)
    values[[month.ordinal - first.ordinal for month in months]] = rows["value"].cast(pl.Float64).fill_null(np.nan)
    return MonthlySeries(first, values)


def _sheet(path: Path) -> Sheet:
    sheet, faults = read_delimited(path)
    if sheet is None or any(fault.severity == "error" for fault in faults):
        raise InvalidInput(faults)
    return sheet


def _blanked(sheet: Sheet) -> Sheet:
    """The sheet with empty figures where a sign for none stands; a series may well be named NA."""
    found = match_headers(sheet, SeriesFile)[0]
    figures = [without_signs(sheet.frame[found["value"]])] if "value" in found else []
    return replace(sheet, frame=sheet.frame.with_columns(figures))


def _conformed(sheet: Sheet, table: type[Table]) -> pl.DataFrame:
    reading = conform(sheet, table)
    errors = [_quarterly(fault) for fault in reading.faults if fault.severity == "error"]
    if not errors and reading.frame.is_empty():
        errors = [Fault("seasonal.no-rows", {}, Place(sheet.file))]
    if errors:
        raise InvalidInput(errors)
    return reading.frame


def _quarterly(fault: Fault) -> Fault:
    """A quarter or a year where a month is needed is told as such."""
    if fault.code != "cell.not-month":
        return fault
    try:
        parse_period(str(fault.value))
    except FansipanError:
        return fault
    return replace(fault, code="seasonal.not-monthly", params={})
