"""Periods as people type them and as words hold them."""

import pytest

from fansipan.errors import FansipanError
from fansipan.periods import Month, Quarter, Year, parse_period
from fansipan.texts import mend, text


@pytest.mark.parametrize("written", ["2024-05", "05/2024", "5/2024", " 2024-05 ", "2024M05", "2024-M05"])
def test_a_month(written):
    assert Month.parse(written) == parse_period(written) == Month(2024, 5)


@pytest.mark.parametrize("written", ["2024-Q2", "2024Q2", "Q2/2024", "quý II/2024", "II/2024", "Quý 2/2024"])
def test_a_quarter(written):
    assert parse_period(written) == Quarter(2024, 2)


def test_a_year():
    assert parse_period("2024") == Year(2024)


@pytest.mark.parametrize("written", ["13/2024", "0/2024", "2024-13", "05-2024", "5/24", "quý V/2024", "IIII/2024", ""])
def test_what_is_no_period_is_refused_with_how_to_write_one(written):
    with pytest.raises(FansipanError) as refused:
        parse_period(written)
    assert refused.value.code == "period.unreadable"
    assert "05/2024" in mend(refused.value.code, "vi", **refused.value.params)


def test_each_language_writes_a_period_in_its_own_way():
    params = {"month": Month(2030, 1), "last": Month(2024, 5)}
    assert "tháng 01/2030; tháng cuối có báo cáo là 05/2024" in text("measure.month-ahead", "vi", **params)
    assert "2030-01 yet; the last month with returns is 2024-05" in text("measure.month-ahead", "en", **params)
    assert (Quarter(2024, 4).in_language("vi"), Quarter(2024, 4).in_language("en")) == ("quý IV/2024", "Q4 2024")
