"""What the page of a month is made from: the province as known, its output compiled, its index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Words
from fansipan.report.naming import Names
from fansipan.statistics.imputation.filling import DEFAULT_METHODS
from fansipan.statistics.output_value import Output, complete_output, expected_rows
from fansipan.statistics.production_index import compile_index


@dataclass(frozen=True, slots=True)
class MonthData:
    """What the sections of the page are made from: the province as known, compiled and raw output, the index, names."""

    province: Province
    month: Month
    known_on: date
    output: Output
    raw: Output
    index: pl.DataFrame
    names: Names


def gather_month(province: Province, month: Month, known_on: date) -> MonthData:
    """Compile everything that the page of `month` shows, as known by the end of `known_on`."""
    known = province.known_on(known_on)
    rows = expected_rows(known, month, known_on)
    output = complete_output(rows, known, month, known_on, DEFAULT_METHODS)
    raw = complete_output(rows, known, month, known_on, ())
    try:
        index = compile_index(known, output, growth="yoy")
    except Refused:
        # A province may measure output before it has weights; the page then leaves the index out and says so.
        index = pl.DataFrame()
    return MonthData(known, month, known_on, output, raw, index, Names(known))


def month_words(month: Month) -> Words:
    """``tháng 5/2024`` and ``May 2024``."""
    return Words(f"tháng {month.month}/{month.year}", f"{month.first_day:%B} {month.year}")
