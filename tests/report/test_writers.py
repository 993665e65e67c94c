"""The same page as HTML, Excel and in the terminal."""

import io
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pytest
from rich.console import Console

from fansipan.report.content import Column, Words, table
from fansipan.report.writers.excel import _lines, write_workbook
from fansipan.report.writers.html import render, write_pages
from fansipan.report.writers.terminal import grid, print_page


class Outline(HTMLParser):
    """Counts what a reader meets: sections, tables, charts, links within the page."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags, self.outside = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        self.ids.append(attributes.get("id"))
        if tag == "a":
            self.links.append(attributes["href"])
        self.outside += [v for k, v in attrs if k in ("src", "href") and re.match(r"(https?:)?//", v or "")]


@pytest.fixture(scope="module")
def html(page):
    return render(page, "vi")


def test_the_page_needs_nothing_from_outside(html):
    outline = Outline()
    outline.feed(html)
    assert outline.outside == []
    assert "@import" not in html
    assert not re.search(r"url\((?!data:)", html)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_opens_in_the_language_asked(page, tmp_path, lang):
    [path] = write_pages([page], tmp_path, lang)
    html = path.read_text(encoding="utf8")
    assert f'<html lang="{lang}" data-lang="{lang}">' in html
    assert f"{page.title.in_language(lang)} · Fansipan</title>".replace("&", "&amp;") in html.replace(
        "&lt;", "<"
    ).replace("&gt;", ">")


def test_every_link_within_the_page_leads_somewhere(html):
    outline = Outline()
    outline.feed(html)
    targets = {f"#{i}" for i in outline.ids if i}
    assert {link for link in outline.links if link.startswith("#")} <= targets


def test_names_from_the_data_cannot_become_markup(html):
    assert "Tỉnh &lt;Thử &amp; Nghiệm&gt;" in html
    assert "<Thử" not in html


def test_both_languages_stand_in_the_page_and_charts_keep_vietnamese_letters(html):
    assert "DỮ LIỆU MINH HỌA" in html
    assert "ILLUSTRATIVE DATA" in html
    charts = re.findall(r'<div class="chart" lang="vi".*?</div>', html, flags=re.DOTALL)
    assert len(charts) == 4
    assert any("tỷ đồng" in chart for chart in charts)


def test_pages_name_each_other(page, tmp_path):
    (path,) = write_pages([page], tmp_path, "vi")
    assert path.name == "index.html"
    assert 'aria-current="page"' in path.read_text(encoding="utf8")


def test_workbook_totals_are_formulas_with_the_value_beside_them(page, tmp_path):
    path = write_workbook([page], tmp_path / "m.xlsx", "vi")
    sheet = openpyxl.load_workbook(path)["GTSX"]
    values = openpyxl.load_workbook(path, data_only=True)["GTSX"]
    assert sheet["B8"].value == "=SUM(B5:B7)"
    assert values["B8"].value == pytest.approx(sum(values[f"B{r}"].value for r in (5, 6, 7)), rel=1e-12)
    assert sheet["G5"].value == '=IFERROR((E5/F5-1)*100,"–")'
    assert values["A2"].value == "DỮ LIỆU MINH HỌA"


def test_workbook_lists_its_sheets_first(page, tmp_path):
    book = openpyxl.load_workbook(write_workbook([page], tmp_path / "m.xlsx", "en"))
    assert book.sheetnames[0] == "Contents"
    assert book["Contents"]["A5"].value == book.sheetnames[1]
    assert zipfile.is_zipfile(tmp_path / "m.xlsx")


def test_the_terminal_shows_headlines_and_tables(page):
    out = io.StringIO()
    print_page(page, "vi", Console(file=out, width=160), anchors=("headlines", "sections"))
    shown = out.getvalue()
    assert "43,1%" in shown
    assert "Toàn ngành công nghiệp" in shown
    assert "Cơ cấu" not in shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("một hai", 1),
        ("một hai ba", 1),
        ("một hai bốn", 2),
        ("một " * 5, 3),
        ("a" * 21, 3),
        ("ab " + "c" * 10, 2),
    ],
)
def test_a_row_is_as_high_as_its_words_need(text, lines):
    assert _lines(text, 10.0) == lines


def test_what_rounds_to_nothing_has_no_sign_and_heads_have_room(page, tmp_path):
    with zipfile.ZipFile(write_workbook([page], tmp_path / "page.xlsx", "vi")) as book:
        assert "[&gt;=0.005]+#,##0.00;[&lt;=-0.005]-#,##0.00;#,##0.00" in book.read("xl/styles.xml").decode()
        assert 'ht="33"' in book.read("xl/worksheets/sheet2.xml").decode()


@pytest.mark.parametrize("width", [40, 56, 72, 100, 200])
def test_a_terminal_of_any_width_loses_nothing_of_a_table(width):
    columns = [Column(Words("Phân tổ", "Breakdown"), "text"), Column(Words("Kỳ này", "This period"), "number", 2)]
    columns += [Column(Words("Ghi nhận", "Recorded"), "text")]
    rows = [["Công nghiệp chế biến, chế tạo", 13843.6, "16/05/2024 08:00:00"], ["Khai khoáng", -0.5, "x" * 30]]
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(grid(table(Words("Bảng", "Table"), columns, rows), "vi"))
    shown = console.export_text()
    assert max(map(len, shown.splitlines())) <= width
    assert "13.843,60" in shown
    assert "−0,50" in shown
    assert "16/05/2024 08:00:00" in shown or width < 56
    letters = "".join(shown.split())
    assert all(word in letters for word in ("Khai", "khoáng", "nghiệp", "biến,", "tạo"))
    assert letters.count("x") == 30


def test_figures_come_before_words_where_room_is_short_and_wide_texts_get_what_is_left():
    columns = [Column(Words("A", "A"), "text"), Column(Words("B", "B"), "text"), Column(Words("C", "C"), "number", 1)]
    shown = grid(table(Words("", ""), columns, [["một hai ba bốn năm sáu bảy tám", "ngắn", 1234.5]]), "vi")
    first, second, third = shown._widths(40)
    assert (first, second, third) == (29, 4, 7)
    assert shown._widths(13) is None
