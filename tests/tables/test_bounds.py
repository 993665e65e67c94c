"""Figures and days out of bounds, in families: every way of writing them, as text and already typed."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.tables import REGISTRY
from fansipan.tables.columns import LARGEST, Table
from fansipan.tables.reading.parsing import SELDOM, parse

RETURNS, DOCUMENTS = REGISTRY["returns"], REGISTRY["documents"]


def cell(table: type[Table], column: str, value: object) -> tuple[object, str | None]:
    """What one cell is read as, and what is wrong with it."""
    read = parse(pl.Series("x", [value]), table.meaning(column))
    return read.values[0], read.trouble[0]


@pytest.mark.parametrize("power", [28, 29, 30, 60, 100, 200, 307, 308])
@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("form", ["{}1e{}", "{}1E+{}", "{}1.0e{}", "{}9.99e{}"])
def test_a_figure_of_1e28_and_beyond_is_too_large(power: int, sign: str, form: str) -> None:
    words = form.format(sign, power)
    assert cell(RETURNS, "quantity", words) == (None, "cell.number-too-large")
    assert cell(RETURNS, "quantity", float(words))[0] is None


@pytest.mark.parametrize("power", range(-10, 28))
def test_a_figure_below_is_read_as_it_is(power: int) -> None:
    assert cell(RETURNS, "quantity", f"1e{power}") == (float(f"1e{power}"), None)
    assert cell(RETURNS, "quantity", float(f"1e{power}")) == (float(f"1e{power}"), None)


def test_just_below_the_bound_is_read() -> None:
    assert cell(RETURNS, "quantity", repr(LARGEST * (1 - 2**-52))) == (LARGEST * (1 - 2**-52), None)


@pytest.mark.parametrize("words", ["inf", "-inf", "+inf", "Infinity", "INF", "NaN", "nan", "-nan", "1e400", "-1e999"])
def test_what_is_no_figure_is_told(words: str) -> None:
    value, trouble = cell(RETURNS, "quantity", words)
    assert value is None
    assert trouble in ("cell.not-number", "cell.number-too-large")


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_figure_is_told_where_it_is_typed(value: float) -> None:
    assert cell(RETURNS, "quantity", value) == (None, "cell.not-number")


@pytest.mark.parametrize("value", ["-0", "-0.0", "-0,0", "-0.000", "−0", "-0e5", -0.0])
def test_minus_zero_is_zero(value: object) -> None:
    found, trouble = cell(RETURNS, "quantity", value)
    assert (str(found), trouble) == ("0.0", None)


@pytest.mark.parametrize("words", ["15%", "15 %", "15\u00a0%", "15,5 %", "0,15%", "15 phần trăm"])
def test_a_percent_sign_in_a_column_of_figures_is_told(words: str) -> None:
    assert cell(RETURNS, "quantity", words) == (None, "cell.not-number")


@pytest.mark.parametrize("zero", ["０", "٠", "०", "𝟎", "๐"])
def test_digits_of_other_scripts_are_told(zero: str) -> None:
    other = {str(digit): chr(ord(zero) + digit) for digit in range(10)}
    for column, words in (("quantity", "2024"), ("month", "2024-05"), ("recorded_at", "2024-05-01 10:00:00")):
        value, trouble = cell(RETURNS, column, "".join(other.get(letter, letter) for letter in words))
        assert value is None
        assert trouble is not None


@pytest.mark.parametrize("year", ["0000", "10000", "-0001", "+10000", "20240", "0", "24", "024"])
def test_a_year_outside_one_to_9999_is_told(year: str) -> None:
    for words in (f"{year}-05-01", f"01/05/{year}", f"01-05-{year}", f"01.05.{year}"):
        assert cell(DOCUMENTS, "issued_on", words) == (None, "cell.not-date")
        assert cell(RETURNS, "recorded_at", words) == (None, "cell.not-moment")
    assert cell(RETURNS, "month", f"{year}-05") == (None, "cell.not-month")


@pytest.mark.parametrize("days", [-719_529, -800_000, 2_932_897, 4_000_000])
def test_a_typed_day_outside_is_told(days: int) -> None:
    typed = pl.Series("x", [days], dtype=pl.Int32).cast(pl.Date)
    assert parse(typed, DOCUMENTS.meaning("issued_on")).trouble.to_list() == ["cell.not-date"]
    moment = typed.cast(pl.Datetime("ms"))
    assert parse(moment, RETURNS.meaning("recorded_at")).trouble.to_list() == ["cell.not-moment"]


@pytest.mark.parametrize("year", [1, 2, 999, 1899, 1900, 2024, 9998, 9999])
def test_a_year_within_is_read(year: int) -> None:
    assert cell(DOCUMENTS, "issued_on", f"{year:04}-05-01") == (date(year, 5, 1), None)
    assert cell(RETURNS, "recorded_at", f"01/05/{year:04} 10:20") == (datetime(year, 5, 1, 10, 20), None)


CELLS = {
    "quantity": ["1", "1,5", "-0", "1e28", "", None, " 7 ", "1,234", "x", "#REF!", "15 %", "12345678901234567890"],
    "month": ["2024-05", "05/2024", "tháng 5/2024", "2024-13", "", None],
    "status": ["estimate", "Ước thực hiện", "nothing", "", None],
    "establishment": ["CS1", " CS1 ", "CS1 · Name", "", None, "e\u0302"],
    "recorded_at": ["2024-05-01 10:00:00", "01/05/2024", "0000-01-01", "x", None],
}


@pytest.mark.parametrize("column", CELLS)
@pytest.mark.parametrize("times", [1, SELDOM - 1, SELDOM, SELDOM + 1, 50])
def test_cells_that_repeat_are_read_as_each_alone(column: str, times: int) -> None:
    meaning, cells = RETURNS.meaning(column), CELLS[column] * times
    read = parse(pl.Series("x", cells, dtype=pl.String), meaning)
    alone = [parse(pl.Series("x", [one], dtype=pl.String), meaning) for one in cells]
    assert read.values.to_list() == [one.values[0] for one in alone]
    assert read.trouble.to_list() == [one.trouble[0] for one in alone]
