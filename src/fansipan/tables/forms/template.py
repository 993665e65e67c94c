"""The blank form of a table: an Excel sheet with labels, units, drop-down lists and validation, from the declaration.

What is chosen from a list of a province's things reads ``code · name``; reading keeps the code. A second sheet says
what each column takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.errors import FansipanError
from fansipan.foreign import letters
from fansipan.tables.columns import REGISTRY, Meaning, Table
from fansipan.tables.files.workbook_writing import MADE, OPTIONS, WIDTHS
from fansipan.tables.files.writing import replaced
from fansipan.tables.reading.parsing import REMARK
from fansipan.texts import Language, text

TITLE_ROW, NOTE_ROW, HEADER_ROW = 0, 1, 3
FILLED_ROWS, RULED_ROWS = 5000, 40
LISTS = "_lists"
INK, LINE, SHADE, REQUIRED, MISSING = "#1F3A4D", "#B8C4CC", "#E8EEF2", "#CFE0EA", "#FBE3DF"
# A cell's own message and its title hold this many characters in Excel.
MOST_MESSAGE, MOST_TITLE = 255, 32


@dataclass(frozen=True, slots=True)
class _Form:
    """What the parts of a form need: the workbook, its formats, the table and the language."""

    book: Any
    table: type[Table]
    lang: Language
    formats: Mapping[str, Any]

    def said(self, code: str, **params: Any) -> str:
        return text(code, self.lang, **params)


def write_template(
    table: type[Table], path: Path | str, *, lang: Language, frames: Mapping[str, pl.DataFrame] | None = None
) -> Path:
    """Write the blank form of `table` to the .xlsx file `path` and return the path.

    `frames` are a province's tables by name, from which lists of codes with names are made for the columns that refer
    to them. Raises FansipanError ``file.format-unknown`` or ``file.unwritable``.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise FansipanError("file.format-unknown", file=path.name, suffix=path.suffix or "?", known=".xlsx")
    try:
        with replaced(path) as temporary, xlsxwriter.Workbook(temporary, OPTIONS) as book:
            book.set_properties({"title": table.label(lang), "created": MADE})
            form = _Form(book, table, lang, _formats(book))
            sheet = book.add_worksheet(table.name)
            guide = book.add_worksheet(form.said("template.guide"))
            lists = _lists(form, frames or {})
            _write_form(form, sheet, lists)
            _write_guide(form, guide)
    except (OSError, XlsxWriterException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FansipanError("file.unwritable", file=str(path), reason=reason) from error
    return path


def header(meaning: Meaning, lang: Language, *, required: bool) -> str:
    """The words of a column's header: label, unit in brackets, a star where it must be filled."""
    unit = f" ({meaning.unit})" if meaning.unit else ""
    return f"{meaning.label(lang)}{unit}{' *' if required else ''}"


def _formats(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "border_color": LINE, "valign": "top"}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "border_color": LINE}
    return {
        "title": book.add_format({"bold": True, "font_size": 15, "font_color": INK}),
        "note": book.add_format({"italic": True, "font_color": "#5F6B76"}),
        "required": book.add_format({**head, "bg_color": REQUIRED, "font_color": INK}),
        "optional": book.add_format({**head, "bg_color": SHADE, "font_color": INK}),
        "missing": book.add_format({"bg_color": MISSING}),
        "wrap": book.add_format({**cell, "text_wrap": True}),
        "plain": book.add_format({}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
        "ruled": book.add_format({"border": 1, "border_color": LINE}),
    }


def _lists(form: _Form, frames: Mapping[str, pl.DataFrame]) -> dict[str, tuple[str, bool]]:
    """The range of the list of each column that has one, and whether nothing else may stand there."""
    values = {name: _choices(form, meaning, frames) for name, meaning in form.table.meanings().items()}
    filled = {name: found for name, found in values.items() if found}
    if not filled:
        return {}
    sheet = form.book.add_worksheet(LISTS)
    sheet.very_hidden()
    ranges = {}
    for at, (name, found) in enumerate(filled.items()):
        sheet.write_column(0, at, found)
        letter = letters(at)
        closed = form.table.meaning(name).kind in ("choice", "flag")
        ranges[name] = (f"={LISTS}!${letter}$1:${letter}${len(found)}", closed)
    return ranges


def _choices(form: _Form, meaning: Meaning, frames: Mapping[str, pl.DataFrame]) -> Sequence[str]:
    if meaning.kind == "choice":
        return [choice.vi if form.lang == "vi" else choice.en for choice in meaning.choices]
    if meaning.kind == "flag":
        return [form.said("template.yes"), form.said("template.no")]
    if meaning.reference:
        target, _, key = meaning.reference.partition(".")
        return _codes(frames.get(target), key, form.lang)
    return []


def _codes(frame: pl.DataFrame | None, key: str, lang: Language) -> Sequence[str]:
    """``code · name (unit)`` of every row, in the language where the table has it."""
    if frame is None or frame.is_empty():
        return []
    names = [c for c in (("name_en", "title_en") if lang == "en" else ()) + ("name", "title") if c in frame.columns]
    label = pl.coalesce(pl.lit(REMARK) + pl.col(name) for name in names).fill_null("") if names else pl.lit("")
    unit = pl.format(" ({})", "unit").fill_null("") if "unit" in frame.columns else pl.lit("")
    return frame.select((pl.col(key) + label + unit).alias("code")).unique(maintain_order=True)["code"].to_list()


def _write_form(form: _Form, sheet: Any, lists: Mapping[str, tuple[str, bool]]) -> None:
    meanings = form.table.meanings()
    sheet.write_string(TITLE_ROW, 0, form.table.label(form.lang).upper(), form.formats["title"])
    sheet.write_string(NOTE_ROW, 0, form.said("template.note"), form.formats["note"])
    for at, (name, meaning) in enumerate(meanings.items()):
        required = form.table.required(name)
        style = form.formats["required" if required else "optional"]
        sheet.write_string(HEADER_ROW, at, header(meaning, form.lang, required=required), style)
        kept = {"code": "text", "month": "text", "period": "text", "day": "day", "moment": "moment"}.get(
            meaning.kind, "plain"
        )
        sheet.set_column(at, at, _width(meaning, name in lists), form.formats[kept])
        sheet.data_validation(
            HEADER_ROW + 1, at, HEADER_ROW + FILLED_ROWS, at, _validation(form, name, lists.get(name))
        )
    _mark_missing(form, sheet)
    sheet.set_row(TITLE_ROW, 24)
    sheet.set_row(HEADER_ROW, 48)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, HEADER_ROW + RULED_ROWS, len(meanings) - 1)
    sheet.set_footer("&R&P/&N")


def _mark_missing(form: _Form, sheet: Any) -> None:
    """Rules as borders for the rows of a printed page, and a tint where a begun row lacks what must be filled."""
    names = form.table.column_names()
    first, last = HEADER_ROW + 1, HEADER_ROW + FILLED_ROWS
    begun = f"COUNTA($A{first + 1}:${letters(len(names) - 1)}{first + 1})>0"
    for at, name in enumerate(names):
        if form.table.required(name):
            lacks = f"=AND({begun},ISBLANK({letters(at)}{first + 1}))"
            rule = {"type": "formula", "criteria": lacks, "format": form.formats["missing"]}
            sheet.conditional_format(first, at, last, at, rule)
    ruled = {"type": "formula", "criteria": "=TRUE", "format": form.formats["ruled"]}
    sheet.conditional_format(first, 0, HEADER_ROW + RULED_ROWS, len(names) - 1, ruled)


def _width(meaning: Meaning, listed: bool) -> int:
    wide = WIDTHS.get(meaning.kind, 12)
    return max(wide, 26 if listed and meaning.reference else 18 if listed else 12)


def _validation(form: _Form, name: str, listed: tuple[str, bool] | None) -> dict[str, Any]:
    """What Excel allows in the column and what it says when the cell is chosen or refused."""
    meaning = form.table.meaning(name)
    column = form.table.columns()[name]
    options: dict[str, Any] = {
        "input_title": meaning.label(form.lang)[:MOST_TITLE],
        "input_message": explained(form.table, name, form.lang)[:MOST_MESSAGE],
        "error_title": form.said("template.refused")[:MOST_TITLE],
        "error_message": explained(form.table, name, form.lang)[:MOST_MESSAGE],
    }
    if listed:
        return {**options, "validate": "list", "source": listed[0], "error_type": "stop" if listed[1] else "warning"}
    if meaning.kind in ("number", "integer"):
        return {**options, "validate": "integer" if meaning.kind == "integer" else "decimal", **_bounds(column)}
    if meaning.kind == "day":
        return {**options, "validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
    if meaning.kind == "moment":
        return {**options, "validate": "date", "criteria": ">=", "value": datetime(1900, 1, 1)}
    return {**options, "validate": "any"}


def _bounds(column: Any) -> dict[str, Any]:
    low = next((b for b in (column.min, getattr(column, "min_exclusive", None)) if b is not None), None)
    if low is not None and column.max is not None:
        return {"criteria": "between", "minimum": low, "maximum": column.max}
    if low is not None:
        return {"criteria": ">" if column.min is None else ">=", "value": low}
    return {"criteria": "<=", "value": column.max if column.max is not None else 10**15 - 1}


def explained(table: type[Table], name: str, lang: Language) -> str:
    """What a column takes, in a sentence or two: kind, unit, bounds, whether it must be filled, description."""
    meaning, column = table.meaning(name), table.columns()[name]
    period = meaning.kind == "period" and getattr(column, "regex", None)
    reference = meaning.reference.partition(".")[0] if meaning.reference else ""
    kind = "period" if period else "reference" if reference else meaning.kind
    target = REGISTRY[reference].label(lang) if reference in REGISTRY else ""
    words = [text(f"template.kind.{kind}", lang, table=target)]
    if meaning.unit:
        words.append(text("template.unit", lang, unit=meaning.unit))
    bounds = [(f"template.{bound}", getattr(column, bound, None)) for bound in ("min", "min_exclusive", "max")]
    words += [text(code, lang, bound=bound) for code, bound in bounds if bound is not None]
    words.append(text("template.required" if table.required(name) else "template.optional", lang))
    return " ".join([*words, meaning.description]).strip()


def _write_guide(form: _Form, sheet: Any) -> None:
    heads = [form.said(f"template.guide.{head}") for head in ("column", "code", "takes", "values")]
    for at, (head, width) in enumerate(zip(heads, (30, 22, 60, 70), strict=True)):
        sheet.write_string(0, at, head, form.formats["required"])
        sheet.set_column(at, at, width)
    for row, (name, meaning) in enumerate(form.table.meanings().items(), 1):
        values = "; ".join(choice.vi if form.lang == "vi" else choice.en for choice in meaning.choices)
        required = form.table.required(name)
        label = header(meaning, form.lang, required=required)
        for at, words in enumerate((label, name, explained(form.table, name, form.lang), values)):
            sheet.write_string(row, at, words, form.formats["wrap"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
