"""Rule C14: text that was typed for the fonts of before Unicode."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from fansipan.checks.subject import Subject, at_most
from fansipan.errors import Fault
from fansipan.tables import REGISTRY
from fansipan.tables.reading.old_fonts import old_text

# Few texts have letters beyond ASCII and none that only Unicode has: only those are looked at closely.
NOT_ASCII, UNICODE_ONLY = r"[^\x00-\x7f]", "[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]"


def text_for_old_fonts(subject: Subject) -> Iterator[Fault]:
    """Rule C14: names and notes in the encoding of TCVN3 or VNI, with the same in Unicode."""
    for name, table in REGISTRY.items():
        rows = subject.rows(name)
        labels = [c for c in table.column_names() if table.meaning(c).kind == "text"] if rows.height else []
        yield from at_most(fault for column in labels for fault in _in_column(subject, name, rows[column], column))


def _in_column(subject: Subject, table: str, texts: pl.Series, column: str) -> Iterator[Fault]:
    doubtful = texts.str.contains(NOT_ASCII) & ~texts.str.contains(UNICODE_ONLY)
    for row in doubtful.fill_null(value=False).arg_true():
        if found := old_text(texts[row]):
            params = {"font": found.font, "converted": found.converted}
            yield subject.fault("lettering.old-font", table, row, column, params, severity="warning")
