"""No join multiplies: each row of each reference table written twice is a fault, or changes nothing (Rule G5b)."""

from datetime import date

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.production_index import compile_index
from fansipan.statistics.references import constant_prices, groups_on
from fansipan.statistics.sister_measures import sister_index
from support.even_months import history
from support.statistics_tables import WEIGHTS

UNTIL = Month(2024, 1)
# Column that tells a second row of the same thing from the first, where the key has one.
APART = {
    "product_prices": {"period": pl.lit("2011")},
    "portfolio": {"valid_from": pl.lit(date(2021, 1, 1)), "portfolio_group": pl.lit("new")},
    "products": {"name": pl.lit("the same again"), "unit": pl.lit("kg")},
    "establishments": {"name": pl.lit("the same again"), "area": pl.lit("west")},
    "industries": {"name": pl.lit("the same again")},
    "index_weights": {"weight": pl.lit(7.0)},
}
ROWS = {"product_prices": 5, "portfolio": 1, "products": 3, "establishments": 4, "industries": 9, "index_weights": 10}
CASES = [(table, row) for table, rows in ROWS.items() for row in range(rows)]


def tables(small):
    quantities = {"a": ("ore", 100.0), "b": ("ore", 300.0), "c": ("water", 500.0), "d": ("power", 1000.0)}
    rows = [{**row, "sales": row["quantity"], "stock": 5.0} for row in history(quantities)]
    return small(rows, index_weights=WEIGHTS)


def everything(province):
    output = compile_output(province, until=UNTIL)
    return [
        gross_output(output, by="product"),
        gross_output(output, by="portfolio"),
        compile_index(province, output, growth="yoy"),
        sister_index(province, "shipment", until=UNTIL),
        sister_index(province, "inventory", until=UNTIL),
    ]


@pytest.mark.parametrize(("table", "row"), CASES)
def test_a_row_written_twice_never_gives_another_figure(small, table, row):
    sound = tables(small)
    before = everything(Province(sound))
    frame = sound[table]
    again = frame[row].with_columns(**{name: column.cast(frame.schema[name]) for name, column in APART[table].items()})
    for extended in (pl.concat([frame, again]), pl.concat([again, frame])):
        after, faults = before, set()
        try:
            after = everything(Province({**sound, table: extended}))
        except InvalidInput as refused:
            faults = {fault.code for fault in refused.faults}
        assert faults <= {"join.several", "row.duplicate"}
        for one, other in zip(before, after, strict=True):
            assert one.equals(other)


def test_the_constant_price_is_that_of_2010():
    prices = pl.DataFrame(
        {
            "product": ["iron", "iron", "iron", "sugar"],
            "price_basis": ["constant-2010", "constant-2010", "current", "constant-2010"],
            "period": ["2011", "2010", "2010", "2011"],
            "price": [5.0, 1.0, 9.0, 2.0],
        }
    )
    assert sorted(constant_prices(prices).rows()) == [("iron", 1.0), ("sugar", 2.0)]
    with pytest.raises(InvalidInput, match="The key iron stands in 2 rows that hold at once"):
        constant_prices(prices.filter(pl.col("period") != "2010", pl.col("product") == "iron").vstack(prices[:1]))


def test_a_line_in_two_groups_on_one_day_is_refused_and_one_after_the_other_is_not():
    portfolio = pl.DataFrame(
        {
            "line": ["steel", "steel"],
            "portfolio_group": ["new", "priority"],
            "valid_from": [date(2020, 1, 1), date(2022, 1, 1)],
            "valid_to": [date(2021, 12, 31), None],
        }
    )
    assert groups_on(portfolio, date(2021, 12, 31)).rows() == [("steel", "new")]
    assert groups_on(portfolio, date(2022, 1, 1)).rows() == [("steel", "priority")]
    with pytest.raises(InvalidInput, match="The key steel stands in 2 rows"):
        groups_on(portfolio.with_columns(valid_to=None).cast({"valid_to": pl.Date}), date(2023, 1, 1))
