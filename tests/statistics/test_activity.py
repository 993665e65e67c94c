"""Known to be nothing is not unknown: closed, given up, not yet open; one answer in output and in every index (G3b)."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.periods import Month, month_range
from fansipan.province import Province
from fansipan.statistics.imputation.activity import last_open_month, with_given_up
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.production_index import compile_index, unreported_weights
from fansipan.statistics.sister_measures import sister_index
from support.returns import returned
from support.statistics_tables import WEIGHTS

FIRST, LAST = Month(2021, 1), Month(2023, 12)
PRODUCTS = {"a": "ore", "b": "ore", "c": "water", "d": "power"}


def rows_of(last, first=None, quantity=10.0):
    """A return a month of everybody, from `first` to `last` of those named there; sales as made, 5 in stock."""
    months = list(month_range(FIRST, LAST))
    return [
        {**returned(who, product, str(m), quantity, on=f"{m.last_day}"), "sales": quantity, "stock": 5.0}
        for who, product in PRODUCTS.items()
        for m in months
        if (first or {}).get(who, FIRST) <= m <= last.get(who, LAST)
    ]


def persons(last, first=None):
    return [
        {
            "establishment": who,
            "month": str(m),
            "recorded_at": datetime.combine(m.last_day, datetime.min.time()),
            "labour": 100,
            "late": False,
            "source": "reported",
        }
        for who in PRODUCTS
        for m in month_range(FIRST, LAST)
        if (first or {}).get(who, FIRST) <= m <= last.get(who, LAST)
    ]


def dated(tables, **days):
    """The tables with `closed` or `opened` days of establishments."""
    who = tables["establishments"]
    for column, values in days.items():
        day = pl.col("establishment").replace_strict(values, default=None, return_dtype=pl.Date)
        who = who.with_columns(pl.coalesce(day, pl.col(column)).alias(column))
    return {**tables, "establishments": who}


def index_of(province, month, code, **options):
    output = compile_output(province, until=LAST)
    found = compile_index(province, output, growth="yoy", **options)
    return found.filter((pl.col("code") == code) & (pl.col("period") == str(month))).row(0, named=True)


@pytest.mark.parametrize("who", ["c", "d"])
@pytest.mark.parametrize("closed", [date(2022, 3, 31), date(2022, 4, 1), date(2022, 4, 2), date(2023, 6, 15)])
def test_the_only_maker_closes(small, who, closed):
    """A product without anybody left is 0 from the month after; a plant closed on the first made nothing that month."""
    product = PRODUCTS[who]
    last = Month.of(closed) - (1 if closed.day == 1 else 0)
    tables = dated(small(rows_of({who: last}), index_weights=WEIGHTS), closed_on={who: closed})
    province = Province(tables)
    assert index_of(province, last, product)["index"] > 0
    for month in month_range(last + 1, LAST):
        here = index_of(province, month, product)
        assert (here["index"], here["imputed"]) == (0, False)
        output = gross_output(compile_output(province, until=LAST), by="product")
        made = output.filter((pl.col("product") == product) & (pl.col("month") == str(month)))["value"].sum()
        assert made == 0


@pytest.mark.parametrize("who", ["c", "d"])
@pytest.mark.parametrize("last", [Month(2021, 12), Month(2022, 5)])
def test_given_up_after_a_year_of_silence_and_not_before(small, who, last):
    province = Province(small(rows_of({who: last}), index_weights=WEIGHTS))
    product = PRODUCTS[who]
    twelfth, thirteenth = index_of(province, last + 12, product), index_of(province, last + 13, product)
    assert twelfth["index"] > 0
    assert (thirteenth["index"], thirteenth["imputed"]) == (0, False)


def test_a_province_whose_every_maker_has_closed_has_zeros_and_not_nothing(small):
    """No row is left in the later months; the index is 0 in them all the same."""
    day = date(2022, 6, 30)
    last = dict.fromkeys(PRODUCTS, Month(2022, 6))
    tables = dated(small(rows_of(last), index_weights=WEIGHTS), closed_on=dict.fromkeys(PRODUCTS, day))
    for month in month_range(Month(2022, 7), LAST):
        here = index_of(Province(tables), month, "total")
        assert (here["index"], here["imputed"]) == (0, False)


def test_the_total_falls_by_the_weight_of_what_closed(small):
    closed = Province(
        dated(small(rows_of({"c": Month(2022, 6)}), index_weights=WEIGHTS), closed_on={"c": date(2022, 6, 30)})
    )
    assert index_of(closed, Month(2022, 7), "total")["growth"] == pytest.approx(-30)
    assert index_of(closed, Month(2022, 7), "total")["index"] == pytest.approx(70)


def test_one_of_two_makers_closes_and_half_is_left(small):
    tables = dated(small(rows_of({"b": Month(2022, 6)}), index_weights=WEIGHTS), closed_on={"b": date(2022, 6, 30)})
    assert index_of(Province(tables), Month(2022, 7), "ore")["index"] == pytest.approx(50)


@pytest.mark.parametrize("month", ["2022-07", "2023-01"])
@pytest.mark.parametrize("who", list(PRODUCTS))
def test_a_blank_form_of_a_closed_plant_says_nothing(small, who, month):
    rows = [*rows_of({who: Month(2022, 6)}), returned(who, PRODUCTS[who], month, None, on="2023-12-31")]
    province = Province(dated(small(rows, index_weights=WEIGHTS), closed_on={who: date(2022, 6, 30)}))
    output = compile_output(province, until=LAST)
    assert output.rows.filter((pl.col("establishment") == who) & (pl.col("month") == month)).is_empty()


@pytest.mark.parametrize("month", ["2021-12", "2022-05"])
def test_a_blank_form_before_the_opening_says_nothing_and_a_figure_is_kept(small, month):
    late = {"c": Month(2022, 6)}
    for quantity, kept in ((None, 0), (3.0, 1)):
        rows = [*rows_of({}, late), returned("c", "water", month, quantity, on="2023-12-31")]
        province = Province(dated(small(rows), opened_on={"c": date(2022, 6, 1)}))
        found = compile_output(province, until=LAST).rows
        before = found.filter((pl.col("establishment") == "c") & (pl.col("month") < "2022-06"))
        assert before.height == kept
        assert before["method"].null_count() == kept


def test_before_the_opening_nothing_was_made(small):
    """Where the base year is that of the opening; without a day of opening the product moves back with its class."""
    rows = rows_of({}, {"c": Month(2021, 6)})
    opened = Province(dated(small(rows, index_weights=WEIGHTS), opened_on={"c": date(2021, 6, 1)}))
    assert index_of(opened, Month(2021, 5), "water")["index"] == 0
    unknown = index_of(Province(small(rows, index_weights=WEIGHTS)), Month(2021, 5), "water")
    assert (unknown["index"], unknown["imputed"]) == (100, True)


def test_a_product_that_joins_late_makes_no_step_in_the_total(small):
    province = Province(small(rows_of({}, {"c": Month(2022, 3)}), index_weights=WEIGHTS))
    for month in month_range(FIRST, LAST):
        assert index_of(province, month, "total")["index"] == pytest.approx(100)


def test_what_was_never_reported_is_named_with_its_weight(small):
    rows = [row for row in rows_of({}) if row["product"] != "power"]
    province = Province(small(rows, index_weights=WEIGHTS))
    found = unreported_weights(province, compile_output(province, until=LAST))
    assert found.rows() == [("power", pytest.approx(10.0))]
    assert index_of(province, LAST, "total")["index"] == pytest.approx(100)
    everything = Province(small(rows_of({}), index_weights=WEIGHTS))
    assert unreported_weights(everything, compile_output(everything, until=LAST)).is_empty()


@pytest.mark.parametrize("who", list(PRODUCTS))
def test_labour_of_who_closed_is_gone_and_of_who_opened_counts(small, who):
    last, day = Month(2022, 6), date(2022, 6, 30)
    tables = small(rows_of({who: last}), establishment_returns=persons({who: last}), index_weights=WEIGHTS)
    closed = Province(dated(tables, closed_on={who: day}))
    found = sister_index(closed, "labour", until=LAST, growth="yoy").filter(period="2022-07")
    assert found.filter(code="total")["index"].item() == pytest.approx(75)
    assert found.filter(code=who)["index"].item() == 0
    late = {who: Month(2022, 1)}
    tables = small(rows_of({}, late), establishment_returns=persons({}, late), index_weights=WEIGHTS)
    found = sister_index(Province(tables), "labour", until=LAST, growth="yoy").filter(period="2022-07")
    assert found.filter(code="total")["index"].item() == pytest.approx(100 * 400 / 300)
    assert found.filter(code="total")["growth"].item() == pytest.approx(100 / 3)
    assert found.filter(code="total")["contribution"].item() == pytest.approx(100 / 3)
    assert found.filter(code=who)["index"].item() is None


def test_labour_that_is_only_silent_keeps_its_last_for_a_year(small):
    tables = small(rows_of({}), establishment_returns=persons({"a": Month(2022, 2)}), index_weights=WEIGHTS)
    found = sister_index(Province(tables), "labour", until=LAST).filter(code="total")
    levels = dict(found.select("period", "index").iter_rows())
    assert levels["2023-02"] == pytest.approx(100)
    assert levels["2023-03"] == pytest.approx(75)
    marked = dict(found.select("period", "imputed").iter_rows())
    assert (marked["2022-02"], marked["2022-03"], marked["2023-02"], marked["2023-03"]) == (False, True, True, False)


@pytest.mark.parametrize("sister", ["shipment", "inventory"])
def test_sales_and_stocks_of_who_closed_are_gone(small, sister):
    tables = dated(small(rows_of({"c": Month(2022, 6)}), index_weights=WEIGHTS), closed_on={"c": date(2022, 6, 30)})
    found = sister_index(Province(tables), sister, until=LAST).filter(period="2022-07", code="water")
    assert (found["index"].item(), found["imputed"].item()) == (0, False)


def test_a_field_left_blank_by_a_plant_that_works_is_not_nothing(small):
    """The stock is told no more from 2022 on, the quantity is: its last stock is kept, as unknown."""
    rows = [
        {**row, "stock": None} if row["establishment"] == "c" and row["month"] >= "2022" else row for row in rows_of({})
    ]
    found = sister_index(Province(small(rows, index_weights=WEIGHTS)), "inventory", until=LAST).filter(code="water")
    here = found.filter(period="2023-12")
    assert (here["index"].item(), here["imputed"].item()) == (100, True)


@pytest.mark.parametrize(("opening", "weight"), [(50.0, 25.0 + 2.5), (None, 5.0)])
def test_the_base_year_opens_with_the_stock_of_december(small, opening, weight):
    """Without that December the mean of the year's month ends stands for both ends."""
    rows = rows_of({}, {who: Month(2022, 1) for who in PRODUCTS})
    if opening is not None:
        rows += [
            {
                **returned(who, product, "2021-12", 10.0, on="2021-12-31"),
                "sales": 10.0,
                "stock": opening if who == "c" else 5.0,
            }
            for who, product in PRODUCTS.items()
        ]
    rows = [{**row, "stock": 10.0} if row["establishment"] == "c" and row["month"] >= "2023" else row for row in rows]
    found = sister_index(Province(small(rows, index_weights=WEIGHTS)), "inventory", until=LAST, base_year=2022)
    water, others = weight * 1.0, 2 * 5 * 2.0 + 5 * 0.5
    expected = 100 * (2 * water + others) / (water + others)
    assert found.filter(code="total", period="2023-01")["index"].item() == pytest.approx(expected)


def test_given_up_counts_from_the_last_figure_reported():
    months = [str(m) for m in month_range(Month(2022, 1), Month(2023, 3))]
    rows = pl.DataFrame(
        {"establishment": ["a"] * 15, "product": ["p"] * 15, "month": months, "quantity": [1.0] + [None] * 14},
        schema_overrides={"quantity": pl.Float64},
    )
    assert with_given_up(rows)["given_up"].to_list() == [False] * 13 + [True] * 2


def test_the_month_of_the_closing_day():
    days = pl.DataFrame({"closed_on": [date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 31), None]})
    march = Month(2024, 3).ordinal
    assert days.select(last_open_month())["closed_on"].to_list() == [march - 1, march, march, None]
