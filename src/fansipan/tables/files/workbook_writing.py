"""Writing a province as one Excel workbook: a sheet a table, the labels above the codes, frozen, dates as dates.

Everything reads back exactly: text stays text (``=1+1``, ``007``), figures have at most 15 significant digits, days
before March 1900, which Excel counts wrongly, are written as text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import FansipanError
from fansipan.tables.columns import REGISTRY, Table
from fansipan.tables.files.writing import replaced, split_rows
from fansipan.texts import Language

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Beyond this many cells the rows go to disk as they are written.
CELLS_IN_MEMORY = 3_000_000
FIRST_DAY = date(1900, 3, 1)
# The same province gives the same file, whenever it is written.
MADE = datetime(2024, 1, 1)
HEADER_HEIGHT = 2
AS_TEXT = ("code", "month", "period")
WIDTHS = {
    "code": 16,
    "text": 30,
    "choice": 16,
    "number": 14,
    "integer": 10,
    "month": 11,
    "period": 11,
    "day": 12,
    "moment": 20,
}


def write_workbook(frames: Mapping[str, pl.DataFrame], path: Path, lang: Language) -> None:
    """Write the frames, by table name, to one workbook, whole or not at all; the labels are in `lang`.

    Raises FansipanError ``file.unwritable``.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    large = sum(frame.height * frame.width for frame in frames.values()) > CELLS_IN_MEMORY
    try:
        with (
            replaced(path) as temporary,
            xlsxwriter.Workbook(temporary, {**OPTIONS, "constant_memory": large, "use_zip64": large}) as book,
        ):
            book.set_properties({"created": MADE})
            formats = _formats(book)
            for name, frame in frames.items():
                for sheet_name, piece in split_rows(frame, name):
                    _write_sheet(book.add_worksheet(sheet_name), REGISTRY[name], piece, formats, lang)
    except (OSError, XlsxWriterException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FansipanError("file.unwritable", file=str(path), reason=reason) from error


def _formats(book: Any) -> dict[str, Any]:
    return {
        "label": book.add_format({"italic": True, "font_color": "#5F6B76", "text_wrap": True, "valign": "top"}),
        "code": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
        "text": book.add_format({"num_format": "@"}),
    }


def _write_sheet(sheet: Any, table: type[Table], frame: pl.DataFrame, formats: dict[str, Any], lang: Language) -> None:
    kinds = [meaning.kind for meaning in table.meanings().values()]
    columns = [formats["text" if kind in AS_TEXT else kind] if kind in formats else None for kind in kinds]
    for at, (kind, form) in enumerate(zip(kinds, columns, strict=True)):
        sheet.set_column(at, at, WIDTHS.get(kind, 10), form)
    sheet.freeze_panes(HEADER_HEIGHT, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for at, meaning in enumerate(table.meanings().values()):
        sheet.write_string(0, at, meaning.label(lang), formats["label"])
    for at, name in enumerate(table.column_names()):
        sheet.write_string(1, at, name, formats["code"])
    writers = [_WRITERS.get(kind, _text) for kind in kinds]
    for row, values in enumerate(frame.iter_rows(), HEADER_HEIGHT):
        for at, value in enumerate(values):
            if value is not None:
                writers[at](sheet, row, at, value, columns[at])


def _text(sheet: Any, row: int, at: int, value: str, form: Any) -> None:
    sheet.write_string(row, at, value, form)


def _number(sheet: Any, row: int, at: int, value: float, form: Any) -> None:
    sheet.write_number(row, at, value, form)


def _flag(sheet: Any, row: int, at: int, value: bool, form: Any) -> None:
    sheet.write_boolean(row, at, value, form)


def _day(sheet: Any, row: int, at: int, value: date, form: Any) -> None:
    when = value.date() if isinstance(value, datetime) else value
    if when < FIRST_DAY:
        sheet.write_string(row, at, str(value), form)
    else:
        sheet.write_datetime(row, at, value, form)


_WRITERS: dict[str, Callable[..., None]] = {
    "number": _number,
    "integer": _number,
    "flag": _flag,
    "day": _day,
    "moment": _day,
}
