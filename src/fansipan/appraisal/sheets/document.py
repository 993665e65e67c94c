"""The parts of a Word document in the form that the province sends: Decree 30/2020, Annex I.

A4, Times New Roman, Vietnamese first and English small beneath.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fansipan.texts import text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

FONT = "Times New Roman"
Row = Sequence[str]


CELL_SPACE = 1.5  # points above and below the words of a cell


def both(code: str, **params: Any) -> tuple[str, str]:
    """The words of `code` in Vietnamese and in English."""
    return text(code, "vi", **params), text(code, "en", **params)


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
    document: Document, words: str, *, size: float = 13, bold: bool = False, italic: bool = False, centred: bool = False
) -> None:
    """One paragraph."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(3)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def heading(document: Document, code: str) -> None:
    """A heading in both languages, kept with what follows."""
    from docx.shared import Pt

    vi, en = both(code)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    first = paragraph.add_run(vi)
    first.bold = True
    second = paragraph.add_run(f"  {en}")
    second.italic, second.font.size = True, Pt(10)


def letterhead(document: Document, body: tuple[str, str]) -> None:
    """The national name and motto beside the deciding body, as on every administrative document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = document.add_table(rows=1, cols=2)
    room = _room(document)
    _widths(made, (room * 0.4, room * 0.6))
    left, right = made.rows[0].cells
    for cell, lines in (
        (left, [(body[0].upper(), 12.0, True, False), (body[1], 9.0, False, True), ("_______", 9.0, False, False)]),
        (right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.0, True, False),
                 ("Độc lập - Tự do - Hạnh phúc", 13.0, True, False), ("_______________", 9.0, False, False)]),
    ):  # fmt: skip
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        for words, size, bold, italic in lines:
            paragraph = cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(words)
            run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _room(document: Document) -> float:
    """The width of the text in millimetres."""
    from docx.shared import Mm

    section = document.sections[0]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    whole, left, right = (float(length or 0) / Mm(1) for length in lengths)
    return whole - left - right


def illustrative_mark(document: Document, *, shown: bool) -> None:
    """The mark that stands on every sheet of made-up data."""
    if shown:
        vi, en = both("appraise.told.illustrative")
        line(document, f"{vi} – {en}", size=12, bold=True, centred=True)


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
    if beneath:
        paragraph.add_run().add_break()
        second = paragraph.add_run(beneath)
        second.italic, second.font.size = True, Pt(size - 2)


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


def signatures(document: Document, signers: Sequence[str], *, columns: int = 2) -> None:
    """Room to sign for each of `signers`, in rows of `columns`, all on one page."""
    from docx.shared import Pt

    heading(document, "sheet.signatures")
    made = document.add_table(rows=0, cols=columns)
    for start in range(0, len(signers), columns):
        row = made.add_row()
        _whole(row)
        for cell, name in zip(row.cells, signers[start : start + columns], strict=False):
            _write(cell, name, 12, bold=True, centred=True, beneath=text("sheet.sign-here", "vi"))
            for _ in range(3):
                cell.add_paragraph().paragraph_format.space_after = Pt(4)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = start + columns < len(signers)
