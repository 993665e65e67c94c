"""What the office's column headings mean, in the words of every layout since 2014."""

from datetime import date

import pytest

from fansipan.interop.gso.headings import read_heading
from fansipan.periods import Month

CASES = [
    ("Tháng 1 năm 2014 so với tháng 1 năm 2013", "2014-01", "yoy"),
    ("Tháng 2 năm 2014 so với tháng 1 năm 2014", "2014-02", "mom"),
    ("2 tháng năm 2014 so với cùng kỳ năm 2013", "2014-02", "ytd-yoy"),
    ("5 tháng năm 2018 so với cùng kỳ năm 2017", "2018-05", "ytd-yoy"),
    ("Tháng 01 năm 2022 so với cùng kỳ năm trước", "2022-01", "yoy"),
    ("Tháng 12 năm 2023 so với tháng trước", "2023-12", "mom"),
    ("Năm 2023 so với năm 2022", "2023", "yoy"),
    ("So với cùng kỳ năm trước: Thực hiện quý I năm năm 2023", "2023-Q1", "yoy"),
    ("So với cùng kỳ năm trước (%) Quý IV năm 2023", "2023-Q4", "yoy"),
    ("Thực hiện 5 tháng năm 2018", "2018-05", "ytd"),
    ("Thực hiện tháng 3 năm 2024", "2024-03", "level"),
    ("Ước tính tháng 6 năm 2018", "2018-06", "level"),
    ("Cộng dồn 4 tháng năm 2024", "2024-04", "ytd"),
    ("Cộng dồn 1 tháng năm 2024", "2024-01", "level"),
    ("Ước tính năm 2023", "2023", "level"),
    ("Ước tính 6 tháng đầu năm 2025", "2025-06", "ytd"),
    ("Tháng 01/2022 so với cùng kỳ năm trước (%)", "2022-01", "yoy"),
    ("Chỉ số sử dụng lao động thời điểm 01/5/2024 so với cùng thời điểm tháng trước", "2024-05", "mom"),
    ("Tháng Mười hai năm 2024 so với tháng trước", "2024-12", "mom"),
    ("Tháng Tư năm 2023 so với tháng Ba năm 2023", "2023-04", "mom"),
    ("Tháng Năm năm 2024", "2024-05", "level"),
    ("Chín tháng năm 2024 so với cùng kì năm trước", "2024-09", "ytd-yoy"),
    ("Ước tính năm tháng đầu năm 2024", "2024-05", "ytd"),
    ("T5/2024 so với cùng kỳ", "2024-05", "yoy"),
    ("5T/2024 so cùng kỳ", "2024-05", "ytd-yoy"),
    ("Ước tính 9 tháng/2024", "2024-09", "ytd"),
    ("Quý IV/2024 so với cùng kỳ năm trước", "2024-Q4", "yoy"),
    ("Quý II năm 2025 so với quý II năm 2024", "2025-Q2", "yoy"),
    ("Cả năm 2024", "2024", "level"),
    ("Chỉ số tồn kho thời điểm 01/02/2014 so với cùng thời điểm tháng trước", "2014-01", "mom"),
    ("Chỉ số tồn kho ước tính thời điểm 31/12/2023 so với cùng thời điểm năm trước", "2023-12", "yoy"),
    ("Chỉ số sử dụng lao động thời điểm 1/6/2018 so với cùng thời điểm năm 2017", "2018-06", "yoy"),
]


@pytest.mark.parametrize(("words", "period", "measure"), CASES)
def test_a_heading_is_read_from_its_words(words, period, measure):
    heading = read_heading(words, None)
    assert (str(heading.period), heading.measure) == (period, measure)


def test_a_year_left_out_is_the_workbooks():
    assert str(read_heading("Ước tính tháng 7", 2019).period) == "2019-07"
    assert read_heading("Ước tính tháng 7", None) is None


@pytest.mark.parametrize(
    "words",
    [
        "Đơn vị tính",
        "",
        "Ghi chú",
        "Tháng 13 năm 2024",
        "Tháng 5 năm 2024 so với tháng 2 năm 2024",
        "Quý II năm 2025 so với quý I năm 2025",
        "6 tháng cuối năm 2024",
    ],
)
def test_what_is_no_figure_of_a_period_is_passed_over(words):
    assert read_heading(words, 2024) is None


def test_only_comparisons_are_growth():
    assert read_heading("Tháng 5 năm 2024 so với tháng trước", None).is_growth
    assert not read_heading("Thực hiện tháng 4 năm 2024", None).is_growth


@pytest.mark.parametrize(
    ("words", "period", "measure"),
    [
        ("Cộng dồn từ đầu năm đến hết tháng 5 năm 2024", "2024-05", "ytd"),
        ("Cộng dồn từ đầu năm đến cuối tháng 5/2024", "2024-05", "ytd"),
        ("Lũy kế đến tháng 11 năm 2024 so với cùng kỳ năm trước", "2024-11", "ytd-yoy"),
        ("Sơ bộ tháng 01 năm 2025", "2025-01", "level"),
        ("Tháng 01 năm 2025 so với tháng 12 năm 2024", "2025-01", "mom"),
        ("Tháng 02 năm 2025 so với (%) Cùng kỳ năm trước", "2025-02", "yoy"),
        ("Chỉ số chưa điều chỉnh mùa vụ tháng 7 năm 2025 so với tháng trước", "2025-07", "mom"),
    ],
)
def test_headings_of_newer_workbooks(words, period, measure):
    heading = read_heading(words, None)
    assert (str(heading.period), heading.measure) == (period, measure)


@pytest.mark.parametrize(
    "words",
    [
        "Kế hoạch năm 2024",
        "Mục tiêu năm 2025",
        "Tháng 7 năm 2025 so với tháng 6 năm 2025 (đã điều chỉnh mùa vụ)",
        "Chỉ số đã điều chỉnh yếu tố mùa vụ tháng 7 năm 2025 so với tháng trước",
        "Quý III năm 2024 so với quý II năm 2024",
        "Tháng 5 năm 2024 so với bình quân năm gốc 2015",
    ],
)
def test_figures_of_another_kind_are_not_taken_for_what_was_produced(words):
    assert read_heading(words, 2024) is None


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Chính thức tháng 12 năm 2024", "final"),
        ("Số chính thức năm 2023", "final"),
        ("Sơ bộ năm 2024", "preliminary"),
        ("Thực hiện tháng 3 năm 2024", "preliminary"),
        ("Ước tính tháng 3 năm 2024", "estimate"),
        ("Tháng 3 năm 2024", "estimate"),
    ],
)
def test_how_firm_a_figure_is_said_to_be(words, status):
    assert read_heading(words, None).status == status


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("swapped", [False, True])
def test_a_day_that_a_spreadsheet_made_a_number_is_the_first_of_its_month(month, swapped):
    """1 July 2013, or 7 January where the month was put first: stock on that day is that of the end of June."""
    day = date(2013, 1, month) if swapped else date(2013, month, 1)
    serial = (day - date(1899, 12, 30)).days
    found = read_heading(f"Chỉ số tồn kho {serial} so cùng kỳ năm 2012", 2013)
    assert (found.period, found.measure) == (Month(2013, month) - 1, "yoy")


def test_a_number_that_was_no_first_of_a_month_names_no_period():
    serial = (date(2013, 3, 15) - date(1899, 12, 30)).days
    assert read_heading(f"Chỉ số tồn kho {serial} so với tháng trước", 2013) is None
