"""Tables in terminals of any width: figures and dates stay whole, what is too narrow to read becomes cards."""

import re
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from fansipan.report.content import Column, same, table
from fansipan.report.writers.terminal import grid

HEADS = [
    Column(same("Khu, cụm"), "text"),
    Column(same("Loại"), "text"),
    Column(same("Đất công nghiệp (ha)"), places=2),
    Column(same("Thời hạn"), "text"),
]
ROWS = [
    ["Khu công nghiệp Tằng Loỏng", "khu công nghiệp", 13843.6, date(2024, 5, 31)],
    ["Cụm công nghiệp Phố Ràng", "cụm công nghiệp", None, date(2024, 12, 1)],
]


def drawn(width: int, rows=ROWS, heads=HEADS, **options) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(grid(table(same("Danh mục"), heads, rows, **options), "vi"))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 70, 80, 120, 200])
def test_figures_and_dates_are_never_broken(width):
    shown = drawn(width)
    assert "13.843,60" in shown
    assert "31/05/2024" in shown
    assert max(map(len, shown.splitlines())) <= width


def test_a_wide_terminal_has_each_row_on_one_line():
    lines = [line for line in drawn(120).splitlines() if "Tằng Loỏng" in line]
    assert len(lines) == 1
    assert re.search(r"Khu công nghiệp Tằng Loỏng\s+khu công nghiệp\s+13\.843,60\s+31/05/2024", lines[0])


def test_a_narrow_terminal_has_cards_with_the_heads_as_labels():
    shown = drawn(34)
    assert "Khu công nghiệp Tằng Loỏng\n" in shown
    assert "  Loại: khu công nghiệp ·\n  Đất công nghiệp (ha): 13.843,60\n" in re.sub(" +\n", "\n", shown)


WORDS = [Column(same(f"Tiêu đề {k}"), "text") for k in range(6)]


@pytest.mark.parametrize("width", [48, 60, 80, 100])
def test_no_word_is_broken_in_a_table_with_many_columns_of_words(width):
    shown = drawn(width, [["Nhà máy", "estimate", "2024-05-16", "(illustrative)", "reported", "phosphorus"]] * 2, WORDS)
    for word in ("estimate", "2024-05-16", "(illustrative)", "reported", "phosphorus"):
        assert shown.count(word) == 2
    assert max(map(len, shown.splitlines())) <= width


def test_columns_of_figures_stay_columns_with_long_heads_broken():
    heads = [Column(same("Kỳ"), "text"), *[Column(same("contribution"), places=1) for _ in range(6)]]
    shown = drawn(72, [["2024-05", *[1.5] * 6]], heads)
    assert re.search(r"2024-05(\s+1,5){6}", shown)


def test_a_card_leaves_out_what_is_missing_and_keeps_the_order_of_rows():
    shown = drawn(30)
    last = shown[shown.index("Cụm công nghiệp Phố Ràng") :]
    assert "Đất công nghiệp" not in last
    assert shown.index("Tằng Loỏng") < shown.index("Phố Ràng")


def test_rows_of_long_text_become_cards_before_they_are_crushed():
    heads = [
        Column(same("Chỉ tiêu"), "text"),
        *[Column(same(f"Số {k}"), places=1) for k in range(7)],
        Column(same("Căn cứ"), "text"),
    ]
    rows = [["Mỗi huyện thành lập một cụm", *[1234.5] * 7, "rất dài " * 30]]
    assert " · " in drawn(80, rows, heads)
    assert " · " not in drawn(200, [[*rows[0][:-1], "ngắn"]], heads)


def test_an_empty_table_has_its_heads():
    shown = drawn(80, [])
    assert "Danh mục" in shown
    assert "Khu, cụm" in shown


@given(
    st.lists(
        st.tuples(st.text("abcđêô ", max_size=40), st.floats(-1e9, 1e9), st.text("xyz ", max_size=90)), max_size=6
    ),
    st.integers(20, 160),
)
def test_nothing_that_is_known_is_lost_at_any_width(rows, width):
    heads = [Column(same("Tên"), "text"), Column(same("Số"), places=2), Column(same("Ghi chú"), "text")]
    shown = "".join(drawn(width, rows, heads).split())
    for row in rows:
        assert grid(table(same(""), heads, [row]), "vi").rows[0][1] in shown
