"""A page's tables as an Excel workbook: a sheet a table, figures unrounded with a number format, totals as formulas.

Figures stay figures and what adds up is a formula, so that a reader can see how a total came about and change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fansipan.notation import NO_FIGURE, decimals
from fansipan.report.content import Column, Page, Table, cell_text, words
from fansipan.tables.files.writing import workbook
from fansipan.texts import Language, known_words, same

LONGEST_SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# Height of a line of 12 points. Heights are written down: not every program finds them for wrapped text.
LINE = 16.5


def write_workbook(pages: Sequence[Page], path: Path, lang: Language) -> Path:
    """Write every table of `pages` into one workbook in `lang`, its first sheet a list of them; returns the path."""
    with workbook(path) as book:
        styles = _styles(book)
        contents = book.add_worksheet(words("workbook.contents").in_language(lang))
        listed, taken = [], {words("workbook.contents").in_language(lang).casefold()}
        for page in pages:
            for table in page.tables():
                name = _sheet_name(table, lang, taken)
                _write_table(book.add_worksheet(name), table, page, lang, styles)
                listed.append((name, table.caption.in_language(lang)))
        _write_contents(contents, listed, pages, lang, styles)
    return path


def _styles(book: Any) -> dict[Any, Any]:
    plain = {"font_name": "Times New Roman", "font_size": 12}
    styles: dict[Any, Any] = {
        "title": book.add_format({**plain, "bold": True, "font_size": 14}),
        "mark": book.add_format({**plain, "bold": True, "font_color": "#9a6700"}),
        "head": book.add_format(
            {
                **plain,
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "border": 1,
                "bg_color": "#e8eef2",
            }
        ),
        "plain": book.add_format(plain),
        "link": book.add_format({**plain, "font_color": "#0b6e8c", "underline": 1}),
    }
    for strong in (False, True):
        styles["text", strong] = book.add_format({**plain, "bold": strong, "border": 1, "text_wrap": True})
        for places in range(7):
            digits = "#,##0" + ("." + "0" * places if places else "")
            for signed in (False, True):
                # What rounds to nothing has no sign.
                least = f"{0.5 / 10**places:.{places + 1}f}"
                shown = f"[>={least}]+{digits};[<=-{least}]-{digits};{digits}" if signed else digits
                form = {**plain, "bold": strong, "border": 1, "num_format": shown}
                styles["number", places, signed, strong] = book.add_format(form)
    return styles


def _sheet_name(table: Table, lang: Language, taken: set[str]) -> str:
    own = known_words(f"sheet-name.{table.name}", same(table.name)) if table.name else table.caption
    wanted = own.in_language(lang).translate(FORBIDDEN).strip(" '")[: LONGEST_SHEET_NAME - 3] or "1"
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    taken.add(name.casefold())
    return name


def _write_table(sheet: Any, table: Table, page: Page, lang: Language, styles: dict[Any, Any]) -> None:
    sheet.write(0, 0, table.caption.in_language(lang), styles["title"])
    if page.illustrative:
        sheet.write(1, 0, words("page.illustrative").in_language(lang), styles["mark"])
    top = 3
    widths = [_width(table, position, column, lang) for position, column in enumerate(table.columns)]
    for position, column in enumerate(table.columns):
        sheet.write(top, position, column.head.in_language(lang), styles["head"])
        sheet.set_column(position, position, widths[position])
    # Bold letters are wider.
    heads = [column.head.in_language(lang) for column in table.columns]
    sheet.set_row(top, _height(heads, [width * 0.85 for width in widths]))
    for number, row in enumerate(table.rows):
        sheet.set_row(
            top + 1 + number, _height([cell_text(*pair, lang) for pair in zip(row, table.columns, strict=True)], widths)
        )
        for position, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            form = _formula(table, number, position, top + 1)
            _write_cell(sheet, (top + 1 + number, position), cell, column, number in table.strong, form, lang, styles)
    sheet.freeze_panes(top + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _formula(table: Table, number: int, position: int, top: int) -> str | None:
    """How a cell follows from others of its sheet, as a formula; None where it is a figure of its own."""
    from xlsxwriter.utility import xl_col_to_name

    column = table.columns[position]
    letters = [xl_col_to_name(p) for p in range(len(table.columns))]
    if column.formula is not None:
        here = [f"{letter}{top + number + 1}" for letter in letters]
        return f'=IFERROR({column.formula.format(*here)},"{NO_FIGURE}")'
    others = [n for n in range(len(table.rows)) if n not in table.strong]
    if column.summed and number in table.strong and others == list(range(others[0], others[-1] + 1)):
        return f"=SUM({letters[position]}{top + others[0] + 1}:{letters[position]}{top + others[-1] + 1})"
    return None


def _write_cell(
    sheet: Any,
    at: tuple[int, int],
    cell: Any,
    column: Column,
    strong: bool,
    formula: str | None,
    lang: Language,
    styles: dict[Any, Any],
) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        places = decimals(cell) if column.kind == "exact" else column.places
        style = styles["number", places, column.kind == "points", strong]
        if formula is not None:
            sheet.write_formula(*at, formula, style, cell)
        else:
            sheet.write_number(*at, cell, style)
    else:
        sheet.write_string(*at, cell_text(cell, column, lang), styles["text", strong])


def _width(table: Table, position: int, column: Column, lang: Language) -> float:
    cells = [cell_text(row[position], column, lang) for row in table.rows]
    longest = max((len(c) for c in cells), default=0)
    if column.kind == "text":
        return min(52, max(14, longest + 2))
    return max(11, min(18, longest + 3))


def _height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row whose cells are wrapped at their columns' widths, word by word."""
    return LINE * max((_lines(cell, width) for cell, width in zip(cells, widths, strict=True)), default=1)


def _lines(text: str, width: float) -> int:
    """How many lines of `width` characters hold `text`, broken between words and in words that are longer."""
    lines, filled = 1, 0
    for word in text.split():
        if filled and filled + 1 + len(word) > width:
            lines, filled = lines + 1, 0
        filled += len(word) + (1 if filled else 0)
        while filled > width:
            lines, filled = lines + 1, filled - int(width)
    return lines


def _write_contents(
    sheet: Any, listed: list[tuple[str, str]], pages: Sequence[Page], lang: Language, styles: dict[Any, Any]
) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write(0, 0, pages[0].title.in_language(lang), styles["title"])
    sheet.write(1, 0, pages[0].subtitle.in_language(lang), styles["plain"])
    if any(page.illustrative for page in pages):
        sheet.write(2, 0, words("page.illustrative").in_language(lang), styles["mark"])
    for number, (name, caption) in enumerate(listed):
        quoted = name.replace("'", "''")
        sheet.write_url(4 + number, 0, f"internal:'{quoted}'!A1", styles["link"], string=name)
        sheet.write(4 + number, 1, caption, styles["plain"])
