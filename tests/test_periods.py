"""Periods as people type them and as words hold them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


SPELLINGS = (
    "{y}-{m:02}",
    "{y}-{m}",
    "{y}/{m}",
    "{y}/{m:02}",
    "{y}.{m:02}",
    "{y}{m:02}",
    "{y}M{m:02}",
    "{y}M{m}",
    "{y}-M{m:02}",
    "{y}m{m}",
    "{m:02}/{y}",
    "{m}/{y}",
    "{m:02}-{y}",
    "{m}.{y}",
    "T{m}/{y}",
    "T{m:02}/{y}",
    "t{m}/{y}",
    "T{m}.{y}",
    "Tháng {m}/{y}",
    "tháng {m:02}/{y}",
    "tháng {m} năm {y}",
    "Thang {m}/{y}",
    "M{m}/{y}",
    "{y}-{m:02}-01",
    "{y}-{m:02}-01 00:00:00",
    "{y}-{m:02}-01T00:00:00",
    "01/{m:02}/{y}",
    " {y}-{m:02} ",
)


@given(st.integers(1, 9999), st.integers(1, 12), st.sampled_from(SPELLINGS))
def test_every_spelling_of_every_month_is_that_month(year, month, spelling):
    if "{y}{m" in spelling or spelling.startswith("{y}.") or year < 1000:
        year = 1000 + year % 9000
    written = spelling.format(y=f"{year:04}", m=month)
    assert parse_period(written) == Month(year, month)
    assert str(Month.parse(written)) == f"{year:04}-{month:02}"
    decomposed = unicodedata.normalize("NFD", written)
    assert Month.parse(decomposed) == Month(year, month)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_the_last_day_stands_for_its_month_and_another_day_does_not(year, month):
    last = Month(year, month).last_day
    assert Month.parse(str(last)) == Month(year, month)
    with pytest.raises(FansipanError):
        Month.parse(str(last.replace(day=15)))


@pytest.mark.parametrize("name", ["May 2024", "may-2024", "MAY 2024", "2024 May", "2024-May"])
def test_english_names(name):
    assert Month.parse(name) == Month(2024, 5)


@pytest.mark.parametrize(
    "written",
    [
        "13/2024",
        "0/2024",
        "2024-13",
        "2024-00",
        "2024.1",
        "5/24",
        "quý V/2024",
        "IIII/2024",
        "",
        "２０２４-05",
        "٢٠٢٤-05",
        "0000-05",
        "00000-5",
        "20240-5",
        "0000",
        "2024-Q5",
        "2024-05-15",
        "15/05/2024",
        "sau Tết",
        "2024-05-01 08:00:00",
    ],
)
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
