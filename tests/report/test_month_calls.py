"""The call list on the page of a month, and its words."""

from datetime import date

import pytest

from fansipan.periods import Month
from fansipan.report.content import Paragraph
from fansipan.report.month.call_words import about, exact
from fansipan.report.month.calls import call_list
from fansipan.report.month.data import gather_month

MAY = Month(2024, 5)


def test_what_has_not_come_is_on_the_page(province, page):
    section = next(s for s in page.sections if s.anchor == "calls")
    note, shown = section.blocks
    assert "1 trên 4 báo cáo" in note.words.vi
    (row,) = shown.rows
    assert (row[0], row[1].vi, row[3].vi) == (1, "b", "–")
    assert row[6].en == "how much was made this month; is the product still made?"


def test_a_month_without_calls_says_so(province):
    section = call_list(gather_month(province, Month(2023, 11), date(2024, 4, 30)))
    assert isinstance(section.blocks[0], Paragraph)
    assert section.blocks[0].tone == "good"


@pytest.mark.parametrize(
    ("value", "as_reported", "reckoned"),
    [
        (13.766, "13,766", "13,77"),
        (362100.0, "362.100", "362.100"),
        (0.05, "0,05", "0,050"),
        (None, "–", "–"),
        (0.0, "0", "0"),
    ],
)
def test_figures_are_printed_as_reported_or_to_four_digits(value, as_reported, reckoned):
    assert exact(value).vi == as_reported
    assert about(value).vi == reckoned
