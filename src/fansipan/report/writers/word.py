"""The parts of a Word document in the form that the province sends: Decree 30/2020, Annex I.

A4, Times New Roman; the language asked for first, the other small beneath.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from fansipan.texts import Language, text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

FONT = "Times New Roman"
Row = Sequence[str]


CELL_SPACE = 1.5  # points above and below the words of a cell


def other(lang: Language) -> Language:
    """The language that stands small beneath `lang`."""
    return "en" if lang == "vi" else "vi"


def both(code: str, lang: Language, **params: Any) -> tuple[str, str]:
    """The words of `code` in `lang` and in the other language."""
    return text(code, lang, **params), text(code, other(lang), **params)


def new_document(*, landscape: bool = False) -> Document:
    """An empty A4 document with the decree's margins and font, page numbers in the top margin from page 2."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    width, height = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30 if not landscape else 20), Mm(15)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    _east_asian_font(style.element)
    style.paragraph_format.space_after = Pt(3)
    _page_number(section.header.paragraphs[0])
    return document


def _east_asian_font(element: Any) -> None:
    from docx.oxml.ns import qn

    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(name), FONT)


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def line(
    document: Document,
    words: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    with_next: bool = False,
) -> None:
    """One paragraph; `with_next` keeps it on the page of what follows."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(3)
    paragraph.paragraph_format.keep_with_next = with_next
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def heading(document: Document, code: str, lang: Language) -> None:
    """A heading in both languages, kept with what follows."""
    from docx.shared import Pt

    main, small = both(code, lang)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    first = paragraph.add_run(main)
    first.bold = True
    second = paragraph.add_run(f"  {small}")
    second.italic, second.font.size = True, Pt(10)


# The national name and motto stand in Vietnamese on every document; beneath them in English where that is the language.
NATION = (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.0, True, False), ("Độc lập - Tự do - Hạnh phúc", 13.0, True, False))
NATION_EN = ("Socialist Republic of Viet Nam: Independence - Freedom - Happiness", 9.0, False, True)
HeadLine = tuple[str, float, bool, bool]  # words, size, bold, italic


def letterhead(
    document: Document, body: tuple[str, str], lang: Language, *, place: str = "", on: date | None = None
) -> None:
    """The deciding body with room for a number, beside the national name and motto with place and date.

    Body and motto have their lines beneath; the date is written as Decree 30/2020 asks: a nought before days under 10
    and the months 1 and 2.
    """
    made = document.add_table(rows=2, cols=2)
    room = _room(document)
    _widths(made, (room * 0.4, room * 0.6))
    left: list[HeadLine] = [(body[0].upper(), 12.0, True, False)]
    left += [(body[1], 9.0, False, True)] if body[1] and body[1] != body[0] else []
    right: list[HeadLine] = [*NATION, *([NATION_EN] if lang == "en" else [])]
    _head_lines(made.rows[0].cells[0], left, underline=0.3)
    _head_lines(made.rows[0].cells[1], right, underline=0.45)
    _head_lines(made.rows[1].cells[0], [(text("sheet.number", lang), 13.0, False, False)])
    _head_lines(made.rows[1].cells[1], [(place_and_date(place, on, lang), 13.0, False, True)])


def place_and_date(place: str, on: date | None, lang: Language) -> str:
    """``Lào Cai, ngày 05 tháng 02 năm 2024``; dots to be filled in where the day is not known."""
    where = place or "…………"
    if on is None:
        return text("sheet.place-undated", lang, place=where)
    month = f"{on.month:02d}" if on.month in (1, 2) or lang == "en" else str(on.month)
    return text("sheet.place-dated", lang, place=where, day=f"{on.day:02d}", month=month, year=on.year)


def _head_lines(cell: _Cell, lines: Sequence[HeadLine], underline: float = 0.0) -> None:
    """Centred lines of a letterhead; `underline` is the share of the cell's width that a solid line beneath takes."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    for words, size, bold, italic in lines:
        paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(words)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if underline:
        _ruled(cell, underline)


def _ruled(cell: _Cell, share: float) -> None:
    """A solid line across `share` of the cell, as the lower border of an empty paragraph set in from both sides."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Length, Pt

    paragraph = cell.add_paragraph()
    aside = Length(int((cell.width or 0) * (1 - share) / 2))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = aside
    form.space_before, form.space_after, form.line_spacing = Pt(4), Pt(4), Pt(3)
    paragraph.add_run().font.size = Pt(2)
    borders, border = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        border.set(qn(name), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)


def _room(document: Document) -> float:
    """The width of the text in millimetres."""
    from docx.shared import Mm

    section = document.sections[0]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    whole, left, right = (float(length or 0) / Mm(1) for length in lengths)
    return whole - left - right


def illustrative_mark(document: Document, lang: Language, *, shown: bool) -> None:
    """The mark that stands on every sheet of made-up data."""
    if shown:
        line(document, " – ".join(both("appraise.told.illustrative", lang)), size=12, bold=True, centred=True)


def table(
    document: Document,
    heads: Sequence[tuple[str, str]],
    rows: Sequence[Row],
    *,
    widths: Sequence[float],
    strong: Sequence[int] = (),
    figures: Sequence[int] = (),
    size: float = 10.5,
) -> None:
    """A table with heads in both languages (repeated on each page), `widths` in millimetres; `strong` rows in bold,
    `figures` columns to the right. Each leading tab of a cell sets it in by one step.
    """
    made = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, (vi, en) in zip(made.rows[0].cells, heads, strict=True):
        _write(cell, vi, size, bold=True, centred=True, beneath=en)
        _shade(cell)
    _repeated(made.rows[0])
    for number, row in enumerate(rows):
        cells = made.add_row().cells
        _whole(made.rows[-1])
        for place, (cell, words) in enumerate(zip(cells, row, strict=True)):
            _write(cell, words, size, bold=number in strong, right=place in figures)
    _widths(made, widths)


def _widths(made: Any, widths: Sequence[float]) -> None:
    """Fixed widths in millimetres, for every program: on the table's grid and on each cell."""
    from docx.shared import Mm

    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _write(
    cell: _Cell,
    words: str,
    size: float,
    *,
    bold: bool = False,
    centred: bool = False,
    right: bool = False,
    beneath: str = "",
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(CELL_SPACE)
    paragraph.alignment = (
        WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    )
    depth = len(words) - len(words.lstrip("\t"))
    paragraph.paragraph_format.left_indent = Mm(4 * depth)
    run = paragraph.add_run(words.lstrip("\t"))
    run.bold, run.font.size = bold, Pt(size)
    _mark_size(paragraph, size)
    if beneath:
        paragraph.add_run().add_break()
        second = paragraph.add_run(beneath)
        second.italic, second.font.size = True, Pt(size - 2)


def _mark_size(paragraph: Any, size: float) -> None:
    """The size of the paragraph's own mark: without it an empty cell is as high as the body's letters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties, mark = OxmlElement("w:rPr"), OxmlElement("w:sz")
    mark.set(qn("w:val"), str(round(2 * size)))
    properties.append(mark)
    paragraph._p.get_or_add_pPr().append(properties)


def _shade(cell: _Cell, colour: str = "E8EEF2") -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeated(row: Any) -> None:
    _flag(row, "w:tblHeader")
    _flag(row, "w:cantSplit")


def _whole(row: Any) -> None:
    _flag(row, "w:cantSplit")


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def signatures(document: Document, signers: Sequence[str], lang: Language, *, columns: int = 2) -> None:
    """Room to sign for each of `signers`, in rows of `columns`, all on one page."""
    from docx.shared import Pt

    heading(document, "sheet.signatures", lang)
    made = document.add_table(rows=0, cols=columns)
    for start in range(0, len(signers), columns):
        row = made.add_row()
        _whole(row)
        for cell, name in zip(row.cells, signers[start : start + columns], strict=False):
            _write(cell, name, 12, bold=True, centred=True, beneath=text("sheet.sign-here", lang))
            for _ in range(3):
                cell.add_paragraph().paragraph_format.space_after = Pt(4)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = start + columns < len(signers)
