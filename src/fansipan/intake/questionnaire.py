"""Questions as a small workbook with lists to choose from, and its answers read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fansipan.errors import FansipanError, Fault, InvalidInput, Place
from fansipan.intake.headings import plain_words
from fansipan.intake.mapping import Key, Question
from fansipan.intake.opening import open_file
from fansipan.tables.files.workbook_writing import MADE, OPTIONS
from fansipan.tables.files.writing import replaced
from fansipan.tables.reading.parsing import REMARK
from fansipan.texts import Language, text

COLUMNS = ("kind", "said", "question", "rows", "place", "answer")
WIDTHS = (16, 40, 60, 8, 36, 44)
# Excel's list of choices in a cell holds 255 characters; longer ones stand in a sheet of their own.
LISTS = "_lists"


def write_questions(questions: Sequence[Question], path: Path, lang: Language) -> Path:
    """Write the questions to an .xlsx file, the likeliest choices as a list in each answer's cell."""
    import xlsxwriter

    if path.suffix.lower() != ".xlsx":
        raise FansipanError("file.format-unknown", file=path.name, suffix=path.suffix or "?", known=".xlsx")
    with replaced(path) as temporary, xlsxwriter.Workbook(temporary, OPTIONS) as book:
        book.set_properties({"created": MADE})
        sheet, lists = book.add_worksheet(text("intake.ask.sheet", lang)), book.add_worksheet(LISTS)
        lists.hide()
        head = book.add_format({"bold": True, "bg_color": "#CFE0EA", "border": 1, "text_wrap": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        answer = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF7DC"})
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, text(f"intake.ask.{name}", lang), head)
        for row, question in enumerate(questions, 1):
            texts = (question.kind, question.said, question.words.in_language(lang), str(question.count))
            for column, words in enumerate((*texts, question.place.describe(lang))):
                sheet.write_string(row, column, words, wrap)
            sheet.write_blank(row, len(COLUMNS) - 1, None, answer)
            choices = [f"{value}{REMARK}{said.in_language(lang)}" for value, said in question.choices]
            for place, choice in enumerate(choices):
                lists.write_string(row, place, choice)
            if choices:
                source = f"='{LISTS}'!$A${row + 1}:${chr(ord('A') + len(choices) - 1)}${row + 1}"
                rule = {"validate": "list", "source": source, "error_type": "warning" if question.free else "stop"}
                sheet.data_validation(row, len(COLUMNS) - 1, row, len(COLUMNS) - 1, rule)
        sheet.freeze_panes(1, 0)
    return path


def read_answers(path: Path) -> dict[Key, str]:
    """The answers that a workbook of questions was given; those left blank stay questions."""
    grids, _ = open_file(path)
    found: dict[Key, str] = {}
    for row in grids[0].rows[1:]:
        cells = [*row, *[None] * len(COLUMNS)]
        kind, said, answer = cells[0], cells[1], cells[len(COLUMNS) - 1]
        if kind is None or said is None:
            continue
        if answer is not None:
            value = str(int(answer)) if isinstance(answer, float) and answer.is_integer() else str(answer)
            found[(str(kind), plain_words(str(said)))] = value.split(REMARK.strip())[0].strip()
    return found


def answer_typed(typed: str) -> tuple[Key, str]:
    """An answer as it is typed on a command line: ``kind:words=value``."""
    what, equals, value = typed.rpartition("=")
    kind, colon, said = what.partition(":")
    if not equals or not colon or not value.strip():
        raise InvalidInput([Fault("intake.answer-form", {"typed": typed}, Place())])
    return (kind.strip(), plain_words(said)), value.strip()
